"""What only the first run on a machine takes is not the solve's time."""

import numba
import pytest
from numba.core.dispatcher import Dispatcher

from scheduler.constraints.catalogue import rules_in_force
from scheduler.solver.annealing import Annealer
from scheduler.solver.incumbent import Incumbent
from scheduler.solver.kernel import (
    anneal,
    ejection,
    exchanges,
    filling,
    insertion,
    moves,
    search,
    tally,
    trouble,
)
from scheduler.solver.kernel.search import Kernel, Search
from scheduler.solver.limits import SolveLimits
from scheduler.solver.options import compile_problem
from tests.small_school import need, small_problem

CALLED = ("begin", "put", "insert", "construct", "anneal", "restore", "fill")


@pytest.fixture
def kernel():
    problem = small_problem(need("R1", "A", "PE", "3"), need("R2", "A", "MUS", "2"))
    return Kernel.of(compile_problem(problem, rules_in_force(problem)))


@pytest.fixture
def calls(monkeypatch):
    """(function, types of its arguments) of every call of compiled code."""
    seen = set()

    def spy(name, function):
        def called(*arguments):
            seen.add((name, tuple(numba.typeof(x) for x in arguments)))
            return function(*arguments)

        return called

    for name in CALLED:
        monkeypatch.setattr(search, name, spy(name, getattr(search, name)))
    return seen


def test_time_while_the_clock_is_stopped_does_not_count():
    now = [100.0]
    incumbent = Incumbent(SolveLimits(seconds=60), lambda: now[0])
    now[0] = 102.0
    with incumbent.clock_stopped():
        now[0] = 140.0
    now[0] = 141.0
    assert incumbent.elapsed == 3.0
    assert incumbent.left == 57.0


def test_every_function_is_compiled_once_whatever_its_numbers_are_read_from(kernel):
    Search.get_ready(kernel)
    Annealer(kernel, Incumbent(SolveLimits(iterations=2000)), 0).run()
    modules = (anneal, ejection, exchanges, filling, insertion, moves, tally, trouble)
    compiled = [
        f
        for module in modules
        for f in vars(module).values()
        if isinstance(f, Dispatcher)
    ]
    often = {f.__name__: f.signatures for f in compiled if len(f.signatures) > 1}
    assert len(compiled) > 30
    assert not often


def test_iterations_bound_moves_and_steps_of_chains_together(kernel):
    incumbent = Incumbent(SolveLimits(seconds=60, iterations=7000))
    annealer = Annealer(kernel, incumbent, 0)
    annealer.run()
    assert 7000 <= incumbent.moves < 7000 + 5000


def test_getting_ready_compiles_every_call_of_a_search(kernel, calls):
    Search.get_ready(kernel)
    ready = set(calls)
    assert {name for name, _ in ready} == set(CALLED)
    calls.clear()
    Annealer(kernel, Incumbent(SolveLimits(iterations=2000)), 0).run()
    searching = Search(kernel, 0)
    searching.insert(1)
    searching.restart()
    assert calls <= ready
