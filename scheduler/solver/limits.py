"""When a solve ends, and what it may use."""

from dataclasses import dataclass

FIRST_SEARCH_SECONDS = 3.0
"""Time for a search even where compiling took all there was."""


@dataclass(frozen=True, slots=True)
class SolveLimits:
    """When to stop, and with what.

    ``seconds`` of wall time, from the beginning of the solve: compiling counts, but a
    search is always given the smaller of ``seconds`` and ``FIRST_SEARCH_SECONDS``, and
    compiling the search's own code, once after installing, does not count. A relative
    ``gap`` at which the timetable is good enough; ``iterations``, moves of a search and
    places that its chains look for, after which it ends whatever the time: with one
    worker the same seed then gives the same timetable, for the other half then proves
    only and offers none of its own.
    ``search`` and ``prove`` switch the two halves of a solve off.
    """

    seconds: float = 60.0
    gap: float = 0.0
    seed: int = 0
    workers: int = 2
    iterations: int | None = None
    search: bool = True
    prove: bool = True

    @property
    def searches_freely(self) -> bool:
        """Whether there is a search whose result the clock may decide."""
        return self.search and self.iterations is None
