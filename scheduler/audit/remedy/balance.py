"""Balance: a class's lessons by course, and what the profile lets go or come on top."""

from collections import defaultdict
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

from scheduler.audit.hours import sources_of
from scheduler.audit.inputs.school import AuditClass
from scheduler.audit.profile import is_primary
from scheduler.audit.ruling.rule import Case
from scheduler.audit.standard import TOTAL, StandardKind, StandardRow
from scheduler.audit.taught import LIKE_A_LESSON

HALF = Fraction(1, 2)
UNLISTED = "?"
"""Stands before the name of a course that has no code of the grade."""
_YIELD = ("SCH", "LOC", "CPA", "CN", "MA", "FL")
"""Courses that give lessons first, where several have equally many too many."""


class Balance:
    """Lessons a week of one class, in halves, as the school rings them.

    ``hours`` are by code, or by the name behind ``?``. A lesson of 40 minutes is worth
    one of the standard's 45, as the rules have it (see :mod:`scheduler.audit.taught`).
    """

    def __init__(self, case: Case, group: AuditClass) -> None:
        self.case, self.group = case, group
        self.grade = group.grade or 0
        self.rows = case.profile.standard.of_grade(self.grade)
        self.row = {r.code: r for r in self.rows}
        self.hours: dict[str, Fraction] = defaultdict(Fraction)
        for lesson in case.school.taught(group):
            self.hours[self.key(lesson.code, lesson.name)] += lesson.share
        self.before = dict(self.hours)

    def key(self, code: str, name: str) -> str:
        """What a course stands under."""
        return code if code in self.row else f"{UNLISTED}{name}"

    @property
    def total(self) -> Fraction:
        """Lessons of the week."""
        return sum(self.hours.values(), Fraction())

    @cached_property
    def _minutes(self) -> tuple[int, int]:
        row = self.case.hours[self.group.key].rows[TOTAL]
        return row.lesson_minutes, row.standard_minutes

    @property
    def by_clock(self) -> Fraction:
        """Lessons of the standard that one of the school's is worth by its minutes."""
        return Fraction(*self._minutes)

    @property
    def worth(self) -> Fraction:
        """Lessons of the standard that one is worth in the reading that is kinder."""
        usual, standard = self._minutes
        alike = abs(usual - standard) <= LIKE_A_LESSON
        return max(Fraction(1) if alike else Fraction(), self.by_clock)

    def least(self, demanded: Fraction) -> Fraction:
        """Lessons of the school that fulfil so many of the standard."""
        return HALF * ceil(2 * demanded / self.worth)

    def most(self, allowed: Fraction) -> Fraction:
        """Lessons of the school that are no more than so many of the standard."""
        return HALF * floor(2 * allowed / self.worth)

    def inside(self, row: StandardRow) -> tuple[str, ...]:
        """Codes that count in a row for certain."""
        return self._sources[row.code][0]

    def firm(self, row: StandardRow) -> Fraction:
        """Lessons that count in a row for certain."""
        return sum((self.hours[c] for c in self.inside(row)), Fraction())

    def counted(self, row: StandardRow) -> Fraction:
        """With those that may count in it."""
        firm, flexible = self._sources[row.code]
        return sum((self.hours[c] for c in (*firm, *flexible)), Fraction())

    def demanded(self, row: StandardRow) -> Fraction:
        """The least lessons of the school in a row; 0 where nothing is demanded."""
        values = self.case.profile.values
        filed = {*self.case.profile.lists.filed, *self.case.school.facts.filed}
        if row.code in filed or (row.code == "INT" and filed):
            return Fraction()
        if row.code == "AR":
            primary = is_primary(self.grade)
            return self.least(values.arts_primary if primary else values.arts_junior)
        if row.code == "CLS" and self.before.get("CLS", 0) != row.minimum:
            full = row.reference is not None and row.reference >= 1
            return self.least(values.class_meeting if full else row.minimum)
        return self.least(row.minimum)

    def can_give(self, key: str, amount: Fraction) -> bool:
        """Whether a course can lose lessons and all keep what is demanded."""
        return self.hours[key] >= amount and all(
            self.counted(row) - amount >= self.demanded(row)
            for row in self._others
            if key in (*self._sources[row.code][0], *self._sources[row.code][1])
        )

    def can_take(self, key: str, amount: Fraction) -> bool:
        """Whether a course can have more lessons and none is over its maximum."""
        return all(
            self.firm(row) + amount <= self.most(row.maximum)
            for row in self._others
            if key in self.inside(row)
        )

    def excess(self, key: str) -> Fraction:
        """Lessons above the reference plan; courses without a code have most."""
        row = self.row.get(key)
        if row is None:
            return 100 + self.hours[key]
        if row.kind is StandardKind.COMPONENT and "AR" in row.relatives:
            row = self.row["AR"]
        return self.firm(row) - (row.reference or 0)

    def giving_order(self, key: str) -> tuple[Fraction, int, str]:
        """Sorts courses: those that should give lessons first come first."""
        rank = _YIELD.index(key) if key in _YIELD else len(_YIELD)
        return -self.excess(key), rank, key

    @cached_property
    def _sources(self) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
        return {r.code: sources_of(r, self.rows) for r in self.rows}

    @cached_property
    def _others(self) -> tuple[StandardRow, ...]:
        return tuple(r for r in self.rows if r.kind is not StandardKind.TOTAL)
