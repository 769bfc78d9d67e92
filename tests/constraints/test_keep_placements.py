"""Placements that are lost: definition, terms and exact model."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scheduler.constraints.rules.keep_placements import KeepPlacements
from scheduler.model.meeting import Placement
from scheduler.model.timetable import Timetable
from tests.builders import need, place, problem, timetable
from tests.solver.test_agreement import examples, said_by_model
from tests.strategies import model_timetables, problems


def keep(reference: Timetable, times_only: bool = False) -> KeepPlacements:
    """The rule that a timetable be kept."""
    placements: dict[str, tuple[Placement, ...]] = {}
    for lesson_id, placement in reference.placements.items():
        name = lesson_id.rpartition("#")[0]
        placements[name] = (*placements.get(name, ()), placement)
    return KeepPlacements(reference=placements, times_only=times_only)


def test_lessons_of_a_requirement_may_swap_their_placements():
    given_problem = problem(need("R1", "C1", "CN", "2"))
    rule = keep(timetable(given_problem, R1_1=place(1, 1), R1_2=place(2, 2)))

    swapped = timetable(given_problem, R1_1=place(2, 2), R1_2=place(1, 1))
    moved = timetable(given_problem, R1_1=place(2, 2), R1_2=place(3, 3))

    assert (rule.amount(swapped), rule.amount(moved)) == (0, 1)


def test_another_teacher_or_layout_loses_the_placement_but_not_the_time():
    given_problem = problem(need("R1", "C1", "PE"))
    before = timetable(given_problem, R1=place(1, 1, "L1"))
    after = [
        timetable(given_problem, R1=place(1, 1, "L2")),
        timetable(given_problem, R1=place(1, 1, "L1", teachers=("T2",))),
        timetable(given_problem, R1=place(1, 2, "L1")),
    ]

    assert [keep(before).amount(t) for t in after] == [1, 1, 1]
    assert [keep(before, times_only=True).amount(t) for t in after] == [0, 0, 1]


def test_lesson_without_a_place_has_lost_it_and_the_sentence_names_it():
    given_problem = problem(need("R1", "C1", "CN"))
    rule = keep(timetable(given_problem, R1=place(2, 3)))

    (violation,) = rule.violations(timetable(given_problem))

    text = rule.explain(given_problem, violation)
    assert text.en == (
        "Chinese of 三(1)班 (R1#1) no longer is as it was on Tuesday period 3."
    )


@examples(30)
@given(st.data())
def test_definition_terms_and_model_say_the_same(data):
    drawn = data.draw(problems(most=3, longest=3))
    before = data.draw(model_timetables(drawn))
    after = data.draw(model_timetables(drawn))
    for times_only in (False, True):
        rule = replace(keep(before, times_only), weight=1)

        amount = rule.amount(after)

        assert sum(t.amount(after.meeting) for t in rule.primitives(drawn)) == amount
        assert said_by_model(after, rule) == amount


@given(st.data())
def test_nothing_is_lost_of_a_timetable_by_itself(data):
    drawn = data.draw(problems(most=2, longest=3))
    before = data.draw(model_timetables(drawn))

    assert keep(before).amount(before) == 0
