"""Who may use a resource at once: the columns of a capacity, moment by moment."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from scheduler.constraints.terms import Capacity
from scheduler.solver.kernel.columns import Column, Groups, as_column

Span = tuple[int, int]
_Use = tuple[Span, tuple[int, int, int]]
"""Minutes of a use, and its (group, option, demand)."""


def crowds(groups: Groups, term: Capacity) -> Iterator[tuple[Column, int]]:
    """Options that use the resource at one time, and for how many minutes they do.

    Each stretch between two starts or ends of a use is told once for each week.
    """
    uses = _uses(groups, term)
    for (layer, day), here in uses.items():
        # Where all lessons meet every week, both weeks hold the same uses.
        if layer and uses.get((0, day)) == here:
            continue
        twice = not layer and uses.get((1, day)) == here
        for crowd, minutes in _stretches(here):
            yield crowd, minutes
            if twice:
                yield crowd, minutes


def _uses(groups: Groups, term: Capacity) -> dict[tuple[int, int], list[_Use]]:
    """Uses by week and day, in the order of groups and options."""
    found: dict[tuple[int, int], list[_Use]] = defaultdict(list)
    for g in groups.of(term.lessons):
        group = groups.groups[g]
        demand = term.demand(group.lessons[0])
        spans = map(term.span, group.options)
        for k, (span, meeting) in enumerate(zip(spans, group.options, strict=True)):
            if span is not None:
                use = (span, (g, k, demand))
                for layer in meeting.layers:
                    found[layer, meeting.day].append(use)
    return found


def _stretches(uses: list[_Use]) -> Iterator[tuple[Column, int]]:
    """Between any two starts or ends: who is there, and the minutes."""
    spans = {span for span, _ in uses}
    edges = sorted({edge for span in spans for edge in span})
    known: dict[frozenset[Span], Column] = {}
    for start, end in pairwise(edges):
        there = frozenset(s for s in spans if s[0] <= start and end <= s[1])
        if there and there not in known:
            known[there] = as_column(use for span, use in uses if span in there)
        if there:
            yield known[there], end - start
