"""A linear model cut into blocks, each a model by itself.

Where rows that tie blocks together are left out, what remains falls apart. The optima
of the blocks then add up to a bound on the whole: rows left out only make it cheaper.
What rows left out are worth is charged in prices.py.
"""

from dataclasses import dataclass
from functools import cached_property

import highspy
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

LOOSE = -1
"""The block of a column that belongs to none."""
_OPEN = -2


@dataclass(frozen=True)
class Rows:
    """The rows of a model in numpy arrays: an entry has a row, a column and a value."""

    row: Ints
    column: Ints
    value: Floats
    lower: Floats
    upper: Floats

    @staticmethod
    def of(lp: highspy.HighsLp) -> "Rows":
        """The rows of a model that is stored row by row."""
        starts = np.array(lp.a_matrix_.start_, np.int64)
        return Rows(
            np.repeat(np.arange(lp.num_row_), starts[1:] - starts[:-1]),
            np.array(lp.a_matrix_.index_, np.int64),
            np.array(lp.a_matrix_.value_, np.float64),
            np.array(lp.row_lower_, np.float64),
            np.array(lp.row_upper_, np.float64),
        )


@dataclass(frozen=True)
class Cut:
    """A model and the block of every column and row; LOOSE where there is none."""

    lp: highspy.HighsLp
    rows: Rows
    columns: Ints
    kept: Ints

    @staticmethod
    def of(lp: highspy.HighsLp, chosen: Ints, rows: Rows | None = None) -> "Cut":
        """Cut a model.

        Parameters:
            chosen: The block of each column, LOOSE where its neighbours are to tell.
            rows: The model's rows, where they are known.
        """
        rows = rows or Rows.of(lp)
        columns = _settle(rows, np.where(chosen == LOOSE, _OPEN, chosen))
        columns = np.maximum(columns, LOOSE)
        low, high = _range(rows, columns, columns != LOOSE, lp.num_row_)
        alone = np.ones(lp.num_row_, np.bool_)
        alone[rows.row[columns[rows.column] == LOOSE]] = False
        return Cut(lp, rows, columns, np.where(alone & (low == high), low, LOOSE))

    @cached_property
    def ends(self) -> tuple[Floats, Floats, Floats]:
        """Cost and limits of every column; HiGHS hands out copies only."""
        lp = self.lp
        ends = np.array(lp.col_lower_), np.array(lp.col_upper_)
        return np.array(lp.col_cost_), *ends

    @cached_property
    def blocks(self) -> list[int]:
        """The blocks, smallest first."""
        found, sizes = np.unique(self.columns[self.columns >= 0], return_counts=True)
        return [int(found[k]) for k in np.argsort(sizes, kind="stable")]

    def model(self, block: int) -> highspy.HighsLp:
        """One block as a linear model, without constant, in the same order."""
        columns = np.flatnonzero(self.columns == block)
        rows = np.flatnonzero(self.kept == block)
        entries = np.flatnonzero(self.kept[self.rows.row] == block)
        part = highspy.HighsLp()
        part.num_col_ = part.a_matrix_.num_col_ = len(columns)
        part.num_row_ = part.a_matrix_.num_row_ = len(rows)
        costs, low, high = self.ends
        part.col_cost_ = costs[columns]
        part.col_lower_, part.col_upper_ = low[columns], high[columns]
        part.row_lower_, part.row_upper_ = self.rows.lower[rows], self.rows.upper[rows]
        starts = np.searchsorted(self.rows.row[entries], rows)
        part.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        part.a_matrix_.start_ = np.append(starts, len(entries)).astype(np.int32)
        index = np.searchsorted(columns, self.rows.column[entries])
        part.a_matrix_.index_ = index.astype(np.int32)
        part.a_matrix_.value_ = self.rows.value[entries]
        return part


def least(lp: highspy.HighsLp) -> float:
    """The least that a model's columns can cost, each by itself between its limits."""
    low, high = np.array(lp.col_lower_), np.array(lp.col_upper_)
    return least_of(np.array(lp.col_cost_), low, high)


def least_of(costs: Floats, low: Floats, high: Floats) -> float:
    """The same of columns."""
    limit = np.where(costs > 0, low, np.where(costs < 0, high, 0.0))
    return float((costs * limit).sum())


def _settle(rows: Rows, columns: Ints) -> Ints:
    """Give open columns the block of all rows they are in, round after round.

    A column in rows of several blocks is loose, and so is what only it leads to.
    """
    count = int(rows.row[-1]) + 1 if len(rows.row) else 0
    while True:
        low, high = _range(rows, columns, columns >= 0, count)
        clear = low[rows.row] == high[rows.row]
        clear &= (low[rows.row] >= 0) & (columns[rows.column] == _OPEN)
        column, seen = rows.column[clear], low[rows.row[clear]]
        if not len(column):
            return columns
        first = np.full(len(columns), np.iinfo(np.int64).max)
        last = np.full(len(columns), LOOSE)
        np.minimum.at(first, column, seen)
        np.maximum.at(last, column, seen)
        columns = columns.copy()
        columns[column] = np.where(first == last, first, LOOSE)[column]


def _range(rows: Rows, columns: Ints, counting: Flags, count: int) -> tuple[Ints, Ints]:
    """The first and last block in each row of the columns that count."""
    first = np.full(count, np.iinfo(np.int64).max)
    last = np.full(count, LOOSE)
    entries = counting[rows.column]
    np.minimum.at(first, rows.row[entries], columns[rows.column[entries]])
    np.maximum.at(last, rows.row[entries], columns[rows.column[entries]])
    return first, last
