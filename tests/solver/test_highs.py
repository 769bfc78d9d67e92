"""HiGHS says what it proved, also of models it would rather not look at."""

from scheduler.solver.highs import LoadedModel, Outcome, RunLimits, run
from scheduler.solver.rows import ModelRows
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
