"""What the rules say of a draft, kept up step by step for the editor's panel."""

import weakref
from collections.abc import Iterable
from typing import Any

from scheduler.constraints.base import Constraint
from scheduler.constraints.evaluate import Report, evaluate, results_of
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.services.school.drafts.desk import Desk
from scheduler.services.views.conflicts import Conflict, conflicts_of
from scheduler.solver.advice.advice import Effect

_MOST = 200
"""Conflicts that are told; a draft has thousands while it is empty."""


class Verdict:
    """Amounts of all rules and the conflicts of the hard ones.

    After a step only rules that it touched are asked again, and those hard ones that
    are broken: their conflicts may be others though they are as many.
    """

    _number: int
    _problem: Problem

    def __init__(self, desk: Desk) -> None:
        self._judge_all(desk)

    def catch_up(self, desk: Desk) -> None:
        """Bring it to the newest step of the draft."""
        last = desk.history.last
        done = [desk.effects.get(n) for n in range(self._number + 1, last + 1)]
        effects = [x for x in done if x is not None]
        same = desk is self._of() and desk.problem is self._problem
        if not same or len(effects) < len(done):
            self._judge_all(desk)
        elif effects:
            self._judge(desk, effects)
            self._number = last

    @property
    def lesson_ids(self) -> frozenset[str]:
        """Lessons in a conflict."""
        results = self._hard.values()
        return frozenset(x for r in results for v in r.violations for x in v.lesson_ids)

    def facts(self, desk: Desk, language: str) -> dict[str, Any]:
        """Rules that are broken, and the conflicts, in one language.

        Parameters:
            desk: The one it was brought to last.
        """
        found = self._conflicts(desk)
        return {
            "rules": [self._rule(x, language) for x, n in self._amounts.items() if n],
            "conflicts": [_conflict(x, language) for x in found[:_MOST]],
            "conflict_count": len(found),
        }

    def _judge_all(self, desk: Desk) -> None:
        # A desk is large, and may be given up by who keeps it.
        self._of = weakref.ref(desk)
        report = evaluate(desk.timetable)
        self._number, self._problem = desk.history.last, desk.problem
        self._amounts = {x.constraint: x.amount for x in report.results}
        self._hard = {x.constraint: x for x in report.results if x.level is Level.HARD}

    def _judge(self, desk: Desk, effects: Iterable[Effect]) -> None:
        asked: dict[Constraint, None] = {
            rule: None for rule, x in self._hard.items() if x.violations
        }
        for effect in effects:
            for change in effect.rules:
                known = self._amounts.get(change.rule, 0)
                self._amounts[change.rule] = known + change.amount
                if change.rule.level is Level.HARD:
                    asked[change.rule] = None
        for result in results_of(desk.timetable, tuple(asked)):
            self._hard[result.constraint] = result
            self._amounts[result.constraint] = result.amount

    def _conflicts(self, desk: Desk) -> tuple[Conflict, ...]:
        """Lessons without a place are no conflicts: the editor lists them itself."""
        report = Report(self._problem, tuple(self._hard.values()))
        return conflicts_of(desk.timetable, report.clashes)

    def _rule(self, rule: Constraint, language: str) -> list[Any]:
        """Name, what is wrong, whether it must not be, how often or much, the cost."""
        hard = rule.level is Level.HARD
        amount = self._amounts[rule]
        count = len(self._hard[rule].violations) if hard else amount
        fault = rule.fault.in_language(language)
        return [rule.name, fault, hard, count, rule.weight * amount]


def _conflict(conflict: Conflict, language: str) -> list[Any]:
    """What is wrong, the sentence, the lessons concerned."""
    sides = (conflict.title, conflict.sentence)
    return [*(x.in_language(language) for x in sides), conflict.lesson_ids]
