"""How far a solve has come, and the wish to stop it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from scheduler.model.timetable import Timetable


def _nothing() -> Timetable | None:
    return None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a solve has come; costs are None until known.

    ``hard`` is how far the search is from a timetable without hard violation, in a
    unit of its own; ``moves`` the number of moves tried; ``functions`` how many are
    compiled, on a first run. ``best`` builds the best timetable so far.
    """

    phase: str
    seconds: float
    soft: int | None = None
    bound: int | None = None
    hard: int | None = None
    moves: int = 0
    functions: int = 0
    best: Callable[[], Timetable | None] = field(
        default=_nothing, compare=False, repr=False
    )


OnProgress = Callable[[Progress], bool]
"""Told of progress; returns True to stop with the best timetable so far."""


def silent(progress: Progress) -> bool:
    """Nobody is told, and nobody stops it."""
    return False
