"""Handing a PuLP model to HiGHS, and keeping HiGHS quiet."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock

import highspy
import numpy as np
import pulp

_STDOUT = Lock()
"""Standard output is the whole process's, and a proof and a count go on at once: if
each kept what the other had put there, it would stay discarded."""


@contextmanager
def quiet_stdout() -> Iterator[None]:
    """Discard what C code writes to standard output; Python's own is flushed first."""
    with _STDOUT, open(os.devnull, "wb") as nowhere:
        sys.stdout.flush()
        kept = os.dup(1)
        os.dup2(nowhere.fileno(), 1)
        try:
            yield
        finally:
            os.dup2(kept, 1)
            os.close(kept)


def new_highs() -> highspy.Highs:
    """HiGHS, which greets on standard output unless it is kept from it."""
    with quiet_stdout():
        return highspy.Highs()  # type: ignore[no-untyped-call]


def or_infinite(value: float | None, sign: int) -> float:
    """A bound of a variable or row; without one, infinity with that sign."""
    return sign * highspy.kHighsInf if value is None else value


def as_arrays(
    problem: pulp.LpProblem, variables: Sequence[pulp.LpVariable]
) -> highspy.HighsLp:
    """The whole model at once: PuLP's own adapter adds columns and rows one by one."""
    model = highspy.HighsLp()
    model.num_col_ = len(variables)
    cost = problem.objective
    model.col_cost_ = np.array([cost.get(v, 0.0) for v in variables], np.float64)
    model.offset_ = cost.constant
    model.col_lower_ = np.array([or_infinite(v.lowBound, -1) for v in variables])
    model.col_upper_ = np.array([or_infinite(v.upBound, 1) for v in variables])
    whole, real = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    model.integrality_ = [whole if v.cat == pulp.LpInteger else real for v in variables]
    rows = problem.constraints()
    index = {v: k for k, v in enumerate(variables)}
    starts, columns, values = [0], [], []
    for row in rows:
        columns += [index[v] for v in row]
        values += row.values()
        starts.append(len(columns))
    model.num_row_ = model.a_matrix_.num_row_ = len(rows)
    model.a_matrix_.num_col_ = len(variables)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.array(starts, dtype=np.int32)
    model.a_matrix_.index_ = np.array(columns, dtype=np.int32)
    model.a_matrix_.value_ = np.array(values, dtype=np.float64)
    model.row_lower_ = np.array([or_infinite(r.getLb(), -1) for r in rows])
    model.row_upper_ = np.array([or_infinite(r.getUb(), 1) for r in rows])
    return model
