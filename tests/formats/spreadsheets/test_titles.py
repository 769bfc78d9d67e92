"""What stands around a timetable by hand: classes in footers and forms, teachers."""

import pytest

from scheduler.formats.spreadsheets.titles import school_in
from tests.formats.spreadsheets.sheets import DAYS, grid, lessons, read, read_all

WEEK = ["语文", "数学", "英语", "体育", "音乐"]
CODES = ["CN", "MA", "FL", "PE", "MUS"]


def one_row(group, period=1):
    return [
        (group, day, period, "every", code, "read") for day, code in enumerate(CODES, 1)
    ]


@pytest.mark.parametrize(
    "footer",
    [
        ["任课教师：语文 王芳 数学 李强 英语 赵敏"],
        ["语文：王芳；数学：李强；英语：赵敏"],
        ["任课教师", "语文：王芳", "数学：李强", "英语：赵敏"],
        ["语文王芳、数学李强、英语赵敏"],
        ["语文（王芳） 数学（李强） 英语（赵敏）"],
    ],
)
def test_a_footer_that_names_teachers_assigns_them_to_its_class(footer):
    found = read([["二（3）班课程表"], ["节次", *DAYS], ["第1节", *WEEK], footer])

    assert lessons(found) == one_row((2, 3))
    taught = {x.subject: found.teachers_of(x) for x in found.lessons}
    assert taught == {
        "CN": ("王芳",),
        "MA": ("李强",),
        "FL": ("赵敏",),
        "PE": (),
        "MUS": (),
    }


def test_small_tables_below_or_beside_a_timetable_name_its_teachers():
    rows = [["三(1)班课程表"], ["节次", *DAYS], *([n, *WEEK] for n in range(1, 5))]
    below = [
        ["学科", "语文", "数学"],
        ["教师", "王芳", "李强"],
        ["学科", "英语", "体育"],
    ]
    below += [["教师", "赵敏", "孙伟"]]
    beside = [[], ["学科", "任课教师"], ["语文", "王芳"], ["数学", "李强"], [], []]
    taught = {"CN": ("王芳",), "MA": ("李强",)}

    found = read([*rows, *below])
    assert {x.subject: found.teachers_of(x) for x in found.lessons} == {
        **taught,
        "FL": ("赵敏",),
        "PE": ("孙伟",),
        "MUS": (),
    }
    wide = [[*a, *[""] * (7 - len(a)), *b] for a, b in zip(rows, beside, strict=True)]
    found = read(wide)
    assert {x.subject: found.teachers_of(x) for x in found.lessons} == {
        **taught,
        **dict.fromkeys(("FL", "PE", "MUS"), ()),
    }


@pytest.mark.parametrize("footer", ["语文：王芳", "备注：语文课由王芳老师代课一周"])
def test_a_footer_with_one_name_or_a_sentence_assigns_nobody(footer):
    found = read([["二（3）班课程表"], ["节次", *DAYS], ["第1节", *WEEK], [footer]])

    assert found.assignments == ()


def test_a_class_named_only_below_its_timetable_is_the_timetables_class():
    rows = [["课程表"], ["", *"一二三四五"]]
    rows += [[number, *WEEK] for number in "一二三四五六"]
    found = read([*rows, ["班级：三（8）班", "", "班主任：王小红"]])

    assert {x[0] for x in lessons(found)} == {(3, 8)}
    assert {x[2] for x in lessons(found)} == {1, 2, 3, 4, 5, 6}


def test_a_form_with_grade_class_and_size_in_cells_of_their_own():
    form = ["年级", "一年级", "", "班级", "2班"]
    size = ["班额", "43", "", "班主任", "王芳"]
    found = read([["课程表备案"], form, size, ["节次", *DAYS], [1, *WEEK], [2, *WEEK]])

    assert lessons(found) == one_row((1, 2)) + one_row((1, 2), 2)


def test_bare_days_beside_the_word_for_periods_need_no_other_sign():
    rows = [["四(1)班"], ["节次", *"一二三四五"], [1, *WEEK], [2, *WEEK]]

    assert lessons(read(rows)) == one_row((4, 1)) + one_row((4, 1), 2)


def test_first_of_the_morning_and_of_the_afternoon_count_on():
    names = ["上1", "上2", "上3", "上4", "下1", "下2"]
    rows = [["四(6)班"], ["节次", *DAYS], *([name, *WEEK] for name in names)]

    assert lessons(read(rows)) == [
        x for period in range(1, 7) for x in one_row((4, 6), period)
    ]


def test_personal_timetable_is_no_teachers_name():
    rows = [["个人课表", "华小红"], ["星期", "第1节", "第2节"]]
    rows += [["星期一", "体育（三1班）", ""], ["星期二", "", "体育（三2班）"]]

    assert {x.teachers for x in read(rows).cells} == {("华小红",)}


@pytest.mark.parametrize(
    ("other", "status"), [("三2语", "doubtful"), ("三（2）班语文", "unknown")]
)
def test_a_class_alone_may_be_the_meeting_where_classes_are_written_short(
    other, status
):
    rows = [
        ["王芳课表"],
        ["节次", *DAYS],
        [1, other, "三2班", other],
        [2, other, other],
    ]
    cell = next(c for c in read_all([grid(rows)]).cells if c.text == "三2班")

    assert cell.status == status
    assert ("班会" in cell.suggestion.zh) == (status == "doubtful")


def test_rows_named_between_two_classes_are_those_of_both():
    title = ["三(1)班", *[""] * 5, "三(2)班"]
    rows = [[*WEEK, number, *WEEK] for number in (1, 2)]
    found = read([title, [*DAYS, "节次", *DAYS], *rows])

    assert lessons(found) == [
        x for g in ((3, 1), (3, 2)) for x in one_row(g) + one_row(g, 2)
    ]


def test_a_number_with_a_remark_is_the_lesson_of_that_number():
    names = ["第一节", "第二节（体育活动）"]
    found = read([["八(6)班"], ["节次", *DAYS], *([name, *WEEK] for name in names)])

    assert lessons(found) == one_row((8, 6)) + one_row((8, 6), 2)


def test_rows_of_sums_are_no_class():
    head = ["班级", "周一1", "周一2", "周二1"]
    found = read([head, ["五1", "语", "数", "英"], ["合计", 3, 3, 3]])

    assert [x[:3] for x in lessons(found)] == [
        ((5, 1), 1, 1),
        ((5, 1), 1, 2),
        ((5, 1), 2, 1),
    ]


@pytest.mark.parametrize(
    ("text", "school"),
    [
        ("05滨江小学", "滨江小学"),
        ("12_下陆中学", "下陆中学"),
        ("101中学", "101中学"),
        ("黄石市第八中学课程表", "黄石市第八中学"),
        ("铁山八中课程表", "铁山八中"),
        ("35中", "35中"),
        ("3实验小学", "3实验小学"),
    ],
)
def test_school_is_named_whole_and_without_the_number_of_a_file(text, school):
    assert school_in([text]) == school
