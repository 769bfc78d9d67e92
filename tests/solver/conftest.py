"""The kernel is compiled once for all processes of a test run, before they use it."""

import pytest

from scheduler.constraints.catalogue import rules_in_force
from scheduler.solver.kernel.search import Kernel, Search
from scheduler.solver.options import compile_problem
from tests.small_school import need, small_problem


@pytest.fixture(scope="session", autouse=True)
def _compiled_kernel():
    problem = small_problem(need("R1", "A", "PE", "3"))
    Search.get_ready(Kernel.of(compile_problem(problem, rules_in_force(problem))))
