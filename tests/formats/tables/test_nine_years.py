"""A nine-year school as its office typed it reads without an error."""

from fractions import Fraction

import pytest
from openpyxl import load_workbook

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.spreadsheets.importing.workbooks import is_problem_workbook
from scheduler.formats.tables.files.workbook import SHEET_TITLES
from scheduler.formats.tables.headers import is_aside, recognise_table
from scheduler.model.errors import InputError, sentences
from tests.formats.tables.nine_years import write_school


@pytest.fixture
def path(tmp_path):
    return write_school(tmp_path / "清河.xlsx")


def told(path, change):
    book = load_workbook(path)
    change(book)
    book.save(path)
    with pytest.raises(InputError) as caught:
        read_problem(path)
    return sentences(caught.value.errors, "zh")


def test_the_school_reads_with_places_to_be_used_told(path):
    reading = read_problem(path)
    problem = reading.problem
    assert sentences(reading.warnings, "zh") == [
        f"【场地】第{row}行“场地名称”：“{name}”没有用法，排课不会用到。"
        "请在【场地用法】表中写明哪些学科可用、同时几个班。"
        for row, name in ((2, "大操场"), (3, "风雨操场"))
    ]
    assert [c.size for c in problem.classes] == [38, 39, 40, 41, 42, 45, 44, 46, 43]
    assert [c.grade for c in problem.classes] == [1, 1, 3, 3, 6, 7, 7, 8, 9]
    assert {v.owner for v in problem.venues} == {v.site_id for v in problem.venues}
    assert problem.teacher["高飞"].max_per_week == 18
    assert len(problem.bell["小学部"].periods) == 44


def test_lessons_a_week_are_as_typed_by_hand(path):
    problem = read_problem(path).problem
    totals = {}
    for need in problem.requirements:
        for name in need.class_ids:
            totals[name] = totals.get(name, Fraction(0)) + need.per_week
    # 七1班: 6+5+5+2+3+1+1+1+1+½+½ in 课时, 生物 1, 历史 2, 地理 2 in 教学要求.
    assert totals["七1班"] == 31
    # 九1班: 6+6+6+2+3+1+1+1 and 物理 4.
    assert totals["九1班"] == 30
    joint = problem.requirement["SW7"]
    assert joint.class_ids == ("七1班", "七2班")
    assert problem.requirement["WL9"].blocks == (2, 1, 1)


def test_an_office_workbook_without_requirements_is_imported_as_one(path):
    book = load_workbook(path)
    del book["教学要求"]
    book.save(path)
    assert is_problem_workbook(path)


@pytest.mark.parametrize(
    ("sheet", "cell", "text", "said"),
    [
        (
            "班级情况表",
            "B7",
            "七年纪",
            "【班级】第7行“年级”：“七年纪”不是数。是否应为“七年级”？",
        ),
        (
            "任课安排表",
            "C12",
            "周墙",
            "【任课安排】第12行“语文”：“周墙”不在【教师】表中。"
            "是否改过名？是否应为“周强”？",
        ),
        (
            "教师名单",
            "B6",
            "王芳",
            "【教师】第6行“教师编号”：“王芳”与第3行重复（教师编号）。"
            "若为同一个，请删去一行；若为两个，请分别编号，如“张伟（大）”。",
        ),
        (
            "课时",
            "B3",
            "六节多",
            "【课时】第3行“语文”：“六节多”不是数。"
            "请写成 4、0.5、1单、1双、1单/双 或 2单1双 的样子。",
        ),
    ],
)
def test_a_slip_is_told_with_what_is_meant(path, sheet, cell, text, said):
    def change(book):
        book[sheet][cell] = text

    assert said in told(path, change)


@pytest.mark.parametrize(
    ("title", "table"),
    [
        ("教师名单", "teachers"),
        ("班级信息表", "classes"),
        ("作息表", "bells"),
        ("课程", "subjects"),
        ("任课安排表", "teaching"),
        ("课时", "hours"),
        ("课程表", None),
        ("班级课表", None),
        ("总课表", None),
    ],
)
def test_sheets_are_known_by_what_offices_call_them(title, table):
    assert recognise_table(title, SHEET_TITLES) == table


@pytest.mark.parametrize(
    ("cells", "aside"),
    [
        (["注：周五由社团代替", ""], True),
        (["合计", "", "378"], True),
        (["", ""], True),
        (["注册处", ""], False),
        (["一1班", "38"], False),
    ],
)
def test_notes_and_sums_below_a_table_are_no_rows(cells, aside):
    assert is_aside(cells) is aside
