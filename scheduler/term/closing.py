"""Dated closures on so many dates that the weekly pattern keeps off that time.

A weekly timetable cannot avoid a single date, so single dates are left to be settled
one by one (``term.settling``). What is closed on a given share of a weekday's dates
in the term is closed in the week: booked every Tuesday, or under repair until May.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from scheduler.model.closures import CalendarSettings, ClosureKind, Shut
from scheduler.model.problem import Problem
from scheduler.model.resources import ResourceKind, Unavailability
from scheduler.model.times import LAYERS, WEEK_OF_LAYER, Week
from scheduler.term.calendar import TeachingDay, teaching_dates

Resource = tuple[ResourceKind, str]
_KINDS = {
    ClosureKind.VENUE: ResourceKind.VENUE,
    ClosureKind.ZONE: ResourceKind.ZONE,
    ClosureKind.CLASS: ResourceKind.CLASS,
}


class _Why(NamedTuple):
    """What closes a stretch, on how many of how many dates."""

    titles: tuple[str, ...]
    count: int
    dates: int


def with_weekly_closures(problem: Problem) -> Problem:
    """The problem with its ``closed_weekly`` worked out anew."""
    return replace(problem, closed_weekly=weekly_closures(problem))


def weekly_closures(problem: Problem) -> tuple[Unavailability, ...]:
    """Times of the week at which a resource is closed on most dates of the term.

    Odd and even weeks are counted apart. The share is that of the teaching dates
    which follow the weekday's timetable, make-up days included.
    """
    term = problem.term
    if not problem.shut_on or term.last_day < term.first_day:
        return ()
    share = CalendarSettings.of(problem.rules).share
    dates: dict[tuple[int, int], int] = defaultdict(int)
    shut: dict[tuple[Resource, int, int], list[Shut]] = defaultdict(list)
    taught = {day for bell in problem.bells for day in bell.days}
    for day in teaching_dates(term):
        if day.weekday not in taught:
            continue
        for layer in day.week.layers:
            dates[day.weekday, layer] += 1
            for resource, row in _rows(problem, day):
                shut[resource, day.weekday, layer].append(row)
    found: dict[tuple[Resource, int, int, int], dict[int, _Why]] = defaultdict(dict)
    for (resource, weekday, layer), rows in shut.items():
        for start, end, why in _stretches(rows, dates[weekday, layer], share):
            found[resource, weekday, start, end][layer] = why
    return tuple(
        Unavailability(
            *(kind, name, weekday, None, start, end),
            week=Week.EVERY if len(whys) == len(LAYERS) else WEEK_OF_LAYER[min(whys)],
            reason=_reason(list(whys.values())),
        )
        for ((kind, name), weekday, start, end), whys in sorted(found.items())
    )


def _rows(problem: Problem, day: TeachingDay) -> Iterator[tuple[Resource, Shut]]:
    """Closed times of one date; those of a school are its classes'."""
    for row in problem.shut_on.get(day.date, ()):
        if row.kind is not ClosureKind.SCHOOL:
            yield (_KINDS[row.kind], row.resource_id), row
            continue
        for group in problem.classes:
            if group.school_id == row.resource_id:
                yield (ResourceKind.CLASS, group.class_id), row


def _stretches(
    rows: list[Shut], dates: int, share: int
) -> Iterator[tuple[int, int, _Why]]:
    """Stretches of the clock closed on the share of the dates, and why."""
    edges = sorted({edge for row in rows for edge in (row.start, row.end)})
    start = end = 0
    last: _Why | None = None
    for first, then in pairwise(edges):
        inside = [row for row in rows if row.start <= first and then <= row.end]
        titles = tuple(dict.fromkeys(row.title for row in inside if row.title))
        count = len({row.date for row in inside})
        why = _Why(titles, count, dates) if 100 * count >= share * dates else None
        if why != last:
            if last is not None:
                yield start, end, last
            start, last = first, why
        end = then
    if last is not None:
        yield start, end, last


def _reason(whys: list[_Why]) -> str:
    titles = list(dict.fromkeys(title for why in whys for title in why.titles))
    named = "、".join(titles[:3]) + ("等" if len(titles) > 3 else "")
    count, dates = sum(w.count for w in whys), sum(w.dates for w in whys)
    return f"{named or '停用'}：{dates}个日期中有{count}个"
