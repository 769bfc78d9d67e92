"""What only the first run on a machine takes is not the solve's time."""

from time import sleep

import pytest
from numba import config
from numba.core.dispatcher import Dispatcher

from scheduler.constraints.catalogue import rules_in_force
from scheduler.solver.annealing import Annealer
from scheduler.solver.first_run import parts, ready
from scheduler.solver.first_run.parts import ADVICE, LAST, SEARCH
from scheduler.solver.first_run.ready import get_ready
from scheduler.solver.incumbent import Incumbent
from scheduler.solver.kernel import (
    anneal,
    ejection,
    exchanges,
    filling,
    insertion,
    moves,
    tally,
    trouble,
)
from scheduler.solver.kernel.compiled import compiling_alone
from scheduler.solver.kernel.search import Kernel, Search
from scheduler.solver.limits import SolveLimits
from scheduler.solver.options import compile_problem
from scheduler.solver.processes import start_child
from scheduler.solver.solve import solve
from scheduler.solver.status import Status
from tests.small_school import need, small_problem


@pytest.fixture
def kernel():
    problem = small_problem(need("R1", "A", "PE", "3"), need("R2", "A", "MUS", "2"))
    return Kernel.of(compile_problem(problem, rules_in_force(problem)))


def test_time_while_the_clock_is_stopped_does_not_count():
    now = [100.0]
    incumbent = Incumbent(SolveLimits(seconds=60), lambda: now[0])
    now[0] = 102.0
    with incumbent.clock_stopped():
        now[0] = 140.0
    now[0] = 141.0
    assert incumbent.elapsed == 3.0
    assert incumbent.left == 57.0


def functions() -> list[Dispatcher]:
    """All compiled functions of the kernel."""
    modules = (anneal, ejection, exchanges, filling, insertion, moves, tally, trouble)
    named = [f for module in modules for f in vars(module).items()]
    return [f for _, f in named if isinstance(f, Dispatcher)]


def test_every_function_is_compiled_once_whatever_its_numbers_are_read_from(kernel):
    get_ready()
    Annealer(kernel, Incumbent(SolveLimits(iterations=2000)), 0).run()
    often = {f.__name__: f.signatures for f in functions() if len(f.signatures) > 1}
    assert len(functions()) > 30
    assert not often


def test_iterations_bound_moves_and_steps_of_chains_together(kernel):
    incumbent = Incumbent(SolveLimits(seconds=60, iterations=7000))
    annealer = Annealer(kernel, incumbent, 0)
    annealer.run()
    assert 7000 <= annealer.spent < 7000 + 5000
    assert 0 < incumbent.moves <= annealer.spent


@pytest.mark.parametrize("insert_first", [True, False])
def test_a_line_finds_a_timetable_however_it_begins(kernel, insert_first):
    incumbent = Incumbent(SolveLimits(iterations=2000))
    Annealer(kernel, incumbent, 0, insert_first).run()
    assert len(incumbent.timetable().placements) == 5


def test_getting_ready_compiles_every_call_of_a_search(kernel):
    get_ready()
    ready = {f: list(f.signatures) for f in functions()}
    Annealer(kernel, Incumbent(SolveLimits(iterations=2000)), 0).run()
    searching = Search(kernel, 0)
    searching.insert(1)
    searching.restart()
    searching.fill()
    assert {f: list(f.signatures) for f in functions()} == ready


def test_exact_search_goes_on_while_the_search_is_compiled(monkeypatch):
    """Its timetable is found, and proven optimal, before anything is compiled."""
    monkeypatch.setattr(ready, "is_ready", lambda: False)

    def compiles_for_ever(on_compiled):
        while not on_compiled(7):
            sleep(0.01)
        return False

    monkeypatch.setattr(ready, "get_ready", compiles_for_ever)
    given = small_problem(need("R1", "A", "PE", "3"))
    found = solve(given, SolveLimits(seconds=20))

    assert found.status is Status.OPTIMAL
    assert len(found.timetable.placements) == 3


def test_compiling_that_nobody_waits_for_any_more_leaves_no_process(monkeypatch):
    started = []

    def asleep(program):
        listening = "from scheduler.solver.first_run.parts import listen, read_nothing"
        sleeping = (
            f"{listening}; listen(read_nothing, print); import time; time.sleep(99)"
        )
        started.append(start_child(("-c", sleeping)))
        return started[-1]

    monkeypatch.setattr(ready, "is_ready", lambda parts: False)
    monkeypatch.setattr(ready, "start_child", asleep)

    assert not get_ready(on_compiled=lambda _: len(started) == 2)
    assert [child.returncode is not None for child in started] == [True, True]


def test_those_that_wait_for_another_to_compile_can_be_stopped(monkeypatch, tmp_path):
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path))
    with compiling_alone() as alone:
        assert alone
        assert not get_ready(on_compiled=lambda _: True)


def test_a_process_that_waits_takes_what_another_has_compiled(monkeypatch, tmp_path):
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path))

    def other_is_done(count):
        for name in LAST.values():
            (tmp_path / f"{name}-1.py311.nbi").touch()
        return False

    with compiling_alone():
        assert get_ready(on_compiled=other_is_done)


@pytest.mark.parametrize("part", SEARCH + ADVICE)
def test_the_last_function_of_a_part_is_the_one_that_tells_it_is_compiled(part):
    *_, (function, _) = parts.CALLS[part]()
    module = function.__module__.rpartition(".")[2]
    assert f"{module}.{function.__name__}" == LAST[part]
