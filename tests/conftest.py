"""What every test shares: profiles of Hypothesis, what is made once in a process."""

import gc
import os

import pytest
from hypothesis import settings

from scheduler.services.access import passwords
from tests.once import cheap_hashes, routes_once, tables_once, templates_once

collect_ignore = ["benchmarks"]
_AS_SHIPPED = passwords._HASHER  # noqa: SLF001

# Never a deadline: how long an example takes depends on the machine, not on the code.
settings.register_profile("default", deadline=None)
# The same examples on every run, so that a red build means a changed project.
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


def pytest_collection_finish():
    """Keep the collector from what was imported by now: it stays to the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _made_once():
    with pytest.MonkeyPatch.context() as patch:
        tables_once(patch)
        templates_once(patch)
        routes_once(patch)
        cheap_hashes(patch)
        yield


@pytest.fixture
def dear_hashes(monkeypatch):
    """Passwords are hashed as they are on a server."""
    monkeypatch.setattr(passwords, "_HASHER", _AS_SHIPPED)
