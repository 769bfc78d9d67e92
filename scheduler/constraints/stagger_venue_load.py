"""The load of shared venues is levelled over the day and the week."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import Constraint, Violation
from scheduler.constraints.terms import CountCost, Term
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.resources import Level
from scheduler.model.text import Text
from scheduler.model.times import LAYERS, format_clock
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Venue


@dataclass(frozen=True)
class StaggerVenueLoad(Constraint):
    """Classes use a shared venue one after the other rather than all at once.

    Looked at whenever a period begins that may use the venue: n classes in it cost
    n(n-1)/2, so a level load costs least and the peak stays low. Beyond the
    venue's capacity the last step repeats. A venue's ``weight`` in
    venue_targets.csv multiplies it, 0 leaves the venue out. Amount: that sum, over
    both weeks. Level: soft. Source: 错峰排课 (regulations.md 0 and 2.3).
    """

    title: ClassVar[Text] = Text("场地错峰", "Stagger venue load")
    level: Level = Level.SOFT
    weight: int = 1

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """One for each venue, week and moment with more than one class."""
        for venue, lessons, moments, table in _shared(timetable.problem):
            users = [
                m
                for x in lessons
                if (m := timetable.meeting.get(x.lesson_id)) and _in(m, venue)
            ]
            for layer in LAYERS:
                for day, minute in moments:
                    here = [m for m in users if _classes(venue, layer, day, minute)(m)]
                    n = sum(m.lesson.requirement.classes_counted for m in here)
                    if n > 1:
                        yield Violation(
                            CountCost((), _none, table).cost(n),
                            tuple(m.lesson.lesson_id for m in here),
                            (venue.venue_id,),
                            day,
                            minute,
                            layer=layer,
                            numbers=(n,),
                        )

    def terms(self, problem: Problem) -> Iterator[Term]:
        """One count for each venue, week and moment."""
        for venue, lessons, moments, table in _shared(problem):
            for layer in LAYERS:
                for day, minute in moments:
                    value = _classes(venue, layer, day, minute)
                    yield CountCost(lessons, value, table, day=day, minute=minute)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the venue, the time and the number of classes."""
        name = problem.venue[violation.resource_ids[0]].name
        minute = format_clock(violation.start or 0)
        time = describe.when(violation.day, None, None, violation.layer)
        n = violation.numbers[0]
        return Text(
            f"{name}{time.zh}{minute}有{n}个班同时使用。",
            f"{name} holds {n} classes at once on {time.en} at {minute}.",
        )


def _none(meeting: Meeting) -> int:
    return 0


def _in(meeting: Meeting, venue: Venue) -> bool:
    return meeting.layout is not None and meeting.layout.venue_id == venue.venue_id


def _classes(
    venue: Venue, layer: int, day: int, minute: int
) -> Callable[[Meeting], int]:
    """Classes a meeting brings into the venue at this minute of this week."""

    def value(meeting: Meeting) -> int:
        here = (
            meeting.day == day
            and layer in meeting.layers
            and _in(meeting, venue)
            and meeting.start <= minute < meeting.end
        )
        return meeting.lesson.requirement.classes_counted if here else 0

    return value


def _shared(
    problem: Problem,
) -> Iterator[
    tuple[Venue, tuple[Lesson, ...], tuple[tuple[int, int], ...], tuple[int, ...]]
]:
    """(venue, lessons that may use it, starts of their periods, cost table)."""
    weights = {t.venue_id: t.weight for t in problem.venue_targets if t.grade is None}
    for venue in problem.venues:
        given = weights.get(venue.venue_id)
        weight = 1 if given is None else given
        zones = [z for z in problem.all_zones if z.venue_id == venue.venue_id]
        capacity = sum(z.max_classes for z in zones)
        lessons = problem.lessons_in(venue.venue_id)
        if capacity > 1 and lessons and weight:
            table = tuple(weight * n * (n - 1) // 2 for n in range(capacity + 2))
            yield venue, lessons, _starts(problem, lessons), table


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
