"""Advice on a lesson as plain data, for JSON."""

from typing import Any

from scheduler.formats.archive import plain
from scheduler.solver.advice.advice import Advice, Effect, Mark, Proposal


def advice_facts(found: Advice, most: int) -> dict[str, Any]:
    """Everything that is said; of swaps and cycles the first ``most`` each."""
    return {
        "lesson_id": found.lesson_id,
        "placement": found.placement and plain(found.placement),
        "feasible": found.feasible,
        "marks": [_mark(x) for x in found.marks],
        "alternatives": [_mark(x) for x in found.alternatives],
        "swaps": [_proposal(x) for x in found.swaps[:most]],
        "cycles": [_proposal(x) for x in found.cycles[:most]],
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "week": mark.week,
        "day": mark.day,
        "period": mark.period,
        "kind": mark.kind,
        "placement": mark.placement and plain(mark.placement),
        "effect": mark.effect and _effect(mark.effect),
        "reasons": [
            {
                "rule": reason.rule.name,
                "lesson_ids": list(reason.lesson_ids),
                "resource_ids": list(reason.resource_ids),
                "sentences": [x.both() for x in reason.sentences],
            }
            for reason in mark.reasons
        ],
    }


def _proposal(proposal: Proposal) -> dict[str, Any]:
    return {
        "moves": [
            {
                "lesson_id": x.lesson_id,
                "before": plain(x.before),
                "after": plain(x.after),
            }
            for x in proposal.moves
        ],
        "effect": _effect(proposal.effect),
    }


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "hard": effect.hard,
        "soft": effect.soft,
        "rules": [
            {"name": x.rule.name, "amount": x.amount, "cost": x.cost}
            for x in effect.rules
        ],
    }
