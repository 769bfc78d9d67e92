"""The sheet for walking the corridors (巡课): every lesson of a date, by period."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.constraints import describe
from scheduler.formats.week_grid.bands import label_of
from scheduler.model.text import Text
from scheduler.model.times import Period, format_clock
from scheduler.services.views.days.weeks import DatedLine, dated_line
from scheduler.term.changes import Change
from scheduler.term.dated import DatedLesson, Off
from scheduler.term.held import term_lessons
from scheduler.term.versions import Versions

_NOT_THERE = (Off.BELL, Off.CLOSED)
"""Lessons that the day has no time for: nobody looks for them."""
_NOON, _EVENING = 12 * 60, 18 * 60


@dataclass(frozen=True, slots=True)
class PatrolPeriod:
    """The lessons of one period of a bell, in the order of the classes."""

    label: Text
    start: int
    clock: str
    lines: tuple[DatedLine, ...]


@dataclass(frozen=True, slots=True)
class PatrolSheet:
    """One sheet of paper: a period, or the periods of a part of the day."""

    title: Text
    periods: tuple[PatrolPeriod, ...]


def patrol_sheets(
    versions: Versions, changes: Iterable[Change], date: dt.date, by_part: bool = False
) -> tuple[PatrolSheet, ...]:
    """The sheets of a date, each lesson as it is in force on it.

    A double lesson stands in each of its periods; one that falls out is listed as such.
    """
    periods = _periods(term_lessons(versions, changes, {date}))
    found: dict[Text, list[PatrolPeriod]] = {}
    for period in periods:
        title = _part(period.start) if by_part else period.label
        found.setdefault(title, []).append(period)
    return tuple(PatrolSheet(title, tuple(rows)) for title, rows in found.items())


def _periods(lessons: Iterable[DatedLesson]) -> tuple[PatrolPeriod, ...]:
    found: dict[tuple[int, int], list[tuple[Period, DatedLesson]]] = {}
    for lesson in lessons:
        if lesson.off not in _NOT_THERE:
            for row in lesson.meeting.rows:
                found.setdefault((row.start, row.end), []).append((row, lesson))
    return tuple(_period(*key, found[key]) for key in sorted(found))


def _period(
    start: int, end: int, there: list[tuple[Period, DatedLesson]]
) -> PatrolPeriod:
    clock = f"{format_clock(start)}–{format_clock(end)}"
    # A lesson at a time of its own has no number of a bell.
    named = (label_of(row) for row, _ in there if row.number)
    lessons = [x for _, x in there]
    place = {x: k for k, x in enumerate(lessons[0].problem.class_group)}
    lessons.sort(key=lambda x: place.get(x.meeting.class_ids[0], len(place)))
    lines = tuple(dated_line(x) for x in lessons)
    return PatrolPeriod(next(named, describe.same(clock)), start, clock, lines)


def _part(start: int) -> Text:
    if start < _NOON:
        return Text("上午", "Morning")
    return Text("下午", "Afternoon") if start < _EVENING else Text("晚上", "Evening")
