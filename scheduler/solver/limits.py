"""When a solve ends, and what it may use."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SolveLimits:
    """When to stop, and with what.

    ``seconds`` of wall time; a relative ``gap`` at which the timetable is good enough;
    ``iterations``, moves of a search, after which it ends whatever the time: with one
    worker the same seed then gives the same timetable. ``search`` and ``prove`` switch
    the two halves of a solve off.
    """

    seconds: float = 60.0
    gap: float = 0.0
    seed: int = 0
    workers: int = 2
    iterations: int | None = None
    search: bool = True
    prove: bool = True
