"""The proof of a large problem has a process of its own, which ends with the solve."""

import os
import subprocess
import sys
from time import monotonic, sleep

import pytest

from scheduler.solver import solve as solving
from scheduler.solver.exact.highs import Outcome
from scheduler.solver.incumbent import Incumbent
from scheduler.solver.limits import SolveLimits
from scheduler.solver.mismatch import SolverMismatch
from scheduler.solver.options import compiled_in_force
from scheduler.solver.proving import prover
from scheduler.solver.proving.process import ProverProcess
from scheduler.solver.solve import solve
from scheduler.solver.status import Status
from tests.builders import need, problem
from tests.solver.test_claims import one_lesson_on_one_of_five_bad_days

LIMITS = SolveLimits(seconds=20, workers=1)
SOLVE = """
from scheduler.solver import solve as solving
from scheduler.solver.limits import SolveLimits
from scheduler.solver.proving.process import ProverProcess
from tests.builders import need, problem
solving._LARGE = -1
begin = ProverProcess.__init__
def told(self, *given):
    begin(self, *given)
    print(self.pid, flush=True)
ProverProcess.__init__ = told
solving.solve(problem(need("R1", "C1", "CN", "9")), SolveLimits(seconds=60))
"""

COMPILE = """
from time import sleep
from scheduler.solver.processes import start_child
child = start_child(("-c", '''
from time import sleep
from scheduler.solver.first_run import parts
parts.listen(parts.read_nothing, print)
sleep(99)
'''))
print(child.pid, flush=True)
sleep(99)
"""


@pytest.fixture
def started(monkeypatch):
    """Proofs' processes, all problems being large."""
    monkeypatch.setattr(solving, "_LARGE", -1)
    found, begin = [], ProverProcess.__init__

    def noted(self, *given):
        begin(self, *given)
        found.append(self)

    monkeypatch.setattr(ProverProcess, "__init__", noted)
    return found


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_proof_from_another_process_is_the_same(started):
    given = one_lesson_on_one_of_five_bad_days()

    found = solve(given, LIMITS)

    assert (found.status, found.bound) == (Status.OPTIMAL, found.report.soft)
    assert found.report.soft > 0
    assert len(started) == 1
    assert not is_there(started[0].pid)


def test_exact_search_alone_finds_its_timetable_there(started):
    given = problem(need("R1", "C1", "CN", "3"))

    found = solve(given, SolveLimits(seconds=20, search=False))

    assert found.status is Status.OPTIMAL
    assert len(found.timetable.placements) == 3
    assert not is_there(started[0].pid)


@pytest.mark.parametrize("program", ["import time; time.sleep(99)", "", "1/0"])
def test_a_process_that_does_not_listen_is_ended(started, monkeypatch, program):
    """Nor is the timetable lost by one that ends, unless by a fault of ours."""
    monkeypatch.setattr(ProverProcess, "PROGRAM", ("-c", program))
    given = one_lesson_on_one_of_five_bad_days()
    limits = SolveLimits(seconds=1, workers=1)

    if program == "1/0":
        with pytest.raises(SolverMismatch, match="exit code 1"):
            solve(given, limits)
    else:
        assert solve(given, limits).status is Status.FEASIBLE

    assert not is_there(started[0].pid)


@pytest.mark.parametrize("program", [SOLVE, COMPILE])
def test_a_process_ends_when_the_one_that_began_it_is_killed(program):
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert is_there(pid)
        parent.kill()

    until = monotonic() + 30
    while is_there(pid) and monotonic() < until:
        sleep(0.05)
    assert not is_there(pid)


def test_a_search_looks_for_a_timetable_where_exact_search_has_none_in_time(
    monkeypatch,
):
    given = problem(need("R1", "C1", "CN", "3"))
    incumbent, shares = Incumbent(SolveLimits(seconds=20)), []

    class InVain:
        def __init__(self, model):
            pass

        def solve(self, limits, *rest, on_tick):
            shares.append(limits.seconds)
            return Outcome(Status.UNKNOWN, None, None, 0)

    def stop():
        incumbent.stopped = True

    monkeypatch.setattr(prover, "LoadedModel", InVain)
    proof = prover.Prover(
        compiled_in_force(given)[1], incumbent, lambda _: 0, 1, patience=0.0
    )
    proof.meanwhile = stop
    proof.run()

    assert incumbent.stopped
    assert max(shares) < 20 / 2
