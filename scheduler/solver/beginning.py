"""The beginning of a search: a copy of the process lowers the problem to arrays, while
this one loads Numba and the compiled code, which take as long on 36 classes."""

from functools import partial
from typing import TYPE_CHECKING

from scheduler.solver.collector import collector_paused
from scheduler.solver.copies import Copy
from scheduler.solver.lowering.making import make_arrays
from scheduler.solver.options import Compiled

if TYPE_CHECKING:
    from scheduler.solver.kernel.search import Kernel


@collector_paused()
def begin_search(compiled: Compiled) -> "Kernel":
    """A kernel of the problem; compiled code is loaded where it is there."""
    with Copy(partial(make_arrays, compiled), compiled.is_large) as copy:
        from scheduler.solver.first_run import ready
        from scheduler.solver.kernel.search import Kernel

        if ready.is_ready():
            ready.get_ready()
        return Kernel.made_of(compiled, copy.result())
