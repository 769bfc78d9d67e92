"""Different repairs within a budget, each best in something."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from scheduler.model.timetable import Timetable
from scheduler.solver.options import Compiled
from scheduler.solver.repair.neighbourhood import growing, held
from scheduler.solver.repair.repair_model import Measure, RepairModel
from scheduler.solver.repair.result import Budget, OptionKind
from scheduler.solver.repair.running import Running
from scheduler.solver.repair.search import Clock, Least

_ORDER = {
    OptionKind.FEWEST_CHANGES: (Measure.CHANGES, Measure.MOVES, Measure.COST),
    OptionKind.FEWEST_TEACHERS: (
        Measure.TEACHERS,
        Measure.CHANGES,
        Measure.MOVES,
        Measure.COST,
    ),
    OptionKind.LOWEST_COST: (Measure.COST, Measure.CHANGES),
}
"""What is made least, one after the other, each without losing what was reached."""
_APART = 0.25
"""Share of an option's changes that another one should not repeat, if that can be."""
_ALLOWANCE = 0.5
"""Without a budget, how many more changes than needed a cheaper option may make."""
_STEP_SHARE = 0.5
"""Share of an option's time for one step of it."""


def find_options(
    compiled: Compiled,
    running: Running,
    least: Least,
    budget: Budget,
    count: int,
    clock: Clock,
) -> Iterator[tuple[OptionKind, Timetable]]:
    """Yield up to ``count`` repairs that differ in what they change.

    They are looked for where the least one was found and next to what must change.

    Parameters:
        least: The fewest changes; it has a timetable.
    """
    assert least.found is not None
    assert least.timetable is not None
    grown = growing(compiled, running)
    near = [free for _, free in zip(range(2), grown, strict=False)][-1]
    model = RepairModel(held(compiled, running, least.free | near))
    allowed = budget.changes
    if allowed is None:
        allowed = least.found + max(2, ceil(_ALLOWANCE * least.found))
    caps = {Measure.CHANGES: allowed}
    if budget.teachers is not None:
        caps[Measure.TEACHERS] = budget.teachers
    kinds = list(OptionKind)[:count]
    for left, kind in zip(range(len(kinds), 0, -1), kinds, strict=True):
        # Not proven to be the fewest, it may still be fewer than is found from here.
        known = least.timetable if kind is OptionKind.FEWEST_CHANGES else None
        seconds = clock.left / left
        found = _Descent(model, dict(caps), clock, seconds, known).descend(kind)
        if found is None and known is None:
            continue
        timetable = found or least.timetable
        yield kind, timetable
        model.stay_away_from(timetable)


@dataclass
class _Descent:
    """One option: its measures made least in turn."""

    model: RepairModel
    caps: dict[Measure, int]
    clock: Clock
    seconds: float
    best: Timetable | None

    def descend(self, kind: OptionKind) -> Timetable | None:
        """The repair reached, None where there is no other within the limits."""
        ends = self.clock.elapsed + self.seconds
        for measure in _ORDER[kind]:
            left = min(ends - self.clock.elapsed, self.clock.left)
            if left <= 0:
                break
            if not self._least(measure, _STEP_SHARE * left):
                break
        return self.best

    def _least(self, measure: Measure, seconds: float) -> bool:
        for apart in (_APART, 0.0):
            outcome = self.model.minimise(
                measure,
                self.caps,
                self.clock.limits(seconds / max(self.clock.left, 1e-3)),
                self.best,
                self.clock.watch("options", None, None),
                apart,
            )
            if outcome.objective is not None:
                self.best = self.model.timetable()
                self.caps[measure] = round(outcome.objective)
                return True
        return False
