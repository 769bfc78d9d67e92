"""Sheets put together: they confirm each other, or their difference is told."""

from scheduler.formats.spreadsheets.reading import read_grids_of_school
from tests.formats.spreadsheets.sheets import DAYS, grid, lessons

CLASS = [["三(1)班课程表"], ["节次", *DAYS], ["1", "语文\n王芳", "数学\n李强"]]
MASTER = [["班级", "周一1", "周二1"], ["三(1)", "语", "数"], ["三(2)", "数", "语"]]
TEACHER = [["王芳课表"], ["节次", *DAYS], ["1", "语文\n(三(1)班)"]]


def together(*tables):
    files = [grid(rows, file=f"{k}.xlsx") for k, rows in enumerate(tables)]
    return read_grids_of_school(files)


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
    found = read_grids_of_school([many("语文", "城南.xlsx"), many("数学", "城北.xlsx")])

    assert found.schools == ("城南", "城北")
    assert found.disagreements == ()
    assert {x[-1] for x in lessons(found)} == {"read"}
