"""Commands of the editor: what its one command object becomes on the desk.

Mouse, tap, keyboard, suggestions, undo and results all send the same shape.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from scheduler.model.meeting import Placement
from scheduler.model.timetable import Timetable
from scheduler.services.school.drafts.desk import Asked, Desk, Step
from scheduler.services.school.drafts.drafts import Act
from scheduler.services.views.editor.placing import Unreadable, read_placement

_MOST_LESSONS = 200
"""That one command names; results of solves name theirs by a job."""


def act_of(sent: dict[str, Any], result_of: Callable[[int], Timetable]) -> Act:
    """What a command does to a draft.

    Parameters:
        result_of: The timetable that a job has found.

    Raises:
        Unreadable: it is no command.
    """
    match sent:
        case {"kind": "move", "moves": dict(moves)} if 0 < len(moves) <= _MOST_LESSONS:
            wishes = {name: read_placement(where) for name, where in moves.items()}
            return lambda desk, asked: desk.move(asked, _whole(desk, wishes))
        case {"kind": "lock", "lessons": list(names), "on": bool(on)}:
            if not 0 < len(names) <= _MOST_LESSONS or not all(map(_is_name, names)):
                raise Unreadable("lessons")
            return lambda desk, asked: desk.lock(asked, names, on)
        case {"kind": "undo"}:
            return _undo
        case {"kind": "redo"}:
            return _redo
        case {"kind": "adopt", "job": int(number)}:
            found = result_of(number)
            return lambda desk, asked: desk.adopt(asked, found)
    raise Unreadable(str(sent.get("kind"))[:20])


def seen_of(sent: dict[str, Any]) -> int:
    """The last step that the sender has seen; no command goes without.

    Raises:
        Unreadable: it is missing.
    """
    seen = sent.get("seen")
    if type(seen) is not int:
        raise Unreadable("seen")
    return seen


def _whole(
    desk: Desk, wishes: Mapping[str, Placement | None]
) -> dict[str, Placement | None]:
    """The wishes with the lessons' own lengths, which nobody can change by a move."""
    lessons = desk.problem.lesson
    return {
        name: replace(where, length=lessons[name].length)
        if where is not None and name in lessons
        else where
        for name, where in wishes.items()
    }


def _undo(desk: Desk, asked: Asked) -> Step:
    return desk.undo(asked)


def _redo(desk: Desk, asked: Asked) -> Step:
    return desk.redo(asked)


def _is_name(sent: object) -> bool:
    return isinstance(sent, str)
