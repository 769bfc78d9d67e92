"""Placements as the editor has them: short lists, for a school has thousands."""

from typing import Any

from scheduler.model.meeting import Placement
from scheduler.model.requirements import HOME
from scheduler.model.times import Week


class Unreadable(ValueError):
    """What was sent is no placement, or no command of the editor."""


def placement_facts(placement: Placement | None) -> list[Any] | None:
    """Weeks, day, row, layout, teachers, length; None where there is none."""
    if placement is None:
        return None
    p = placement
    layout = "" if p.layout_id == HOME else p.layout_id
    return [p.week, p.day, p.period, layout, list(p.teacher_ids), p.length]


def read_placement(sent: Any) -> Placement | None:
    """Read what :func:`placement_facts` wrote.

    Raises:
        Unreadable: it is something else.
    """
    if sent is None:
        return None
    try:
        week, day, period, layout, teachers, length = sent
        numbers = tuple(map(_number, (day, period, length)))
        names = tuple(map(_name, teachers))
        return Placement(
            Week(week),
            numbers[0],
            numbers[1],
            _name(layout) or HOME,
            names,
            numbers[2],
        )
    except (TypeError, ValueError) as error:
        raise Unreadable(str(error)) from error


def _number(sent: Any) -> int:
    if type(sent) is not int:
        raise TypeError(sent)
    return sent


def _name(sent: Any) -> str:
    if not isinstance(sent, str):
        raise TypeError(sent)
    return sent
