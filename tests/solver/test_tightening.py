"""Tighter limits leave every timetable of whole numbers as it was."""

from itertools import product

import highspy
import numpy as np
import pulp
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.solver.certificates.model import Model
from scheduler.solver.exact.blocks import Rows
from scheduler.solver.exact.handing_over import as_arrays
from scheduler.solver.exact.tightening import tighten


def limits(lp: highspy.HighsLp) -> list[tuple[float, float]]:
    return list(zip(lp.col_lower_, lp.col_upper_, strict=True))


def linear(rows, ends) -> pulp.LpProblem:
    """Rows of (coefficients, low, high); whole columns between ends."""
    found = pulp.LpProblem("rows", pulp.LpMinimize)
    columns = [
        found.add_variable(f"x{k}", low, high, pulp.LpInteger)
        for k, (low, high) in enumerate(ends)
    ]
    found.setObjective(pulp.lpSum(columns))
    for coefficients, low, high in rows:
        row = pulp.LpAffineExpression(
            {x: c for x, c in zip(columns, coefficients, strict=True) if c}
        )
        if row:
            found.addConstraint(row >= low)
            found.addConstraint(row <= high)
    return found


def test_what_must_be_leaves_nothing_to_others():
    """a = 1 and 2a + 2b + 3c <= 4: b may be 1, c not; c - d >= -2: d at most 2."""
    model = linear(
        [((1, 0, 0, 0), 1, 1), ((2, 2, 3, 0), 0, 4), ((0, 0, 1, -1), -2, 9)],
        [(0, 1), (0, 5), (0, 5), (0, 5)],
    )
    lp = as_arrays(model, model.variables())

    tighten(lp)

    assert limits(lp) == [(1, 1), (0, 1), (0, 0), (0, 2)]
    read = Model.of(model).tightened()
    assert [*zip(read.low, read.high, strict=True)] == limits(lp)


def test_rows_that_contradict_each_other_change_nothing():
    model = linear([((1,), 1, 1), ((2,), 0, 1)], [(0, 1)])
    lp = as_arrays(model, model.variables())

    tighten(lp)

    assert limits(lp) == [(0, 1)]
    assert Model.of(model).tightened() == Model.of(model)


ENDS = st.tuples(st.integers(-1, 1), st.integers(0, 2)).map(sorted).map(tuple)


@settings(max_examples=200)
@given(st.data())
def test_no_solution_in_whole_numbers_is_lost(data):
    ends = data.draw(st.lists(ENDS, min_size=1, max_size=4))
    row = st.tuples(
        st.tuples(*[st.integers(-3, 3) for _ in ends]),
        st.integers(-4, 1),
        st.integers(0, 4),
    )
    model = linear(data.draw(st.lists(row, max_size=4)), ends)
    lp = as_arrays(model, model.variables())
    rows, before = Rows.of(lp), limits(lp)
    dense = np.zeros((len(rows.lower), len(before)))
    dense[rows.row, rows.column] = rows.value
    solutions = [
        x
        for x in product(*[range(int(a), int(b) + 1) for a, b in before])
        if (rows.lower <= dense @ x).all() and (dense @ x <= rows.upper).all()
    ]

    tighten(lp)
    read = Model.of(model).tightened()

    for found in (limits(lp), [*zip(read.low, read.high, strict=True)]):
        assert all(
            low <= x <= high
            for s in solutions
            for x, (low, high) in zip(s, found, strict=True)
        )
