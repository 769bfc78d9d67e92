"""The least of a measure over all repairs: found from above, proven from below.

Neighbourhoods grow from what must change. Each is solved twice: held, with everything
else where it is, which gives repairs; and alone, as if nothing else were taught, which
gives a lower bound for the whole week. Where both meet, the number is proven without
solving the whole week.
"""

from dataclasses import dataclass, field
from time import monotonic

from scheduler.model.timetable import Timetable
from scheduler.solver.exact.whole_costs import whole_bound
from scheduler.solver.options import Compiled
from scheduler.solver.progress import Clock
from scheduler.solver.repair.neighbourhood import (
    Neighbourhood,
    alone,
    certain_losses,
    growing,
    held,
)
from scheduler.solver.repair.repair_model import Limits, Measure, RepairModel
from scheduler.solver.repair.running import Running
from scheduler.solver.status import Status


@dataclass
class Least:
    """The least of a measure as far as it is known.

    ``found`` is that of ``timetable``, None as long as there is none; ``bound`` is
    proven; ``impossible``: there is no repair at all. ``free`` is the neighbourhood in
    which the timetable was found; ``writing`` is the most seconds that writing a model
    took, which no limit ends.
    """

    found: int | None = None
    bound: int = 0
    timetable: Timetable | None = None
    impossible: bool = False
    free: frozenset[str] = frozenset()
    writing: float = 0.0

    @property
    def known(self) -> bool:
        """Nothing is left to find or to prove."""
        return self.impossible or self.found == self.bound


def least(
    compiled: Compiled,
    running: Running,
    measure: Measure,
    limits: Limits,
    clock: Clock,
    most: int | None = None,
) -> Least:
    """Find the least of a measure, and a proof.

    Parameters:
        limits: Of the other measures.
        most: Ends as soon as more than this is proven.
    """
    search = _Search(compiled, running, measure, limits, clock)
    if measure is Measure.CHANGES:
        search.known.bound = certain_losses(compiled, running)
    everything = frozenset(compiled.problem.requirement)
    for free in growing(compiled, running):
        if search.ended(most):
            break
        whole = free == everything
        search.look(held(compiled, running, free), repairs=True, proves=whole)
        # Where nothing is found yet, a larger part will tell more than a proof.
        if search.known.found is not None and not whole and not search.ended(most):
            search.look(alone(compiled, running, free), repairs=False, proves=True)
    return search.known


@dataclass
class _Search:
    compiled: Compiled
    running: Running
    measure: Measure
    limits: Limits
    clock: Clock
    known: Least = field(default_factory=Least)
    pace: float = 0.0
    """Seconds of writing a model for each of its options, at most so far."""

    def ended(self, most: int | None) -> bool:
        """Whether to look no further."""
        enough = most is not None and self.known.bound > most
        return self.known.known or enough or self.clock.left <= 0

    def look(self, place: Neighbourhood, repairs: bool, proves: bool) -> None:
        """Solve one neighbourhood and learn from it.

        Parameters:
            repairs: What is found is a repair.
            proves: What is proven holds of the whole week.
        """
        known = self.known
        self.clock.tell("repair", known.found, known.bound)
        size = sum(len(group.options) for group in place.compiled.groups)
        if size * self.pace > self.clock.left:
            return
        began = monotonic()
        model = RepairModel(place)
        taken = monotonic() - began
        known.writing = max(known.writing, taken)
        self.pace = max(self.pace, taken / max(1, size))
        outcome = model.minimise(
            self.measure,
            self.limits,
            self.clock.limits(),
            known.timetable,
            self.clock.watch("repair", known.found, known.bound),
        )
        if proves and outcome.status is Status.INFEASIBLE:
            known.impossible = known.found is None
        if proves and outcome.bound is not None:
            known.bound = max(known.bound, whole_bound(outcome.bound))
        if repairs and outcome.objective is not None:
            timetable, found = model.timetable(), round(outcome.objective)
            if known.found is None or found < known.found:
                known.found, known.timetable = found, timetable
                known.free = place.free
