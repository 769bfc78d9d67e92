"""What is known while several lines of search and a proof go on at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock
from time import monotonic

from scheduler.model.timetable import Timetable
from scheduler.solver.certificates.certificate import Certificate
from scheduler.solver.exact.whole_costs import whole_bound
from scheduler.solver.limits import FIRST_SEARCH_SECONDS, SolveLimits
from scheduler.solver.walkers import Company, Walker

_WAIT_SECONDS = 0.05


@dataclass
class Incumbent:
    """The best timetable without a hard violation, and the best bound, so far.

    ``make`` builds the timetable only when it is asked for; it gives None where
    places of a pool cannot be told apart. ``clock`` tells seconds, from whenever.
    """

    limits: SolveLimits
    clock: Callable[[], float] = monotonic
    unit: int = 1
    """Every cost is a multiple of it."""
    began: float = field(init=False)
    seconds: float = field(init=False)
    """When to end, in seconds after ``began``."""
    soft: int | None = None
    bound: int | None = None
    first_seconds: float | None = None
    certificate: Certificate | None = None
    infeasible: bool = False
    stopped: bool = False
    hard: int | None = None
    """The least hard cost of a search, in its own unit, while there is no timetable."""
    make: Callable[[], Timetable | None] | None = None
    company: Company = field(default_factory=Company)
    """Where lines of search are that cool together."""
    _stopped_at: float | None = None
    _moves: dict[int, int] = field(default_factory=dict)
    _found: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.began, self.seconds = self.clock(), self.limits.seconds

    @property
    def elapsed(self) -> float:
        """Seconds since the solve began."""
        now = self.clock() if self._stopped_at is None else self._stopped_at
        return now - self.began

    @contextmanager
    def clock_stopped(self) -> Iterator[None]:
        """Time that is not the solve's: compiling, on the first run on a machine."""
        at = self._stopped_at = self.clock()
        try:
            yield
        finally:
            self.began += self.clock() - at
            self._stopped_at = None

    @property
    def left(self) -> float:
        """Seconds that remain."""
        return self.seconds - self.elapsed

    def leave_time_to_search(self) -> None:
        """Let the end come late enough for a first search, which begins now."""
        least = min(self.limits.seconds, FIRST_SEARCH_SECONDS)
        self.seconds = max(self.seconds, self.elapsed + least)

    def offer(self, soft: int, make: Callable[[], Timetable | None]) -> bool:
        """Keep a timetable without a hard violation if it is the best."""
        with self._lock:
            if self.first_seconds is None:
                self.first_seconds = self.elapsed
            better = self.soft is None or soft < self.soft
            if better:
                self.soft, self.make = soft, make
            if soft == 0 and self.bound is None:
                self.bound = 0  # no cost is below 0: that needs no other proof
            self._found.set()
            return better

    def timetable(self) -> Timetable | None:
        """The best timetable, built now."""
        with self._lock:
            make = self.make
        return make() if make else None

    def wait_for_first(self, seconds: float) -> bool:
        """Wait until there is a timetable; tell whether there is one."""
        end = self.elapsed + seconds
        while not self._found.wait(_WAIT_SECONDS):
            if self.elapsed >= end or self.done():
                return self._found.is_set()
        return True

    def meet(self, line: int, walker: Walker) -> Walker | None:
        """Tell where a line of search is; another one that is further, if any is."""
        return self.company.meet(line, walker)

    def leader(self) -> Walker | None:
        """The line of search that is furthest, if there is any."""
        return self.company.leader()

    def count_moves(self, line: int, moves: int) -> None:
        """Take note of the moves that a line of search has tried so far."""
        with self._lock:
            self._moves[line] = moves

    @property
    def moves(self) -> int:
        """Moves tried by all lines of search."""
        with self._lock:
            return sum(self._moves.values())

    def note_hard(self, hard: int) -> None:
        """Take note of how near to a timetable without hard violation a line is."""
        with self._lock:
            self.hard = hard if self.hard is None else min(self.hard, hard)

    def rounded_up(self, bound: float) -> int:
        """Costs are multiples of ``unit`` from 0 on; a bound may be rounded up."""
        return -(-max(0, whole_bound(bound)) // self.unit) * self.unit

    def certify(self, certificate: Certificate) -> None:
        """Keep what the best bound rests on."""
        self.certificate = certificate

    def raise_bound(self, bound: float) -> None:
        """Take note of a proven bound."""
        whole = self.rounded_up(bound)
        with self._lock:
            self.bound = whole if self.bound is None else max(self.bound, whole)

    @property
    def closed(self) -> bool:
        """Whether the timetable is proven optimal."""
        return (
            self.soft is not None
            and self.bound is not None
            and (self.bound >= self.soft)
        )

    def done(self) -> bool:
        """Whether there is a reason to stop: time, proof, gap, or somebody's wish."""
        if self.stopped or self.infeasible or self.closed or self.left <= 0:
            return True
        if self.soft is None or self.bound is None or not self.limits.gap:
            return False
        return self.soft - self.bound <= self.limits.gap * self.soft
