"""All that a search needs to know of a compiled problem, as arrays and numbers.

Capacities, about half of the work, are lowered in a copy of the process.
"""

from functools import partial
from typing import Any, NamedTuple

from scheduler.solver.collector import collector_paused
from scheduler.solver.copies import Copy
from scheduler.solver.lowering.capacities import Capacities
from scheduler.solver.lowering.counted import Counted
from scheduler.solver.lowering.flat import Entries, Flat
from scheduler.solver.lowering.layout import Ints
from scheduler.solver.lowering.lower import Lowered
from scheduler.solver.lowering.neighbours import (
    Together,
    counted_together,
    neighbours,
    other_together,
)
from scheduler.solver.lowering.pack import pack
from scheduler.solver.lowering.steps import typical_step
from scheduler.solver.options import Compiled


class Made(NamedTuple):
    """Plain data; ``arrays`` by their names, the rest as in ``Kernel``."""

    arrays: dict[str, Any]
    neighbours: tuple[Ints, Ints]
    typical_step: float


class _Capped(NamedTuple):
    """Capacities lowered, as plain data."""

    counted: Counted
    entries: Flat
    """Those that one lesson fills come first."""
    together: Together


@collector_paused()
def make_arrays(compiled: Compiled, exact: bool = False) -> Made:
    """Lower and pack; ``exact`` as in :class:`Lowered`."""
    with Copy(partial(_capped, compiled, exact), compiled.is_large) as copy:
        lowered = Lowered(compiled, exact)
        mine = Counted.of(lowered.counters, lowered.groups)
        together = other_together(lowered)
        capped = copy.result()
    counted, caps, others = capped.counted.merged(mine)
    entries = capped.entries._replace(number=caps[capped.entries.number])
    return Made(
        pack(lowered, counted, caps, others, entries),
        neighbours(compiled.groups, together | capped.together),
        typical_step(lowered, counted),
    )


@collector_paused()
def _capped(compiled: Compiled, exact: bool) -> _Capped:
    made = Capacities(compiled, exact)
    counters = made.counters.found
    order = sorted(range(len(counters)), key=lambda k: not counters[k].unit)
    columns = [(0, k, counters[k].column) for k in order]
    return _Capped(
        Counted.of(made.counters, made.groups),
        Entries(made.groups).of(columns),
        counted_together(counters),
    )
