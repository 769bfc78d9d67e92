"""A certificate is added up again in exact fractions by code that proves nothing."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduler.solver.certificates.certificate import Certificate
from scheduler.solver.certificates.model import Model
from scheduler.solver.certificates.recount import recount
from scheduler.solver.exact.block_bounds import BlockBounds
from scheduler.solver.exact.highs import RunLimits, run
from scheduler.solver.exact.relaxation import Relaxation
from scheduler.solver.exact.whole_costs import whole_bound
from scheduler.solver.limits import SolveLimits
from scheduler.solver.solve import solve
from scheduler.solver.status import Status
from tests.row_strategies import with_rows
from tests.solver.test_claims import one_lesson_on_one_of_five_bad_days
from tests.solver.test_departments import blocks_of, two_departments
from tests.solver.test_relaxation import model_of
from tests.strategies import TINY_BELLS, problems
from tests.thorough import times


def certified(blocks: BlockBounds, model: Model) -> Certificate:
    assert blocks.best is not None
    bound = whole_bound(blocks.best.total)
    found = blocks.best.certificate(bound, 1, model.fingerprint)
    return Certificate.of(found.facts())


def departments(*steps: str):
    """Two departments of least cost 2 each; the model in PuLP's words."""
    model = two_departments()
    blocks = blocks_of(model)
    for step in steps:
        list(getattr(blocks, step)())
    read = Model.of(model.problem)
    return read, certified(blocks, read)


def test_relaxed_departments_follow_from_multipliers_alone():
    model, certificate = departments("relaxed")
    found = recount(model, certificate)
    assert (found.bound, found.claimed, found.holds) == (0, 0, True)
    assert (len(found.exact), found.solved, found.trusted) == (2, (), ())


@pytest.mark.parametrize(("seconds", "solved"), [(0.0, 0), (20.0, 2)])
def test_departments_in_whole_numbers_are_trusted_or_solved_again(seconds, solved):
    model, certificate = departments("relaxed", "exact")
    found = recount(model, certificate, lambda: seconds)
    assert (found.total, found.bound, found.holds) == (Fraction(4), 4, True)
    assert (len(found.solved), len(found.trusted)) == (solved, 2 - solved)


def test_what_was_made_up_is_found_out():
    model, certificate = departments("relaxed", "exact")
    assert not recount(model, replace(certificate, bound=5)).holds
    dearer = {b: v + 1 for b, v in certificate.trusted.items()}
    found = recount(model, replace(certificate, trusted=dearer), lambda: 20.0)
    assert (found.solved, len(found.trusted)) == ((), 2)
    with pytest.raises(ValueError, match="another model"):
        recount(replace(model, constant=1), certificate)
    with pytest.raises(ValueError, match="open side"):
        recount(model, replace(certificate, prices={0: 1}))
    with pytest.raises(ValueError, match="does not fit"):
        recount(model, replace(certificate, columns=((0, 1),)))
    block, other = sorted(certificate.trusted)
    own = {0: 0, len(model.rows) - 1: 1}
    foreign = replace(
        certificate, trusted={other: 2.0}, multipliers={block: dict.fromkeys(own, 0)}
    )
    with pytest.raises(ValueError, match="beyond its block"):
        recount(model, foreign)


@settings(max_examples=times(8), suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_prices_are_recounted_above_the_optimum(data):
    model = model_of(data.draw(with_rows(data.draw(problems(2, 2, TINY_BELLS)))))
    outcome = run(model.problem, RunLimits(10.0, threads=1))
    assume(outcome.status is Status.OPTIMAL)
    random = np.random.default_rng(data.draw(st.integers(0, 9)))
    scale = data.draw(st.sampled_from((0.0, 1.0, 1e3)))
    blocks = blocks_of(model)
    for multipliers in (
        Relaxation.of(model.problem).multipliers(10, lambda: False),
        scale * random.normal(size=len(model.problem.constraints())),
    ):
        list(blocks.take_prices(multipliers))
        read = Model.of(model.problem)

        found = recount(read, certified(blocks, read))

        assert found.holds
        assert found.total <= outcome.objective + 1e-6
        list(blocks.at_prices())
        assert recount(read, certified(blocks, read)).holds


def test_a_solve_hands_out_the_certificate_of_its_bound():
    found = solve(
        one_lesson_on_one_of_five_bad_days(), SolveLimits(seconds=20, workers=1)
    )
    assert found.report.soft > 0
    assert found.proof is not None
    assert found.proof.bound == found.bound
