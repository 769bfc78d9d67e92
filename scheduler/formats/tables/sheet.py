"""Raw tables as they stand in a file: cells of text with their places."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from scheduler.model.errors import DataError
from scheduler.model.text import Text


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number as a spreadsheet shows it, and its cells.

    Parts of TOML files have no row; ``prefix`` stands before the column instead.
    A key/value sheet has a row for each column (``row_of``). A row made of one cell
    of a matrix has the ``title`` over that cell, by which its faults are told.
    """

    number: int | None
    cells: tuple[str, ...]
    prefix: str = ""
    row_of: Mapping[str, int] = field(default_factory=dict)
    title: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table before its cells are understood; ``file`` names it in messages."""

    file: str
    titles: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(slots=True)
class Faults:
    """What a reading has found so far."""

    errors: list[DataError] = field(default_factory=list)
    warnings: list[DataError] = field(default_factory=list)

    def error(self, file: str, zh: str, en: str, **more: object) -> None:
        """Note an error; ``more`` are fields of DataError."""
        self.errors.append(DataError(file, Text(zh, en), **more))  # type: ignore[arg-type]

    def warn(self, file: str, zh: str, en: str, **more: object) -> None:
        """Note a warning; ``more`` are fields of DataError."""
        self.warnings.append(DataError(file, Text(zh, en), **more))  # type: ignore[arg-type]
