"""Workbooks as people make them: formulas, merged cells, hidden sheets, real dates."""

import datetime as dt
import re
import zipfile
import zlib
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.files.workbook_writing import write_workbook
from scheduler.formats.tables.template import write_template
from scheduler.model.errors import InputError
from tests.formats.primary_school import EXAMPLE, english


@pytest.fixture(scope="module")
def problem():
    return read_problem(EXAMPLE).problem


@pytest.fixture
def path(tmp_path, problem):
    write_workbook(problem, tmp_path / "school.xlsx")
    return tmp_path / "school.xlsx"


def change(path, edit):
    book = load_workbook(path)
    edit(book)
    book.save(path)


def errors(path):
    with pytest.raises(InputError) as caught:
        read_problem(path)
    return [english(str(fault)) for fault in caught.value.errors]


def warnings(path):
    return [english(str(warning)) for warning in read_problem(path).warnings]


def test_workbook_times_dates_and_numbers_of_excel_read_the_same(path, problem):
    def edit(book):
        bells, agreements = book["bells"], book["agreements"]
        bells["E2"].value = dt.time(8, 20)
        bells["F2"].value, bells["F2"].number_format = 9 / 24, "General"
        agreements["D2"].value = dt.datetime(2026, 9, 1)  # noqa: DTZ001
        agreements["E2"].value = 46409  # 2027-01-22 as days since 1899-12-30
        agreements["E2"].number_format = "General"
        book["classes"]["E2"].value = 43.0
        book["venues"]["F3"].value = True
        book["term"]["B3"].value = dt.date(2026, 9, 1)

    change(path, edit)
    assert read_problem(path).problem == problem


def test_workbook_number_in_zeros_format_keeps_its_leading_zeros(path):
    def edit(book):
        book["schools"]["D2"].value = 7
        book["schools"]["D2"].number_format = "000"

    change(path, edit)
    assert read_problem(path).problem.schools[0].group_id == "007"


def test_workbook_formula_without_result_names_its_cell(path):
    def edit(book):
        book["classes"]["E2"].value = "=40+3"

    change(path, edit)
    assert errors(path) == [
        "classes row 2: cell E2 is a formula without a stored result. "
        "Maybe open and save it in Excel once, or paste values?"
    ]


def test_workbook_formula_counts_with_its_stored_result(path, problem):
    def edit(book):
        book["classes"]["E2"].value = "=40+3"

    change(path, edit)
    store_result(path, b"43")
    assert read_problem(path).problem == problem


