"""Rows of a grid put together from single cells; merges cut to what is there."""

from dataclasses import replace

from scheduler.formats.sheets.grid import EMPTY, Cell, Grid, Merge
from scheduler.model.errors import InputError
from scheduler.model.intake import SHEET_AREA

Rows = dict[int, dict[int, Cell]]


def assembled(grid: Grid, cells: Rows) -> Grid:
    """The grid with its rows; gaps are filled, empty ends left out.

    Raises:
        InputError: the rows with their gaps are too large.
    """
    height = max(cells, default=-1) + 1
    area = height + sum(max(row) + 1 for row in cells.values())
    if area > SHEET_AREA.most:
        raise InputError([SHEET_AREA.refusal(grid.file)])
    rows = tuple(_row(cells[k]) if k in cells else () for k in range(height))
    width = max(map(len, rows), default=0)
    return replace(
        grid,
        rows=rows,
        merges=tuple(_cut(grid.merges, height, width)),
        hidden_rows=frozenset(k for k in grid.hidden_rows if k < height),
        hidden_columns=frozenset(k for k in grid.hidden_columns if k < width),
    )


def _row(cells: dict[int, Cell]) -> tuple[Cell, ...]:
    return tuple(cells.get(k, EMPTY) for k in range(max(cells) + 1))


def _cut(merges: tuple[Merge, ...], height: int, width: int) -> list[Merge]:
    """Merges within the sheet's filled area, of more than one cell, once each."""
    found = []
    for merge in dict.fromkeys(merges):
        bottom, right = min(merge.bottom, height), min(merge.right, width)
        tall, wide = bottom - merge.top, right - merge.left
        if tall > 0 and wide > 0 and tall * wide > 1:
            found.append(Merge(merge.top, merge.left, bottom, right))
    return found
