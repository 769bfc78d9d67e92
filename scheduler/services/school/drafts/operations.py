"""Operations of a draft as data: what was changed from what to what, by whom, when."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.meeting import Placement

Row = tuple[tuple[str, str], ...]
"""A row of a table: the texts of its cells by column, empty ones left out."""


class Kind(StrEnum):
    """What an operation does.

    ``adopt`` takes over many placements at once, those of a solve or a repair;
    ``undo`` and ``redo`` say by ``of`` which operation they take back or do again.
    """

    MOVE = "move"
    PLACE = "place"
    UNPLACE = "unplace"
    LOCK = "lock"
    UNLOCK = "unlock"
    ROW = "row"
    ADOPT = "adopt"
    UNDO = "undo"
    REDO = "redo"


class Part(StrEnum):
    """What of a draft a cell is about.

    ``row`` is a row in force; ``typed`` one as typed that has a fault or stands beside
    one, and is not in force: an empty one is to be taken out.
    """

    LESSON = "lesson"
    LOCK = "lock"
    ROW = "row"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Cell:
    """The least thing that two people can change at once.

    ``key`` is a lesson's id, or a row's number in its ``table``, which it keeps.
    """

    part: Part
    key: str
    table: str = ""


Value = Placement | Row | bool | None
"""A lesson's placement, a row, whether a lesson is locked; None where there is none."""


@dataclass(frozen=True, slots=True)
class Change:
    """One cell before and after."""

    cell: Cell
    before: Value
    after: Value

    @property
    def inverse(self) -> "Change":
        """The change that takes it back."""
        return Change(self.cell, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Operation:
    """One step of a draft; ``number`` counts from 1 in the draft.

    ``of`` is the number of the operation undone or redone.
    """

    number: int
    kind: Kind
    who: str
    at: dt.datetime
    changes: tuple[Change, ...]
    of: int | None = None

    @property
    def lesson_ids(self) -> tuple[str, ...]:
        """Lessons whose placement changes."""
        cells = (x.cell for x in self.changes)
        return tuple(x.key for x in cells if x.part is Part.LESSON)


def lesson_cell(lesson_id: str) -> Cell:
    """Where a lesson stands."""
    return Cell(Part.LESSON, lesson_id)


def lock_cell(lesson_id: str) -> Cell:
    """Whether a lesson is locked."""
    return Cell(Part.LOCK, lesson_id)


def row_cell(table: str, number: int) -> Cell:
    """A row of a table."""
    return Cell(Part.ROW, str(number), table)


def typed_cell(table: str, number: int) -> Cell:
    """A row of a table as typed, not in force."""
    return Cell(Part.TYPED, str(number), table)


def placing_kind(changes: list[Change]) -> Kind:
    """What changes of placements alone are called."""
    if all(x.after is None for x in changes):
        return Kind.UNPLACE
    if all(x.before is None for x in changes):
        return Kind.PLACE
    return Kind.MOVE
