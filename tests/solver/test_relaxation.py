"""A bound from multipliers of rows holds, whatever the multipliers."""

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduler.constraints.catalogue import rules_in_force
from scheduler.model.settings import RuleSetting
from scheduler.solver.exact.exact_model import ExactModel
from scheduler.solver.exact.highs import RunLimits, run
from scheduler.solver.exact.relaxation import Relaxation
from scheduler.solver.options import classes_clash_free, compile_problem
from scheduler.solver.status import Status
from tests.builders import need, problem
from tests.row_strategies import with_rows
from tests.strategies import TINY_BELLS, problems
from tests.thorough import times


def model_of(given_problem):
    rules = rules_in_force(given_problem)
    alike = classes_clash_free(rules)
    return ExactModel(compile_problem(given_problem, rules, alike))


@settings(max_examples=times(8), suppress_health_check=list(HealthCheck), deadline=None)
@given(st.data())
def test_no_multipliers_prove_more_than_the_optimum(data):
    model = model_of(data.draw(with_rows(data.draw(problems(2, 2, TINY_BELLS)))))
    outcome = run(model.problem, RunLimits(10.0, threads=1))
    assume(outcome.status is Status.OPTIMAL)
    relaxation = Relaxation.of(model.problem)
    random = np.random.default_rng(data.draw(st.integers(0, 9)))
    scale = data.draw(st.sampled_from((0.0, 1e-9, 1.0, 1e4)))

    duals = scale * random.normal(size=relaxation.lp.num_row_)

    bound = relaxation.bound_by(duals)
    assert np.isfinite(bound)
    assert bound <= outcome.objective + 1e-6


def test_columns_of_days_have_limits_for_a_bound_to_rest_on():
    """Five lessons of one teacher may be four in a row, which is priced as such."""
    off = RuleSetting("LimitIdlePeriods", enabled=False)
    model = model_of(problem(need("R1", "C1", "CN", "5"), rules=(off,)))

    names = [v.name for v in model.problem.variables()]
    assert any("together" in name for name in names)
    assert all(v.upBound is not None for v in model.problem.variables())
