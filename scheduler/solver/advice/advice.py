"""What is said of moving one lesson: marks of all slots, swaps and cycles."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scheduler.constraints.base import Constraint
from scheduler.constraints.evaluate import Report
from scheduler.model.meeting import Placement
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.times import Week
from scheduler.solver.advice.ledger import Entry
from scheduler.solver.advice.reasons import Reason


class MarkKind(StrEnum):
    """What becomes of a lesson that goes to a slot.

    ``here``: it is there now. ``free``: it may go there; the change of soft cost says
    at what price. ``clash``: people or places are taken then. ``breaks``: nobody is
    taken, but with the other lessons another hard rule is broken. ``forbidden``: a
    hard rule forbids it whatever the others do.
    """

    HERE = "here"
    FREE = "free"
    CLASH = "clash"
    BREAKS = "breaks"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class RuleChange:
    """By how much a rule's amount, in its own unit, rises or falls."""

    rule: Constraint
    amount: int

    @property
    def cost(self) -> int:
        """Weight times amount."""
        return self.rule.weight * self.amount


@dataclass(frozen=True, slots=True)
class Effect:
    """Changes of hard and soft cost, and the rules they come from."""

    hard: int
    soft: int
    rules: tuple[RuleChange, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """One slot of the lesson's bell in one choice of weeks.

    ``placement`` has the best place and teacher there, the present ones in the lesson's
    own slot. Placement and effect are None where it is forbidden.
    """

    week: Week
    day: int
    period: int
    kind: MarkKind
    placement: Placement | None = None
    effect: Effect | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """One lesson before and after."""

    lesson_id: str
    before: Placement
    after: Placement


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two or three lessons that exchange places, the one asked about first."""

    moves: tuple[Move, ...]
    effect: Effect


@dataclass(frozen=True, slots=True)
class Advice:
    """All that is said of one lesson.

    ``placement`` is None where it is unplaced. ``marks`` are in the order of days,
    periods and weeks; alternatives are other places and people at the present time;
    swaps and cycles are the best ones, by cost.
    """

    problem: Problem
    lesson_id: str
    placement: Placement | None
    marks: tuple[Mark, ...]
    alternatives: tuple[Mark, ...]
    swaps: tuple[Proposal, ...]
    cycles: tuple[Proposal, ...]

    @property
    def feasible(self) -> bool:
        """Whether some move adds no hard cost and breaks no hard rule anew."""
        others = (*self.marks, *self.alternatives)
        free = any(x.kind is MarkKind.FREE for x in others)
        return free or bool(self.swaps or self.cycles)


def amounts_of(report: Report) -> dict[Constraint, int]:
    """What each rule counts."""
    return {x.constraint: x.amount for x in report.results}


def difference(was: Mapping[Constraint, int], now: Mapping[Constraint, int]) -> Effect:
    """What changed from some amounts to others, rule by rule.

    Rules are told apart by name and settings: the amounts may be of two problems.
    """
    return _summed(
        RuleChange(rule, now.get(rule, 0) - was.get(rule, 0)) for rule in {**was, **now}
    )


def effect_of(entries: Iterable[Entry]) -> Effect:
    """Changes rule by rule, in the order of the rules."""
    rules: dict[int, Constraint] = {}
    amounts: dict[int, int] = defaultdict(int)
    for entry in entries:
        rules[id(entry.posted.rule)] = entry.posted.rule
        amounts[id(entry.posted.rule)] += entry.change
    return _summed(RuleChange(rules[key], n) for key, n in amounts.items())


def _summed(all_changes: Iterable[RuleChange]) -> Effect:
    changes = tuple(x for x in all_changes if x.amount)
    hard, soft = (
        sum(x.cost for x in changes if x.rule.level is level)
        for level in (Level.HARD, Level.SOFT)
    )
    return Effect(hard, soft, changes)
