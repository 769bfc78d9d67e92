"""The exact model: a compiled problem as a PuLP model.

Each kind of term has its place: single options here, capacities in moments.py, counts
in counts.py and convex.py, days in patterns.py, pairs and common choices in pairs.py.
"""

from collections.abc import Callable
from typing import assert_never

import pulp

from scheduler.constraints.primitives import (
    Capacity,
    CountCost,
    OptionCost,
    PairCost,
    PatternCost,
    PatternSumCost,
    RangeCost,
    SameChoice,
)
from scheduler.solver.exact.choice_index import ChoiceIndex, seen
from scheduler.solver.exact.convex import Counted, price
from scheduler.solver.exact.counts import Counts
from scheduler.solver.exact.moments import post_capacity
from scheduler.solver.exact.pairs import post_pairs, post_same_choice
from scheduler.solver.exact.patterns import PatternFamilies
from scheduler.solver.exact.posting import Origin
from scheduler.solver.exact.rows import ModelRows
from scheduler.solver.exact.seats import bound_to_layouts, make_choices, make_seats
from scheduler.solver.options import Compiled, LessonGroup, Posted


class ExactModel:
    """PuLP variables and rows of a compiled problem.

    ``choices`` keep the order of the groups and their options; how lessons share
    layouts is told in seats.py.

    Parameters:
        objective: Write the soft rules too.
        check: Called before every term and more often; it may raise to end the writing.
        watched: Terms that are not posted, but what they tell apart stays apart.
    """

    def __init__(
        self,
        compiled: Compiled,
        objective: bool = True,
        check: Callable[[], None] = lambda: None,
        watched: tuple[Posted, ...] = (),
    ) -> None:
        self.compiled = compiled
        self.rows = ModelRows("cuofeng")
        terms = [t for t in compiled.terms if _matters(t, objective)]
        self.choices = make_choices(
            self.rows, compiled.groups, compiled.by_layout, bound_to_layouts(terms)
        )
        make_seats(self.rows, self.choices, (*terms, *watched))
        self._index = ChoiceIndex(compiled.groups, self.choices)
        self._counts = Counts(self.rows, self._index)
        hard = frozenset(x.rule.name for x in compiled.terms if x.hard)
        self._patterns = PatternFamilies(self.rows, hard)
        for group in compiled.groups:
            check()
            self._place_at_most_once(group)
        for posted in terms:
            check()
            self.rows.origin = Origin(posted)
            self._post(posted)
        self.rows.origin = None
        self._patterns.post()
        for posted, cost, row, least, most in self._patterns.sums():
            check()
            self.rows.origin = Origin(posted)
            price(self.rows, posted, cost, Counted(row, least, most))

    @property
    def problem(self) -> pulp.LpProblem:
        """The PuLP model, made when it is first asked for."""
        return self.rows.finish()

    def _place_at_most_once(self, group: LessonGroup) -> None:
        chosen = {c.variable: 1 for c in self._index.of_group(group)}
        if chosen:
            name = f"place_{group.lessons[0].lesson_id}"
            self.rows.at_most(name, chosen, group.count)

    def _post(self, posted: Posted) -> None:
        rows, index, term = self.rows, self._index, posted.term
        match term:
            case OptionCost():
                self._option_cost(posted, term)
            case Capacity():
                post_capacity(rows, index, posted, self.compiled.limit(posted))
            case CountCost():
                price(rows, posted, term.cost, self._counts.count(term))
            case PatternCost():
                self._patterns.add(posted, term, index.columns(term.lessons))
            case PatternSumCost():
                self._patterns.add_sum(posted, term, index.columns)
            case PairCost():
                post_pairs(rows, index, posted, term)
            case RangeCost():
                self._counts.post_range(posted, term)
            case SameChoice():
                post_same_choice(rows, index, posted, term)
            case _:
                assert_never(term)

    def _option_cost(self, posted: Posted, term: OptionCost) -> None:
        amounts: dict[pulp.LpVariable, int] = {}
        for choice in self._index.choices(term.lessons):
            amounts |= {v: a for v, _, a in seen(choice, term.of)}
        for variable, amount in amounts.items():
            if amount and posted.hard:
                self.rows.at_most(posted.rule.name, {variable: 1}, 0)
            elif amount:
                self.rows.charge(variable, amount * posted.rule.weight)


def _matters(posted: Posted, objective: bool) -> bool:
    return posted.hard or (objective and posted.rule.weight > 0)
