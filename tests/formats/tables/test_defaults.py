"""Columns that a school of one kind need not fill in."""

import pytest

from scheduler.formats.problem.reading import read_problem
from scheduler.model.errors import InputError, sentences
from tests.formats.tables.ten_classes import write_school


def read(tmp_path, change=None):
    return read_problem(write_school(tmp_path / "实小.xlsx", change)).problem


def test_missing_columns_take_the_only_school_the_only_bell_and_the_name(tmp_path):
    problem = read(tmp_path)
    group, teacher = problem.classes[4], problem.teachers[0]
    assert (group.class_id, group.name) == ("三(1)班", "三（1）班")
    assert (group.school_id, group.bell_id) == ("实小", "作息")
    assert (teacher.teacher_id, teacher.school_id) == ("王芳", "实小")


def test_a_missing_name_is_the_id(tmp_path):
    def change(sheets):
        sheets["教师"][0][0] = "教师编号"

    assert read(tmp_path, change).teachers[1].name == "李娜"


def test_empty_cells_take_the_only_school_and_others_stay(tmp_path):
    def change(sheets):
        sheets["教师"] = [["教师姓名", "学校编号"], *sheets["教师"][1:]]
        sheets["教师"][1] = ["王芳", "实小"]

    assert {t.school_id for t in read(tmp_path, change).teachers} == {"实小"}


def test_of_two_schools_none_goes_without_saying(tmp_path):
    def change(sheets):
        sheets["学校"].append(["二小", "第二小学", "小学"])

    with pytest.raises(InputError) as caught:
        read(tmp_path, change)
    lines = sentences(caught.value.errors, "zh")
    assert lines[0].startswith("【班级】“学校编号”：缺少这一列。")
    assert lines[1].startswith("【教师】“学校编号”：缺少这一列。")


def test_a_row_that_is_too_long_is_still_told(tmp_path):
    def change(sheets):
        sheets["教师"][3].append("多余")

    with pytest.raises(InputError) as caught:
        read(tmp_path, change)
    lines = sentences(caught.value.errors, "zh")
    assert lines[0].startswith("【教师】第4行：这一行的单元格比标题多。")


def test_a_missing_sheet_names_the_stray_one_and_a_column_the_stray_column(tmp_path):
    def change(sheets):
        sheets["教师通讯录"] = sheets.pop("教师")
        sheets["班级"][0][2] = "总人数"

    with pytest.raises(InputError) as caught:
        read(tmp_path, change)
    assert sentences(caught.value.errors, "zh")[:2] == [
        "【班级】“人数”：缺少这一列。是不是“总人数”这一列？请把标题改为“人数”。",
        "【教师】：缺少这张必需的表。是不是“教师通讯录”？请改名为“教师”。",
    ]
