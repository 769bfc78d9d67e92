"""Who may use a resource at once: the columns of a capacity, moment by moment."""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from itertools import chain

from scheduler.constraints.primitives import Capacity
from scheduler.model.meeting import Meeting
from scheduler.model.times import stretches
from scheduler.solver.lowering.columns import Column, Groups, Look, Part

Span = tuple[int, int]
_Rows = dict[Span, Part]
"""A group's options by the minutes they take; each has the demand of a lesson."""
_Time = tuple[tuple[int, ...], int]
"""Weeks of the cycle, and weekday."""


class Crowds:
    """Crowds of capacities; those that see the same of a group share its rows."""

    def __init__(self, groups: Groups) -> None:
        self._groups = groups
        self._rows: dict[Hashable, dict[_Time, _Rows]] = {}

    def of(self, term: Capacity) -> Iterator[tuple[Column, int, int]]:
        """Options that use the resource at one time, for so many minutes in so many
        weeks.

        One for each stretch between two starts or ends of a use.
        """
        uses = self._uses(term)
        for (layer, day), here in uses.items():
            # Where all lessons meet every week, both weeks hold the same uses.
            if layer and uses.get((0, day)) == here:
                continue
            weeks = 1 + (layer == 0 and uses.get((1, day)) == here)
            for crowd, minutes in self._stretches(here):
                yield crowd, minutes, weeks

    def _uses(self, term: Capacity) -> dict[tuple[int, int], list[_Rows]]:
        """Uses by week and day, in the order of groups."""
        found: dict[tuple[int, int], list[_Rows]] = defaultdict(list)
        look = Look(layouts=term.layouts)
        for g in self._groups.of(term.lessons):
            demand = term.demand(self._groups.groups[g].lessons[0])
            numbers, meetings = self._groups.at(g, look)
            spans = tuple(map(term.span, meetings))
            key = (g, term.layouts, demand, spans)
            if key not in self._rows:
                self._rows[key] = self._taken(g, demand, numbers, meetings, spans)
            for (layers, day), rows in self._rows[key].items():
                for layer in layers:
                    found[layer, day].append(rows)
        return found

    def _taken(
        self,
        g: int,
        demand: int,
        numbers: tuple[int, ...],
        meetings: tuple[Meeting, ...],
        spans: tuple[Span | None, ...],
    ) -> dict[_Time, _Rows]:
        found: dict[_Time, dict[Span, list[int]]] = {}
        for k, meeting, span in zip(numbers, meetings, spans, strict=True):
            if span is not None:
                rows = found.setdefault((meeting.layers, meeting.day), {})
                rows.setdefault(span, []).append(k)
        return {
            time: {
                span: self._groups.part(g, tuple(some), demand)
                for span, some in rows.items()
            }
            for time, rows in found.items()
        }

    def _stretches(self, uses: list[_Rows]) -> Iterator[tuple[Column, int]]:
        """Between any two starts or ends: who is there, and the minutes."""
        spans = {span for rows in uses for span in rows}
        known: dict[frozenset[Span], Column] = {}
        for start, end in stretches(spans):
            there = frozenset(s for s in spans if s[0] <= start and end <= s[1])
            if there and there not in known:
                known[there] = tuple(self._parts(uses, there))
            if there:
                yield known[there], end - start

    def _parts(self, uses: list[_Rows], there: frozenset[Span]) -> Iterator[Part]:
        for rows in uses:
            found = [rows[span] for span in there if span in rows]
            if len(found) == 1:
                yield found[0]
            elif found:
                options = tuple(sorted(chain(*[x.options for x in found])))
                demand = found[0].values[0]
                yield self._groups.part(found[0].group, options, demand)
