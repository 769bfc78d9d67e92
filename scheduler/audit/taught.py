"""How many lessons and minutes of each subject a class is to have, and has.

Minutes have two readings, for schools ring lessons of other lengths than the
standard: as the clock has them, and nominal, where a period within five minutes of
the standard's lesson is such a lesson. Junior schools of Wuhan ring 40 minutes for
45 and give the rest elsewhere (regulations 1.1, 1.5).
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction

from scheduler.audit.standard import standard_minutes
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.times import LESSON_ROWS, Bell, RowKind, RowKinds
from scheduler.model.timetable import Timetable

LIKE_A_LESSON = 5


@dataclass(frozen=True, slots=True)
class Amount:
    """Periods and minutes a week, on average over both weeks."""

    lessons: Fraction = Fraction()
    minutes: Fraction = Fraction()
    nominal: Fraction = Fraction()

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(
            self.lessons + other.lessons,
            self.minutes + other.minutes,
            self.nominal + other.nominal,
        )


@dataclass(frozen=True, slots=True)
class Taught:
    """One subject of one class: planned, placed, and planned outside lessons.

    ``outside`` are lessons on activity, big-break and after-school rows. They
    are no lessons of the curriculum and are in neither of the others.
    """

    planned: Amount = Amount()
    placed: Amount = Amount()
    outside: Amount = Amount()

    def __add__(self, other: "Taught") -> "Taught":
        return Taught(
            self.planned + other.planned,
            self.placed + other.placed,
            self.outside + other.outside,
        )


def lesson_minutes(bell: Bell) -> int:
    """Length of most lessons of a bell; the shorter where two are as common."""
    days = bell.days
    counts = Counter(r.minutes for d in days for r in bell.rows(d, LESSON_ROWS))
    return min(counts, key=lambda minutes: (-counts[minutes], minutes), default=0)


def taught_in(timetable: Timetable, class_id: str) -> dict[str, Taught]:
    """Hours by subject id; lessons taught together count for every class.

    Lessons on lesson rows that only some pupils attend, as halves of a class that swap
    laboratory and computer room, count by the share of the pupils: what a pupil has on
    average, and an activity there counts for its subject. On other rows they count for
    none. Unplaced lessons are planned at the usual length of the class's lessons.
    """
    problem = timetable.problem
    group = problem.class_group[class_id]
    usual = lesson_minutes(problem.bell[group.bell_id])
    standard = standard_minutes(group.grade)
    found: dict[str, Taught] = defaultdict(Taught)
    # What stands for a lesson of the curriculum counts for its subject.
    own = {
        a.activity_id: a.subject_id
        for a in problem.activities
        if RowKind.LESSON in a.rows
    }
    for lesson in problem.lessons_of_class[class_id]:
        attending = _attending(problem, lesson)
        if attending:
            taught = _of_lesson(timetable, lesson, usual, standard, attending)
            need = lesson.requirement
            found[own.get(need.activity_id) or need.subject_id] += taught
    return dict(found)


def _attending(problem: Problem, lesson: Lesson) -> Fraction:
    """The share of its classes' pupils who attend a lesson of the curriculum."""
    need = lesson.requirement
    if need.pupils is None:
        return Fraction(1)
    everybody = problem.pupils(need.class_ids)
    if RowKind.LESSON not in need.rows or not everybody:
        return Fraction()
    return min(Fraction(1), Fraction(need.pupils, everybody))


def _of_lesson(
    timetable: Timetable,
    lesson: Lesson,
    usual: int,
    standard: int,
    attending: Fraction,
) -> Taught:
    share = attending * Fraction(lesson.layers_met, 2)
    meeting = timetable.meeting.get(lesson.lesson_id)
    rows = [row.minutes for row in meeting.rows] if meeting else []
    missing = [usual] * (lesson.length - len(rows))
    placed = _amount(rows, share, standard)
    planned = placed + _amount(missing, share, standard)
    if RowKind.LESSON not in _kinds(lesson, meeting):
        return Taught(outside=planned)
    return Taught(planned, placed)


def _kinds(lesson: Lesson, meeting: Meeting | None) -> RowKinds:
    """Kinds of rows it takes of those it may, or may take where it takes others."""
    taken = frozenset(row.kind for row in meeting.rows) if meeting else frozenset()
    return taken & lesson.requirement.rows or lesson.requirement.rows


def _amount(periods: list[int], share: Fraction, standard: int) -> Amount:
    """The sum of periods of these minutes, each counted with its share of weeks."""
    nominal = (standard if abs(p - standard) <= LIKE_A_LESSON else p for p in periods)
    return Amount(len(periods) * share, sum(periods) * share, sum(nominal) * share)
