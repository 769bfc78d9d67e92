"""Reduced costs of a block: what its rows with large multipliers pay back.

At prices of the whole a block's columns may cost tens of thousands, which its own rows
pay back: where a class's week is full, no multiplier is too large for its rows. HiGHS
keeps rows to about a millionth, and what such costs make of that must be taken off what
it proves. So they are charged to rows before: any multiplier of the right sign leaves a
bound (weak duality), and a large one costs nothing of it, for no solution near the
least leaves room in such a row.
"""

import highspy
import numpy as np

from scheduler.solver.exact.blocks import Floats, Rows

_LARGE = 256.0
"""A multiplier of which one unit of room would cost more than blocks ever gain."""


def reduce_costs(part: highspy.HighsLp, multipliers: Floats) -> float:
    """Charge a block's costs for its rows with large multipliers.

    Parameters:
        multipliers: Of the block's rows, none on a side that a row lacks.

    Returns:
        What every solution costs at least beyond the new costs.
    """
    rows = Rows.of(part)
    charged = np.where(np.abs(multipliers) >= _LARGE, multipliers, 0.0)
    side = np.where(charged > 0, rows.lower, rows.upper)
    by_entry = charged[rows.row] * rows.value
    paid = np.bincount(rows.column, by_entry, part.num_col_)
    part.col_cost_ = np.array(part.col_cost_) - paid
    return float((charged * np.where(charged == 0, 0.0, side)).sum())
