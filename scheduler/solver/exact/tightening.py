"""Tighter limits of whole columns, from what rows leave them.

A row holds a column to what all others in it must at the least, or can at the most, add
up to: a fixed lesson keeps all others of its class away from its time. A department is
solved without the rows that tie it to others, and knows of them what these limits say.
All numbers are whole, so nothing is rounded but limits between two whole numbers.
Source: Savelsbergh, "Preprocessing and probing techniques for mixed integer
programming problems", 1994.
"""

import highspy
import numpy as np

from scheduler.solver.exact.blocks import Floats, Rows

_ROUNDS = 50
"""Rounds at the most; each is valid by itself."""


def tighten(lp: highspy.HighsLp) -> None:
    """Tighten a model's limits; they stay where rows contradict each other."""
    rows = Rows.of(lp)
    whole = np.array([k == highspy.HighsVarType.kInteger for k in lp.integrality_])
    low, high = np.array(lp.col_lower_), np.array(lp.col_upper_)
    if not len(rows.row) or not np.isfinite([low, high]).all():
        return
    for _ in range(_ROUNDS):
        least, most = _implied(rows, low, high)
        told = whole[rows.column]
        column = rows.column[told]
        before = low.copy(), high.copy()
        np.maximum.at(low, column, np.ceil(least[told]))
        np.minimum.at(high, column, np.floor(most[told]))
        if (low > high).any():
            return
        if (low == before[0]).all() and (high == before[1]).all():
            break
    lp.col_lower_, lp.col_upper_ = low, high


def _implied(rows: Rows, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """By entry: the least and most that its row leaves its column."""
    up = rows.value > 0
    smaller = rows.value * np.where(up, low[rows.column], high[rows.column])
    larger = rows.value * np.where(up, high[rows.column], low[rows.column])
    count = len(rows.lower)
    least = np.bincount(rows.row, smaller, count)[rows.row] - smaller
    most = np.bincount(rows.row, larger, count)[rows.row] - larger
    room = (rows.upper[rows.row] - least) / rows.value
    need = (rows.lower[rows.row] - most) / rows.value
    return np.where(up, need, room), np.where(up, room, need)
