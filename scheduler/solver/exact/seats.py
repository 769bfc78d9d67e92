"""Lessons choose times; places are counted.

Where several lessons may take the same layouts at the same time and no rule can tell
them apart there, it matters only how many take each layout. One whole variable for
each layout and time (a seat) then serves all of them, instead of one for each lesson;
who sits where is decided afterwards.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import assert_never

import pulp

from scheduler.constraints.primitives import (
    Capacity,
    CountCost,
    OptionCost,
    PairCost,
    PatternCost,
    PatternSumCost,
    Primitive,
    RangeCost,
    SameChoice,
)
from scheduler.model.meeting import Meeting
from scheduler.solver.exact.rows import ModelRows
from scheduler.solver.options import LessonGroup, Posted


@dataclass(eq=False)
class Choice:
    """One time of one group: its variable counts the group's lessons there.

    ``meetings`` differ in layout only, and no person notices the difference.
    ``seats`` are the variables of the layouts, shared with other lessons; empty
    where there is but one layout.
    """

    group: LessonGroup
    meetings: tuple[Meeting, ...]
    variable: pulp.LpVariable
    seats: tuple[pulp.LpVariable, ...] = ()
    notes: list[Hashable] = field(default_factory=list)

    @property
    def meeting(self) -> Meeting:
        """The first layout's meeting; it stands for all where layouts do not matter."""
        return self.meetings[0]


def bound_to_layouts(terms: Iterable[Posted]) -> frozenset[str]:
    """Ids of lessons whose layouts a term on days or pairs tells apart."""
    return frozenset(
        x.lesson_id
        for posted in terms
        for x in posted.term.lessons
        if any(p.by_layout for p in _parts(posted.term))
    )


def _parts(term: Primitive) -> tuple[PatternCost | PairCost, ...]:
    if isinstance(term, PatternSumCost):
        return term.days
    return (term,) if isinstance(term, PatternCost | PairCost) else ()


def make_choices(
    rows: ModelRows,
    groups: Iterable[LessonGroup],
    by_layout: bool,
    bound: frozenset[str],
) -> tuple[Choice, ...]:
    """Variables for every group and time.

    Parameters:
        by_layout: Make every layout a choice of its own.
        bound: Ids of lessons for which it is one in any case.
    """
    found = []
    for group in groups:
        times: dict[Hashable, list[Meeting]] = defaultdict(list)
        apart = by_layout or any(x.lesson_id in bound for x in group.lessons)
        for meeting in group.options:
            key = meeting.placement if apart else _footprint(meeting)
            times[key].append(meeting)
        for meetings in times.values():
            variable = rows.variable(_label(group, meetings[0]), 1, whole=True)
            found.append(Choice(group, tuple(meetings), variable))
    return tuple(found)


def make_seats(
    rows: ModelRows, choices: Iterable[Choice], terms: Iterable[Posted]
) -> None:
    """Give alike choices common seats, and tie the choices to them."""
    several = [c for c in choices if len(c.meetings) > 1]
    by_day: dict[tuple[str, int | None], list[Choice]] = defaultdict(list)
    for choice in several:
        for day in (None, choice.meeting.day):
            by_day[choice.group.lessons[0].lesson_id, day].append(choice)
    for number, posted in enumerate(terms):
        look = lens(posted)
        if look is None:
            continue
        day = posted.term.day if isinstance(posted.term, CountCost) else None
        for lesson in posted.term.lessons:
            for choice in by_day.get((lesson.lesson_id, day), ()):
                if not hears(posted.term, choice):
                    continue
                seen = tuple(map(look, choice.meetings))
                if seen.count(seen[0]) < len(seen):
                    choice.notes.append((number, seen))
    alike: dict[Hashable, list[Choice]] = defaultdict(list)
    for choice in several:
        alike[_signature(choice)].append(choice)
    for sharing in alike.values():
        _tie(rows, sharing)


def hears(term: Primitive, choice: Choice) -> bool:
    """Whether a choice may mean anything to a term, by what the term says of itself."""
    meeting = choice.meeting
    match term:
        case CountCost():
            return term.day in (None, meeting.day) and (
                term.minute is None or meeting.start <= term.minute < meeting.end
            )
        case Capacity():
            return term.layouts is None or any(
                m.placement.layout_id in term.layouts for m in choice.meetings
            )
    return True


def lens(posted: Posted) -> Callable[[Meeting], Hashable] | None:
    """What a term sees of a meeting, where that may depend on the layout."""
    term = posted.term
    match term:
        case OptionCost():
            return term.of
        case CountCost():
            return term.value if term.by_layout else None
        case Capacity():
            return lambda m: (s := term.span(m)) and (s, term.demand(m.lesson))
        case PatternCost() | PatternSumCost() | PairCost() | RangeCost() | SameChoice():
            return None
        case _:
            assert_never(term)


def _tie(rows: ModelRows, sharing: list[Choice]) -> None:
    """As many lessons at this time as seats taken."""
    most = sum(c.group.count for c in sharing)
    seats = tuple(
        rows.variable(f"seat_{_label(sharing[0].group, m)}", most, whole=True)
        for m in sharing[0].meetings
    )
    coming = {c.variable: 1 for c in sharing}
    rows.equal("seats", coming | dict.fromkeys(seats, -1), 0)
    for choice in sharing:
        choice.seats = seats


def _signature(choice: Choice) -> Hashable:
    placement = choice.meeting.placement
    layouts = tuple(m.placement.layout_id for m in choice.meetings)
    rows = choice.meeting.rows
    return (placement.week, placement.day, rows, layouts, tuple(choice.notes))


def _footprint(meeting: Meeting) -> Hashable:
    """All that people notice of a meeting: when, who, which walks and sites."""
    p = meeting.placement
    walks = tuple((u.walk, u.site_id) for u in meeting.uses)
    return (p.week, p.day, p.period, p.teacher_ids, meeting.layout is None, walks)


def _label(group: LessonGroup, meeting: Meeting) -> str:
    p = meeting.placement
    name = group.lessons[0].lesson_id
    return f"x_{name}_{p.week}_d{p.day}_p{p.period}_{p.layout_id}"
