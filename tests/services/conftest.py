"""A clock, a store and an office in it for every test that asks."""

import pytest

from scheduler.services.offices import Store
from tests.services.builders import Clock


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path, clock):
    opened = Store.open(f"sqlite:///{tmp_path / 'store.db'}", clock)
    yield opened
    opened.close()


@pytest.fixture
def office(store):
    return store.add_office("s", "铁山路学校")
