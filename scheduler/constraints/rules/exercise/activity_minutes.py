"""Minutes of PE-type activity of a class on a day.

Counted are PE lessons, PE-type activities and the big break that a class attends as a
whole; what only some of its pupils attend is told apart (:func:`club_minutes`). Where
no activity is a class's big break, the ``big_break`` rows of its bell count as
organised exercise if so said. Source: 每天综合体育活动时间不低于2小时, regulations.md
2.1.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.constraints.counting import on_day
from scheduler.model.activities import ActivityKind
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson, Requirement
from scheduler.model.resources import ClassGroup
from scheduler.model.times import LAYERS, RowKind, RowKinds
from scheduler.model.timetable import Timetable


@dataclass(frozen=True)
class ClassActivity:
    """What counts for one class.

    ``lessons`` it attends as a whole, ``clubs`` some of its pupils. ``by_bell`` are
    minutes of the bell's big break by school day, 0 where they do not count.
    ``every_day`` are minutes that every day can have, as far as the plan goes.
    """

    group: ClassGroup
    lessons: tuple[Lesson, ...]
    clubs: tuple[Lesson, ...]
    by_bell: dict[int, int]
    every_day: int

    def minutes_of(self, meeting: Meeting) -> int:
        """Minutes a meeting adds; those of a big break that counts by the bell not."""
        counted = self.by_bell.get(meeting.day, 0) > 0
        return sum(
            row.minutes
            for row in meeting.rows
            if not (counted and row.kind is RowKind.BIG_BREAK)
        )


def class_activities(problem: Problem, bell_breaks: bool) -> Iterator[ClassActivity]:
    """One for each class, in the order of the table."""
    breaks = {
        a.activity_id for a in problem.activities if a.kind is ActivityKind.BIG_BREAK
    }
    sport = {a.activity_id for a in problem.activities if a.counts_as_pe}
    for group in problem.classes:
        lessons = problem.lessons_of_class[group.class_id]
        counted = [x for x in lessons if _counts(problem, sport, x.requirement)]
        own = any(x.requirement.activity_id in breaks for x in lessons)
        bell = problem.bell[group.bell_id]
        pauses = frozenset({RowKind.BIG_BREAK} if bell_breaks and not own else ())
        whole = tuple(x for x in counted if not x.requirement.is_partial)
        clubs = tuple(x for x in counted if x.requirement.is_partial)
        breaks_of = {
            d: sum(r.minutes for r in bell.rows(d, pauses)) for d in bell.school_days
        }
        minutes = [_least_minutes(problem, x, pauses) for x in whole if _weekly(x)]
        dealt = dealt_out(minutes, len(breaks_of))
        every_day = dealt + min(breaks_of.values(), default=0)
        yield ClassActivity(group, whole, clubs, breaks_of, every_day)


def _weekly(lesson: Lesson) -> bool:
    return lesson.layers_met == len(LAYERS)


def dealt_out(minutes: list[int], days: int) -> int:
    """Minutes every day gets at least when lessons are dealt out, longest first.

    Of each round the shortest counts; a round that does not reach every day does not.
    """
    longest_first = sorted(minutes, reverse=True)
    return sum(longest_first[days - 1 :: days]) if days else 0


def _least_minutes(problem: Problem, lesson: Lesson, pauses: RowKinds) -> int:
    """Minutes of a lesson on the shortest rows; none in a break that counts anyway."""
    bell = problem.bell_of(lesson.requirement)
    kinds = lesson.requirement.rows - pauses
    minutes = (r.minutes for day in bell.days for r in bell.rows(day, kinds))
    return lesson.length * min(minutes, default=0)


def _counts(problem: Problem, sport: set[str], requirement: Requirement) -> bool:
    if requirement.activity_id:
        return requirement.activity_id in sport
    return problem.subject[requirement.subject_id].kind.is_pe_type


def club_minutes(
    timetable: Timetable, activity: ClassActivity, day: int, layer: int
) -> int:
    """Minutes of a day in which a club runs: what its pupils may have on top."""
    spans = sorted(
        (row.start, row.end)
        for m in _placed(timetable, activity.clubs)
        if on_day(m, day, layer)
        for row in m.rows
    )
    total, free_from = 0, 0
    for start, end in spans:
        total += max(0, end - max(start, free_from))
        free_from = max(free_from, end)
    return total


def whole_minutes(
    timetable: Timetable, activity: ClassActivity, day: int, layer: int
) -> int:
    """Minutes of a day that the class has as a whole, the bell's big break included."""
    meetings = _placed(timetable, activity.lessons)
    placed = sum(activity.minutes_of(m) for m in meetings if on_day(m, day, layer))
    return activity.by_bell[day] + placed


def _placed(timetable: Timetable, lessons: Iterable[Lesson]) -> Iterator[Meeting]:
    known = (timetable.meeting.get(x.lesson_id) for x in lessons)
    return (m for m in known if m is not None)
