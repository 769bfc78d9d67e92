"""What only the first run on a machine takes is not the solve's time."""

import numba
import pytest

from scheduler.constraints.catalogue import rules_in_force
from scheduler.solver.annealing import Annealer
from scheduler.solver.incumbent import Incumbent
from scheduler.solver.kernel import search
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