def store_result(path, result):
    """Give the only formula of a workbook a result, as Excel does."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            empty = re.compile(rb"</f><v ?/>|</f><v></v>")
            archive.writestr(name, empty.sub(b"</f><v>" + result + b"</v>", content))


def test_workbook_merged_cells_count_for_every_row_with_a_warning(path, problem):
    def edit(book):
        sheet = book["classes"]
        assert sheet["F2"].value == sheet["F3"].value
        sheet.merge_cells("F2:F3")

    change(path, edit)
    assert read_problem(path).problem == problem
    assert warnings(path) == [
        'classes row 2: "bell-low" stands in the merged cells F2:F3; '
        "each of them has this value."
    ]


def test_workbook_merged_title_row_above_the_header_is_skipped(path, problem):
    def edit(book):
        sheet = book["teachers"]
        sheet.insert_rows(1)
        sheet["A1"].value = "教师一览表"
        sheet.merge_cells("A1:H1")

    change(path, edit)
    assert read_problem(path) == read_problem(EXAMPLE)
    assert read_problem(path).problem == problem


def test_workbook_hidden_sheet_is_read_with_a_warning(path, problem):
    def edit(book):
        book["fixed"].sheet_state = "hidden"

    change(path, edit)
    assert read_problem(path).problem == problem
    assert warnings(path) == ["school.xlsx [fixed]: the sheet is hidden; it was read."]


def test_workbook_unknown_sheet_is_a_warning_unless_hidden_or_empty(path):
    def edit(book):
        book.create_sheet("草稿").append(["a", "b"])
        book.create_sheet("old").append(["a", "b"])
        book["old"].sheet_state = "hidden"
        book.create_sheet("Sheet1")

    change(path, edit)
    assert warnings(path) == ["school.xlsx [草稿]: the sheet is unknown and ignored."]


def test_workbook_chinese_sheet_names_and_empty_trailing_rows_read(path, problem):
    def edit(book):
        book["teachers"].cell(60, 1).value = "  "
        book["teachers"].title = "教师"

    change(path, edit)
    assert read_problem(path).problem == problem


def test_workbook_faults_name_sheet_and_row(path):
    def edit(book):
        book["requirements"]["D14"].value = "T99"
        book["term"]["B3"].value = "soon"

    change(path, edit)
    assert errors(path) == [
        'requirements row 14, teacher_ids: "T99" is not in '
        "the table of teachers. Maybe renamed?",
        'term row 3, first_day: "soon" is not a date '
        "YYYY-MM-DD. Maybe write it as 2026-09-01?",
    ]


def test_workbook_that_is_damaged_is_refused(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/nothing.txt", str(zlib.crc32(b"")))
    assert errors(path) == [
        "school.xlsx: is not an intact Excel workbook. "
        "Maybe open it in Excel and save it?"
    ]


def test_workbook_written_holds_no_formula(tmp_path, problem):
    teachers = (replace(problem.teachers[0], name="=cmd|' /C calc'!A0", group="@x"),)
    odd = replace(problem, teachers=teachers + problem.teachers[1:])
    write_workbook(odd, tmp_path / "odd.xlsx")

    cells = load_workbook(tmp_path / "odd.xlsx")["teachers"]
    assert [(c.data_type, c.quotePrefix) for c in (cells["B2"], cells["H2"])] == [
        ("s", True),
        ("s", True),
    ]
    assert read_problem(tmp_path / "odd.xlsx").problem == odd


def test_write_workbook_replaces_only_when_told(path, problem):
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        write_workbook(problem, path)
    assert path.read_bytes() == before
    write_workbook(problem, path, replace=True)
    assert [x.name for x in path.parent.iterdir()] == [path.name]


def test_template_has_titles_notes_and_lists_and_reads_as_empty(tmp_path):
    path = tmp_path / "template.xlsx"
    write_template(path)
    book = load_workbook(path)
    sheet = book["班级"]
    assert book.sheetnames[0] == "说明"
    assert sheet["A1"].value == "班级编号"
    assert sheet["A2"].value == "#例 G3C01"
    assert sheet["A1"].comment.text == "必填；编号；没有这一列时与“班级名称”相同"
    assert sheet.freeze_panes == "A2"
    lists = {str(x.sqref): x.formula1 for x in sheet.data_validations.dataValidation}
    assert lists == {
        "B2:B2000": "'学校'!$A$3:$A$2000",
        "F2:F2000": "'作息时间表'!$A$3:$A$2000",
    }
    assert errors(path)[:2] == [
        "template.xlsx [学校]: has no rows. Maybe fill it in?",
        "template.xlsx [作息时间表]: has no rows. Maybe fill it in?",
    ]


@pytest.mark.parametrize(("language", "term"), [("zh", "学期"), ("en", "term")])
def test_template_filled_in_reads_as_the_problem(tmp_path, problem, language, term):
    template, path = tmp_path / "template.xlsx", tmp_path / "filled.xlsx"
    write_template(template, language=language)
    write_workbook(problem, path, language=language)
    filled, source = load_workbook(template), load_workbook(path)
    for sheet in source.worksheets:
        if sheet.title == term:
            for row in range(2, sheet.max_row + 1):
                filled[term].cell(row, 2).value = sheet.cell(row, 2).value
            continue
        for row in sheet.iter_rows(min_row=2, values_only=True):
            filled[sheet.title].append(row)
    filled.save(template)
    assert read_problem(template).problem == problem


def test_template_keeps_slots_from_becoming_dates(tmp_path):
    write_template(tmp_path / "template.xlsx")

    sheet = load_workbook(tmp_path / "template.xlsx")["关系"]

    (column,) = [c.column_letter for c in sheet[1] if c.value == "时段"]
    assert sheet.column_dimensions[column].number_format == "@"


@pytest.mark.parametrize("content", ["junk\n", "班级,周一\n一班,语文\n"])
def test_workbook_without_any_known_sheet_is_one_sentence(tmp_path, content):
    path = tmp_path / "某校.xlsx"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_problem(path)
    [fault] = caught.value.errors
    assert "没有一张认得的工作表" in str(fault)


@pytest.mark.parametrize(("sheet", "title"), [("term", "学期"), ("teachers", "教师")])
def test_workbook_missing_sheet_is_named_by_its_chinese_title(path, sheet, title):
    change(path, lambda book: book.remove(book[sheet]))
    with pytest.raises(InputError) as caught:
        read_problem(path)
    assert f"【{title}】：缺少这张必需的表。" in caught.value.errors[0].sentence("zh")
