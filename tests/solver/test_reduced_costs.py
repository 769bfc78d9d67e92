"""Costs charged to rows of a block come back in its bound, and never more of them."""

from itertools import product
from math import inf

import highspy
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.solver.exact.blocks import Rows
from scheduler.solver.exact.reduced_costs import reduce_costs
from scheduler.solver.exact.relaxation import Relaxation
from tests.thorough import times

NUMBERS = st.integers(-3, 3)


def block(costs, rows) -> highspy.HighsLp:
    """Columns of 0 or 1; a row is its values, lower and upper side."""
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(costs), len(rows)
    lp.col_cost_ = np.array(costs, np.float64)
    lp.col_lower_, lp.col_upper_ = np.zeros(len(costs)), np.ones(len(costs))
    lp.row_lower_ = np.array([low for _, low, _ in rows], np.float64)
    lp.row_upper_ = np.array([high for _, _, high in rows], np.float64)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.arange(len(rows) + 1, dtype=np.int32) * len(costs)
    lp.a_matrix_.index_ = np.tile(np.arange(len(costs)), len(rows)).astype(np.int32)
    lp.a_matrix_.value_ = np.array([v for values, _, _ in rows for v in values], float)
    return lp


def least(lp: highspy.HighsLp) -> float:
    """The least cost of all solutions, tried one by one; infinity without any."""
    rows, found = Rows.of(lp), inf
    for chosen in product((0.0, 1.0), repeat=lp.num_col_):
        x = np.array(chosen)
        sums = np.bincount(rows.row, rows.value * x[rows.column], lp.num_row_)
        if (sums >= rows.lower).all() and (sums <= rows.upper).all():
            found = min(found, float(np.array(lp.col_cost_) @ x))
    return found


def test_a_large_multiplier_of_a_full_row_takes_its_cost_and_gives_it_back():
    """One of two columns, which cost 1003 and 1005."""
    lp = block([1003.0, 1005.0], [([1, 1], 1, 1), ([1, 0], -inf, 1)])

    charged = reduce_costs(lp, np.array([1000.0, -2.0]))

    assert charged == 1000.0
    assert list(lp.col_cost_) == [3.0, 5.0]  # small multipliers are left alone


@settings(max_examples=times(60), deadline=None)
@given(st.data())
def test_no_multipliers_lift_a_block_above_its_least_cost(data):
    count = data.draw(st.integers(1, 4))
    values = st.lists(NUMBERS, min_size=count, max_size=count)
    rows, multipliers = [], []
    for _ in range(data.draw(st.integers(1, 3))):
        side, above = data.draw(NUMBERS), data.draw(st.booleans())
        size = data.draw(st.sampled_from((1, 255, 256, 3000)))
        rows.append(
            (data.draw(values), side if above else -inf, inf if above else side)
        )
        multipliers.append(size if above else -size)
    lp = block(data.draw(values), rows)
    before = least(lp)

    charged = reduce_costs(lp, np.array(multipliers, np.float64))

    assert charged + least(lp) <= before
    assert charged + Relaxation(lp).bound_by(np.zeros(len(rows))) <= before
