"""Tables typed in a draft: in force where they have no fault, kept as typed else."""

import datetime as dt

import pytest

from scheduler.formats.problem.amending import Amendment
from scheduler.services.school.drafts.desk import Asked, Desk
from scheduler.services.school.drafts.refusals import Collision, NothingChanges
from scheduler.services.school.drafts.tables import Edit
from scheduler.services.school.drafts.words import operation_text
from tests.small_school import at, need, small_problem, timetable

MORNING = dt.datetime(2026, 9, 1, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def desk():
    """One lesson of Chinese, placed; teachers T1 王芳, T2 李强, T3 张敏."""
    problem = small_problem(need("R1", "A", "CN", teacher_ids=("T1",)))
    return Desk(timetable(problem, R1_1=at(1, 1, teachers=("T1",))))


def asks(desk, who="王", seen=None):
    return Asked(who, MORNING, desk.history.last if seen is None else seen)


def row(desk, table, number):
    return dict(desk.tables.shown()[table][number])


def told(desk):
    return [x.sentence("zh") for x in desk.typed().judged.errors]


def typed(desk, table, number, **cells):
    """The row with some cells as somebody types them."""
    before = row(desk, table, number) if number else {}
    return Edit(table, number, {**before, **cells})


def test_row_without_a_fault_is_in_force_in_the_words_of_the_contract(desk):
    edit = typed(desk, "subjects", 1, kind="艺术", outdoor="是")
    desk.edit(asks(desk), [edit])
    assert desk.problem.subjects[0].kind == "arts"
    assert row(desk, "subjects", 1)["kind"] == "arts"
    assert row(desk, "subjects", 1)["outdoor"] == "1"
    assert desk.tables.pending() == {}


def test_table_with_a_fault_is_kept_as_typed_and_breaks_nothing(desk):
    before = desk.timetable
    wrong = typed(desk, "teachers", 2, max_per_day="很多")
    step = desk.edit(asks(desk), [wrong, typed(desk, "teachers", 3, name="张敏敏")])
    assert told(desk) == ["【教师】第3行“每天最多节数”：“很多”不是数。请填数字，如 3。"]
    assert desk.timetable == before
    assert step.effect.hard == step.effect.soft == 0
    # The table waits as a whole; another one does not.
    assert sorted(desk.tables.pending()) == [("teachers", 2), ("teachers", 3)]
    desk.edit(asks(desk), [typed(desk, "classes", 1, size="38人")])
    assert desk.problem.classes[0].size == 38
    assert desk.problem.teacher["T3"].name == "张敏"


def test_what_waited_is_in_force_with_the_edit_that_mends_it(desk):
    desk.edit(
        asks(desk),
        [
            typed(desk, "teachers", 2, max_per_day="很多"),
            typed(desk, "teachers", 3, name="张敏敏"),
        ],
    )
    desk.edit(asks(desk), [typed(desk, "teachers", 2, max_per_day="5节")])
    assert told(desk) == []
    assert desk.tables.pending() == {}
    assert desk.problem.teacher["T2"].max_per_day == 5
    assert desk.problem.teacher["T3"].name == "张敏敏"


def test_name_stands_for_an_id_and_renaming_keeps_it(desk):
    desk.edit(asks(desk), [typed(desk, "requirements", 1, teacher_ids="李强")])
    assert row(desk, "requirements", 1)["teacher_ids"] == "T2"
    desk.edit(asks(desk), [typed(desk, "teachers", 2, name="李小强")])
    assert desk.problem.requirements[0].teacher_ids == ("T2",)


def test_row_for_several_days_becomes_a_row_each(desk):
    given = {"kind": "教师", "id": "张敏", "day": "一、五", "period": "1"}
    desk.edit(asks(desk), [Edit("unavailable", None, given)])
    assert [(x.resource_id, x.day) for x in desk.problem.unavailable] == [
        ("T3", 1),
        ("T3", 5),
    ]
    desk.undo(asks(desk))
    assert desk.problem.unavailable == ()


def test_id_and_school_go_without_saying(desk):
    desk.edit(asks(desk), [Edit("teachers", None, {"name": "赵云"})])
    added = desk.problem.teachers[-1]
    assert (added.teacher_id, added.name, added.school_id) == ("赵云", "赵云", "S1")


def test_teacher_who_still_teaches_is_not_taken_out_yet(desk):
    desk.edit(asks(desk), [Edit("teachers", 1, None)])
    assert told(desk) == ["【教学要求】第2行“教师”：“T1”不在【教师】表中。是否改过名？"]
    assert "T1" in desk.problem.teacher
    assert 1 not in desk.tables.shown()["teachers"]
    # With the lesson's teacher changed as well, both are in force.
    desk.edit(asks(desk), [typed(desk, "requirements", 1, teacher_ids="T3")])
    assert "T1" not in desk.problem.teacher
    # The lesson stood with a teacher who is gone: it has no place any more.
    assert desk.unplaced == ("R1#1",)


def test_many_rows_are_one_step_and_undone_as_one(desk):
    start = desk.problem
    edits = [Edit("teachers", None, {"name": f"新{k}"}) for k in range(3)]
    step = desk.edit(asks(desk), edits)
    assert operation_text(desk.problem, step.operation).zh == (
        "新增【教师】的“新0”；新增【教师】的“新1”；新增【教师】的“新2”"
    )
    desk.undo(asks(desk))
    assert desk.problem == start
    desk.redo(asks(desk))
    assert len(desk.problem.teachers) == 6


def test_undo_of_a_typed_row_brings_back_what_was_in_force(desk):
    desk.edit(asks(desk), [typed(desk, "teachers", 2, max_per_day="很多")])
    step = desk.undo(asks(desk))
    assert operation_text(desk.problem, step.operation).zh == (
        "撤销第1步：【教师】的“李强”（填写中，未生效）"
    )
    assert told(desk) == []
    assert "max_per_day" not in row(desk, "teachers", 2)


def test_two_who_type_in_one_row_collide_and_in_two_do_not(desk):
    desk.edit(asks(desk, "王", 0), [typed(desk, "teachers", 2, max_per_day="很多")])
    with pytest.raises(Collision):
        desk.edit(asks(desk, "李", 0), [typed(desk, "teachers", 2, name="李强强")])
    desk.edit(asks(desk, "李", 0), [typed(desk, "teachers", 3, name="张敏敏")])
    assert len(desk.tables.pending()) == 2


def test_remedy_that_changes_a_row_leaves_what_is_typed_beside_it(desk):
    before = row(desk, "teachers", 2)
    desk.edit(asks(desk), [typed(desk, "teachers", 2, max_per_day="很多")])
    desk.amend(asks(desk), Amendment("teachers", before, {**before, "name": "李强强"}))
    assert desk.problem.teacher["T2"].name == "李强强"
    assert row(desk, "teachers", 2)["max_per_day"] == "很多"
    assert row(desk, "teachers", 2)["name"] == "李强强"


def test_same_row_again_is_no_step(desk):
    with pytest.raises(NothingChanges):
        desk.edit(asks(desk), [typed(desk, "teachers", 2)])


def test_rules_are_typed_as_rows(desk):
    desk.edit(
        asks(desk),
        [Edit("rules", None, {"rule": "SpreadLesson"})],
    )
    [fault] = told(desk)
    assert fault == "【规则】：“SpreadLesson”没有这条规则。是否应为 SpreadLessons？"
    assert desk.typed().place(desk.typed().judged.errors[0]).row == 2
    wished = {"rule": "SpreadLessons", "key": "权重", "value": "7"}
    desk.edit(asks(desk), [Edit("rules", 2, wished)])
    assert desk.problem.rules[1].weight == 7


def test_desk_made_anew_from_the_same_steps_is_the_same(desk):
    desk.edit(asks(desk), [typed(desk, "teachers", 2, max_per_day="很多")])
    desk.edit(asks(desk), [typed(desk, "classes", 1, size="38")])
    start = timetable(
        small_problem(need("R1", "A", "CN", teacher_ids=("T1",))),
        R1_1=at(1, 1, teachers=("T1",)),
    )
    again = Desk(start, (), desk.history.operations)
    assert again.problem == desk.problem
    assert again.tables.shown() == desk.tables.shown()
