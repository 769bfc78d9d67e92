"""A draft: operations, their verdicts, undo and redo, two people at once."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.constraints.catalogue import check_settings
from scheduler.constraints.evaluate import evaluate
from scheduler.formats.problem.amending import Amendment, table_named
from scheduler.formats.problem.typed import cells_of, judge_rows, rows_at_start
from scheduler.model.errors import InputError
from scheduler.model.timetable import Timetable
from scheduler.services.school.drafts.desk import Asked, Desk
from scheduler.services.school.drafts.operations import Kind
from scheduler.services.school.drafts.refusals import (
    Collision,
    Forbidden,
    Locked,
    NothingChanges,
    NothingToRedo,
    NothingToUndo,
    Refused,
    StandsOn,
    Unknown,
)
from scheduler.services.school.drafts.words import operation_text, refusal_text
from tests.small_school import at, need, small_problem, timetable
from tests.solver.test_agreement import examples

MORNING = dt.datetime(2026, 9, 1, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def start():
    """Chinese of A on Monday 1 and Friday 1, one PE on Monday 2; PE of B unplaced."""
    problem = small_problem(
        need("R1", "A", "CN", "2"),
        need("R2", "A", "PE", teacher_ids=("T2",)),
        need("R3", "B", "PE", teacher_ids=("T2",)),
    )
    return timetable(
        problem,
        R1_1=at(1, 1),
        R1_2=at(5, 1),
        R2_1=at(1, 2, "L1", teachers=("T2",)),
    )


def asks(who, desk, seen=None, force=False):
    """Somebody who has seen everything, or the operations up to ``seen``."""
    seen = desk.history.last if seen is None else seen
    return Asked(who, MORNING, seen, force)


def test_move_says_what_it_did_to_every_rule(start):
    desk = Desk(start)
    step = desk.move(asks("王", desk), {"R1#1": at(1, 2)})

    # Class A has two lessons of 40 minutes at once then, in odd weeks and in even.
    [clash] = [x for x in step.effect.rules if x.rule.name == "AvoidClassClashes"]
    assert clash.amount == 2 * 40
    assert step.operation.kind is Kind.MOVE
    assert (step.hard, step.soft) == (
        evaluate(desk.timetable).hard,
        evaluate(desk.timetable).soft,
    )
    assert desk.timetable.placements["R1#1"] == at(1, 2)


def test_place_and_take_away_count_what_has_no_place(start):
    desk = Desk(start)
    assert desk.unplaced == ("R3#1",)
    placed = desk.move(asks("王", desk), {"R3#1": at(1, 3, "L2", teachers=("T2",))})
    assert (placed.operation.kind, placed.unplaced) == (Kind.PLACE, 0)
    away = desk.move(asks("王", desk), {"R3#1": None, "R1#1": None})
    assert (away.operation.kind, away.unplaced) == (Kind.UNPLACE, 2)


def test_swap_is_one_step_and_undone_as_one(start):
    desk = Desk(start)
    desk.move(asks("王", desk), {"R1#1": at(5, 1), "R1#2": at(1, 1)})
    assert desk.timetable.placements["R1#1"] == at(5, 1)
    desk.undo(asks("王", desk))
    assert desk.timetable == start


def test_locked_lesson_is_not_moved_until_unlocked(start):
    desk = Desk(start)
    desk.lock(asks("王", desk), ["R1#1"])
    with pytest.raises(Locked) as refused:
        desk.move(asks("李", desk), {"R1#1": at(1, 3)})
    assert refusal_text(desk.problem, refused.value).zh == (
        "三(1)班语文已锁定（王（第1步））。请先解锁。"
    )
    desk.lock(asks("李", desk), ["R1#1"], on=False)
    desk.move(asks("李", desk), {"R1#1": at(1, 3)})
    assert desk.locked == ()


def test_same_lesson_moved_by_another_since_is_a_collision(start):
    desk = Desk(start)
    desk.move(asks("王", desk, seen=0), {"R1#1": at(1, 3)})
    with pytest.raises(Collision) as refused:
        desk.move(asks("李", desk, seen=0), {"R1#1": at(1, 4)})
    assert refused.value.by.who == "王"
    assert desk.timetable.placements["R1#1"] == at(1, 3)
    # Another lesson is no collision, though the last step was not seen.
    desk.move(asks("李", desk, seen=0), {"R1#2": at(5, 2)})
    assert desk.history.last == 2


def test_undo_takes_back_ones_own_step_and_not_the_others(start):
    desk = Desk(start)
    desk.move(asks("王", desk), {"R1#1": at(1, 3)})
    desk.move(asks("李", desk), {"R1#2": at(5, 3)})
    step = desk.undo(asks("王", desk))
    assert step.operation.of == 1
    assert desk.timetable.placements["R1#1"] == at(1, 1)
    assert desk.timetable.placements["R1#2"] == at(5, 3)
    with pytest.raises(NothingToUndo):
        desk.undo(asks("王", desk))
    desk.redo(asks("王", desk))
    assert desk.timetable.placements["R1#1"] == at(1, 3)
    with pytest.raises(NothingToRedo):
        desk.redo(asks("王", desk))


def test_undo_is_refused_where_a_later_step_stands_on_it(start):
    desk = Desk(start)
    desk.move(asks("王", desk), {"R1#1": at(1, 3)})
    desk.move(asks("李", desk), {"R1#1": at(1, 4)})
    with pytest.raises(StandsOn) as refused:
        desk.undo(asks("王", desk))
    assert refused.value.by.who == "李"
    desk.undo(asks("李", desk))
    desk.undo(asks("王", desk))
    assert desk.timetable == start


def test_redo_is_gone_after_another_step_of_ones_own(start):
    desk = Desk(start)
    desk.move(asks("王", desk), {"R1#1": at(1, 3)})
    desk.undo(asks("王", desk))
    desk.move(asks("王", desk), {"R1#2": at(5, 3)})
    with pytest.raises(NothingToRedo):
        desk.redo(asks("王", desk))


def test_place_that_a_hard_rule_forbids_is_refused_unless_forced(start):
    # Only the field's own layouts are for PE: the music room is none of them.
    wrong = at(1, 3, "LM", teachers=("T2",))
    desk = Desk(start)
    with pytest.raises(Forbidden):
        desk.move(asks("王", desk), {"R2#1": wrong})
    step = desk.move(asks("王", desk, force=True), {"R2#1": wrong})
    assert step.hard == evaluate(desk.timetable).hard > 0


@pytest.mark.parametrize(
    ("lesson_id", "where"),
    [("R9#1", at(1, 1)), ("R1#1", at(1, 77)), ("R1#1", at(1, 1, "L99"))],
)
def test_what_is_not_there_is_said(start, lesson_id, where):
    desk = Desk(start)
    with pytest.raises(Unknown) as refused:
        desk.move(asks("王", desk), {lesson_id: where})
    assert refusal_text(desk.problem, refused.value).zh
    assert desk.history.last == 0


def test_what_is_so_already_is_no_step(start):
    desk = Desk(start)
    with pytest.raises(NothingChanges):
        desk.move(asks("王", desk), {"R1#1": at(1, 1)})


def row(problem, name, key):
    table = table_named(name)
    return next(x for x in cells_of(problem, table) if x[table.key[0]] == key)


def test_row_is_changed_and_the_lessons_gone_with_it_come_back_by_undo(start):
    desk = Desk(start)
    before = row(start.problem, "requirements", "R1")
    step = desk.amend(asks("王", desk), Amendment("requirements", before, None))
    assert "R1#1" not in desk.timetable.placements
    assert [x.requirement_id for x in desk.problem.requirements] == ["R2", "R3"]
    assert step.hard == evaluate(desk.timetable).hard
    desk.undo(asks("王", desk))
    assert desk.problem == start.problem
    assert desk.timetable == start
    desk.redo(asks("王", desk))
    assert "R1" not in desk.problem.requirement


def test_row_with_faults_changes_nothing_and_says_them(start):
    desk = Desk(start)
    before = row(start.problem, "requirements", "R1")
    wrong = {**before, "teacher_ids": "T99"}
    with pytest.raises(InputError, match="T99"):
        desk.amend(asks("王", desk), Amendment("requirements", before, wrong))
    assert desk.problem == start.problem
    assert desk.history.last == 0


def test_two_who_change_one_row_collide(start):
    desk = Desk(start)
    before = row(start.problem, "teachers", "T1")
    renamed = {**before, "name": "王小明"}
    desk.amend(asks("王", desk, 0), Amendment("teachers", before, renamed))
    other = {**before, "name": "王大明"}
    with pytest.raises(Collision) as refused:
        desk.amend(asks("李", desk, 0), Amendment("teachers", before, other))
    assert refusal_text(desk.problem, refused.value).zh == (
        "王（第1步）刚改过【教师】的“王小明”，您看到的已经过时。请看过现在的样子再改。"
    )
    assert desk.problem.teacher["T1"].name == "王小明"


def test_result_of_a_solve_is_refused_where_somebody_moved_since(start):
    found = Timetable(start.problem, {**start.placements, "R1#1": at(1, 4)})
    desk = Desk(start)
    desk.move(asks("王", desk), {"R1#1": at(1, 3)})
    with pytest.raises(Collision):
        desk.adopt(asks("王", desk, seen=0), found)
    step = desk.adopt(asks("王", desk), found)
    assert operation_text(desk.problem, step.operation).zh == "采用求解结果，改动1节课"
    assert desk.timetable == found


def test_operations_in_words(start):
    desk = Desk(start)
    step = desk.move(asks("王", desk), {"R1#1": at(1, 3)})
    told = operation_text(desk.problem, step.operation)
    assert told.zh == "三(1)班语文：周一第1节 → 周一第3节"
    undone = desk.undo(asks("王", desk)).operation
    assert operation_text(desk.problem, undone).zh == (
        "撤销第1步：三(1)班语文：周一第3节 → 周一第1节"
    )


def test_amending_nothing_gives_the_same_problem(start):
    typed = judge_rows(rows_at_start(start.problem), check_settings)
    assert typed.judged.problem == start.problem


def acts(desk):
    """One step of somebody who may not have seen the last ones."""
    ids = st.sampled_from([x.lesson_id for x in desk.problem.lessons])
    place = st.sampled_from([(1, 1), (1, 2), (1, 3), (1, 4), (5, 1), (5, 2), None])
    return st.tuples(
        st.sampled_from("王李"),
        st.sampled_from(["move", "lock", "unlock", "undo", "redo", "row"]),
        ids,
        place,
        st.integers(0, desk.history.last),
    )


def do(desk, act):
    who, what, lesson_id, slot, seen = act
    asked = asks(who, desk, seen)
    requirement = desk.problem.lesson[lesson_id].requirement
    match what:
        case "move":
            layout = "L1" if requirement.subject_id == "PE" else "home"
            where = slot and at(*slot, layout, teachers=requirement.teacher_ids)
            desk.move(asked, {lesson_id: where})
        case "lock" | "unlock":
            desk.lock(asked, [lesson_id], on=what == "lock")
        case "undo":
            desk.undo(asked)
        case "redo":
            desk.redo(asked)
        case "row":
            # One lesson a day, or as many as one likes.
            before = row(desk.problem, "teachers", "T1")
            after = {k: x for k, x in before.items() if k != "max_per_day"}
            if after == before:
                after["max_per_day"] = "1"
            desk.amend(asked, Amendment("teachers", before, after))


@examples(40)
@given(st.data())
def test_any_steps_keep_costs_history_and_state_together(data):
    problem = small_problem(
        need("R1", "A", "CN", "2"), need("R2", "A", "PE", teacher_ids=("T2",))
    )
    start = timetable(problem, R1_1=at(1, 1))
    desk = Desk(start)
    for _ in range(data.draw(st.integers(1, 10))):
        before = desk.timetable, desk.locked, desk.history.last
        refused = _refusal(desk, data.draw(acts(desk)))
        if refused is not None:
            assert (desk.timetable, desk.locked, desk.history.last) == before
            assert refusal_text(problem, refused).zh
    report = evaluate(desk.timetable)
    assert (desk.hard, desk.soft) == (report.hard, report.soft)
    # Whoever opens the draft later sees the same.
    again = Desk(start, (), desk.history.operations)
    assert (again.timetable, again.locked) == (desk.timetable, desk.locked)
    assert _prices(desk) == _prices(again)
    # Undoing everything in turn gives the start.
    while _undo_one(desk):
        pass
    assert (desk.timetable, desk.locked) == (start, ())
    assert (desk.hard, desk.soft) == (evaluate(start).hard, evaluate(start).soft)


def _prices(desk):
    """What the board says of every slot of a lesson."""
    marks = desk.advise("R1#1").marks
    return [(x.kind, x.effect and (x.effect.hard, x.effect.soft)) for x in marks]


def _refusal(desk, act):
    try:
        do(desk, act)
    except Refused as refused:
        return refused
    return None


def _undo_one(desk):
    for who in "王李":
        try:
            desk.undo(asks(who, desk))
        except Refused:
            continue
        return True
    return False
