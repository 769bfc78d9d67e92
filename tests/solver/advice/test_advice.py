"""Advice on a lesson: costs are evaluate's, marks and sentences are as by hand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.constraints.catalogue import RULES
from scheduler.constraints.evaluate import evaluate
from scheduler.model.resources import Level, ResourceKind, Unavailability
from scheduler.model.settings import RuleSetting
from scheduler.model.times import Week
from scheduler.model.timetable import Timetable
from scheduler.solver.advice.advice import MarkKind
from scheduler.solver.advice.adviser import Adviser
from tests.row_strategies import with_rows
from tests.small_school import at, need, small_problem, timetable
from tests.solver.test_agreement import examples
from tests.strategies import model_timetables, problems


def after(table, changes):
    """The timetable with some lessons elsewhere."""
    return Timetable(table.problem, {**table.placements, **changes})


def difference(table, changes):
    """Changes of hard and soft cost, and of every rule's amount, by evaluate."""
    return between(table, after(table, changes))


def between(table, other):
    """The same between two timetables of a problem."""
    old, new = evaluate(table), evaluate(other)
    rules = {
        now.constraint: now.amount - was.amount
        for was, now in zip(old.results, new.results, strict=True)
        if now.amount != was.amount
    }
    return new.hard - old.hard, new.soft - old.soft, rules


def said(effect):
    """The same by an effect."""
    return effect.hard, effect.soft, {x.rule: x.amount for x in effect.rules}


def all_moves(advice):
    """(changes, effect) of everything that is told."""
    for mark in (*advice.marks, *advice.alternatives):
        if mark.effect is not None:
            yield {advice.lesson_id: mark.placement}, mark.effect
    for proposal in (*advice.swaps, *advice.cycles):
        yield {x.lesson_id: x.after for x in proposal.moves}, proposal.effect


SETTABLE = tuple(rule for rule in RULES if not rule.needs)
"""Rules that need no parameter to say anything."""


@st.composite
def judged(draw):
    """A timetable of a problem that has every rule and row in force somehow."""
    problem = draw(problems().flatmap(with_rows))
    levels = st.sampled_from(Level)
    settings = tuple(
        RuleSetting(rule.__name__, level=draw(levels), weight=2)
        for rule in draw(st.lists(st.sampled_from(SETTABLE), max_size=4, unique=True))
    )
    return draw(model_timetables(replace(problem, rules=settings)))


@examples(8)
@given(st.data())
def test_effect_of_every_move_is_what_evaluate_says(data):
    table = data.draw(judged())
    adviser = Adviser(table.problem, table)

    for lesson in table.problem.lessons[:3]:
        for changes, effect in all_moves(adviser.advise(lesson.lesson_id)):
            assert said(effect) == difference(table, changes)


@examples(8)
@given(st.data())
def test_what_moves_did_is_what_evaluate_says(data):
    table = data.draw(judged())
    adviser = Adviser(table.problem, table)
    ids = [x.lesson_id for x in table.problem.lessons]
    other = data.draw(model_timetables(table.problem)).placements

    for _ in range(3):
        chosen = data.draw(st.lists(st.sampled_from(ids), max_size=3, unique=True))
        away = data.draw(st.booleans())
        changes = {x: None if away else other.get(x) for x in chosen}
        standing = adviser.timetable
        kept = {x: p for x, p in {**standing.placements, **changes}.items() if p}
        expected = between(standing, Timetable(table.problem, kept))
        assert said(adviser.do(changes)) == expected
        assert dict(adviser.timetable.placements) == kept


@examples(6)
@given(st.data())
def test_adviser_that_has_moved_says_what_a_new_one_says(data):
    table = data.draw(judged())
    adviser = Adviser(table.problem, table)
    lessons = table.problem.lessons
    for _ in range(3):
        lesson_id = data.draw(st.sampled_from(lessons)).lesson_id
        moves = [{lesson_id: None}]
        moves += [changes for changes, _ in all_moves(adviser.advise(lesson_id))]
        changes = data.draw(st.sampled_from(moves))
        adviser.move(changes)

    asked = data.draw(st.sampled_from(lessons)).lesson_id
    old = list(all_moves(adviser.advise(asked)))
    new = list(all_moves(Adviser(table.problem, adviser.timetable).advise(asked)))
    assert [(c, said(e)) for c, e in old] == [(c, said(e)) for c, e in new]


