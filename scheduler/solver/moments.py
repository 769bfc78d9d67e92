"""Who uses a resource at every moment of a day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import pulp

from scheduler.constraints.terms import Capacity
from scheduler.model.meeting import Meeting


@dataclass(frozen=True, slots=True)
class Use:
    """Minutes in which a variable's lessons use a resource, and how much of it."""

    start: int
    end: int
    variable: pulp.LpVariable
    demand: int


def crowds(uses: list[Use], every_moment: bool) -> Iterator[tuple[int, int, list[Use]]]:
    """(start, minutes, uses) of stretches in which nothing begins or ends.

    For a hard limit only the fullest moments matter: just before somebody leaves,
    after somebody came.
    """
    edges = sorted({e for u in uses for e in (u.start, u.end)})
    starts, ends = {u.start for u in uses}, {u.end for u in uses}
    came = False
    for start, end in pairwise(edges):
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
