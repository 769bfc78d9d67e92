"""Hours of a class by code, as rules and the inspectors' form count them.

The lines are those of the hours table (:mod:`scheduler.audit.hours`). Cells that could
not be read for certain count for no subject, and lift every shortage: where they could
make up what is missing, the shortage is not proven.
"""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from scheduler.audit.hours import listed_rows
from scheduler.audit.hours_row import HoursRow
from scheduler.audit.inputs.school import AuditClass, AuditLesson, AuditSchool, Use
from scheduler.audit.profile import Profile
from scheduler.audit.taught import LIKE_A_LESSON, Amount, Taught


@dataclass(frozen=True)
class ClassHours:
    """Rows of a class by code; ``unsure`` is what unreadable cells may hold.

    ``total`` are minutes in lesson rows, activities of the daily-PE rule apart
    (``flexible``); ``timed`` says whether they are by the clock.
    """

    rows: dict[str, HoursRow]
    unsure: Amount
    standard_minutes: int
    timed: bool

    def lessons(self, code: str) -> Fraction:
        """Lessons a week of a code with what counts in it, as the school rings them."""
        row = self.rows.get(code)
        return row.taught.placed.lessons if row else Fraction()

    def standard(self, code: str) -> Fraction:
        """Lessons of the standard a week, the reading that speaks for the school.

        Short is what both readings call short: the larger one counts.
        """
        row = self.rows.get(code)
        if row is None:
            return Fraction()
        return _in_lessons(row.taught.placed + row.flexible.placed, row)

    def firm(self, code: str) -> Fraction:
        """As :meth:`standard`, without what may lie elsewhere; the smaller reading."""
        row = self.rows.get(code)
        if row is None:
            return Fraction()
        amount = row.taught.placed
        return min(amount.minutes, amount.nominal) / self.standard_minutes

    def could_be(self, code: str, demanded: Fraction) -> bool:
        """Whether unreadable cells could make up what a code lacks."""
        most = self.standard(code) + self.unsure.nominal / self.standard_minutes
        return bool(self.unsure.lessons) and most >= demanded


def _in_lessons(amount: Amount, row: HoursRow) -> Fraction:
    return max(amount.minutes, amount.nominal) / row.standard_minutes


def class_hours(
    school: AuditSchool, group: AuditClass, grade: int, profile: Profile
) -> ClassHours:
    """Count a class's week; a row without clock times is a lesson of the standard."""
    demanded = profile.standard.of_grade(grade)
    known = {row.code for row in demanded}
    standard = profile.minutes(grade)
    coded: dict[str, Amount] = defaultdict(Amount)
    unsure: dict[tuple[int, int, int], Amount] = {}
    timed = True
    for lesson in school.of(group):
        if lesson.use is not Use.LESSON or not lesson.whole:
            continue
        timed = timed and lesson.minutes is not None
        amount = _amount(lesson, standard)
        if lesson.sure:
            coded[lesson.code if lesson.code in known else ""] += amount
        else:
            half = _amount(lesson, standard, Fraction(1, 2))
            for layer in lesson.week.layers:
                unsure[lesson.day, lesson.period, layer] = half
    taught = {code: Taught(x, x) for code, x in coded.items()}
    usual = _usual(school, group, standard)
    rows = listed_rows(group.key, demanded, taught, (usual, standard))
    return ClassHours(
        {row.code: row for row in rows}, sum(unsure.values(), Amount()), standard, timed
    )


def _usual(school: AuditSchool, group: AuditClass, standard: int) -> int:
    """Minutes of most lessons of a class; the standard's where no clock is known."""
    counts: dict[int, int] = defaultdict(int)
    for lesson in school.taught(group):
        if lesson.minutes is not None:
            counts[lesson.minutes] += 1
    return min(counts, key=lambda m: (-counts[m], m), default=standard)


def _amount(
    lesson: AuditLesson, standard: int, share: Fraction | None = None
) -> Amount:
    part = lesson.share if share is None else share
    minutes = standard if lesson.minutes is None else lesson.minutes
    nominal = standard if abs(minutes - standard) <= LIKE_A_LESSON else minutes
    return Amount(part, minutes * part, nominal * part)
