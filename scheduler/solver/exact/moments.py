"""Capacities in the exact model: who uses a resource at every moment of a day."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pulp

from scheduler.constraints.primitives import Capacity
from scheduler.model.meeting import Meeting
from scheduler.model.times import stretches
from scheduler.solver.exact.choice_index import ChoiceIndex, seen
from scheduler.solver.exact.posting import Origin
from scheduler.solver.exact.rows import ModelRows
from scheduler.solver.exact.seats import hears
from scheduler.solver.options import Posted


@dataclass(frozen=True, slots=True)
class Use:
    """Minutes in which a variable's lessons use a resource, and how much of it."""

    start: int
    end: int
    variable: pulp.LpVariable
    demand: int


def busy_moments(
    uses: list[Use], every_moment: bool
) -> Iterator[tuple[int, int, list[Use]]]:
    """(start, minutes, uses) of stretches in which nothing begins or ends.

    For a hard limit only the fullest moments matter: just before somebody leaves,
    after somebody came.
    """
    starts, ends = {u.start for u in uses}, {u.end for u in uses}
    came = False
    for start, end in stretches((u.start, u.end) for u in uses):
        came = start in starts or (came and start not in ends)
        if every_moment or (came and end in ends):
            inside = [u for u in uses if u.start <= start and end <= u.end]
            yield start, end - start, inside


def use_of(term: Capacity) -> Callable[[Meeting], tuple[tuple[int, int], int] | None]:
    """(minutes, demand) of a meeting's use of the resource."""

    def use(meeting: Meeting) -> tuple[tuple[int, int], int] | None:
        span = term.span(meeting)
        return (span, term.demand(meeting.lesson)) if span else None

    return use


def post_capacity(
    rows: ModelRows, index: ChoiceIndex, posted: Posted, limit: int
) -> None:
    """Hold, or price, the use of a resource at every moment.

    Parameters:
        limit: What it holds, as :meth:`Compiled.limit` tells it.
    """
    term = posted.term
    assert isinstance(term, Capacity)
    name = "_".join((posted.rule.name, *term.resource))
    for day, here in _uses_by_day(index, term):
        rows.origin = Origin(posted, day)
        for start, minutes, inside in busy_moments(here, not posted.hard):
            row = {u.variable: u.demand for u in inside}
            _cap(rows, posted, f"{name}_d{day}_m{start}", row, limit, minutes)


def _uses_by_day(index: ChoiceIndex, term: Capacity) -> Iterator[tuple[int, list[Use]]]:
    """(day, uses) of each week of the cycle."""
    uses: dict[tuple[int, int], dict[pulp.LpVariable, Use]] = defaultdict(dict)
    for choice in index.choices(term.lessons):
        if not hears(term, choice):
            continue
        for variable, meeting, used in seen(choice, use_of(term)):
            if used is not None:
                (start, end), demand = used
                for layer in meeting.layers:
                    use = Use(start, end, variable, demand)
                    uses[layer, meeting.day][variable] = use
    for (_, day), here in uses.items():
        yield day, [*here.values()]


def _cap(
    rows: ModelRows,
    posted: Posted,
    label: str,
    row: dict[pulp.LpVariable, int],
    limit: int,
    minutes: int,
) -> None:
    # A choice is taken once, a seat by several lessons.
    fullest = int(sum(demand * variable.upBound for variable, demand in row.items()))
    if fullest <= limit:
        return
    if posted.hard:
        rows.at_most(label, row, limit)
        return
    excess = rows.variable(f"excess_{label}", fullest - limit)
    rows.at_most(label, row | {excess: -1}, limit)
    rows.charge(excess, posted.rule.weight * minutes)
