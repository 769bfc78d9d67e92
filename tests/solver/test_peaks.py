"""The proven least peaks of shared venues."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.constraints.catalogue import rules_in_force
from scheduler.model.resources import Level
from scheduler.model.venues import VenueTarget
from scheduler.solver.exact.exact_model import ExactModel
from scheduler.solver.exact.highs import RunLimits, run
from scheduler.solver.explain.explaining import explain
from scheduler.solver.explain.sentences.explanation import Verdict
from scheduler.solver.options import compile_problem
from scheduler.solver.peaks import PeakModel, least_ceilings
from scheduler.solver.status import Status
from tests.small_school import need, small_problem
from tests.solver.test_agreement import examples
from tests.strategies import problems

SECONDS = 20.0


@pytest.mark.parametrize(
    ("a", "b", "peak"),
    [
        # Bell "high" has seven lessons a week.
        ("4", "3", 1),
        ("4", "4", 2),
        ("7", "1", 2),
    ],
)
def test_peak_is_least_where_lessons_take_turns(a, b, peak):
    problem = small_problem(
        need("R1", "A", "PE", a), need("R2", "B", "PE", b, teacher_ids=("T2",))
    )
    model = PeakModel(problem)
    assert model.venues == {"V-F": 2}
    assert model.alone("V-F", SECONDS).least == peak
    assert model.together(SECONDS).least == peak
    assert least_ceilings(problem, SECONDS) == {"V-F": peak}


def test_one_teacher_at_a_time_leaves_no_time_for_more():
    # T1 gives all eight in seven lessons of the week: impossible, and proven so.
    problem = small_problem(need("R1", "A", "PE", "4"), need("R2", "B", "PE", "4"))
    assert PeakModel(problem).alone("V-F", SECONDS).impossible
    assert least_ceilings(problem, SECONDS) is None


def test_school_without_shared_venue_has_no_peak_to_lower():
    problem = small_problem(need("R1", "A", "MUS"))
    assert PeakModel(problem).together(SECONDS).least == 0


@examples(25)
@given(st.data())
def test_no_timetable_has_a_lower_peak_than_the_proven_one(data):
    """With a ceiling one below the bound the exact model has no timetable."""
    problem = replace(data.draw(problems(most=4, longest=2)), venue_targets=())
    model = PeakModel(problem)
    for venue_id in model.venues:
        bound = model.alone(venue_id, SECONDS)
        if bound.impossible:
            assert _status(problem) is Status.INFEASIBLE
        elif bound.least:
            ceiling = (VenueTarget(venue_id, None, bound.least - 1),)
            lower = replace(problem, venue_targets=ceiling)
            assert _status(lower) is Status.INFEASIBLE


def _status(problem):
    hard = [r for r in rules_in_force(problem) if r.level is Level.HARD]
    model = ExactModel(compile_problem(problem, hard, aggregate=False))
    return run(model.problem, RunLimits(SECONDS, threads=1)).status


def test_ceiling_below_the_bound_is_named_as_the_reason():
    problem = small_problem(
        need("R1", "A", "PE", "4"),
        need("R2", "B", "PE", "4", teacher_ids=("T2",)),
        venue_targets=(VenueTarget("V-F", None, 1),),
    )
    found = explain(problem, SECONDS)
    assert found.verdict is Verdict.INFEASIBLE
    assert any("田径场同时最多1个班的上限" in x.text.zh for x in found.statements)
