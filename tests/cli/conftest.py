"""What the tests of commands share."""

import pytest


@pytest.fixture
def english(monkeypatch):
    """Commands speak English unless told otherwise."""
    monkeypatch.setenv("CUOFENG_LANG", "en")
