"""A clock and a store for every test that asks."""

import pytest

from scheduler.services.office import Store
from tests.services.builders import Clock


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path, clock):
    opened = Store.open(f"sqlite:///{tmp_path / 'store.db'}", clock)
    yield opened
    opened.close()
