"""Cells as a Chinese office writes them, and what stays refused."""

from datetime import date
from fractions import Fraction

import pytest

from scheduler.formats.tables.cells import (
    CellError,
    advice_on_empty,
    each_day,
    read_cell,
)
from scheduler.formats.tables.declared.problem_tables import TABLES
from scheduler.formats.tables.schema import Column, Kind
from scheduler.formats.tables.words import member_of, word_of

TABLE = {table.name: table.column for table in TABLES}


@pytest.mark.parametrize(
    ("table", "column", "text", "value"),
    [
        ("schools", "stage", "小学", "primary"),
        ("schools", "stage", "九年一贯制", "nine_year"),
        ("bells", "kind", "大课间", "big_break"),
        ("bells", "kind", "课后服务", "after_school"),
        ("bells", "start", "8：20", 500),
        ("bells", "start", "8.2", 500),
        ("bells", "start", "8.05", 485),
        ("bells", "start", "14点半", 870),
        ("bells", "start", "８：２０", 500),
        ("subjects", "kind", "主科", "core"),
        ("subjects", "outdoor", "是", True),
        ("classes", "grade", "三年级", 3),
        ("classes", "size", "42人", 42),
        ("classes", "size", "４２", 42),
        ("teachers", "post", "走教", "travelling"),
        (
            "teachers",
            "subjects",
            "语文、书法，班会;美术",
            ("语文", "书法", "班会", "美术"),
        ),
        ("requirements", "week", "轮换", "alternate"),
        ("requirements", "per_week", "0.5节", Fraction(1, 2)),
        ("requirements", "layouts", "本班教室", ("home",)),
        ("layouts", "subjects", "任何", ("*",)),
        ("layouts", "grades", "三年级至五年级", (3, 4, 5)),
        ("venues", "kind", "操场", "field"),
        ("unavailable", "level", "尽量", "soft"),
        ("agreements", "valid_from", "2026年9月1日", date(2026, 9, 1)),
        ("agreements", "day", "一", 1),
        ("activities", "class_ids", "三年级、四年级", ("grade:3", "grade:4")),
        ("limits", "kind", "最多连上几节", "max_run"),
    ],
)
def test_cell_reads_what_an_office_writes(table, column, text, value):
    assert read_cell(TABLE[table][column], text) == value


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("周一至周五", ["1", "2", "3", "4", "5"]),
        ("一、三、五", ["一", "三", "五"]),
        ("1-3;5", ["1", "2", "3", "5"]),
        ("每天", ["1", "2", "3", "4", "5"]),
        ("周二", ["周二"]),
        ("周五至周一", ["周五至周一"]),
    ],
)
def test_days_of_a_row_may_be_a_range_or_a_list(text, days):
    assert each_day(TABLE["bells"]["day"], text) == days


@pytest.mark.parametrize(
    ("table", "column", "text", "said"),
    [
        ("schools", "stage", "大学", "可填：小学、初中、九年一贯。"),
        ("bells", "kind", "大课键", "是否应为“大课间”？"),
        ("subjects", "outdoor", "也许", "可填：是、否"),
        ("bells", "day", "周八", "可填：周一至周日"),
    ],
)
def test_what_is_no_such_word_is_told_what_may_stand_there(table, column, text, said):
    with pytest.raises(CellError) as caught:
        read_cell(TABLE[table][column], text)
    assert said in caught.value.advice.zh


@pytest.mark.parametrize(
    ("column", "told"),
    [
        (
            "kind",
            "可填：主科、体育、体育活动、艺术、科学、劳动、心理、信息、其他。",
        ),
        ("name", ""),
    ],
)
def test_empty_cell_is_told_what_may_stand_there(column, told):
    assert advice_on_empty(TABLE["subjects"][column]).zh == told


def test_every_word_that_is_shown_reads_back():
    for table in TABLES:
        for column in table.columns:
            for member in column.choices or ():
                assert member_of(type(member), word_of(member)) is member


def test_ids_with_commas_keep_them_where_the_data_has_such_ids():
    column = Column("class_ids", "班级", Kind.ID, many=True)
    assert read_cell(column, "a,b;c", loose=False) == ("a,b", "c")


@pytest.mark.parametrize(
    ("text", "number"),
    [("十", 10), ("十二", 12), ("二十", 20), ("四十五人", 45), ("九十九", 99)],
)
def test_numbers_may_be_chinese(text, number):
    assert read_cell(TABLE["classes"]["size"], text) == number


@pytest.mark.parametrize(
    ("column", "text", "advice"),
    [
        ("grade", "七年纪", "是否应为“七年级”？"),
        ("size", "42左右", "请只填数字，如 42。"),
        ("size", "四十几", "请填数字，如 3。"),
        ("size", "很多", "请填数字，如 3。"),
    ],
)
def test_what_is_nearly_a_number_is_advised(column, text, advice):
    with pytest.raises(CellError) as caught:
        read_cell(TABLE["classes"][column], text)
    assert caught.value.advice.zh == advice
