"""Lessons that lose their place on a date, and where else they could be.

A weekly timetable cannot avoid single dates: a booking, a repair, an agreement that
ends in mid-term. Each such lesson keeps its time and its people and is offered a place
that is free then, its class's own room at last: moved, not lost.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from scheduler.constraints.base import Constraint
from scheduler.model.closures import Replacement
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.weather import NOON, is_outdoor
from scheduler.term.altering import on_its_date, with_extras
from scheduler.term.changes import (
    Change,
    DatedChange,
    from_replacements,
    to_replacements,
)
from scheduler.term.dated import DatedLesson, Obstacle, dated_lesson, moved
from scheduler.term.held import held_lessons
from scheduler.term.joining import met
from scheduler.term.judging import breaches, telling_rules
from scheduler.term.versions import Versions


@dataclass(frozen=True, slots=True)
class DateClash:
    """A lesson without its place on one date.

    ``layout_id`` is the place proposed (``home``: the class's own room), None where
    every one is taken, closed or too far.
    """

    lesson: DatedLesson
    obstacle: Obstacle
    layout_id: str | None

    @property
    def change(self) -> DatedChange | None:
        """The change that the proposal makes."""
        if self.layout_id is None:
            return None
        key, why = self.lesson.key, self.obstacle.text.zh
        return DatedChange(*key, layout_id=self.layout_id, note=why)


def date_clashes(
    versions: Versions,
    changes: Iterable[Change] = (),
    today: dt.date | None = None,
) -> tuple[DateClash, ...]:
    """Every lesson that loses its place on a date of the term, with a proposal.

    On each date the lessons with fewest places to choose from are served first; no two
    proposals of a date are in each other's way. With ``today`` given, earlier dates are
    left alone, and a venue of others is proposed only if its agreement's
    ``notice_days`` can be kept. Lessons that bad weather diverts are where they are
    sent, and in that half of the day nothing outdoors is proposed.
    """
    return clashes_among(held_lessons(versions, changes), versions, today)


def clashes_among(
    held: Iterable[DatedLesson], versions: Versions, today: dt.date | None
) -> tuple[DateClash, ...]:
    """The same of lessons that are known, in the order of their dates."""
    found: list[DateClash] = []
    for date, group in groupby(held, key=lambda x: x.date):
        if today is not None and date < today:
            continue
        lessons = list(group)
        if not all(lesson.place_available for lesson in lessons):
            notice = None if today is None else (date - today).days
            found += _settle(versions.at(date).problem, lessons, notice)
    return tuple(found)


def replaced(
    known: Iterable[Replacement], clashes: Iterable[DateClash]
) -> tuple[Replacement, ...]:
    """Rows of replacements.csv with the proposals added, by date and lesson."""
    made = [clash.change for clash in clashes if clash.change is not None]
    return to_replacements((*from_replacements(known), *made))


def _settle(
    problem: Problem, lessons: list[DatedLesson], notice: int | None
) -> list[DateClash]:
    """Proposals for one date, which is ``notice`` days ahead."""
    problem = with_extras(problem, lessons)
    rules = telling_rules(problem)
    there = met(d for d in lessons if d.place_available)
    homeless = [d for d in lessons if not d.place_available]
    bad_halves = {d.start < NOON for d in lessons if d.weather is not None}
    choices = {
        d.key: [
            meeting
            for meeting in _choices(problem, d, notice)
            if not ((d.start < NOON) in bad_halves and is_outdoor(problem, meeting))
        ]
        for d in homeless
    }
    chosen: dict[tuple[dt.date, str], str | None] = {}
    for dated in sorted(homeless, key=lambda d: len(choices[d.key])):
        chosen[dated.key] = None
        for meeting in choices[dated.key]:
            if _fits(problem, rules, meeting, there.values()):
                there[dated.key] = meeting
                chosen[dated.key] = meeting.placement.layout_id
                break
    return [DateClash(d, d.obstacles[0][1], chosen[d.key]) for d in homeless]


def _choices(
    problem: Problem, dated: DatedLesson, notice: int | None
) -> tuple[Meeting, ...]:
    """The lesson at every place open to it on this date, best first."""
    here = on_its_date(dated)
    meetings = (moved(problem, here, name) for name in _layouts(problem, here))
    return tuple(
        meeting
        for meeting in meetings
        if dated_lesson(problem, meeting, dated.day).place_available
        and _in_time(meeting, notice)
    )


def _in_time(meeting: Meeting, notice: int | None) -> bool:
    """Tell whether every agreement's notice can be kept."""
    asked = (use.agreement.notice_days for use in meeting.uses if use.agreement)
    return notice is None or all(days is None or days <= notice for days in asked)


def _layouts(problem: Problem, meeting: Meeting) -> Iterator[str]:
    """Places to try: those the requirement allows, others for its subject, home."""
    requirement = meeting.lesson.requirement
    pe = problem.subject[requirement.subject_id].kind.is_pe_type
    allowed = [x for x in problem.allowed_layouts(requirement) if x != HOME]
    ours = [x for x in problem.layouts if problem.is_open_to(x, requirement)]
    others = [x for x in ours if x.allows(requirement.subject_id)]
    others += [x for x in ours if pe and x.wet]
    first = sorted((problem.layout[x] for x in allowed), key=lambda x: x.preference)
    names = dict.fromkeys(x.layout_id for x in (*first, *others))
    yield from (x for x in names if x != meeting.placement.layout_id)
    yield HOME


def _fits(
    problem: Problem,
    rules: list[Constraint],
    meeting: Meeting,
    others: Iterable[Meeting],
) -> bool:
    """Tell whether no hard rule is broken by this meeting among those of the date."""
    return next(breaches(problem, rules, meeting, others), None) is None
