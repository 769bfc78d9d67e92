"""The garbage collector pauses, and is afterwards as it was."""

import gc

import pytest

from scheduler.solver.collector import MANY, collector_paused


@pytest.fixture(autouse=True)
def _as_before():
    was_on = gc.isenabled()
    gc.unfreeze()  # what tests/conftest.py froze
    yield
    gc.enable() if was_on else gc.disable()
    gc.freeze()


def test_no_collection_meanwhile_and_on_again_even_after_an_error():
    gc.enable()

    with pytest.raises(ValueError, match="faulty"):
        _fail_in_a_pause()

    assert gc.isenabled()


@collector_paused()
def _fail_in_a_pause():
    assert not gc.isenabled()
    raise ValueError("faulty")


def test_a_pause_within_a_pause_does_not_end_it():
    gc.enable()

    with collector_paused():
        with collector_paused():
            pass
        assert not gc.isenabled()

    assert gc.isenabled()


def test_what_was_built_counts_as_old_and_garbage_is_still_found():
    gc.enable()

    with collector_paused():
        ring: list[object] = [[] for _ in range(2 * MANY)]
        ring.append(ring)

    assert any(x is ring for x in gc.get_objects(generation=2))
    assert gc.get_freeze_count() == 0
    del ring
    assert gc.collect() > 0
