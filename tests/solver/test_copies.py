"""A copy of the process works something out and ends."""

import os
import signal
import subprocess
import sys
import threading
from time import monotonic, sleep

import numpy as np
import pytest

from scheduler.constraints.catalogue import RULES
from scheduler.solver import copies
from scheduler.solver.copies import Copy
from scheduler.solver.lowering.making import make_arrays
from scheduler.solver.options import Compiled, compile_problem
from tests.small_school import need, small_problem

linux = pytest.mark.skipif(sys.platform != "linux", reason="copies of Linux only")
KILLED = """
from time import sleep
from scheduler.solver.copies import Copy
with Copy(lambda: sleep(99)) as copy:
    print(copy.pid, flush=True)
    copy.result()
"""


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@linux
def test_a_copy_works_in_another_process_and_is_gone_afterwards():
    with Copy(lambda: (os.getpid(), np.arange(3))) as copy:
        worked, numbers = copy.result()
        assert worked == copy.pid != os.getpid()

    assert numbers.tolist() == [0, 1, 2]
    assert not is_there(worked)


@linux
def test_a_copy_that_nobody_waits_for_ends_at_once():
    began = monotonic()
    with Copy(lambda: sleep(99)) as copy:
        pid = copy.pid

    assert pid is not None
    assert not is_there(pid)
    assert monotonic() - began < 20


@pytest.mark.parametrize("worth", [True, False])
def test_what_fails_there_fails_here_too(worth):
    with Copy(lambda: 1 // 0, worth) as copy, pytest.raises(ZeroDivisionError):
        copy.result()


def test_what_a_killed_copy_leaves_undone_is_done_here():
    with Copy(os.getpid) as copy:
        if copy.pid is not None:
            os.kill(copy.pid, signal.SIGSTOP)
            os.kill(copy.pid, signal.SIGKILL)
        assert copy.result() in (os.getpid(), copy.pid)


def test_without_copies_this_process_works(monkeypatch):
    monkeypatch.setattr(copies, "_can_copy", lambda: False)
    with Copy(os.getpid) as copy:
        assert copy.result() == os.getpid()


def test_one_thread_of_many_makes_no_copy():
    found: list[int | None] = []

    def work():
        with Copy(os.getpid) as copy:
            found.append(copy.pid)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [None]


@linux
def test_a_copy_ends_when_its_process_is_killed():
    with subprocess.Popen(
        [sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert is_there(pid)
        parent.kill()
    end = monotonic() + 20
    while is_there(pid) and monotonic() < end:
        sleep(0.01)
    assert not is_there(pid)


def test_capacities_lowered_in_a_copy_are_those_lowered_here(monkeypatch):
    given = small_problem(need("R1", "A", "PE", "3"), need("R2", "B", "MUS", "2"))
    compiled = compile_problem(given, [rule() for rule in RULES])
    here = make_arrays(compiled)
    monkeypatch.setattr(Compiled, "is_large", True)
    there = make_arrays(compiled)

    assert here.arrays.keys() == there.arrays.keys()
    for name, numbers in here.arrays.items():
        assert np.array_equal(numbers, there.arrays[name]), name
    assert all(map(np.array_equal, here.neighbours, there.neighbours))
    assert here.typical_step == there.typical_step