@pytest.fixture
def week():
    """Class A's Chinese and PE, class B's PE; all of T1 but Chinese, which is T3's."""
    problem = small_problem(
        need("R1", "A", "PE", layouts=("L1", "L2")),
        need("R2", "B", "PE", layouts=("L1",)),
        need("R3", "A", "CN", teacher_ids=("T3",)),
    )
    return timetable(
        problem,
        R1_1=at(1, 1, "L1"),
        R2_1=at(1, 2, "L1"),
        R3_1=at(1, 3, teachers=("T3",)),
    )


def mark_of(advice, day, period):
    (found,) = (m for m in advice.marks if (m.day, m.period) == (day, period))
    return found


def test_every_slot_of_the_bell_is_marked(week):
    advice = Adviser(week.problem, week).advise("R1#1")

    assert {(m.day, m.period): m.kind.value for m in advice.marks} == {
        (1, 1): "here",
        (1, 2): "clash",  # T1 and, on L1, class B
        (1, 3): "clash",  # class A has Chinese
        (1, 4): "free",
        (5, 1): "free",
        (5, 2): "free",
        (5, 3): "free",
    }


def test_clash_of_a_teacher_counts_the_minutes_of_both_weeks_and_names_the_other(week):
    mark = mark_of(Adviser(week.problem, week).advise("R1#1"), 1, 2)

    # L2 is free then, so only T1 is booked twice: 40 minutes in each of two weeks.
    assert mark.placement.layout_id == "L2"
    (change,) = (x for x in mark.effect.rules if x.rule.level.value == "hard")
    assert (change.rule.name, change.amount) == ("AvoidTeacherClashes", 80)
    (reason,) = mark.reasons
    assert reason.lesson_ids == ("R2#1",)
    assert "王芳" in reason.sentences[0].zh
    assert "王芳" in reason.sentences[0].en


def test_swap_of_two_lessons_of_a_teacher_is_found(week):
    swaps = Adviser(week.problem, week).advise("R1#1").swaps

    exchanged = [
        {m.lesson_id: (m.after.day, m.after.period) for m in swap.moves}
        for swap in swaps
    ]
    assert {"R1#1": (1, 2), "R2#1": (1, 1)} in exchanged
    assert {"R1#1": (1, 3), "R3#1": (1, 1)} in exchanged


def test_other_place_at_the_same_time_is_an_alternative(week):
    (other,) = Adviser(week.problem, week).advise("R1#1").alternatives

    assert (other.placement, other.kind) == (at(1, 1, "L2"), MarkKind.FREE)
    assert other.effect.hard == 0


def test_unavailable_slot_is_forbidden_with_the_rules_sentence(week):
    closed = Unavailability(ResourceKind.TEACHER, "T1", 5, 1, reason="教研")
    problem = replace(week.problem, unavailable=(closed,))
    mark = mark_of(
        Adviser(problem, Timetable(problem, week.placements)).advise("R1#1"), 5, 1
    )

    assert (mark.kind, mark.week) == (MarkKind.FORBIDDEN, Week.EVERY)
    assert mark.placement is None
    assert [r.rule.name for r in mark.reasons] == ["RespectAvailability"]
    assert "教研" in mark.reasons[0].sentences[0].zh


def test_lesson_without_a_place_gains_one_hard_violation_less(week):
    placed = {x: p for x, p in week.placements.items() if x != "R1#1"}
    advice = Adviser(week.problem, Timetable(week.problem, placed)).advise("R1#1")

    assert advice.placement is None
    assert mark_of(advice, 1, 4).effect.hard == -1
    assert (advice.swaps, advice.cycles) == ((), ())
    assert advice.feasible


def test_unknown_lesson_raises_key_error(week):
    with pytest.raises(KeyError):
        Adviser(week.problem, week).advise("R9#1")
