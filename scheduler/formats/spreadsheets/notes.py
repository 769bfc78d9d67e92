"""Notes of the reader as sentences for a person: equal ones once, with their places."""

from collections.abc import Iterable

from scheduler.model.read_timetable import ReadNote
from scheduler.model.text import Text, said_of

_SHOWN = 3
_UNTOLD = frozenset(("empty",))
"""Kinds that nobody has to look at."""


def noted(notes: Iterable[ReadNote]) -> tuple[Text, ...]:
    """One sentence for each thing that was assumed, left out or not settled."""
    places: dict[Text, list[str]] = {}
    for note in notes:
        if note.kind not in _UNTOLD:
            places.setdefault(note.text, []).append(str(note.place))
    return tuple(said_of(_listed(own), text) for text, own in places.items())


def _listed(places: list[str]) -> Text:
    shown = list(dict.fromkeys(places))
    zh, en = "、".join(shown[:_SHOWN]), ", ".join(shown[:_SHOWN])
    if len(shown) <= _SHOWN:
        return Text(zh, en)
    return Text(f"{zh}等{len(shown)}处", f"{en} and {len(shown) - _SHOWN} more")
