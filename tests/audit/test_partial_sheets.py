"""What sheets of teachers, rooms and assignments prove of a class, and what not."""

import pytest

from scheduler.audit.inputs.from_reading import schools_read
from scheduler.audit.running.audit import Outcome, audit
from scheduler.audit.running.catalogue import RULE
from tests.audit.clean_school import PROFILE
from tests.formats.spreadsheets.sheets import DAYS, grid, read_all

CLASS = [
    ["三(1)班课程表"],
    ["节次", *DAYS],
    ["第1节", "语文", "数学", "英语", "科学", "体育"],
    ["第2节", "数学", "语文", "音乐", "美术", "劳动"],
]


def result(rule, *sheets):
    """One rule on the school of some sheets, each a name with its rows."""
    read = read_all([grid(rows, name) for name, rows in sheets])
    return audit(schools_read(read), PROFILE, [RULE[rule]]).results[0]


@pytest.mark.parametrize("rule", ["A02", "A05", "A06", "A09"])
def test_a_class_that_only_a_rooms_timetable_names_lacks_nothing_for_certain(rule):
    room = [["机房使用安排表"], ["节次", *DAYS]]
    room += [["第1节", "三1 信息科技 王芳", "三2 信息科技 王芳", "", "", ""]]
    found = result(rule, ("机房", room))

    assert found.outcome is Outcome.NOT_CHECKED
    assert {x.reason for x in found.unchecked} == {"glimpsed"}
    assert "三1只出现在教师或场地的课表里" in found.unchecked[0].text.zh


def test_a_class_with_a_sheet_of_its_own_is_judged_by_it():
    assert result("A09", ("三(1)", CLASS)).outcome is Outcome.VIOLATED


def test_sheets_of_teachers_need_show_no_title_or_term():
    teacher = [["王芳老师课程表"], ["节次", *DAYS]]
    teacher += [["第1节", "三(1)\n语文", "", "三(1)\n语文", "", "三(1)\n语文"]]

    assert result("B04", ("王芳", teacher)).found == ()
    assert result("B04", ("三(1)", CLASS)).found


def test_teachers_of_a_table_of_assignments_are_judged_where_sheets_name_none():
    table = [["任课表"], ["班级", "语文", "数学", "英语", "体育", "劳动"]]
    table += [["三(1)班", "王芳", "李强", "赵敏", "孙伟", "李强"]]
    table += [["三(2)班", "王芳", "李强", "赵敏", "孙伟", "李强"]]
    found = result("D09", ("三(1)", CLASS), ("任课表", table))

    assert [(x.teacher, x.subject) for x in found.found] == [("李强", "LAB")]
    assert result("D09", ("三(1)", CLASS)).outcome is Outcome.NOT_CHECKED


def with_rooms(room):
    head = ["班级", "星期", "节次", "课程", "教师", "地点"]
    rows = [["三(1)班", 1, 1, "语文", "王芳", room]]
    return [head, *rows, ["三(2)班", 1, 1, "数学", "李强", room]]


@pytest.mark.parametrize(("room", "count"), [("教室", 0), ("本班教室", 0), ("机房", 1)])
def test_every_class_has_a_classroom_of_its_own(room, count):
    assert len(result("D02", ("课表", with_rooms(room))).found) == count


def test_what_lessons_are_about_makes_no_second_name_of_a_course():
    rows = [["三(1)班"], ["节次", *DAYS[:3]]]
    rows += [[1, "体育（武术）", "体育（足球）", "体育"]]
    rows += [[2, "自然（实验）", "自然", "校本（围棋）"]]

    assert result("B03", ("三(1)", rows)).found == ()
    assert [x.measured for x in result("B01", ("三(1)", rows)).found] == ["自然"]
    assert result("B02", ("三(1)", rows)).found == ()


def test_the_class_meeting_is_no_subject_more_to_teach():
    subjects = ["语文", "书法", "班会", "综合实践"]
    rows = [["三(1)班"], ["节次", *DAYS[:4]], [1, *(f"{x}\n王芳" for x in subjects)]]
    more = [[2, "美术\n王芳", "", "", ""]]

    classes = [(f"三({n})", [[f"三({n})班"], *rows[1:]]) for n in range(1, 13)]
    assert result("D08", *classes).found == ()
    taught = [*classes[1:], ("三(1)", [*rows, *more])]
    assert [x.measured for x in result("D08", *taught).found] == ["3"]


def test_a_group_of_courses_is_named_in_chinese():
    (found, *_) = result("A16", ("三(1)", CLASS)).found
    assert "INT" not in found.text.zh
    assert "综合类合计" in found.text.zh


def week_with_pe(count):
    """A class of grade 3, which is due three PE lessons, with so many of them."""
    first = ["体育"] * count + ["语文"] * (5 - count)
    rows = [["三(1)班"], ["节次", "时间", *DAYS]]
    rows += [["第1节", "8:20-9:00", *first]]
    rows += [["第2节", "9:15-9:55", "语文", "数学", "语文", "音乐", "美术"]]
    return rows


@pytest.mark.parametrize(("count", "lacking"), [(3, "4;5"), (4, "5")])
def test_a_row_named_pe_activity_is_pe_on_days_without_a_lesson(count, lacking):
    activity = [["体育活动", "15:45-16:30", "", "", "", "", ""]]
    rows = week_with_pe(count)

    (found,) = result("A06", ("三(1)", rows)).found
    assert found.day == lacking
    assert result("A06", ("三(1)", [*rows, *activity])).outcome is Outcome.MET


@pytest.mark.parametrize(("count", "lacking"), [(1, "2;3;4;5"), (2, "3;4;5")])
def test_a_blank_row_makes_up_for_no_pe_lesson_that_is_missing(count, lacking):
    blank = [["体育活动", "15:45-16:30", "", "", "", "", ""]]
    written = [["课外", "15:45-16:30", *["体育活动"] * 5]]
    rows = week_with_pe(count)

    (found,) = result("A06", ("三(1)", [*rows, *blank])).found
    assert (found.day, found.measured) == (lacking, str(count))
    assert result("A06", ("三(1)", [*rows, *written])).outcome is Outcome.MET
    (pe,) = result("A05", ("三(1)", [*rows, *blank])).found
    assert (pe.measured, pe.demanded) == (str(count), "3")
