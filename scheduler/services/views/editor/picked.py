"""A lesson picked up: every slot at once with what would follow, from the rules."""

from typing import Any

from scheduler.model.resources import Level
from scheduler.model.times import Week
from scheduler.services.school.drafts.desk import Desk
from scheduler.services.school.drafts.refusals import Unknown
from scheduler.services.views.editor.placing import placement_facts
from scheduler.solver.advice.advice import (
    Effect,
    Mark,
    MarkKind,
    Move,
    Proposal,
    RuleChange,
)
from scheduler.solver.repair.words import place_text, staff_text

_EXCHANGES = 40
"""Swaps that are judged; in a full week they are all that is possible."""
_CYCLES = 8
_SENTENCES = 4
_MEASURED = 120


def picked_up(desk: Desk, lesson_id: str, language: str) -> dict[str, Any]:
    """Marks of all slots, other places and people at the present time, exchanges.

    What costs time to say stands with the rule's name alone; :func:`slot_options` says
    it of one slot.

    Raises:
        Unknown: there is no such lesson.
    """
    if lesson_id not in desk.problem.lesson:
        raise Unknown(lesson_id)
    found = desk.adviser.advise(lesson_id, _EXCHANGES)
    return {
        "lesson": lesson_id,
        "seen": desk.history.last,
        "marks": [_mark(desk, lesson_id, x, language) for x in found.marks],
        "swaps": [_proposal(x) for x in found.swaps],
        "cycles": [_proposal(x) for x in found.cycles[:_CYCLES]],
    }


def slot_options(
    desk: Desk, lesson_id: str, slot: tuple[int, int, Week], language: str
) -> list[dict[str, Any]]:
    """Every place with everybody that a lesson may have in a slot, reasons in full.

    Raises:
        Unknown: there is no such lesson, or its bell has no such row.
    """
    if lesson_id not in desk.problem.lesson:
        raise Unknown(lesson_id)
    try:
        marks = desk.adviser.options_at(lesson_id, slot)
    except KeyError as error:
        raise Unknown(lesson_id, desk.placement_at(lesson_id, *slot)) from error
    return [
        _mark(desk, lesson_id, x, language, whole=True) | _named(desk, x, language)
        for x in marks
    ]


def room_facts(desk: Desk) -> dict[str, int]:
    """In how many slots lessons without a place could stand, the first of those alike.

    Of a draft that is nearly empty only some are asked. The desk's board is made in any
    case, so that the first lesson picked up need not wait for it.
    """
    adviser = desk.adviser
    heads: dict[tuple[str, int], str] = {}
    for lesson_id in desk.unplaced:
        lesson = desk.problem.lesson[lesson_id]
        key = lesson.requirement.requirement_id, lesson.length
        heads.setdefault(key, lesson_id)
    asked = list(heads.values())[:_MEASURED]
    return {x: adviser.room(x) for x in asked}


def _effect(effect: Effect, language: str = "") -> dict[str, Any]:
    """Changes of cost; where a language is given, of the rules they come from, too."""
    told: dict[str, Any] = {"hard": effect.hard, "soft": effect.soft}
    if language:
        told["rules"] = [_rule(x, language) for x in effect.rules]
    return told


def _rule(change: RuleChange, language: str) -> list[Any]:
    """What is wrong, whether it must not be, the amount, the cost."""
    rule = change.rule
    hard = rule.level is Level.HARD
    return [rule.fault.in_language(language), hard, change.amount, change.cost]


def _mark(
    desk: Desk, lesson_id: str, mark: Mark, language: str, whole: bool = False
) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "week": mark.week,
        "day": mark.day,
        "period": mark.period,
        "kind": mark.kind,
        "where": placement_facts(_placement(desk, lesson_id, mark)),
    }
    if mark.effect is not None:
        facts["effect"] = _effect(mark.effect, language if whole else "")
    if mark.reasons:
        facts["why"] = _sentences(mark, language, whole)
        quick = [x for x in mark.reasons if whole or x.quick]
        facts["whom"] = list(dict.fromkeys(x for r in quick for x in r.lesson_ids))
    return facts


def _placement(desk: Desk, lesson_id: str, mark: Mark) -> Any:
    """Where the lesson would stand; what is forbidden can be insisted on."""
    if mark.kind is MarkKind.FORBIDDEN:
        return desk.placement_at(lesson_id, mark.day, mark.period, mark.week)
    return mark.placement


def _sentences(mark: Mark, language: str, whole: bool) -> list[str]:
    told = [
        text
        for reason in mark.reasons
        for text in (
            reason.sentences if whole or reason.quick else (reason.rule.fault,)
        )
    ]
    shown = [x.in_language(language) for x in told[:_SENTENCES]]
    if len(told) > _SENTENCES:
        shown.append(f"… +{len(told) - _SENTENCES}")
    return shown


def _named(desk: Desk, mark: Mark, language: str) -> dict[str, str]:
    """The place and the people in words."""
    if mark.placement is None:
        return {"name": ""}
    place = place_text(desk.problem, mark.placement)
    people = staff_text(desk.problem, mark.placement)
    sides = (x.in_language(language) for x in (place, people))
    return {"name": " · ".join(filter(None, sides))}


def _proposal(proposal: Proposal) -> dict[str, Any]:
    """Two or three lessons that change places, and what follows."""
    return {
        "moves": [_move(x) for x in proposal.moves],
        "effect": _effect(proposal.effect),
    }


def _move(move: Move) -> list[Any]:
    return [move.lesson_id, placement_facts(move.before), placement_facts(move.after)]
