"""Holes that a solve allows: as many as it must, and what it says of them."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from scheduler.constraints.evaluate import evaluate
from scheduler.model.settings import parameters_of
from scheduler.model.timetable import Timetable
from scheduler.services.jobs.filling import Filling
from scheduler.services.jobs.solving import solution_facts
from scheduler.solver.limits import SolveLimits
from scheduler.solver.solution import Solution
from scheduler.solver.solve import solve
from scheduler.solver.status import Status
from tests.builders import bell, fixed, need, place, problem, unavailable

SHORT = bell(
    "A", "1 lesson 08:00-08:40\n2 lesson 08:50-09:30\n3 lesson 10:00-10:40", (1, 2)
)


def school(*needs, **tables):
    """Class C1 on two days of three rows; holes in its day are not allowed."""
    classes = tuple(c for c in problem().classes if c.class_id == "C1")
    return problem(*needs, bells=(SHORT,), classes=classes, rules=(), **tables)


def allowed_in(given):
    return parameters_of(given.rules, "FillClassDays").get("allowed", 0)


def really(given, seconds, start):
    return solve(given, SolveLimits(seconds, workers=1, iterations=2_000), start)


def solution(given, placed, status=Status.FEASIBLE, reasons=()):
    table = Timetable(given, placed)
    return Solution(status, table, evaluate(table), None, 1.0, 1.0, 0, 0, reasons)


def test_where_none_is_possible_none_is_allowed():
    asked = []
    given = school(need("R1", "C1", "CN", "4"))
    found = Filling(given, 3.0, really, asked.append).run()
    assert found.report.hard == 0
    assert found.holes is None
    assert allowed_in(found.timetable.problem) == 0
    assert asked == []
    assert solution_facts(found)["holes"] is None


def test_what_counting_proves_to_be_needed_is_allowed_at_once():
    said = []
    away = tuple(unavailable("teacher", "T1", day, period=1) for day in (1, 2))
    given = school(need("R1", "C1", "CN", "3"), unavailable=away)
    found = Filling(given, 3.0, really, said.append).run()
    assert found.report.hard == 0
    assert found.unplaced == ()
    assert said == []
    facts = solution_facts(found)
    assert facts["hard"] == 0
    holes = facts["holes"]
    assert (holes["asked"], holes["allowed"], holes["least"]) == (0, 2, 2)
    assert holes["text"]["zh"].startswith("做不到每班中间不空节（要求每周最多0节）")
    assert "已证明不能更少" in holes["text"]["zh"]


def test_what_counting_does_not_see_is_found_and_lowered():
    """A stand-in that needs one hole, though counting knows of none."""
    asked = []

    def needing_one(given, seconds, start):
        allowed = allowed_in(given)
        asked.append((allowed, seconds, start and len(start.placements)))
        if not allowed:
            return solution(given, {}, Status.UNKNOWN)
        first = {"R1#1": place(1, 1), "R1#2": place(2, 2)}
        wide = {"R1#1": place(1, 3), "R1#2": place(2, 3)}
        return solution(given, first if allowed < 4 else wide)

    said = []
    given = school(need("R1", "C1", "CN", "2"))
    found = Filling(given, 8.0, needing_one, said.append).run()
    # 0, then as many as there are rows, then between 0 and the 4 found: 2; there 1.
    assert asked == [(0, 8.0, None), (6, 8.0, None), (2, 2.0, 2), (0, 2.0, 2)]
    assert (found.holes.asked, found.holes.allowed, found.holes.least) == (0, 1, 0)
    assert allowed_in(found.timetable.problem) == 1
    assert found.report.hard == 0
    assert "未证明不能更少" in found.holes.text.zh
    assert len(said) == 1


@pytest.mark.parametrize(("at", "allowed"), [(1, [0]), (3, [0, 6, 1])])
def test_who_asks_to_stop_is_not_asked_for_holes_and_waits_for_no_other_solve(
    at, allowed
):
    """A stand-in that is stopped in its first solve, or in its third."""
    asked = []

    def stopped(given, seconds, start):
        asked.append(allowed_in(given))
        placed = {"R1#1": place(1, 1), "R1#2": place(2, 3)} if asked[-1] else {}
        found = solution(given, placed, Status.UNKNOWN)
        return replace(found, stopped=len(asked) == at)

    given = school(need("R1", "C1", "CN", "2"))
    found = Filling(given, 8.0, stopped, lambda _: None).run()
    assert asked == allowed
    assert (found.holes is None) == (at == 1)


@pytest.mark.parametrize("reasons", [("counted",), ()])
def test_a_school_that_is_impossible_anyway_stays_so(reasons):
    asked = []

    def never(given, seconds, start):
        asked.append(allowed_in(given))
        return solution(given, {}, Status.INFEASIBLE, reasons)

    given = school(need("R1", "C1", "CN", "2"))
    found = Filling(given, 8.0, never, lambda _: None).run()
    assert found.status is Status.INFEASIBLE
    assert found.holes is None
    # Where counting said why, solving once more would say the same.
    assert asked == ([0] if reasons else [0, 6])


def test_a_rule_that_is_off_is_left_alone():
    given = problem(need("R1", "C1", "CN"))
    asked = []

    def note(given, seconds, start):
        asked.append(given)
        return SimpleNamespace(holes=None)

    Filling(given, 8.0, note, lambda _: None).run()
    assert asked == [given]


def test_a_fixed_lesson_at_the_end_is_heeded():
    given = school(need("R1", "C1", "CN", "1"), fixed=(fixed("R1", 1, 2),))
    found = Filling(given, 3.0, really, lambda _: None).run()
    assert found.timetable.placements["R1#1"].period == 2
    assert found.holes.allowed == 1
