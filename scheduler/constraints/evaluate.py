"""A timetable judged by its problem's rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from scheduler.constraints.base import Constraint, Missing, Violation, merge_weeks
from scheduler.constraints.catalogue import rules_in_force
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable


@dataclass(frozen=True)
class RuleResult:
    """What one rule says of a timetable; breaches in both weeks are one."""

    problem: Problem
    constraint: Constraint
    violations: tuple[Violation, ...]

    @property
    def name(self) -> str:
        """Name of the rule."""
        return self.constraint.name

    @property
    def title(self) -> Text:
        """Name of the rule for people."""
        return self.constraint.title

    @property
    def fault(self) -> Text:
        """Name of what is wrong where the rule is broken."""
        return self.constraint.fault

    @property
    def level(self) -> Level:
        """Hard or soft."""
        return self.constraint.level

    @property
    def weight(self) -> int:
        """Cost of one unit of the amount."""
        return self.constraint.weight

    @cached_property
    def amount(self) -> int:
        """Sum of the violations' amounts, in the rule's own unit."""
        return sum(v.amount for v in self.violations)

    @property
    def cost(self) -> int:
        """Weight times amount."""
        return self.weight * self.amount

    def explain(self, violation: Violation) -> Text:
        """One sentence for people."""
        return self.constraint.explain(self.problem, violation)


@dataclass(frozen=True)
class Report:
    """All rules' results, in the order of the catalogue."""

    problem: Problem
    results: tuple[RuleResult, ...]

    @property
    def hard(self) -> int:
        """Cost of the hard rules; 0 means the timetable can be used."""
        return self._cost(Level.HARD)

    @property
    def soft(self) -> int:
        """Cost of the soft rules; never added to the hard cost."""
        return self._cost(Level.SOFT)

    @property
    def conflicts(self) -> int:
        """Number of hard violations."""
        return sum(len(r.violations) for r in self.results if r.level is Level.HARD)

    @property
    def clashes(self) -> "Report":
        """Hard rules alone, without lessons that have no place: those count apart."""
        hard = (r for r in self.results if r.level is Level.HARD)
        kept = (r for r in hard if r.constraint.missing is not Missing.LESSON)
        return Report(self.problem, tuple(kept))

    def _cost(self, level: Level) -> int:
        return sum(r.cost for r in self.results if r.level is level)


def evaluate(timetable: Timetable) -> Report:
    """Judge a timetable by every rule in force.

    Raises:
        InputError: the problem's rule settings are wrong.
    """
    problem = timetable.problem
    return Report(problem, results_of(timetable, rules_in_force(problem)))


def results_of(
    timetable: Timetable, rules: Iterable[Constraint]
) -> tuple[RuleResult, ...]:
    """What some of its problem's rules say of a timetable."""
    return tuple(
        RuleResult(timetable.problem, x, merge_weeks(x.violations(timetable)))
        for x in rules
    )
