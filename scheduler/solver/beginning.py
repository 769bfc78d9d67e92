"""The beginning of a search: a copy of the process lowers the problem to arrays, while
this one loads Numba and the compiled code, which take as long on 36 classes."""

from functools import partial
from typing import TYPE_CHECKING

from scheduler.solver.copies import Copy
from scheduler.solver.lowering.making import make_arrays
from scheduler.solver.options import Compiled

if TYPE_CHECKING:
    from scheduler.solver.kernel.search import Kernel

_LARGE = 4000
"""Options of all lessons from which on a copy is worth its while."""


def begin_search(compiled: Compiled) -> "Kernel":
    """A kernel of the problem; compiled code is loaded where it is there."""
    if sum(len(g.options) for g in compiled.groups) < _LARGE:
        from scheduler.solver.kernel.search import Kernel

        return Kernel.of(compiled)
    with Copy(partial(make_arrays, compiled)) as copy:
        from scheduler.solver.first_run import ready
        from scheduler.solver.kernel.search import Kernel

        if ready.is_ready():
            ready.get_ready()
        return Kernel.made_of(compiled, copy.result())
