"""Lessons placed relative to each other in the exact model: pairs, and one choice."""

from collections import defaultdict
from itertools import combinations, product

import pulp

from scheduler.constraints.primitives import PairCost, SameChoice
from scheduler.model.times import LAYERS
from scheduler.solver.exact.choice_index import ChoiceIndex
from scheduler.solver.exact.posting import amount_of
from scheduler.solver.exact.rows import ModelRows
from scheduler.solver.exact.seats import Choice
from scheduler.solver.options import Posted


def post_pairs(
    rows: ModelRows, index: ChoiceIndex, posted: Posted, term: PairCost
) -> None:
    """Keep choices apart whose events cost something together, or price them."""
    taken = _Taken(rows, posted.rule.name)
    for layer in LAYERS:
        events: dict[tuple[object, ...], list[Choice]] = defaultdict(list)
        for choice in index.choices(term.lessons):
            event = term.event(choice.meeting)
            if event is not None and layer in choice.meeting.layers:
                events[event].append(choice)
        for (a, here), (b, there) in combinations(events.items(), 2):
            if amount := term.of(a, b):
                if posted.hard and len(here) * len(there) > _FEW:
                    taken.one_of(here, there)
                else:
                    _part(rows, posted, list(product(here, there)), amount)
        for event, here in events.items():
            if amount := term.of(event, event):
                _part(rows, posted, list(combinations(here, 2)), amount)


_FEW = 4
"""Pairs of choices that cost less rows than saying whether an event takes place."""


class _Taken:
    """Whether an event takes place: 1 if any of its choices is made.

    Two events that exclude each other then take one row, not one for each pair of
    choices, and the relaxation is as strong: x <= taken(a), y <= taken(b) and
    taken(a) + taken(b) <= 1 say x + y <= 1 for every pair. So it need not be whole.
    """

    def __init__(self, rows: ModelRows, name: str) -> None:
        self.rows, self.name = rows, name
        self._known: dict[tuple[int, ...], pulp.LpVariable] = {}
        self._apart: set[frozenset[str]] = set()

    def one_of(self, here: list[Choice], there: list[Choice]) -> None:
        """Post that choices are made in one of the two events at most."""
        pair = self._of(here), self._of(there)
        key = frozenset(v.name for v in pair)
        if key not in self._apart:
            self._apart.add(key)
            self.rows.at_most(self.name, dict.fromkeys(pair, 1), 1)

    def _of(self, choices: list[Choice]) -> pulp.LpVariable:
        # Most events have the same choices in odd and in even weeks.
        key = tuple(map(id, choices))
        if key not in self._known:
            taken = self.rows.variable(f"{self.name}_taken", 1)
            for choice in choices:
                row = {choice.variable: 1, taken: -1}
                self.rows.at_most(f"{self.name}_takes", row, 0)
            self._known[key] = taken
        return self._known[key]


def _part(
    rows: ModelRows,
    posted: Posted,
    pairs: list[tuple[Choice, Choice]],
    amount: int,
) -> None:
    """No two of these choices together, or at a price for each pair."""
    name = posted.rule.name
    for a, b in pairs:
        if a.group is b.group and a.group.count == 1:
            continue
        row = {a.variable: 1, b.variable: 1}
        if not posted.hard:
            pair = amount_of(rows, posted, "pair", amount)
            row = {a.variable: amount, b.variable: amount, pair: -1}
        rows.at_most(name, row, 1 if posted.hard else amount)


def post_same_choice(
    rows: ModelRows, index: ChoiceIndex, posted: Posted, term: SameChoice
) -> None:
    """One choice for all of the lessons; those that differ are counted."""
    name, count = posted.rule.name, len(term.lessons)
    by_choice: dict[object, dict[pulp.LpVariable, int]] = defaultdict(dict)
    for choice in index.choices(term.lessons):
        by_choice[term.choice(choice.meeting)][choice.variable] = 1
    chosen = [rows.variable(f"{name}_choice", 1, True) for _ in by_choice]
    if len(chosen) < 2:
        return
    rows.equal(f"{name}_one", dict.fromkeys(chosen, 1), 1)
    amount = amount_of(rows, posted, "differing", count)
    everyone = {v: 1 for row in by_choice.values() for v in row}
    for mine, row in zip(chosen, by_choice.values(), strict=True):
        others = {v: 1 for v in everyone if v not in row}
        rows.at_most(f"{name}_same", others | {mine: count, amount: -1}, count)
