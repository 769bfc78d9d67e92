"""Prices on the rows between blocks: what a model costs at the least, block by block.

A row that ties blocks together is left out and its multiplier charged instead; what
remains falls apart, and base and least costs of the blocks add up to a bound, whatever
the multipliers. With those of the linear relaxation the sum is its optimum, and more
with every block that is solved in whole numbers. Source: Geoffrion, "Lagrangean
relaxation for integer programming", 1974.
"""

from dataclasses import dataclass
from functools import cached_property

import highspy
import numpy as np

from scheduler.solver.exact.blocks import LOOSE, Cut, Floats, least_of

FINENESS = 1 << 24
"""Prices are multiples of 1 / FINENESS: sums of them times whole numbers are exact."""


def rounded(multipliers: Floats) -> Floats:
    """Multipliers as prices."""
    return np.round(multipliers * FINENESS) / FINENESS


@dataclass(frozen=True)
class Priced:
    """A cut model at prices of its rows; 0 on rows within a block."""

    cut: Cut
    prices: Floats

    @staticmethod
    def of(cut: Cut, multipliers: Floats) -> "Priced":
        """Prices from multipliers of all rows; those that can prove nothing are 0."""
        low, high = cut.rows.lower, cut.rows.upper
        usable = np.where(multipliers > 0, np.isfinite(low), np.isfinite(high))
        linking = (cut.kept == LOOSE) & usable
        return Priced(cut, np.where(linking, rounded(multipliers), 0.0))

    @staticmethod
    def free(cut: Cut) -> "Priced":
        """No price on any row."""
        return Priced(cut, np.zeros(len(cut.kept)))

    @cached_property
    def costs(self) -> Floats:
        """By column: its cost less what its rows are worth."""
        rows = self.cut.rows
        worth = np.bincount(
            rows.column, self.prices[rows.row] * rows.value, len(self.cut.columns)
        )
        return self.cut.ends[0] - worth

    @cached_property
    def base(self) -> float:
        """What holds beside the blocks: the constant, rows at their prices, columns of
        no block."""
        rows, loose = self.cut.rows, self.cut.columns == LOOSE
        side = np.where(self.prices > 0, rows.lower, rows.upper)
        priced = self.prices != 0
        worth = float((self.prices[priced] * side[priced]).sum())
        _, low, high = self.cut.ends
        least = least_of(self.costs[loose], low[loose], high[loose])
        return self.cut.lp.offset_ + worth + least

    def usable(self, block: int, multipliers: Floats) -> Floats:
        """Multipliers of a block's rows without those on a side that a row lacks."""
        rows = self.cut.kept == block
        low, high = self.cut.rows.lower[rows], self.cut.rows.upper[rows]
        fine = np.where(multipliers > 0, np.isfinite(low), np.isfinite(high))
        return np.where(fine, multipliers, 0.0)

    def model(self, block: int) -> highspy.HighsLp:
        """A block as a model of its own, at these prices."""
        part = self.cut.model(block)
        part.col_cost_ = self.costs[self.cut.columns == block]
        return part
