"""What a solve claims is held against the rules; a contradiction is a fault of ours."""

from dataclasses import replace

import pytest

from scheduler.cli import main
from scheduler.constraints.catalogue import rules_in_force
from scheduler.constraints.evaluate import evaluate
from scheduler.formats.tables.files.writing import write_folder
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.settings import RuleSetting
from scheduler.model.timetable import Timetable
from scheduler.solver import mismatch
from scheduler.solver import solve as solving
from scheduler.solver.exact.relaxation import Relaxation
from scheduler.solver.incumbent import Incumbent
from scheduler.solver.limits import SolveLimits
from scheduler.solver.mismatch import SolverMismatch
from scheduler.solver.options import compile_problem
from scheduler.solver.proving.prover import Prover
from scheduler.solver.solution import Solution
from scheduler.solver.solve import solve
from scheduler.solver.status import Status
from tests.builders import bell, need, place, problem, timetable, unavailable
from tests.impossible_five import school

LIMITS = SolveLimits(seconds=10, workers=1)


def one_lesson_on_one_of_five_bad_days() -> Problem:
    """The teacher wishes no lesson on any day: every timetable costs the same."""
    wishes = (
        unavailable("teacher", "T1", day, level=Level.SOFT) for day in range(1, 6)
    )
    return problem(need("R1", "C1", "CN"), unavailable=tuple(wishes))


def test_a_cost_proven_optimal_is_recounted(monkeypatch):
    offer = Incumbent.offer
    monkeypatch.setattr(
        Incumbent, "offer", lambda self, soft, make: offer(self, soft - 1, make)
    )

    with pytest.raises(SolverMismatch, match="the search says cost"):
        solve(one_lesson_on_one_of_five_bad_days(), LIMITS)


def test_a_bound_above_the_cost_of_a_timetable_is_no_proof_of_it(monkeypatch):
    monkeypatch.setattr(Relaxation, "bound_by", lambda *_: 10.0**6)

    with pytest.raises(SolverMismatch, match="bound 1000000, yet a timetable of cost"):
        solve(one_lesson_on_one_of_five_bad_days(), LIMITS)


def test_what_has_a_timetable_is_not_told_to_be_impossible(monkeypatch):
    given = problem(need("R1", "C1", "CN"))
    monkeypatch.setattr(solving.Compiled, "lessons_without_option", lambda _: (1,))

    for start in (None, timetable(given, R1=place(1, 1))):
        with pytest.raises(SolverMismatch, match="proven impossible, yet a timetable"):
            solve(given, LIMITS, start)


@pytest.mark.parametrize("placed", [1, 2])
def test_no_solve_ends_worse_than_its_start(monkeypatch, placed):
    """Though the start breaks hard rules, and the search has found nothing."""
    given = problem(need("R1", "C1", "CN", "3"))
    start = Timetable(given, {f"R1#{k}": place(k, 1) for k in range(1, placed + 1)})
    nothing = Timetable(given, {})
    found = Solution(Status.UNKNOWN, nothing, evaluate(nothing), None, 1.0, None, 0, 0)
    monkeypatch.setattr("scheduler.solver.solve._Run.solve", lambda *_: found)

    kept = solve(given, LIMITS, start)

    assert len(kept.timetable.placements) == placed
    assert kept.status is Status.UNKNOWN
    assert solve(given, LIMITS) is found


def test_a_fault_of_a_solve_exits_3(capsys, tmp_path, monkeypatch):
    write_folder(school(need("R1", "C1", "CN", "5")), tmp_path / "data")
    monkeypatch.setattr(Relaxation, "bound_by", lambda *_: 10.0**6)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    code = main(
        ["solve", str(tmp_path / "data"), "--out", str(tmp_path), "--time", "10"]
    )

    assert code == 3
    assert "程序内部出错（SolverMismatch）" in capsys.readouterr().err


def test_a_timetable_that_costs_more_than_its_model_says_is_a_fault(monkeypatch):
    given = one_lesson_on_one_of_five_bad_days()
    evaluated = mismatch.evaluate

    class Dearer:
        def __init__(self, timetable):
            report = evaluated(timetable)
            self.conflicts, self.soft = report.conflicts, report.soft + 1

    monkeypatch.setattr(mismatch, "evaluate", Dearer)

    with pytest.raises(SolverMismatch, match=r"the model says \d+\.0, the rules"):
        solve(given, replace(LIMITS, search=False))


def test_where_moves_are_counted_exact_search_decides_on_no_timetable(monkeypatch):
    """It is ready earlier or later; the timetable must be the search's own."""
    given, offered = one_lesson_on_one_of_five_bad_days(), []
    monkeypatch.setattr(Incumbent, "offer", lambda _, soft, make: offered.append(soft))
    compiled = compile_problem(given, rules_in_force(given))
    for limits in (LIMITS, replace(LIMITS, iterations=10)):
        now = Incumbent(limits)
        now.soft = 10**6  # a search has found something
        prover = Prover(compiled, now, lambda t: evaluate(t).soft, threads=1)
        monkeypatch.setattr(now, "wait_for_first", lambda _: True)
        prover.run()
        assert now.bound == evaluate(timetable(given, R1=place(1, 1))).soft

    assert len(offered) == 1


def test_a_timetable_that_leaves_lessons_out_at_a_price_is_one():
    """Two lessons and one period: one is left out, for 10."""
    rules = (
        RuleSetting("PlaceEveryLesson", level=Level.SOFT, weight=10),
        RuleSetting("LimitLessonsPerDay", enabled=False),
    )
    rows = "1 lesson 08:00-08:40"
    bells = (bell("A", rows, (1,)), bell("B", rows, (1,)))
    given = problem(need("R1", "C1", "CN", "2"), rules=rules, bells=bells)

    found = solve(given, SolveLimits(seconds=2, workers=1, prove=False))

    assert (found.status, found.report.soft) == (Status.FEASIBLE, 10)
