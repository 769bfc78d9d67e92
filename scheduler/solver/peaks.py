"""How low the peaks of shared venues can be: a proven bound for every timetable.

Lessons that may choose the same are counted together, and only what binds places is
kept: capacities, agreements, open times, one lesson at a time for classes and teachers,
PE every day. Every timetable without a hard violation satisfies these rows, so what
they exclude no timetable reaches.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from scheduler.model.problem import Problem
from scheduler.model.venues import VenueTarget
from scheduler.solver.exact.highs import LoadedModel, RunLimits
from scheduler.solver.exact.whole_costs import whole_bound
from scheduler.solver.explain.counting.peak_rows import PeakRows, shared_venues
from scheduler.solver.status import Status


@dataclass(frozen=True, slots=True)
class PeakBound:
    """What was proven of the peaks: classes at once, at the least.

    ``least`` is None where nothing was proven in time; ``peaks`` are those of the best
    found (not of a timetable), by venue; ``impossible``: no timetable at all.
    """

    least: int | None
    peaks: Mapping[str, int]
    impossible: bool = False


class PeakModel:
    """The rows of one problem, asked several questions."""

    def __init__(self, problem: Problem) -> None:
        """Build the rows.

        Raises:
            InputError: the rule settings are wrong.
        """
        self.venues = shared_venues(problem)
        self._rows = PeakRows(problem, tuple(self.venues))
        self._model = LoadedModel(self._rows.model) if self.venues else None

    def together(self, seconds: float) -> PeakBound:
        """The least sum of all shared venues' peaks."""
        return self._ask(self.venues, {}, seconds)

    def alone(self, venue_id: str, seconds: float) -> PeakBound:
        """The least peak of one venue, whatever the load of the others."""
        others = {v: most for v, most in self.venues.items() if v != venue_id}
        return self._ask((venue_id,), others, seconds)

    def beside(
        self, venue_id: str, peaks: Mapping[str, int], seconds: float
    ) -> PeakBound:
        """The least peak of one venue while no other exceeds these peaks."""
        others = {v: peaks[v] for v in self.venues if v != venue_id}
        return self._ask((venue_id,), others, seconds)

    def _ask(
        self, asked: Iterable[str], held: Mapping[str, int], seconds: float
    ) -> PeakBound:
        if self._model is None:
            return PeakBound(0, {})
        fixed = {self._rows.peak[v].name: float(n) for v, n in held.items()}
        outcome = self._model.solve(RunLimits(seconds, threads=1), fixed=fixed)
        if outcome.status is Status.INFEASIBLE:
            return PeakBound(None, {}, impossible=True)
        peaks: dict[str, int] = {}
        if outcome.objective is not None:
            peaks = {v: round(self._rows.peak[v].varValue or 0) for v in asked}
        if outcome.bound is None:
            return PeakBound(None, peaks)
        least = whole_bound(outcome.bound) - sum(held.values())
        return PeakBound(max(0, least), peaks)


def least_ceilings(problem: Problem, seconds: float) -> dict[str, int] | None:
    """Peaks of the shared venues whose sum is proven minimal; None if not in time."""
    model = PeakModel(problem)
    bound = model.together(seconds)
    if bound.least is None or sum(bound.peaks.values()) != bound.least:
        return None
    return dict(bound.peaks)


def with_ceilings(problem: Problem, ceilings: Mapping[str, int]) -> Problem:
    """The problem with these ceilings on whole venues, or its own where lower."""
    kept = []
    left = dict(ceilings)
    for target in problem.venue_targets:
        most = left.pop(target.venue_id, None) if target.grade is None else None
        own = target.max_classes_at_once
        if most is not None and (own is None or most < own):
            target = replace(target, max_classes_at_once=most)
        kept.append(target)
    added = (VenueTarget(v, None, most) for v, most in left.items())
    return replace(problem, venue_targets=(*kept, *added))
