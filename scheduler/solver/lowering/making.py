"""All that a search needs to know of a compiled problem, as arrays and numbers."""

from typing import Any, NamedTuple

from scheduler.solver.collector import collector_paused
from scheduler.solver.lowering.layout import Ints
from scheduler.solver.lowering.lower import Lowered
from scheduler.solver.lowering.neighbours import neighbours
from scheduler.solver.lowering.pack import pack
from scheduler.solver.lowering.steps import typical_step
from scheduler.solver.options import Compiled


class Made(NamedTuple):
    """Plain data; ``arrays`` by their names, the rest as in ``Kernel``."""

    arrays: dict[str, Any]
    neighbours: tuple[Ints, Ints]
    typical_step: float


@collector_paused()
def make_arrays(compiled: Compiled, exact: bool = False) -> Made:
    """Lower and pack; ``exact`` as in :class:`Lowered`."""
    lowered = Lowered(compiled, exact)
    near, step = neighbours(lowered), typical_step(lowered)
    return Made(pack(lowered), near, step)
