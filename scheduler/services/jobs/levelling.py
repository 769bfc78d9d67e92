"""Solving with low peaks of shared venues: their proven least, or as low as found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic

from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.jobs.peak_proofs import PeakProofs, peaks_of, prove_peaks
from scheduler.solver.peaks import least_ceilings, with_ceilings
from scheduler.solver.solution import Solution

Solve = Callable[[Problem, float, Timetable | None], Solution]
"""Solves a problem in so many seconds, from a timetable where one is given."""
Tell = Callable[[Text], None]
_TRIES = 4
"""Ceilings in between that are tried in the time of one solve."""
_PROOF_SECONDS = 5.0
"""For each proof about one venue."""


@dataclass
class Levelling:
    """One solve with low peaks.

    First under the peaks whose sum is proven least. Where that leaves lessons over,
    without ceilings, so that no result is worse than without them; then under ceilings
    in between, venue by venue, from what is best so far. Each of the three has
    ``seconds``.
    """

    problem: Problem
    seconds: float
    solve: Solve
    tell: Tell

    def run(self, start: Timetable | None = None) -> Solution:
        """The timetable with the lowest peaks found."""
        least = least_ceilings(self.problem, self.seconds)
        if least is None:
            self.tell(_NOT_PROVEN)
            return self.solve(self.problem, self.seconds, start)
        self.tell(_ceilings(self.problem, least))
        levelled = self._under(least, self.seconds, start)
        if _lacks(levelled) == (0, 0):
            return levelled
        self.tell(_NOT_LEVELLED)
        free = self.solve(self.problem, self.seconds, start)
        if _lacks(free) > _lacks(levelled):
            return levelled
        return free if _lacks(free) > (0, 0) else self._between(least, free)

    def _under(
        self, ceilings: Mapping[str, int], seconds: float, start: Timetable | None
    ) -> Solution:
        held = with_ceilings(self.problem, ceilings)
        begin = start and Timetable(held, start.placements)
        return self.solve(held, seconds, begin)

    def _between(self, least: Mapping[str, int], best: Solution) -> Solution:
        """Lower the peak that is furthest from its least, while there is time."""
        low, end = dict(least), monotonic() + self.seconds
        peaks = peaks_of(best.timetable, least)
        while monotonic() < end:
            name = max(low, key=lambda v: peaks[v] - low[v])
            if peaks[name] <= low[name]:
                break
            tried = peaks | {name: (low[name] + peaks[name]) // 2}
            if tried == least:  # which was the first of all
                low[name] += 1
                continue
            self.tell(_ceilings(self.problem, tried))
            found = self._under(tried, self.seconds / _TRIES, best.timetable)
            if _lacks(found) > (0, 0):
                low[name] = tried[name] + 1
            else:
                best, peaks = found, peaks_of(found.timetable, least)
        return best


def _lacks(solution: Solution) -> tuple[int, int]:
    """Lessons left over and hard cost."""
    return len(solution.unplaced), solution.report.hard


def proofs_of(
    problem: Problem, solution: Solution, seconds: float
) -> PeakProofs | None:
    """What is proven of a whole timetable's peaks, the ceilings tried left aside.

    Parameters:
        seconds: Of the solve; a proof takes at most so long, and five seconds.
    """
    if _lacks(solution) > (0, 0):
        return None
    timetable = Timetable(problem, solution.timetable.placements)
    return prove_peaks(timetable, min(seconds, _PROOF_SECONDS))


def _ceilings(problem: Problem, ceilings: Mapping[str, int]) -> Text:
    shown = ", ".join(f"{problem.venue[v].name} {n}" for v, n in ceilings.items())
    return Text(f"同时班数上限：{shown}", f"classes at once, at most: {shown}")


_NOT_PROVEN = Text(
    "高峰的最低值未能在时限内证明，不设上限。",
    "the least peaks were not proven in time; no ceiling is set.",
)
_NOT_LEVELLED = Text(
    "在这些上限下没有找到完整的课表；改为不设上限再排一次，然后试介于两者之间的上限。",
    "no complete timetable was found under these ceilings; solving once more without, "
    "then under ceilings in between",
)
