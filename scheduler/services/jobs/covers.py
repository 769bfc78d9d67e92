"""A choice among proposals as the settings of a job, and back."""

from collections.abc import Mapping
from typing import Any

from scheduler.solver.assignment.choosing import Choice, Count


def choice_settings(choice: Choice) -> dict[str, Any]:
    """The numbers of a choice as JSON has them."""
    return {
        "costs": [list(row) for row in choice.costs],
        "ties": [list(row) for row in choice.ties],
        "counts": [
            [[list(x) for x in c.picks], c.step, c.limit, list(c.amounts)]
            for c in choice.counts
        ],
    }


def choice_from(settings: Mapping[str, Any]) -> Choice:
    """The choice that :func:`choice_settings` wrote."""
    return Choice(
        settings["costs"],
        settings["ties"],
        tuple(
            Count(tuple((n, o) for n, o in picks), step, limit, tuple(amounts))
            for picks, step, limit, amounts in settings["counts"]
        ),
    )
