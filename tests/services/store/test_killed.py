"""A process that is killed while it writes loses nothing that it had told of."""

from tests.services.store.killing import kill_and_look


def test_killed_at_random_moments_nothing_published_is_lost(url, tmp_path):
    done = kill_and_look(url, tmp_path, 9, seed=5)
    # It came to something each time, or nothing would have been at stake.
    assert done["ready"] >= 7
    assert done["published"] > 2
