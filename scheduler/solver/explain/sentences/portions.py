"""Portions of hard rules in the words in which people hear of them."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from scheduler.constraints import words
from scheduler.constraints.base import Constraint, Portion
from scheduler.model.problem import Problem
from scheduler.model.text import Text, joined


def by_rule(portions: Iterable[Portion]) -> tuple[tuple[Portion, ...], ...]:
    """Portions of one rule together; people hear of them as one item."""
    together = groupby(sorted(portions), key=lambda p: p.rule)
    return tuple(tuple(mine) for _, mine in together)


def item_name(
    problem: Problem, rules: Mapping[str, Constraint], item: Sequence[Portion]
) -> Text:
    """Portions of one rule in words; many of them by their number."""
    rule = rules[item[0].rule]
    if len(item) > 1:
        ids = tuple(i for portion in item for i in portion.ids)
        together = rule.portion_names(problem, ids)
        if together is not None:
            return together
    names = [rule.portion_name(problem, portion.ids) for portion in item]
    shown = joined(names[: words.SHOWN])
    if len(names) <= words.SHOWN:
        return shown
    more = len(names) - words.SHOWN
    return Text(f"{shown.zh}等{len(names)}项", f"{shown.en} and {more} more")
