"""Why somebody else's feed cannot be used."""

from scheduler.model.text import Text


class FeedError(ValueError):
    """A feed cannot be used; ``text`` says why in one sentence."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text
