"""A small set of rules and lessons that cannot hold together."""

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from scheduler.constraints.base import Missing, Portion
from scheduler.solver.exact.exact_model import ExactModel
from scheduler.solver.explain.conflict.conflict_sentence import (
    Conflict,
    by_rule,
    conflict_statement,
)
from scheduler.solver.explain.conflict.cores import (
    core_of_sum,
    parts,
    units,
    units_of_classes,
)
from scheduler.solver.explain.conflict.loosened import Loosened, Part
from scheduler.solver.explain.conflict.switchboard import Switchboard
from scheduler.solver.explain.sentences.explanation import Statement
from scheduler.solver.hard_view import HardView
from scheduler.solver.progress import Clock

ItemT = TypeVar("ItemT", bound=Hashable)
Portions = tuple[Portion, ...]
SECONDS_SMALL = 4.0
"""Most that a test of a part of the lessons may take while looking for a core."""
NAMED = 8
"""Items for which relaxing each one is tried on the whole problem."""


class ConflictSearch:
    """Looks for a conflict until the time is over or somebody wishes to stop."""

    def __init__(self, view: HardView, model: ExactModel, clock: Clock) -> None:
        self._view, self._model, self._clock = view, model, clock
        self._everything = Part(tuple(x.lesson_id for x in view.problem.lessons))

    def find(self, known_infeasible: bool) -> Statement | None:
        """The conflict as a statement; None if nothing was proven in time."""
        core = self._core(known_infeasible)
        if core is None:
            return None
        loose, part = core
        conflict = self._narrowed(loose, part)
        if not loose.impossible(conflict.portions, conflict.part, self._grace()):
            # Cut short, or a fault of the narrowing: only the core is proven.
            conflict = Conflict(loose.portions_of(part), part, False)
        shortfall = loose.shortfall(
            conflict.portions, conflict.part, min(10.0, self._left())
        )
        enough = self._enough(conflict)
        return conflict_statement(self._view, conflict, shortfall, enough)

    def _left(self) -> float:
        self._clock.tell("narrow")
        return self._clock.left

    def _grace(self) -> float:
        """Time for one last test even when the time is over."""
        return max(SECONDS_SMALL, self._left())

    def _core(self, known_infeasible: bool) -> tuple[Loosened, Part] | None:
        """A part that is impossible by itself: first by adding up, then by trying."""
        left = self._left()
        added = core_of_sum(self._view, self._model, left) if left > 0 else None
        if added is not None:
            loose = Loosened.of(self._view, added.lessons)
            if loose.impossible(loose.portions, added, self._left()):
                return loose, added
        loose = Loosened.of(self._view)
        for part in parts(self._view):
            if self._left() <= 0:
                break
            seconds = min(SECONDS_SMALL, self._left())
            if loose.impossible(loose.portions, part, seconds):
                return loose, part
        whole = self._everything
        proven = known_infeasible or added is not None
        if proven or loose.impossible(loose.portions, whole, self._left()):
            return loose, whole
        return None

    def _narrowed(self, loose: Loosened, part: Part) -> Conflict:
        """Leave out what is not needed: rules, days, lessons, portions of rules."""

        def flat(rules: Sequence[Portions]) -> Portions:
            return tuple(p for portions in rules for p in portions)

        portions = loose.portions_of(part)
        if part.days is not None:
            kept, _ = self._shrink(
                sorted(part.days),
                lambda days: loose.impossible(
                    portions, Part(part.lessons, frozenset(days)), self._left()
                ),
            )
            part = Part(part.lessons, frozenset(kept))
        test = self._tester(loose, part)
        rules, _ = self._shrink(
            by_rule(portions), lambda kept: test(flat(kept), part.lessons)
        )
        portions = flat(rules)
        least = True
        # For a lesson every day it does not matter which one, so classes suffice.
        demanding = {r.name for r in self._view.rules if r.missing is Missing.DAY}
        daily = any(p.rule in demanding for p in portions)
        for split in (units_of_classes, units)[: 1 if daily else 2]:
            sets, least = self._shrink(
                split(self._view, part.lessons),
                lambda sets: test(portions, _joined(sets)),
            )
            part = Part(_joined(sets), part.days)
        touching = frozenset(loose.portions_of(part))
        portions = tuple(p for p in portions if p in touching)
        portions, minimal = self._shrink(
            portions, lambda kept: test(kept, part.lessons)
        )
        return Conflict(portions, part, least and minimal)

    def _tester(
        self, loose: Loosened, part: Part
    ) -> Callable[[Sequence[Portion], Sequence[str]], bool | None]:
        """Tells whether lessons of the part cannot be had under some portions."""
        if Switchboard.fits(loose, part):
            board = Switchboard(loose, part)
            return lambda kept, ids: board.impossible(kept, ids, self._left())
        return lambda kept, ids: loose.impossible(
            kept, Part(tuple(ids), part.days), self._left()
        )

    def _shrink(
        self,
        items: Sequence[ItemT],
        impossible: Callable[[Sequence[ItemT]], bool | None],
    ) -> tuple[tuple[ItemT, ...], bool]:
        """Drop items while the rest stays impossible; whether each left is needed."""
        kept, size, decided = list(items), max(1, len(items) // 2), True
        while size:
            at = 0
            while at < len(kept):
                rest = kept[:at] + kept[at + size :]
                answer = impossible(rest) if self._left() > 0 else None
                if answer:
                    kept = rest
                    continue
                decided = decided and (size > 1 or answer is False)
                at += size
            size //= 2
        return tuple(kept), decided

    def _enough(self, conflict: Conflict) -> tuple[int, ...] | None:
        """Items of which leaving out one makes the whole problem possible; tried.

        None where there was no time to try.
        """
        items = by_rule(conflict.portions)
        if self._left() <= 0 or len(items) > NAMED:
            return None
        loose, enough = Loosened.of(self._view), []
        for k, item in enumerate(items):
            others = [g for g in loose.portions if g not in item]
            if loose.impossible(others, self._everything, self._left()) is False:
                enough.append(k)
        return tuple(enough)


def _joined(sets: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(i for ids in sets for i in ids)
