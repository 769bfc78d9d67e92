"""Conflicts that only several kinds of rules make together, narrowed to one day."""

from dataclasses import replace

import pulp
import pytest

from scheduler.model.resources import ResourceKind, Unavailability
from scheduler.model.venues import Layout, Venue
from scheduler.solver.exact.rows import ModelRows
from scheduler.solver.explain.conflict.adding_up import contradiction, is_impossible
from scheduler.solver.explain.explaining import explain
from scheduler.solver.explain.sentences.explanation import Kind, Verdict
from tests.builders import need
from tests.impossible_five import school


def one_teacher_for_two_halls():
    """On Wednesday both halls are open in period 1 only; one teacher has both classes.

    Two classes need PE on Wednesday and two places are there for it; the teacher has
    30 periods for 10 lessons. Only all of it together cannot be.
    """
    problem = school(
        need("R1", "C1", "PE", "5"),
        need("R2", "C2", "PE", "5"),
        need("R3", "C3", "CN", "5", teacher_ids=("T2",)),
    )
    closed = tuple(
        Unavailability(ResourceKind.VENUE, venue, 3, period)
        for venue in ("FIELD", "HALL")
        for period in range(2, 7)
    )
    return replace(
        problem,
        venues=(*problem.venues, Venue("HALL", "体育馆", "S1", "gym", True, "S1")),
        layouts=(*problem.layouts, Layout("H", "HALL", ("HALL",), ("PE",), 1)),
        unavailable=closed,
    )


def test_conflict_of_teacher_places_and_daily_pe_is_told_for_its_day():
    explanation = explain(one_teacher_for_two_halls(), 30.0)

    (statement,) = explanation.statements
    assert explanation.verdict is Verdict.INFEASIBLE
    assert (statement.kind, statement.need, statement.supply) == (
        Kind.RULES_TOGETHER,
        2,
        1,
    )
    assert set(statement.resource_ids) == {"T1", "C1", "C2", "FIELD", "HALL"}
    assert statement.text.zh == (
        "周三，三(1)班、三(2)班的体育与健康：以下3项不能同时满足（需要2次课，最多排1次）："
        "（1）教师一老师同一时间只能上一节课；（2）三(1)班、三(2)班每天一节体育类课程；"
        "（3）操场不可用（周三第2至6节）、体育馆不可用（周三第2至6节）。"
        "其中每一项都不可少：去掉任何一项，这一冲突即消除。"
    )
    assert statement.advice.zh == "放宽其中任意一项即可（已逐项验证）。"


def rows_of(limits):
    """Three 0/1 variables; each pair adds up to at most 1, all to at least the need."""
    rows = ModelRows("rows")
    x, y, z = (rows.variable(name, 1, whole=True) for name in "xyz")
    for pair in ((x, y), (y, z), (x, z)):
        rows.at_most("pair", dict.fromkeys(pair, 1), 1)
    rows.at_least("all", dict.fromkeys((x, y, z), 1), limits)
    return rows


def test_contradiction_is_found_with_its_rows():
    # Twice "all" is at least 4, the pairs together at most 3.
    assert contradiction(rows_of(2).finish(), 5.0) == {0: -1, 1: -1, 2: -1, 3: 2}


def test_no_contradiction_where_halves_would_do():
    # x = y = z = 1/2 would satisfy the pairs; 3/2 is at least 1.
    assert contradiction(rows_of(1).finish(), 5.0) is None


@pytest.mark.parametrize(
    "multiples", [{3: 1}, {0: -1, 1: -1, 3: 1}, {0: 1, 3: 2}, {}], ids=str
)
def test_rows_that_can_hold_are_no_contradiction(multiples):
    rows: pulp.LpProblem = rows_of(2).finish()
    assert not is_impossible(rows.constraints(), multiples)


def test_multiples_of_any_size_are_added_up_exactly():
    """u = w = 1 keeps all three rows. 1 u + 2^53 (u - w) + 2^53 (w - u) is u, which can
    be the 1 it must be; in floating point it is 0."""
    rows = ModelRows("large")
    u, w = rows.variable("u", 1), rows.variable("w", 1)
    rows.at_least("least", {u: 1}, 1)
    rows.at_least("over", {u: 1, w: -1}, 0)
    rows.at_least("under", {w: 1, u: -1}, 0)

    posted = list(rows.finish().constraints())

    assert not is_impossible(posted, {0: 1, 1: 2**53, 2: 2**53})
    assert not is_impossible(posted, {1: 10**400, 2: 10**400})
