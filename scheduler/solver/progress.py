"""How far a solve has come, and the wish to stop it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import TYPE_CHECKING

from scheduler.model.timetable import Timetable

if TYPE_CHECKING:  # a search tells of its progress too, and needs no HiGHS
    from scheduler.solver.exact.highs import RunLimits


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


@dataclass
class Clock:
    """The time of one task; tells of progress and hears when to stop."""

    run: "RunLimits"
    on_progress: OnProgress = silent
    began: float = field(default_factory=monotonic)
    stopped: bool = False

    @property
    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return monotonic() - self.began

    @property
    def left(self) -> float:
        """Seconds left; none after a stop."""
        return 0.0 if self.stopped else self.run.seconds - self.elapsed

    def limits(self, share: float = 1.0) -> "RunLimits":
        """Limits of one run that may use a share of what is left."""
        return replace(self.run, seconds=share * self.left)

    def tell(
        self, phase: str, best: int | None = None, bound: int | None = None
    ) -> bool:
        """Say how far it is; whether to stop."""
        progress = Progress(phase, self.elapsed, best, bound)
        self.stopped = self.on_progress(progress) or self.stopped
        return self.stopped

    def watch(
        self, phase: str, best: int | None = None, bound: int | None = None
    ) -> Callable[[object], bool]:
        """Listen while HiGHS runs."""
        return lambda _: self.tell(phase, best, bound)
