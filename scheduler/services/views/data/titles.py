"""Sheets of a draft: which there are, what they are called, what their notes say."""

from dataclasses import dataclass

from scheduler.formats.problem.typed import SHEET
from scheduler.formats.tables.matrices.declared import MATRICES
from scheduler.model.text import Text
from scheduler.services.views.data.sheets import GROUPS


@dataclass(frozen=True, slots=True)
class SheetTitle:
    """A sheet in the list of all."""

    name: str
    title: Text
    note: Text


def sheet_title(name: str) -> SheetTitle | None:
    """A sheet by its name; None where there is none."""
    table = SHEET.get(name)
    if table is None:
        return None
    return SheetTitle(name, Text(table.title, table.name), table.note)


def matrix_title(name: str) -> SheetTitle | None:
    """A matrix by its name; None where there is none."""
    for matrix in MATRICES:
        if matrix.name == name:
            return SheetTitle(name, Text(matrix.title, matrix.name), matrix.cells)
    return None


def sheet_groups() -> list[tuple[Text, list[SheetTitle]]]:
    """All sheets by theme."""
    return [
        (title, [found for name in names if (found := sheet_title(name))])
        for title, names in GROUPS
    ]
