"""Rows of replacements.csv that say nothing, or put two lessons in each other's way.

Proposals are free of both when they are made. Rows written by hand may not be, and
those of an earlier timetable need no longer fit.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from scheduler.model.closures import Replacement
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.term.dated import DatedLesson, moved
from scheduler.term.rain import Diversion, held_lessons
from scheduler.term.settling import breaches, telling_rules


@dataclass(frozen=True, slots=True)
class MoveFault:
    """A move that does not work.

    ``lesson`` is None where it does not take place on that date, so that the row has no
    effect; else ``why`` says what it breaks there.
    """

    row: Replacement
    lesson: DatedLesson | None = None
    why: Text | None = None


def move_faults(
    timetable: Timetable,
    today: dt.date | None = None,
    diversions: Iterable[Diversion] = (),
) -> tuple[MoveFault, ...]:
    """Every move of the term, from a date on, that does not work; in order of dates.

    A hard rule counts if the lesson breaks it at its new place and not at its old one.
    Lessons whose new place is closed are left to ``date_clashes``; those that bad
    weather diverts stand where they are sent.
    """
    term = timetable.problem.term
    rows = [
        row
        for row in timetable.problem.replacements
        if term.first_day <= row.date <= term.last_day
        if today is None or row.date >= today
    ]
    dated = held_lessons(timetable, diversions, {row.date for row in rows})
    found = {(x.date, x.lesson_id): x for x in dated}
    return tuple(
        fault
        for row in sorted(rows, key=lambda r: (r.date, r.lesson_id))
        for fault in _faults(timetable, row, found)
    )


def _faults(
    timetable: Timetable,
    row: Replacement,
    found: dict[tuple[dt.date, str], DatedLesson],
) -> Iterator[MoveFault]:
    lesson = found.get((row.date, row.lesson_id))
    if lesson is None:
        yield MoveFault(row)
    elif lesson.place_available and lesson.weather is None:
        why = _broken(timetable, row, lesson, found)
        if why is not None:
            yield MoveFault(row, lesson, why)


def _broken(
    timetable: Timetable,
    row: Replacement,
    lesson: DatedLesson,
    found: dict[tuple[dt.date, str], DatedLesson],
) -> Text | None:
    """What the lesson breaks at its new place and did not break at its old one."""
    problem, rules = timetable.problem, telling_rules(timetable.problem)
    others = [
        other.meeting
        for (date, name), other in found.items()
        if date == row.date and name != row.lesson_id and other.place_available
    ]
    placement = timetable.placements[row.lesson_id]
    before = moved(problem, lesson.meeting, placement.layout_id)
    known = {
        (rule.name, violation.lesson_ids)
        for rule, violation in breaches(problem, rules, before, others)
    }
    layers = (None, *lesson.day.week.layers)
    for rule, violation in breaches(problem, rules, lesson.meeting, others):
        if (rule.name, violation.lesson_ids) in known or violation.layer not in layers:
            continue
        # Of one date: which of the two weeks it lies in need not be said.
        return rule.explain(problem, replace(violation, layer=None))
    return None
