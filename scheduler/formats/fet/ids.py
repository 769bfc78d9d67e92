"""FET's names as ids of our tables: safe, unique, the same on every reading."""

import re

from scheduler.formats.tables.cells import read_id
from scheduler.model.requirements import HOME

# ";" parts lists, "#" parts a lesson from its requirement; controls are no text.
_UNSAFE = re.compile(r"[;；#\x00-\x1f\x7f\ufffe\uffff]+")
_RESERVED = frozenset({"", HOME, "*"})


def safe_text(name: str) -> str:
    """A name as a cell keeps it: one line, no lists, no spaces around."""
    return _UNSAFE.sub("_", name).strip()


class Ids:
    """Ids of one table by FET's names; what would fall together gets a number."""

    def __init__(self) -> None:
        self._of: dict[str, str] = {}
        self._taken: set[str] = set()

    def __getitem__(self, name: str) -> str:
        """The id of a name seen before, or a new one."""
        if name not in self._of:
            self._of[name] = self._free(_plain(name))
        return self._of[name]

    def _free(self, wanted: str) -> str:
        found, number = wanted, 1
        while found in self._taken:
            number += 1
            found = f"{wanted}~{number}"
        self._taken.add(found)
        return found


def _plain(name: str) -> str:
    """The name as reading a table would give it back."""
    found = read_id(safe_text(read_id(name)))
    return f"_{found}" if found in _RESERVED else found
