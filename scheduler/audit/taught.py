"""How many lessons and minutes of each subject a class is to have, and has."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction

from scheduler.model.requirements import Lesson
from scheduler.model.times import Bell, SlotKind
from scheduler.model.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Amount:
    """Lessons (periods of the school) and minutes a week, over both weeks."""

    lessons: Fraction = Fraction()
    minutes: Fraction = Fraction()

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.lessons + other.lessons, self.minutes + other.minutes)


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
    counts = Counter(r.minutes for d in days for r in bell.rows(d, SlotKind.LESSON))
    return min(counts, key=lambda minutes: (-counts[minutes], minutes), default=0)


def taught_in(timetable: Timetable, class_id: str) -> dict[str, Taught]:
    """Hours by subject id; lessons taught together count for every class.

    Unplaced lessons are planned at the usual length of the class's lessons.
    """
    problem = timetable.problem
    usual = lesson_minutes(problem.bell[problem.class_group[class_id].bell_id])
    found: dict[str, Taught] = defaultdict(Taught)
    for lesson in problem.lessons_of_class[class_id]:
        found[lesson.requirement.subject_id] += _of_lesson(timetable, lesson, usual)
    return dict(found)


def _of_lesson(timetable: Timetable, lesson: Lesson, usual: int) -> Taught:
    share = Fraction(lesson.layers_met, 2)
    meeting = timetable.meeting.get(lesson.lesson_id)
    rows = meeting.rows if meeting else ()
    minutes = sum(row.minutes for row in rows)
    missing = max(0, lesson.length - len(rows))
    placed = Amount(len(rows) * share, minutes * share)
    planned = placed + Amount(missing * share, missing * usual * share)
    if lesson.requirement.slots is SlotKind.ACTIVITY:
        return Taught(outside=planned)
    return Taught(planned, placed)
