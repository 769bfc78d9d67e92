"""Why somebody else's feed cannot be used."""

from scheduler.model.errors import Told


class FeedError(Told, ValueError):
    """A feed cannot be used; ``text`` says why in one sentence."""
