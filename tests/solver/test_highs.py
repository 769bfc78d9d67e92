"""HiGHS says what it proved, also of models it would rather not look at."""

import os
from threading import Event, Thread
from time import sleep

import pytest

from scheduler.solver.exact.handing_over import quiet_stdout
from scheduler.solver.exact.highs import LoadedModel, Outcome, RunLimits, run
from scheduler.solver.exact.rows import ModelRows
from scheduler.solver.exact.whole_costs import whole_bound
from scheduler.solver.status import Status

LIMITS = RunLimits(seconds=10, threads=1)


def test_model_without_rows_is_optimal_at_its_least():
    rows = ModelRows("free")
    rows.charge(rows.variable("a", 1, whole=True), 3)
    rows.charge_constant(5)

    assert run(rows.finish(), LIMITS) == Outcome(Status.OPTIMAL, 5.0, 5.0, 0)


def test_model_without_anything_costs_nothing():
    outcome = run(ModelRows("empty").finish(), LIMITS)

    assert outcome == Outcome(Status.OPTIMAL, 0.0, 0.0, 0)


def test_impossible_row_is_infeasible():
    rows = ModelRows("impossible")
    rows.at_least("two", {rows.variable("a", 1, whole=True): 1}, 2)

    assert run(rows.finish(), LIMITS).status is Status.INFEASIBLE


def test_run_after_an_interrupted_one_is_whole_again():
    rows = ModelRows("twice")
    a, b = (rows.variable(x, 1, whole=True) for x in "ab")
    rows.at_least("one", {a: 1, b: 1}, 1)
    rows.charge(a, 2)
    rows.charge(b, 3)
    loaded = LoadedModel(rows.finish())
    loaded.solve(LIMITS, on_tick=lambda tick: True)

    assert loaded.solve(LIMITS).objective == 2
    assert (a.varValue, b.varValue) == (1, 0)


def test_held_variables_keep_their_values_for_one_run_only():
    rows = ModelRows("held")
    a, b = (rows.variable(x, 1, whole=True) for x in "ab")
    rows.at_least("one", {a: 1, b: 1}, 1)
    rows.charge(a, 2)
    rows.charge(b, 3)
    loaded = LoadedModel(rows.finish())

    assert loaded.solve(LIMITS, fixed={"a": 0.0}).objective == 3
    assert loaded.solve(LIMITS).objective == 2


def test_rows_that_say_the_same_are_posted_once_and_names_stay_apart():
    rows = ModelRows("same")
    a, b = rows.variable("a-1", 1), rows.variable("a_1", 1)
    rows.at_most("odd", {a: 1, b: 1}, 1)
    rows.at_most("even", {b: 1, a: 1}, 1)

    assert len(rows.finish().constraints()) == 1
    assert (a.name, b.name) == ("a_1", "a_1~1")


def test_number_of_threads_may_change_from_run_to_run():
    rows = ModelRows("threads")
    a, b = (rows.variable(x, 1, whole=True) for x in "ab")
    rows.at_least("one", {a: 1, b: 1}, 1)
    rows.charge(a, 2)
    rows.charge(b, 3)
    loaded = LoadedModel(rows.finish())

    costs = [
        loaded.solve(RunLimits(seconds=10, threads=n)).objective for n in (1, 2, 1)
    ]

    assert costs == [2, 2, 2]


def two_lessons_told_apart_by_day() -> ModelRows:
    """Found by shrinking a tiny problem. Lesson R is at f or g in an odd week or at h
    in an even one, for 2 wherever; S is at a, b or c, or left out for 1; f bars b, g c.
    So the least is 2, and 3 where S is left out."""
    rows = ModelRows("days")
    a, b, c, f, g, h = (rows.variable(x, 1, whole=True) for x in "abcfgh")
    even, odd, s1, s2 = (
        rows.variable(x, 1, whole=True) for x in ("even", "odd", "s1", "s2")
    )
    out = rows.variable("out", 1)
    rows.charge(out, 1)
    for x in (f, g, h):
        rows.charge(x, 2)
    rows.at_most("once", {a: 1, b: 1, c: 1}, 1)
    rows.equal("odd", {f: 1, g: 1, odd: -1}, 0)
    rows.equal("even", {h: 1, even: -1}, 0)
    rows.at_least("place R", {odd: 1, even: 1}, 1)
    rows.equal("s1", {a: 1, s1: -1}, 0)
    rows.equal("s2", {b: 1, c: 1, s2: -1}, 0)
    rows.at_least("place S", {s1: 1, s2: 1, out: 1}, 1)
    rows.at_most("one", {f: 1, b: 1}, 1)
    rows.at_most("another", {g: 1, c: 1}, 1)
    return rows


def test_objective_is_what_the_values_cost_though_a_start_left_s_out():
    model = two_lessons_told_apart_by_day().finish()
    start = {"a": 0.0, "b": 0.0, "c": 0.0}

    outcome = LoadedModel(model).solve(LIMITS, start)

    assert (outcome.status, outcome.objective) == (Status.OPTIMAL, 2.0)
    assert model.objective.value() == 2.0


@pytest.mark.parametrize(
    ("bound", "whole"),
    [
        (107.01, 108),
        (108.0, 108),
        (108.0 + 5e-5, 108),
        (107.0005 + 1e-4, 108),
        (-0.2, 0),
    ],
)
def test_bounds_are_rounded_up_but_not_for_what_the_solver_lets_pass(bound, whole):
    assert whole_bound(bound) == whole


def test_standard_output_is_there_again_after_two_threads_kept_highs_quiet(capfd):
    first_in, first_out = Event(), Event()

    def second() -> None:
        first_in.wait(5)
        with quiet_stdout():
            first_out.wait(5)

    thread = Thread(target=second)
    thread.start()
    with quiet_stdout():
        first_in.set()
        sleep(0.1)  # as good as sure: without a lock the second is in by now
    first_out.set()
    thread.join()
    os.write(1, b"heard")

    assert capfd.readouterr().out == "heard"


def test_rows_left_out_of_one_run_are_back_in_the_next():
    rows = ModelRows("left_out")
    a = rows.variable("a", 3, whole=True)
    rows.at_least("two", {a: 1}, 2)
    rows.at_most("one", {a: 1}, 1)
    loaded = LoadedModel(rows.finish())

    assert loaded.status_without(LIMITS, [], [0]) is Status.OPTIMAL
    assert loaded.status_without(LIMITS, [], []) is Status.INFEASIBLE
    assert loaded.status_without(LIMITS, [], [1]) is Status.OPTIMAL
    assert loaded.solve(LIMITS).status is Status.INFEASIBLE


def test_variables_of_which_a_row_lets_one_be_1_are_packed_together():
    rows = ModelRows("packed")
    a, b, c, d = (rows.variable(name, 1, whole=True) for name in "abcd")
    rows.at_most("two of three", {a: 1, b: 1, d: 1}, 2)
    rows.at_most("one of three", {a: 1, b: 1, c: 1}, 1)
    rows.at_most("either", {c: 1, d: -1}, 1)

    parts = [set(map(str, part)) for part in rows.packed((a, b, c, d))]

    assert parts == [{"a", "b", "c"}, {"d"}]
