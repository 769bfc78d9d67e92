"""The kernel is compiled once for all processes of a test run, before they use it."""

import pytest

from scheduler.solver.first_run.ready import get_ready


@pytest.fixture(scope="session", autouse=True)
def _compiled_kernel():
    get_ready()
