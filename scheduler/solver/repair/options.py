"""Different repairs within a budget, each best in something."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil

from scheduler.constraints.evaluate import evaluate
from scheduler.model.timetable import Timetable
from scheduler.solver.options import Compiled
from scheduler.solver.progress import Clock
from scheduler.solver.repair.changes import changes_of, touched_teachers
from scheduler.solver.repair.neighbourhood import growing, held
from scheduler.solver.repair.repair_model import Measure, RepairModel
from scheduler.solver.repair.result import Budget, OptionKind
from scheduler.solver.repair.running import Running
from scheduler.solver.repair.search import Least

_APART = 0.25
"""Share of an option's changes that another one should not repeat, if that can be."""
_ALLOWANCE = 0.25
"""Without a budget, how many more changes than needed an option may make."""
_COUNT_SHARE = 0.2
_COST_SHARE = 0.3
"""Shares of the time left for one step of an option: a count, the soft cost."""


def find_options(
    whole: Compiled,
    hard: Compiled,
    running: Running,
    least: Least,
    budget: Budget,
    count: int,
    clock: Clock,
) -> Iterator[tuple[OptionKind, Timetable]]:
    """Yield up to ``count`` repairs that differ in what they change.

    They are looked for where the fewest changes were found and next to what must
    change: fewest changes first; fewer teachers and lower cost where that can be; then
    others.

    Parameters:
        whole: Compiled with all rules.
        hard: Compiled with the hard rules only.
        least: The fewest changes; it has a timetable.
    """
    assert least.found is not None
    assert least.timetable is not None
    near = [free for _, free in zip(range(2), growing(hard, running), strict=False)]
    free = least.free | near[-1]
    allowed = budget.changes
    if allowed is None:
        allowed = least.found + max(2, ceil(_ALLOWANCE * least.found))
    caps = {Measure.CHANGES: allowed}
    if budget.teachers is not None:
        caps[Measure.TEACHERS] = budget.teachers
    makers = _Options(
        RepairModel(held(hard, running, free)),
        RepairModel(held(whole, running, free)),
        running,
        caps,
        clock,
    )
    yield from makers.make(least, count)


@dataclass
class _Options:
    """The options so far, and the two models they come from.

    Counts are made least in the model of the hard rules, which is much the faster one.
    """

    hard: RepairModel
    whole: RepairModel
    running: Running
    caps: dict[Measure, int]
    clock: Clock
    found: list[Timetable] = field(default_factory=list)

    def make(self, least: Least, count: int) -> Iterator[tuple[OptionKind, Timetable]]:
        """Yield options until there are enough, or no other is found."""
        assert least.found is not None
        assert least.timetable is not None
        few = self.caps | {Measure.CHANGES: least.found}
        first = self._counted((Measure.MOVES,), few, least.timetable)
        first = self._cheaper(few, first or least.timetable)
        yield OptionKind.FEWEST_CHANGES, self._keep(first)
        makers = {
            OptionKind.FEWEST_TEACHERS: self._fewer_teachers,
            OptionKind.LOWEST_COST: self._lower_cost,
            OptionKind.ANOTHER: self._another,
        }
        for kind in (*makers, OptionKind.ANOTHER):
            if len(self.found) == count or self.clock.left <= 0:
                return
            timetable = makers[kind](first)
            if timetable is not None:
                yield kind, self._keep(timetable)

    def _keep(self, timetable: Timetable) -> Timetable:
        self.found.append(timetable)
        self.hard.stay_away_from(timetable)
        self.whole.stay_away_from(timetable)
        return timetable

    def _fewer_teachers(self, first: Timetable) -> Timetable | None:
        """Fewer teachers touched than by any option before."""
        known = min(map(self._teachers, self.found))
        fewer = self.caps | {Measure.TEACHERS: known - 1}
        if known < 1 or not self._differs(first):
            return None
        order = (Measure.TEACHERS, Measure.CHANGES, Measure.MOVES)
        return self._best(order, fewer, None)

    def _lower_cost(self, first: Timetable) -> Timetable | None:
        """A lower soft cost than any option before."""
        cheap = self._cheaper(self.caps, first)
        before = min(evaluate(t).soft for t in self.found)
        return cheap if evaluate(cheap).soft < before else None

    def _another(self, first: Timetable) -> Timetable | None:
        """As few changes as can be that are others than those before."""
        if not self._differs(first):
            return None
        order = (Measure.CHANGES, Measure.MOVES)
        for apart in (_APART, 0.0):
            found = self._best(order, self.caps, apart)
            if found is not None:
                return found
        return None

    def _differs(self, first: Timetable) -> bool:
        """Whether there is anything that could be changed in another way."""
        return any(c.after for c in changes_of(self.running, first))

    def _best(
        self, order: tuple[Measure, ...], caps: dict[Measure, int], apart: float | None
    ) -> Timetable | None:
        caps = dict(caps)
        found = self._counted(order, caps, None, apart)
        return None if found is None else self._cheaper(caps, found, apart)

    def _counted(
        self,
        order: tuple[Measure, ...],
        caps: dict[Measure, int],
        start: Timetable | None,
        apart: float | None = None,
    ) -> Timetable | None:
        """Make counts least one after the other; ``caps`` learn what was reached."""
        best = None
        for measure in order:
            value = self._step(self.hard, measure, caps, best or start, apart)
            if value is None:
                break
            best, caps[measure] = self.hard.timetable(), value
        return best

    def _cheaper(
        self, caps: dict[Measure, int], start: Timetable, apart: float | None = None
    ) -> Timetable:
        """The start, or one of lower soft cost within the same counts."""
        if self._step(self.whole, Measure.COST, caps, start, apart) is None:
            return start
        found = self.whole.timetable()
        if found is None or evaluate(found).soft > evaluate(start).soft:
            return start
        return found

    def _step(
        self,
        model: RepairModel,
        measure: Measure,
        caps: dict[Measure, int],
        start: Timetable | None,
        apart: float | None,
    ) -> int | None:
        share = _COST_SHARE if measure is Measure.COST else _COUNT_SHARE
        if self.clock.left <= 0:
            return None
        outcome = model.minimise(
            measure,
            caps,
            self.clock.limits(share),
            start,
            self.clock.watch("options"),
            apart,
        )
        return None if outcome.objective is None else round(outcome.objective)

    def _teachers(self, timetable: Timetable) -> int:
        changes = changes_of(self.running, timetable)
        return len(touched_teachers(changes, self.running))
