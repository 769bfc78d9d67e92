"""What a table and its columns are; the declarations stand in problem_tables."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from functools import cached_property
from typing import Any

from scheduler.model.text import Text

NO_NOTE = Text("", "")
NO_LIMIT = Text("不填表示不限", "empty: no limit")


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


def ident(name: str, title: str, **more: Any) -> Column:
    """A required column of the school's own ids."""
    return Column(name, title, Kind.ID, required=True, **more)


def ref(name: str, title: str, table: str, **more: Any) -> Column:
    """A column that names an id of another table; optional unless said."""
    return Column(name, title, Kind.ID, refers=table, **more)


def refs(name: str, title: str, table: str, **more: Any) -> Column:
    """A column that lists ids of another table."""
    return ref(name, title, table, many=True, **more)


def text(name: str, title: str, **more: Any) -> Column:
    """A column of free text, kept as typed."""
    return Column(name, title, Kind.TEXT, **more)


def count(name: str, title: str, minimum: int = 1, **more: Any) -> Column:
    """A column of whole numbers."""
    return Column(name, title, Kind.COUNT, minimum=minimum, **more)


def choice(name: str, title: str, choices: type[StrEnum], **more: Any) -> Column:
    """A column of a few fixed words."""
    return Column(name, title, Kind.CHOICE, choices=choices, **more)


def clock(name: str, title: str, **more: Any) -> Column:
    """A column of times of day."""
    return Column(name, title, Kind.CLOCK, **more)


def day(name: str = "day", title: str = "星期", **more: Any) -> Column:
    """A column of weekdays."""
    note = Text("1–7（周一为1），也可写“周一”", "1 (Monday) to 7; also Mon")
    return Column(name, title, Kind.WEEKDAY, **({"note": note} | more))


def date(name: str, title: str, **more: Any) -> Column:
    """A column of dates."""
    return Column(name, title, Kind.DATE, **more)


def flag(name: str, title: str, **more: Any) -> Column:
    """A column of 0 and 1."""
    return Column(name, title, Kind.FLAG, **more)
