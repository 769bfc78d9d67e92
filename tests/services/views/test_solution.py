"""What is said of a timetable's quality: never more than was proven."""

import datetime as dt
from dataclasses import replace

import pytest

from scheduler.constraints.evaluate import evaluate
from scheduler.formats.archive import digest
from scheduler.model.closures import Replacement
from scheduler.model.resources import ResourceKind, Unavailability
from scheduler.services.views.solution import (
    BROKEN,
    OTHER,
    OUTSIDE,
    SolutionClaim,
    quality,
    read_claim,
)
from scheduler.solver.solution import certificate
from scheduler.solver.status import Status
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


def claim(report, status=Status.FEASIBLE, bound=None, gap=None, soft=None):
    cost = report.soft if soft is None else soft
    return SolutionClaim(status, 0, cost, bound, gap, digest(report.problem))


def test_quality_of_a_timetable_from_outside_claims_nothing(report):
    assert quality(None, report) == OUTSIDE


@pytest.mark.parametrize(
    ("status", "bound", "gap"),
    [
        (Status.OPTIMAL, 9, 0.0),
        (Status.FEASIBLE, 9, 0.25),
        (Status.FEASIBLE, None, None),
    ],
)
def test_quality_is_the_certificate_of_the_solve(report, status, bound, gap):
    told = quality(claim(report, status, bound, gap), report)
    assert told == certificate(status, report.soft, bound, gap)


def test_quality_claim_about_other_costs_is_dropped(report):
    other = claim(report, Status.OPTIMAL, soft=report.soft - 1)
    assert quality(other, report) == OTHER


def test_quality_stands_when_a_lesson_is_moved_for_a_date(report):
    optimal = claim(report, Status.OPTIMAL, report.soft, 0.0)
    moved = Replacement(dt.date(2026, 9, 7), "R1#1", "home")
    problem = replace(report.problem, replacements=(moved,))
    later = replace(report, problem=problem)
    assert quality(optimal, later) == quality(optimal, report)


def test_quality_falls_when_dates_close_a_time_of_the_week(report):
    optimal = claim(report, Status.OPTIMAL, report.soft, 0.0)
    row = Unavailability(ResourceKind.VENUE, "V-M", 1, None, 480, 540)
    problem = replace(report.problem, closed_weekly=(row,))
    later = replace(report, problem=problem)
    assert quality(optimal, later) == OTHER


def test_quality_of_a_timetable_with_conflicts_is_broken():
    problem = small_problem(need("R1", "A", "CN"))
    report = evaluate(timetable(problem))
    optimal = SolutionClaim(Status.OPTIMAL, report.hard, report.soft, report.soft, 0.0)
    assert quality(optimal, report) == BROKEN


def test_read_claim_reads_a_solution_file():
    text = (
        '{"status": "feasible", "hard": 0, "soft": 12, "bound": 9, "gap": 0.25,'
        ' "problem": "ab12"}'
    )
    assert read_claim(text) == SolutionClaim(Status.FEASIBLE, 0, 12, 9, 0.25, "ab12")


def test_quality_claim_about_a_problem_changed_since_is_dropped(report):
    before = claim(report, Status.OPTIMAL, report.soft, 0.0)
    changed = replace(report.problem, unavailable=(), fixed=(), sites=(), rules=())
    other = replace(report, problem=replace(changed, teachers=changed.teachers[:1]))

    assert quality(before, other) == OTHER


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", "no json", '{"status": "best", "hard": 0, "soft": 1}'],
)
def test_read_claim_that_says_nothing_is_none(text):
    assert read_claim(text) is None
