"""Parts of the kernel; ``python -m scheduler.solver.first_run.parts NAME`` makes one.

A part is a list of functions that are called from Python, with arguments of the kinds
they are called with; what they call is compiled with them. The two of a search take
about as long as one another and share little: two processes need half the time.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import IO, Any

import numba
import numpy as np

from scheduler.model.problem import Problem
from scheduler.model.term import Term
from scheduler.solver.kernel import (
    anneal,
    ejection,
    filling,
    insertion,
    tally,
)
from scheduler.solver.kernel.arrays import Arrays, fresh_state
from scheduler.solver.kernel.search import Kernel
from scheduler.solver.lowering.layout import Ints
from scheduler.solver.options import compile_problem
from scheduler.solver.processes import listen

Calls = Iterator[tuple[Any, tuple[Any, ...]]]
"""Functions, and arguments of the kinds that they are called with."""


def _nothing() -> Arrays:
    """Arrays without a lesson: of the same kinds as all others."""
    day = date(2026, 1, 1)
    problem = Problem((), (), (), (), (), (), Term("", day, day, "UTC", day))
    return Kernel.of(compile_problem(problem, ())).arrays


def _insertion() -> Calls:
    a = _nothing()
    s, none = fresh_state(a, 0), _ints(0)
    chain = ejection.fresh_chain(none, (_ints(1), none))
    yield ejection.demands, (a, s)
    yield insertion.insert, (a, s, insertion.fresh_insertion(chain, none, 0), 0, 0)


def _annealing() -> Calls:
    a = _nothing()
    s, none = fresh_state(a, 0), _ints(0)
    yield tally.begin, (a, s)
    yield tally.put, (a, s, 0, 0)
    yield tally.take, (a, s, 0)
    yield anneal.keep_best, (s,)
    yield anneal.restore, (a, s, s.best)
    yield anneal.construct, (a, s, none, 1.0)
    yield anneal.anneal, (a, s, none, 0, 1.0, 1.0, 1.0, 0, none)
    yield filling.fill, (a, s, s, none)


def _advice() -> Calls:
    from scheduler.solver.kernel import exchanges

    a = _nothing()
    s = fresh_state(a, 0)
    desk = exchanges.Desk(
        s=s,
        base=s,
        times=np.zeros(0, exchanges.TIME),
        moved=np.zeros(0, exchanges.MOVED),
        swaps=exchanges.unused(0),
        cycles=exchanges.unused(0),
    )
    yield exchanges.survey, (a, s, s, 0, np.zeros(0, np.int64), np.zeros(0, np.bool_))
    yield exchanges.exchanges, (a, desk, 0)


SEARCH, ADVICE = ("insertion", "annealing"), ("advice",)
LAST = {
    "insertion": "insertion.insert",
    "annealing": "filling.fill",
    "advice": "exchanges.exchanges",
}
"""By part the function that is compiled last."""
CALLS: dict[str, Callable[[], Calls]] = {
    "insertion": _insertion,
    "annealing": _annealing,
    "advice": _advice,
}


def compile_part(name: str) -> None:
    """Compile a part, or load it from disk."""
    for function, arguments in CALLS[name]():
        function.compile(tuple(map(numba.typeof, arguments)))


def _ints(count: int) -> Ints:
    return np.zeros(count, np.int32)


def read_nothing(source: IO[bytes]) -> bytes:
    """What comes in, of which nothing is expected but its end.

    Raises:
        EOFError: whoever asked for the part is gone.
    """
    found = source.read(1)
    if not found:
        raise EOFError
    return found


if __name__ == "__main__":
    listen(read_nothing, lambda _: None)
    compile_part(sys.argv[1])
