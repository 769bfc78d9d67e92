"""任课安排 and 课时 over the requirements of a draft."""

from fractions import Fraction

import pytest

from scheduler.services.school.drafts.tables import Edit
from scheduler.services.views.data.editing import BadRequest
from scheduler.services.views.data.matrices import (
    Entry,
    entries_of,
    filling,
    matrix_facts,
    matrix_tried,
)


def fill(drafts, name, *entries):
    act = filling(name, [Entry(*x) for x in entries], "zh")
    return drafts.do(1, "王", act)


def cells(told, key):
    row = next(x for x in told["rows"] if x["key"] == key)
    names = [x["name"] for x in told["columns"]]
    return {name: text for name, text in zip(names, row["cells"], strict=True) if text}


def requirements(drafts):
    return drafts.look(1, lambda desk: desk.problem.requirement)


def test_matrices_show_names_and_hours(look):
    taught, hours = (look(matrix_facts, x, "zh") for x in ("teaching", "hours"))
    assert cells(taught, "A") == {"CN": "王芳", "PE": "李强"}
    assert cells(hours, "A") == {"CN": "2", "PE": "1"}
    # The grade says what its classes have in common.
    assert cells(hours, "grade:3") == {"CN": "2"}
    assert [x["label"] for x in hours["rows"]] == [
        "一年级",
        "一(1)班",
        "三年级",
        "三(1)班",
        "三(2)班",
    ]


def test_teacher_of_a_new_cell_takes_the_hours_of_the_grade(drafts, look):
    fill(drafts, "hours", ("grade:3", "CN", "4"))
    fill(drafts, "teaching", ("B", "CN", "张敏、李强"), ("A", "CN", "张敏或李强"))
    found = requirements(drafts)
    assert found["B-CN"].teacher_ids == ("T3", "T2")
    assert found["A-CN"].teacher_pool == ("T3", "T2")
    assert found["A-CN"].teacher_ids == ()
    assert found["B-CN"].per_week == 4
    fill(drafts, "teaching", ("B", "PE", "李强"))
    assert requirements(drafts)["B-PE"].per_week == 1
    assert cells(look(matrix_facts, "teaching", "zh"), "A")["CN"] == "张敏或李强"


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("3", {"A-CN": (3, "every")}),
        ("0.5", {"A-CN": (Fraction(1, 2), "every")}),
        ("1单/双", {"A-CN": (Fraction(1, 2), "alternate")}),
        ("2双", {"A-CN": (1, "even")}),
        ("3单1双", {"A-CN": (1, "every"), "A-CN-odd": (1, "odd")}),
    ],
)
def test_hours_are_read_as_in_a_workbook_and_shown_as_they_were_written(
    drafts, look, text, shares
):
    fill(drafts, "hours", ("A", "CN", text))
    ours = {x: r for x, r in requirements(drafts).items() if x.startswith("A-CN")}
    assert {x: (r.per_week, r.week) for x, r in ours.items()} == shares
    assert all(r.teacher_ids == ("T1",) for r in ours.values())
    assert cells(look(matrix_facts, "hours", "zh"), "A")["CN"] == text


def test_subject_is_taken_from_a_class(drafts, look):
    fill(drafts, "teaching", ("A", "PE", "—"))
    assert "A-PE" not in requirements(drafts)
    assert cells(look(matrix_facts, "hours", "zh"), "A") == {"CN": "2"}


def test_fault_stands_at_the_cell_of_its_matrix(drafts, look):
    told = look(matrix_tried, "teaching", [Entry("A", "PE", "李刚")], "zh")
    assert told["marks"]["A PE"]["text"] == (
        "【教学要求】第4行“教师”：“李刚”不在【教师】表中。是否改过名？"
    )
    fill(drafts, "hours", ("A", "MUS", "2"))
    assert look(matrix_facts, "teaching", "zh")["marks"]["A MUS"]["text"].startswith(
        "【教学要求】第5行“教师”"
    )
    # Nothing of it is in force, and the teacher mends it.
    assert "A-MUS" not in requirements(drafts)
    fill(drafts, "teaching", ("A", "MUS", "张敏"))
    assert requirements(drafts)["A-MUS"].per_week == 2


def test_cell_of_several_requirements_is_not_typed_over(drafts, look):
    edit = {"class_ids": "A;B", "subject_id": "MUS", "teacher_ids": "T3"}
    row = Edit("requirements", None, {**edit, "requirement_id": "X1", "per_week": "1"})
    drafts.do(1, "王", lambda desk, asked: desk.edit(asked, [row]))
    told = look(matrix_facts, "teaching", "zh")
    at = [x["name"] for x in told["columns"]].index("MUS")
    assert [at in x["fixed"] for x in told["rows"]] == [False, True, True]
    assert cells(told, "A")["MUS"] == "张敏"


@pytest.mark.parametrize(
    "sent", [None, [1], [{"row": "A"}], [{"row": 1, "subject": "", "text": ""}]]
)
def test_what_is_no_list_of_cells_is_refused(sent):
    with pytest.raises(BadRequest):
        entries_of(sent)
