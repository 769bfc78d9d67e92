"""Who may use a resource at once: the columns of a capacity, moment by moment."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from scheduler.constraints.primitives import Capacity
from scheduler.model.times import stretches
from scheduler.solver.kernel.columns import Column, Groups, Part

Span = tuple[int, int]
_Use = tuple[int, int, dict[Span, list[int]]]
"""A group, the demand of a lesson of it, and its options by the minutes they take."""


def crowds(groups: Groups, term: Capacity) -> Iterator[tuple[Column, int, int]]:
    """Options that use the resource at one time, for so many minutes in so many weeks.

    One for each stretch between two starts or ends of a use.
    """
    uses = _uses(groups, term)
    for (layer, day), here in uses.items():
        # Where all lessons meet every week, both weeks hold the same uses.
        if layer and uses.get((0, day)) == here:
            continue
        weeks = 1 + (layer == 0 and uses.get((1, day)) == here)
        for crowd, minutes in _stretches(here):
            yield crowd, minutes, weeks


def _uses(groups: Groups, term: Capacity) -> dict[tuple[int, int], list[_Use]]:
    """Uses by week and day, in the order of groups."""
    found: dict[tuple[int, int], list[_Use]] = defaultdict(list)
    for g in groups.of(term.lessons):
        demand = term.demand(groups.groups[g].lessons[0])
        times: dict[tuple[tuple[int, ...], int], dict[Span, list[int]]] = {}
        numbers, meetings = groups.at(g, layouts=term.layouts)
        spans = map(term.span, meetings)
        for k, meeting, span in zip(numbers, meetings, spans, strict=True):
            if span is not None:
                rows = times.setdefault((meeting.layers, meeting.day), {})
                rows.setdefault(span, []).append(k)
        for (layers, day), rows in times.items():
            for layer in layers:
                found[layer, day].append((g, demand, rows))
    return found


def _stretches(uses: list[_Use]) -> Iterator[tuple[Column, int]]:
    """Between any two starts or ends: who is there, and the minutes."""
    spans = {span for *_, rows in uses for span in rows}
    known: dict[frozenset[Span], Column] = {}
    for start, end in stretches(spans):
        there = frozenset(s for s in spans if s[0] <= start and end <= s[1])
        if there and there not in known:
            known[there] = tuple(_parts(uses, there))
        if there:
            yield known[there], end - start


def _parts(uses: list[_Use], there: frozenset[Span]) -> Iterator[Part]:
    first, *more = there
    for g, demand, rows in uses:
        numbers = rows.get(first, ())
        if more:
            found = [rows[span] for span in there if span in rows]
            numbers = sorted(chain(*found))
        if numbers:
            yield g, tuple(numbers), (demand,) * len(numbers)
