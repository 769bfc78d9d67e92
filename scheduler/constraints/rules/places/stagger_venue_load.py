"""The load of shared venues is levelled over the day and the week."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import Constraint, Violation
from scheduler.constraints.primitives import CountCost, InWeek, Primitive
from scheduler.constraints.rules.places.keep_venue_ceilings import (
    classes_of_grade,
    target_name,
)
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.resources import Level
from scheduler.model.text import Text
from scheduler.model.times import LAYERS, format_clock
from scheduler.model.timetable import Timetable


@dataclass(frozen=True)
class StaggerVenueLoad(Constraint):
    """Classes use a shared venue one after the other rather than all at once.

    Looked at whenever a period begins that may use the venue: n lessons in it cost
    n(n-1)/2, so a level load costs least and the peak stays low. Classes that come
    together, as a wave of the big break does, are one, for no timetable sets them
    apart: by themselves they cost nothing. Beyond the venue's capacity the last step
    repeats. A venue's ``weight`` in venue_targets.csv multiplies it, 0 leaves the venue
    out; that of a grade adds as much for the lessons of this grade, looked at when
    their periods begin. Amount: that sum, over both weeks. Level: soft. Source:
    错峰排课 (regulations.md 0 and 2.3).
    """

    title: ClassVar[Text] = Text("场地错峰", "Stagger venue load")
    fault: ClassVar[Text] = Text("场地扎堆", "Venue load bunched")
    level: Level = Level.SOFT
    weight: int = 1

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """One for each venue, or grade in it, week and moment with more than one."""
        for load in _loads(timetable.problem):
            meetings = (timetable.meeting.get(x.lesson_id) for x in load.lessons)
            users = [m for m in meetings if m and load.holds(m)]
            for layer in LAYERS:
                for day, minute in load.moments:
                    value = InWeek(load.is_there(day, minute), layer)
                    here = [m for m in users if value(m)]
                    if len(here) > 1:
                        yield Violation(
                            CountCost((), _none, load.table).cost(len(here)),
                            tuple(m.lesson.lesson_id for m in here),
                            load.ids,
                            day,
                            minute,
                            layer=layer,
                            numbers=(
                                len(here),
                                sum(load.brings(m.lesson) for m in here),
                            ),
                        )

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """One count for each venue, or grade in it, week and moment."""
        for load in _loads(problem):
            there = [(load.is_there(*moment), *moment) for moment in load.moments]
            for layer in LAYERS:
                for value, day, minute in there:
                    yield CountCost(
                        load.lessons,
                        InWeek(value, layer),
                        load.table,
                        day=day,
                        minute=minute,
                    )

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the venue, the time, how many classes and in how many lessons."""
        name = target_name(problem, violation.resource_ids)
        minute = format_clock(violation.start or 0)
        time = describe.when(violation.day, None, None, violation.layer)
        lessons, classes = violation.numbers
        zh, en = (
            ("", "")
            if lessons == classes
            else (f"{lessons}批共", f" in {lessons} groups")
        )
        return Text(
            f"{name.zh}{time.zh}{minute}有{zh}{classes}个班同时使用。",
            f"{name.en} holds {classes} classes{en} at once on {time.en} at {minute}.",
        )


def _none(meeting: Meeting) -> int:
    return 0


@dataclass(frozen=True)
class _Load:
    """The lessons of a venue, or of one grade in it, and what they cost at once.

    ``moments`` are (day, minute) at which periods of the lessons begin; ``table`` is
    the cost of 0, 1, 2 … lessons; ``brings`` are the classes of one.
    """

    ids: tuple[str, str]
    lessons: tuple[Lesson, ...]
    moments: tuple[tuple[int, int], ...]
    table: tuple[int, ...]
    brings: Callable[[Lesson], int]

    def holds(self, meeting: Meeting) -> bool:
        """Tell whether a meeting is in the venue."""
        return meeting.layout is not None and meeting.layout.venue_id == self.ids[0]

    def is_there(self, day: int, minute: int) -> Callable[[Meeting], int]:
        """1 for a meeting in the venue at this minute."""
        venue_id = self.ids[0]

        def value(meeting: Meeting) -> int:
            return int(
                meeting.day == day
                and meeting.layout is not None
                and meeting.layout.venue_id == venue_id
                and meeting.start <= minute < meeting.end
            )

        return value


def _loads(problem: Problem) -> Iterator[_Load]:
    """Venues for several classes as a whole, then the grades that have a weight."""
    given = {(t.venue_id, t.grade): t.weight for t in problem.venue_targets}
    rows: dict[tuple[str, int | None], int] = {
        (v.venue_id, None): 1 for v in problem.venues
    }
    rows |= {key: weight for key, weight in given.items() if weight is not None}
    for (venue_id, grade), weight in rows.items():
        capacity = sum(
            z.max_classes for z in problem.all_zones if z.venue_id == venue_id
        )
        brings = classes_of_grade(problem, grade)
        lessons = tuple(x for x in problem.lessons_in(venue_id) if brings(x))
        if capacity > 1 and lessons and weight:
            table = tuple(weight * n * (n - 1) // 2 for n in range(capacity + 2))
            ids = (venue_id, "" if grade is None else str(grade))
            yield _Load(ids, lessons, _starts(problem, lessons), table, brings)


def _starts(
    problem: Problem, lessons: tuple[Lesson, ...]
) -> tuple[tuple[int, int], ...]:
    """(day, minute) at which periods of these lessons begin."""
    requirements = dict.fromkeys(x.requirement for x in lessons)
    found = {
        (day, row.start)
        for r in requirements
        for day in problem.bell_of(r).days
        for row in problem.bell_of(r).rows(day, r.rows)
    }
    return tuple(sorted(found))
