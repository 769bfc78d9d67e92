"""What is written for people has their words, and reads back as the same problem."""

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook

from scheduler.constraints.catalogue import check_settings
from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.declared.problem_tables import TABLES
from scheduler.formats.tables.files.workbook_writing import write_workbook
from scheduler.formats.tables.matrices.hours import read_hours
from scheduler.formats.tables.matrices.people import grades_of
from scheduler.formats.tables.template import write_template
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.formats.tables.timetable_writing import write_timetable
from scheduler.formats.tables.words import word_of
from tests.formats.odd_problems import problems
from tests.formats.primary_school import EXAMPLE
from tests.thorough import times

DATA = Path(__file__).parents[3] / "data"
SUBJECTS = (None, "语文", "数学", "体育与健康", "美术", "书法", "自习")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_CHINESE = re.compile(r"[一-鿿]")
_BELOW_TITLES = {"类型", "对象", "级别", "学段", "学科类别", "岗位", "单双周", "时段"}


@pytest.mark.parametrize("name", ["demo-school", "demo-junior"])
def test_a_demo_school_in_chinese_reads_back_the_same(tmp_path, name):
    problem = read_problem(DATA / name, check_settings).problem
    write_workbook(problem, tmp_path / "学校.xlsx", language="zh")
    assert read_problem(tmp_path / "学校.xlsx", check_settings).problem == problem


@settings(max_examples=times(5))
@given(problems())
def test_a_generated_problem_in_chinese_reads_back_the_same(problem):
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "学校.xlsx"
        write_workbook(problem, path, language="zh")
        assert read_problem(path).problem == problem


def test_a_timetable_in_chinese_reads_back_the_same(tmp_path):
    problem = read_problem(EXAMPLE).problem
    timetable = read_timetable(problem, EXAMPLE / "timetable.csv").timetable
    write_timetable(timetable, tmp_path / "课表.xlsx", language="zh")
    sheet = load_workbook(tmp_path / "课表.xlsx")["课表"]
    row = [cell.value for cell in sheet[2]]
    assert {"周一", "周二", "周三", "周四", "周五"} & set(row)
    assert {"每周", "单周", "双周"} & set(row)
    again = read_timetable(problem, tmp_path / "课表.xlsx").timetable
    assert again == timetable


def test_sheets_titles_and_choices_of_a_chinese_workbook_have_no_english(tmp_path):
    problem = read_problem(DATA / "demo-school").problem
    write_workbook(problem, tmp_path / "学校.xlsx", language="zh")
    book = load_workbook(tmp_path / "学校.xlsx")
    for sheet in book.worksheets:
        titles = [cell.value for cell in sheet[1]]
        chosen = [
            cell.value
            for title, column in zip(titles, sheet.iter_cols(min_row=2), strict=True)
            for cell in column
            if title in _BELOW_TITLES and cell.value
        ]
        seen = [sheet.title, *titles, *chosen]
        assert [text for text in seen if _LATIN.search(text)] == []


def test_the_chinese_template_speaks_chinese_and_the_english_one_english(tmp_path):
    for language, foreign in (("zh", _LATIN), ("en", _CHINESE)):
        path = tmp_path / f"{language}.xlsx"
        write_template(path, language=language)
        said = [
            text
            for sheet in load_workbook(path).worksheets
            for text in (
                sheet.title,
                *(cell.comment.text for cell in sheet[1] if cell.comment),
                *(x.formula1 for x in sheet.data_validations.dataValidation),
                *(cell.value for cell in sheet[1] if cell.value not in SUBJECTS),
            )
        ]
        told = [re.sub(r"R1#2|R1|\$A\$\d+|\.ics|https|cuofeng.*", "", x) for x in said]
        assert [text for text in told if foreign.search(text)] == []


def test_matrices_take_english_words_as_well():
    assert read_hours("1 odd/even") == read_hours("1单/双")
    assert read_hours("2 odd 1 even") == read_hours("2单1双")
    assert grades_of("grade 3") == grades_of("三年级")
    assert grades_of("grades 1-2") == grades_of("一至二年级")


def test_every_choice_has_a_chinese_word():
    lacking = [
        member.value
        for table in TABLES
        for column in table.columns
        for member in column.choices or ()
        if not _CHINESE.search(word_of(member))
    ]
    assert lacking == []


def test_rules_of_a_workbook_take_the_words_of_their_sheet(tmp_path):
    write_template(tmp_path / "t.xlsx")
    problem = read_problem(EXAMPLE).problem
    write_workbook(problem, tmp_path / "学校.xlsx", language="zh")
    book = load_workbook(tmp_path / "学校.xlsx")
    for row in (("AvoidClashes", "启用", "是"), ("SpreadLessons", "级别", "尽量")):
        book["规则"].append(row)
    book["规则"].append(("SpreadLessons", "权重", 7))
    book.save(tmp_path / "学校.xlsx")
    rules = {r.name: r for r in read_problem(tmp_path / "学校.xlsx").problem.rules}
    assert rules["AvoidClashes"].enabled is True
    assert (rules["SpreadLessons"].level, rules["SpreadLessons"].weight) == ("soft", 7)
