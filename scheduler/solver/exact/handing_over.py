"""Handing a PuLP model to HiGHS, and keeping HiGHS quiet."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from threading import Lock
from typing import Any

import highspy
import numpy as np
import pulp
from numpy.typing import NDArray

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


def fingerprint(lp: highspy.HighsLp) -> str:
    """What no other model in whole numbers has, as docs/certificate.md defines it."""
    starts = np.array(lp.a_matrix_.start_, np.int64)
    column = np.array(lp.a_matrix_.index_, np.int64)
    sizes = np.diff(starts)
    order = np.lexsort((column, np.repeat(np.arange(len(sizes)), sizes)))
    whole = [k == highspy.HighsVarType.kInteger for k in lp.integrality_]
    parts = (
        [lp.offset_],
        lp.col_cost_,
        lp.col_lower_,
        lp.col_upper_,
        whole,
        sizes,
        column[order],
        np.array(lp.a_matrix_.value_)[order],
        _sides(lp.row_lower_),
        _sides(lp.row_upper_),
    )
    digest = sha256()
    for part in parts:
        digest.update(np.array(part).astype("<i8").tobytes())
    return digest.hexdigest()


def _sides(sides: Any) -> NDArray[np.float64]:
    found = np.array(sides, np.float64)
    return np.where(np.isfinite(found), found, -float(1 << 62))


def or_infinite(value: float | None, sign: int) -> float:
    """A bound of a variable or row; without one, infinity with that sign."""
    return sign * highspy.kHighsInf if value is None else value


def matrix_of(
    lp: highspy.HighsLp,
    starts: Sequence[int],
    columns: Sequence[int] | NDArray[np.int32],
    values: Sequence[float],
) -> None:
    """Give a model its rows: entries, and where each row's begin."""
    lp.num_row_ = lp.a_matrix_.num_row_ = len(starts) - 1
    lp.a_matrix_.num_col_ = lp.num_col_
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array(starts, np.int32)
    lp.a_matrix_.index_ = np.array(columns, np.int32)
    lp.a_matrix_.value_ = np.array(values, np.float64)


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
    matrix_of(model, starts, columns, values)
    model.row_lower_ = np.array([or_infinite(r.getLb(), -1) for r in rows])
    model.row_upper_ = np.array([or_infinite(r.getUb(), 1) for r in rows])
    return model
