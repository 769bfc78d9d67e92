"""Departments solved by themselves bound what every timetable costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf, prod
from typing import ClassVar
from unittest.mock import patch

import highspy
import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduler.constraints.base import Constraint, Violation
from scheduler.constraints.catalogue import rules_in_force
from scheduler.constraints.evaluate import evaluate
from scheduler.constraints.primitives import PairCost, Primitive
from scheduler.constraints.rules.place_every_lesson import PlaceEveryLesson
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.solver.exact import block_bounds
from scheduler.solver.exact.block_bounds import BlockBounds
from scheduler.solver.exact.blocks import LOOSE, Cut
from scheduler.solver.exact.exact_model import ExactModel
from scheduler.solver.exact.handing_over import as_arrays
from scheduler.solver.exact.prices import Priced
from scheduler.solver.exact.relaxation import Relaxation
from scheduler.solver.exact.tightening import tighten
from scheduler.solver.exact.whole_costs import whole_bound
from scheduler.solver.hard_view import classes_clash_free
from scheduler.solver.options import compile_problem
from tests.builders import bell, need, problem
from tests.row_strategies import with_rows
from tests.solver.test_optimum import complete, options
from tests.strategies import TINY_BELLS, problems
from tests.thorough import times

ROWS = "1 lesson 08:00-08:40\n2 lesson 08:50-09:30\n3 lesson 10:00-10:40"


@dataclass(frozen=True)
class PartDays(Constraint):
    """Two lessons of a requirement on one day cost one in each week."""

    title: ClassVar[Text] = Text("分开", "Part days")
    level: Level = Level.SOFT

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """Not needed: only the model is looked at."""
        return iter(())

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """Events are days; equal days cost one."""
        for requirement in problem.requirements:
            own = tuple(x for x in problem.lessons if x.requirement is requirement)
            yield PairCost(own, lambda m: (m.day,), lambda a, b: int(a == b))

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Not needed."""
        return self.title


def model_of(*requirements) -> ExactModel:
    """Two days of three rows."""
    days = (bell("A", ROWS, (1, 2)), bell("B", ROWS, (1, 2)))
    rules = (PlaceEveryLesson(), PartDays())
    return ExactModel(compile_problem(problem(*requirements, bells=days), rules))


def blocks_of(model: ExactModel, seconds: float = 20.0) -> BlockBounds:
    lp = as_arrays(model.problem, model.problem.variables())
    tighten(lp)
    return BlockBounds(model, lp, lambda: seconds, lambda: False)


def bounds_of(model: ExactModel, seconds: float = 20.0) -> list[int]:
    """Bounds by departments without prices."""
    blocks = blocks_of(model, seconds)
    found = [*blocks.relaxed(), *blocks.exact()] if blocks.several else []
    return [whole_bound(x) for x in found]


def priced_bounds(model: ExactModel, multipliers) -> list[float]:
    blocks = blocks_of(model)
    return [*blocks.take_prices(multipliers), *blocks.at_prices()]


def bounds_by_day(model: ExactModel) -> list[float]:
    """Bounds of days of departments, at the prices of each department by itself."""
    blocks = blocks_of(model)
    list(blocks.relaxed())
    with patch.object(block_bounds, "_LARGE", 0):
        return [*blocks.take_own_prices(), *blocks.at_prices()]


def two_departments() -> ExactModel:
    """Three lessons on two days, twice: one pair in each of two weeks, twice."""
    return model_of(
        need("R1", "C1", "CN", "3"), need("R2", "C1", "PSY", "3", teacher_ids=("T2",))
    )


def test_departments_know_what_the_relaxation_does_not():
    model = two_departments()

    assert bounds_of(model) == [0, 2, 4]
    relaxation = Relaxation.of(model.problem)
    duals = relaxation.multipliers(10, lambda: False)
    assert duals is not None
    assert abs(relaxation.bound_by(duals)) < 1e-3
    assert max(map(whole_bound, priced_bounds(model, duals))) == 4


def test_days_of_departments_prove_no_less_than_departments_relaxed():
    model = two_departments()

    found = bounds_by_day(model)

    assert found == sorted(found)
    assert whole_bound(found[0]) == bounds_of(model)[0]
    assert found[-1] <= 4


def test_lessons_of_one_teacher_are_one_department_and_bound_nothing_anew():
    model = model_of(need("R1", "C1", "CN", "3"), need("R2", "C2", "CN", "3"))

    assert bounds_of(model) == []


def test_nothing_is_said_without_time():
    assert bounds_of(two_departments(), seconds=0.0) == []


def test_cut_loses_rows_between_blocks_and_columns_they_alone_lead_to():
    """Columns a, b are blocks 0, 1; c follows a; d is in a row of both."""
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = 4, 3
    lp.col_cost_ = np.array([1.0, 2.0, 3.0, -4.0])
    lp.col_lower_, lp.col_upper_ = np.zeros(4), np.array([1.0, 1.0, 1.0, 5.0])
    lp.integrality_ = [highspy.HighsVarType.kInteger] * 4
    lp.row_lower_, lp.row_upper_ = np.array([1.0, 1.0, 2.0]), np.full(3, inf)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array([0, 2, 5, 6], np.int32)
    lp.a_matrix_.index_ = np.array([0, 2, 0, 1, 3, 1], np.int32)
    lp.a_matrix_.value_ = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 7.0])

    cut = Cut.of(lp, np.array([0, 1, LOOSE, LOOSE]))

    assert cut.columns.tolist() == [0, 1, 0, LOOSE]
    assert cut.kept.tolist() == [0, LOOSE, 1]
    assert cut.blocks == [1, 0]
    assert Priced.free(cut).base == -20.0
    # At price 1 of the middle row a, b and d cost one less; the row is worth 1.
    priced = Priced.of(cut, np.array([7.0, 1.0, 0.0]))
    assert priced.costs.tolist() == [0.0, 1.0, 3.0, -5.0]
    assert priced.base == 1.0 - 25.0
    part = cut.model(0)
    assert list(part.col_cost_) == [1.0, 3.0]
    assert list(part.a_matrix_.index_) == [0, 1]
    assert list(part.row_lower_) == [1.0]
    assert list(cut.model(1).a_matrix_.value_) == [7.0]


@settings(max_examples=times(8), suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_timetable_costs_less_than_the_departments_say(data):
    school = data.draw(problems(most=3, longest=2, bells=TINY_BELLS))
    if data.draw(st.booleans()):
        school = data.draw(with_rows(school))
    choices = options(school)
    assume(len(choices) <= 4)
    assume(prod(map(len, choices)) <= 600)
    costs = [r.soft for r in map(evaluate, complete(school, choices)) if r.hard == 0]
    assume(costs)
    rules = rules_in_force(school)
    compiled = compile_problem(school, rules, classes_clash_free(rules))

    model = ExactModel(compiled)
    found = bounds_of(model)

    assert found == sorted(found)
    assert all(bound <= min(costs) for bound in found)
    random = np.random.default_rng(data.draw(st.integers(0, 9)))
    scale = data.draw(st.sampled_from((1.0, 1e3)))
    for duals in (
        Relaxation.of(model.problem).multipliers(10, lambda: False),
        scale * random.normal(size=len(model.problem.constraints())),
    ):
        found = [*map(whole_bound, priced_bounds(model, duals))]
        assert all(bound <= min(costs) for bound in found)
    assert all(whole_bound(bound) <= min(costs) for bound in bounds_by_day(model))
