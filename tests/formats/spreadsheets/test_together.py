"""Sheets put together: they confirm each other, or their difference is told."""

import csv

import pytest

from scheduler.formats.spreadsheets.cells_file import CELLS_FILE, write_cells
from tests.formats.spreadsheets.sheets import DAYS, grid, lessons, read, read_all

CLASS = [["三(1)班课程表"], ["节次", *DAYS], ["1", "语文\n王芳", "数学\n李强"]]
MASTER = [["班级", "周一1", "周二1"], ["三(1)", "语", "数"], ["三(2)", "数", "语"]]
TEACHER = [["王芳课表"], ["节次", *DAYS], ["1", "语文\n(三(1)班)"]]


def together(*tables):
    files = [grid(rows, file=f"{k}.xlsx") for k, rows in enumerate(tables)]
    return read_all(files)


def test_class_master_and_teacher_timetables_confirm_each_other():
    found = together(CLASS, MASTER, TEACHER)

    assert found.disagreements == ()
    first = next(x for x in found.lessons if x.day == 1)
    assert (first.subject, first.teachers, len(first.cells)) == ("CN", ("王芳",), 3)
    assert [c.name.printed for c in found.classes] == ["三(1)班", "三(2)"]


def test_a_difference_of_subject_makes_both_doubtful_and_chooses_none():
    other = [["班级", "周一1", "周二1"], ["三(1)", "数", "数"]]
    found = together(CLASS, other)

    (difference,) = found.disagreements
    assert (difference.about, difference.day, difference.period) == ("subject", 1, 1)
    monday = [x for x in found.lessons if x.day == 1]
    assert [(x.subject, x.disputed) for x in monday] == [("CN", True), ("MA", True)]
    statuses = {(c.day, c.status.value) for c in found.cells if c.kind == "lesson"}
    assert statuses == {(1, "doubtful"), (2, "read")}


def test_a_difference_of_teachers_is_told_and_the_subject_stands():
    other = [CLASS[0], CLASS[1], ["1", "语文\n赵敏", "数学\n李强"]]
    found = together(CLASS, other)

    assert [x.about for x in found.disagreements] == ["teacher"]
    assert {x[-1] for x in lessons(found)} == {"read"}


def test_a_lesson_that_the_teachers_own_timetable_lacks_is_told():
    empty = [["王芳课表"], ["节次", *DAYS], ["1", "", "", "语文\n(三(1)班)"]]
    found = together(CLASS, empty)

    missing = [x for x in found.disagreements if x.about == "missing"]
    assert [(x.day, x.period) for x in missing] == [(1, 1)]


def test_a_teacher_beside_another_is_no_difference():
    both = [CLASS[0], CLASS[1], ["1", "语文\n王芳/赵敏"]]

    assert together(both, TEACHER).disagreements == ()


def test_two_blocks_of_one_name_with_other_content_are_both_shown():
    rows = [*CLASS, [], CLASS[0], CLASS[1], ["1", "体育\n王芳", "数学\n李强"]]
    found = together(rows)

    assert [x[4] for x in lessons(found) if x[1] == 1] == ["CN", "PE"]
    assert {x[-1] for x in lessons(found) if x[1] == 1} == {"doubtful"}


def test_files_without_a_school_belong_to_the_only_one_named():
    named = [["下陆小学三(1)班课程表"], *CLASS[1:]]
    found = together(named, MASTER)

    assert found.schools == ("下陆小学",)
    assert any("归入下陆小学" in n.text.zh for n in found.notes)


def many(subject, file):
    rows = [[title for title in CLASS[0]], CLASS[1]]
    return grid([*rows, *([str(p), *[subject] * 5] for p in range(1, 8))], file=file)


def test_files_without_a_school_that_share_nothing_are_schools_of_their_own():
    found = read_all([many("语文", "城南.xlsx"), many("数学", "城北.xlsx")])

    assert found.schools == ("城南", "城北")
    assert found.disagreements == ()
    assert {x[-1] for x in lessons(found)} == {"read"}


YEAR_TITLE = "2026-2027学年第一学期"


def by_year(*subjects):
    return [["节次", *DAYS], *([n, *[x] * 5] for n, x in enumerate(subjects, 1))]


@pytest.mark.parametrize(
    ("other", "grade"), [("2022级1班", 3), ("三(1)班", 3), ("八(1)班", 9)]
)
def test_a_class_named_by_its_year_is_of_the_stage_of_the_files_others(other, grade):
    found = read_all(
        [
            grid([[f"{YEAR_TITLE}{name}课程表"], *by_year("语文", "数学")], name)
            for name in ("2024级5班", other)
        ]
    )

    assert {(x.name.grade, x.name.number) for x in found.classes} >= {(grade, 5)}
    assert all(cell.status == "read" for cell in found.cells)
    assert any("班级" in note.text.zh for note in found.notes if note.kind == "assumed")


@pytest.mark.parametrize(
    ("subjects", "grade"),
    [
        (("语文", "数学", "科学", "体育"), 3),
        (("语文", "数学", "历史", "化学"), 9),
        (("语文", "数学", "外语", "体育"), None),
    ],
)
def test_courses_tell_the_stage_of_a_class_named_by_its_year_or_it_stays_open(
    subjects, grade
):
    title = [[f"{YEAR_TITLE}2024级5班课程表"]]
    found = read([*title, *by_year(*subjects)])

    assert [x.name.grade for x in found.classes] == [grade]
    assert {cell.status.sure for cell in found.cells} == {grade is not None}


def test_teachers_of_a_table_of_assignments_stand_in_the_file_of_cells(tmp_path):
    assigned = [
        ["班级", "语文", "数学", "音乐"],
        *([x, "王芳", "李强", "周敏"] for x in ("三(1)", "三(2)")),
    ]
    own = [["三(1)班课程表"], ["节次", *DAYS[:2]], [1, "语文", "数学(赵敏)"]]
    read_school = read_all([grid(own, "三1"), grid(assigned, "任课表")])
    write_cells(read_school, tmp_path / CELLS_FILE)

    with (tmp_path / CELLS_FILE).open(encoding="utf-8-sig") as stream:
        rows = [(x["subject"], x["teacher"]) for x in csv.DictReader(stream)]
    assert rows == [("CN", "王芳"), ("MA", "赵敏")]
