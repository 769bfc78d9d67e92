"""A clock, a store and an office in it: each test on SQLite and on PostgreSQL."""

import pytest

from scheduler.services.offices import Store
from tests.services.builders import Clock
from tests.services.postgres import server


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="session")
def postgres():
    with server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request):
    """Which database; a test of one of them says so by `only`."""
    return request.param


@pytest.fixture
def url(backend, tmp_path, request, monkeypatch):
    """A database with nothing in it."""
    # Copies of a server's database are written to where the program was started.
    monkeypatch.chdir(tmp_path)
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.db'}"
        return
    postgres = request.getfixturevalue("postgres")
    made = postgres.new_database()
    yield made
    postgres.give_back(made)


@pytest.fixture
def store(url, clock):
    opened = Store.open(url, clock)
    yield opened
    opened.close()


@pytest.fixture
def office(store):
    return store.add_office("s", "铁山路学校")
