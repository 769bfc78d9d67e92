"""What a table and its columns are; they are declared in ``declared``."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from functools import cached_property
from typing import Any

from scheduler.model.text import Text

NO_NOTE = Text("", "")


class Kind(Enum):
    """How the text of a cell is read."""

    ID = auto()
    TEXT = auto()
    COUNT = auto()
    ROUNDED = auto()
    FLAG = auto()
    CLOCK = auto()
    DATE = auto()
    WEEKDAY = auto()
    CHOICE = auto()
    HALVES = auto()
    LENGTH = auto()
    LESSON = auto()
    SLOT = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    ``field`` is the model's name where it differs; ``refers`` is the table whose
    ids the cells name, ``refers_by`` the column that says which table that is;
    ``also`` are values allowed beside such ids. No check builds on an ``aside``
    column, so a fault in it hides no other. Of a ``spread`` column, ``周一至周五`` or
    ``一;三`` stands for a row each. ``aliases`` are words and what they stand for.
    ``sole`` and ``as_in`` say what a required column is where it is not given: the only
    id of the table it refers to, or the cells of another column. ``called`` are titles
    that offices give it beside ``title``.
    """

    name: str
    title: str
    kind: Kind
    required: bool = False
    many: bool = False
    choices: type[StrEnum] | None = None
    refers: str = ""
    refers_by: str = ""
    also: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    aside: bool = False
    note: Text = NO_NOTE
    field: str = ""
    spread: bool = False
    aliases: tuple[tuple[str, str], ...] = ()
    sole: bool = False
    as_in: str = ""
    called: tuple[str, ...] = ()

    def titled(self, language: str) -> str:
        """What stands over the column: its name, or its Chinese title."""
        return self.title if language == "zh" else self.name

    @property
    def attribute(self) -> str:
        """Name of the field in the model."""
        return self.field or self.name

    def id_in(self, value: str) -> str:
        """The id of the other table in a value: of a lesson its requirement."""
        return value.partition("#")[0] if self.kind is Kind.LESSON else value


@dataclass(frozen=True)
class Table:
    """One table: a CSV file, a sheet, or a part of a TOML file.

    ``item`` makes one row's object from its fields; no two rows agree in ``key``.
    """

    name: str
    title: str
    item: Callable[..., Any]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    required: bool = False
    note: Text = NO_NOTE
    file: str = ""

    def titled(self, language: str) -> str:
        """What its sheet is called: its name, or its Chinese title."""
        return self.title if language == "zh" else self.name

    def titles(self, language: str) -> list[str]:
        """What stands over its columns."""
        return [column.titled(language) for column in self.columns]

    @property
    def file_name(self) -> str:
        """File of a folder that holds the table."""
        return self.file or f"{self.name}.csv"

    @cached_property
    def column(self) -> dict[str, Column]:
        """Columns by name."""
        return {c.name: c for c in self.columns}
