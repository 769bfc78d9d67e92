"""The rows given to CP-SAT say what the rules say; here HiGHS solves them instead.

So nobody needs OR-Tools to keep the opponent's model right, and a change of ours that
would spoil it is noticed at once.
"""

from dataclasses import replace
from fractions import Fraction

import pulp
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduler.constraints.base import Constraint
from scheduler.constraints.catalogue import RULES, rules_in_force
from scheduler.constraints.evaluate import evaluate
from scheduler.constraints.rules.avoid_clashes import AvoidTeacherClashes
from scheduler.constraints.rules.teachers.teacher_days import (
    LimitIdlePeriods,
    LimitRuns,
)
from scheduler.model.resources import Level
from scheduler.model.timetable import Timetable
from scheduler.solver.exact.highs import RunLimits, run
from scheduler.solver.options import compile_problem
from scheduler.solver.status import Status
from tests.benchmarks.cpsat.model import CpModel
from tests.benchmarks.cpsat.patterns import Encoding
from tests.benchmarks.cpsat.rows import Rows
from tests.small_school import need, small_problem
from tests.strategies import model_timetables, problems

EVERY_RULE = (*(rule() for rule in RULES), LimitRuns(most=1))
DAY_RULES = (LimitRuns(most=1), LimitIdlePeriods())
LARGE = [HealthCheck.too_slow, HealthCheck.data_too_large]


def as_pulp(rows: Rows) -> tuple[pulp.LpProblem, list[pulp.LpVariable]]:
    """The same rows for HiGHS; a table becomes one 0/1 column for each tuple."""
    model = pulp.LpProblem("rows", pulp.LpMinimize)
    variables = [
        model.add_variable(f"v{k}", 0, high, pulp.LpInteger)
        for k, high in enumerate(rows.high)
    ]

    def expression(row: dict[int, int], constant: int = 0) -> pulp.LpAffineExpression:
        terms = {variables[v]: c for v, c in row.items()}
        return pulp.LpAffineExpression(terms, constant=constant)

    model.setObjective(expression(rows.objective, rows.constant))
    for row, low, high in rows.linear:
        if low is not None:
            model.addConstraint(expression(row) >= low)
        if high is not None:
            model.addConstraint(expression(row) <= high)
    for number, (columns, tuples) in enumerate(rows.tables):
        chosen = [
            model.add_variable(f"t{number}_{k}", 0, 1, pulp.LpInteger)
            for k in range(len(tuples))
        ]
        model.addConstraint(pulp.lpSum(chosen) == 1)
        for place, column in enumerate(columns):
            values = [t[place] for t in tuples]
            total = pulp.lpDot(values, chosen) - variables[column]
            model.addConstraint(total == 0)
    return model, variables


def said_by_rows(
    timetable: Timetable, encoding: Encoding, *rules: Constraint
) -> int | None:
    """The cost of the rows with every placement fixed, None where infeasible."""
    compiled = compile_problem(timetable.problem, rules, aggregate=False)
    cp_model = CpModel(compiled, encoding)
    model, variables = as_pulp(cp_model.rows)
    left = dict(timetable.placements)
    for choice in cp_model.choices:
        lesson_id = choice.group.lessons[0].lesson_id
        chosen = left.get(lesson_id) == choice.meeting.placement
        variables[choice.variable].bounds(int(chosen), int(chosen))
        if chosen:
            del left[lesson_id]
    if left:
        return None
    outcome = run(model, RunLimits(seconds=20, threads=1))
    if outcome.status is Status.INFEASIBLE:
        return None
    assert outcome.objective is not None
    return round(outcome.objective)


@settings(max_examples=6, suppress_health_check=LARGE)
@given(st.data())
def test_rows_of_hard_rules_are_infeasible_just_when_they_are_broken(data):
    timetable = data.draw(model_timetables(data.draw(problems())))
    rules = [replace(rule, level=Level.HARD) for rule in EVERY_RULE]

    kept = {r: said_by_rows(timetable, Encoding.SPANS, r) is not None for r in rules}

    assert kept == {r: r.amount(timetable) == 0 for r in rules}


@settings(max_examples=6, suppress_health_check=LARGE)
@given(st.data())
def test_rows_of_soft_rules_cost_what_the_rules_say(data):
    timetable = data.draw(model_timetables(data.draw(problems())))
    rules = [replace(rule, level=Level.SOFT, weight=1) for rule in EVERY_RULE]

    costs = {rule: said_by_rows(timetable, Encoding.SPANS, rule) for rule in rules}

    assert costs == {rule: rule.amount(timetable) for rule in rules}


@pytest.mark.parametrize("encoding", Encoding)
@settings(max_examples=10, suppress_health_check=LARGE)
@given(st.data())
def test_days_of_clash_free_teachers_cost_the_same_in_every_encoding(encoding, data):
    timetable = data.draw(model_timetables(data.draw(problems(most=2, longest=3))))
    clashes = AvoidTeacherClashes()
    assume(clashes.amount(timetable) == 0)
    rules = [replace(rule, level=Level.SOFT, weight=2) for rule in DAY_RULES]

    cost = said_by_rows(timetable, encoding, clashes, *rules)

    assert cost == sum(2 * rule.amount(timetable) for rule in rules)


def test_optimum_of_the_rows_reads_back_as_a_timetable_of_that_cost():
    problem = small_problem(
        need("R1", "A", "CN", "4", blocks=(Fraction(2), Fraction(1), Fraction(1))),
        need("R2", "A", "PE", "2", teacher_ids=("T2",)),
        need("R3", "B", "PE", "1", teacher_ids=("T2",)),
        need("R4", "B", "MUS", "0.5"),
    )
    cp_model = CpModel(compile_problem(problem, rules_in_force(problem)))
    model, variables = as_pulp(cp_model.rows)

    outcome = run(model, RunLimits(seconds=60, threads=1))
    report = evaluate(cp_model.timetable([round(v.varValue) for v in variables]))

    assert outcome.status is Status.OPTIMAL
    assert (report.conflicts, report.soft) == (0, round(outcome.objective))
