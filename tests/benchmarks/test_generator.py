"""The generated schools have the timetable they were built round, again and again."""

from collections import Counter

import pytest

from scheduler.constraints.evaluate import evaluate
from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.files.writing import write_folder
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.formats.tables.timetable_writing import write_timetable
from scheduler.model.resources import Stage
from scheduler.model.timetable import Timetable
from tests.benchmarks.generator import generate
from tests.benchmarks.planted.flows import Edge, choose


@pytest.fixture(scope="module")
def planted() -> Timetable:
    return generate(12, Stage.PRIMARY, seed=1)


def test_generate_planted_timetable_has_every_lesson_and_no_hard_violation(planted):
    assert len(planted.placements) == len(planted.problem.lessons)
    assert evaluate(planted).conflicts == 0


def test_generate_every_class_has_34_of_35_periods_full(planted):
    periods: Counter[str] = Counter()
    for meeting in planted.meetings:
        for class_id in meeting.class_ids:
            periods[class_id] += len(meeting.layers) * meeting.placement.length

    assert set(periods.values()) == {2 * 34}


def test_generate_survives_the_files(planted, tmp_path):
    write_folder(planted.problem, tmp_path / "school")
    write_timetable(planted, tmp_path / "timetable.csv")

    problem = read_problem(tmp_path / "school").problem
    assert problem == planted.problem
    read = read_timetable(problem, tmp_path / "timetable.csv")
    assert read.timetable.placements == planted.placements


def test_generate_same_seed_gives_the_same_school_another_seed_another(planted):
    again = generate(12, Stage.PRIMARY, seed=1)
    other = generate(12, Stage.PRIMARY, seed=2)

    assert again.problem == planted.problem
    assert again.placements == planted.placements
    assert other.placements != planted.placements


def test_generate_refuses_a_week_longer_than_the_bell():
    with pytest.raises(ValueError, match="36 periods"):
        generate(12, Stage.PRIMARY, seed=1, periods=36)


def test_choose_keeps_the_bounds_of_both_sides():
    edges = [
        Edge(f"{t}{c}", (("rooms",), ("teacher", t)), (("class", c),))
        for t in "AB"
        for c in "12"
    ]
    one = {("class", c): (1, 1) for c in "12"} | {("teacher", t): (1, 1) for t in "AB"}

    chosen = choose(edges, one | {("rooms",): (0, 2)}, forced={"A2"})

    assert chosen == [False, True, True, False]
    assert choose(edges, one | {("rooms",): (0, 1)}) is None


def test_choose_takes_nothing_that_is_barred():
    edges = [
        Edge(f"{t}{c}", (("teacher", t),), (("class", c),)) for t in "AB" for c in "12"
    ]
    one = {node: (0, 1) for edge in edges for node in edge.nodes}

    chosen = choose(edges, one, barred={"A1", "B2"})

    assert chosen == [False, True, True, False]
    assert choose(edges, one, forced={"A1"}, barred={"A1"}) is None
