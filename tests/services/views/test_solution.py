"""What is said of a timetable's quality: never more than was proven."""

import pytest

from scheduler.constraints.evaluate import evaluate
from scheduler.services.views.solution import (
    BROKEN,
    NO_BOUND,
    OPTIMAL,
    OTHER,
    OUTSIDE,
    ClaimStatus,
    SolutionClaim,
    quality,
    read_claim,
)
from tests.small_school import at, need, small_problem, timetable


@pytest.fixture
def report():
    """Two classes share the field at 08:20 and 09:15: some soft cost, none hard."""
    problem = small_problem(
        need("R1", "A", "PE"), need("R2", "B", "PE", teacher_ids=("T2",))
    )
    found = evaluate(
        timetable(problem, R1_1=at(1, 3, "L1"), R2_1=at(1, 3, "L2", teachers=("T2",)))
    )
    assert found.hard == 0
    assert found.soft > 2
    return found


def claim(report, status=ClaimStatus.FEASIBLE, bound=None, soft=None):
    return SolutionClaim(status, 0, report.soft if soft is None else soft, bound)


def test_quality_of_a_timetable_from_outside_claims_nothing(report):
    assert quality(None, report) == OUTSIDE


def test_quality_proven_is_said(report):
    assert quality(claim(report, ClaimStatus.OPTIMAL), report) == OPTIMAL


def test_quality_bound_that_leaves_no_whole_number_below_is_proof(report):
    # Costs are whole: between the bound and the cost no other cost fits.
    assert quality(claim(report, bound=report.soft - 0.5), report) == OPTIMAL


def test_quality_gap_is_rounded_against_us(report):
    soft, best = report.soft, report.soft - 1
    text = quality(claim(report, bound=best - 0.5), report)
    # A bound of best - 0.5 still allows the whole number best, and no lower one.
    percent = -(-1000 * (soft - best) // soft) / 10
    assert text.zh == f"在这些规则下，任何课表最多再好 {percent:g} %。"
    assert (
        text.en == f"Under these rules no timetable is more than {percent:g} % better."
    )


@pytest.mark.parametrize("bound", [None, 0, -3])
def test_quality_without_a_bound_says_so(report, bound):
    assert quality(claim(report, bound=bound), report) == NO_BOUND


def test_quality_claim_about_other_costs_is_dropped(report):
    other = claim(report, ClaimStatus.OPTIMAL, soft=report.soft - 1)
    assert quality(other, report) == OTHER


def test_quality_of_a_timetable_with_conflicts_is_broken():
    problem = small_problem(need("R1", "A", "CN"))
    report = evaluate(timetable(problem))
    optimal = SolutionClaim(ClaimStatus.OPTIMAL, report.hard, report.soft, report.soft)
    assert quality(optimal, report) == BROKEN


def test_read_claim_reads_a_solution_file():
    text = '{"status": "feasible", "hard": 0, "soft": 12, "bound": 9.5, "gap": 0.2}'
    assert read_claim(text) == SolutionClaim(ClaimStatus.FEASIBLE, 0, 12, 9.5)


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", "no json", '{"status": "best", "hard": 0, "soft": 1}'],
)
def test_read_claim_that_says_nothing_is_none(text):
    assert read_claim(text) is None
