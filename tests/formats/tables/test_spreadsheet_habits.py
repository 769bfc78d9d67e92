"""What spreadsheet programs do to a school's tables, and how it is told of."""

import datetime as dt

import pytest
from openpyxl import load_workbook

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.files.workbook_writing import write_workbook
from scheduler.model.errors import InputError, sentences
from tests.formats.primary_school import EXAMPLE, Folder, english


@pytest.fixture
def change(tmp_path):
    """Change a workbook of the example; gives its path."""

    def changed(edit):
        path = tmp_path / "school.xlsx"
        write_workbook(read_problem(EXAMPLE).problem, path)
        book = load_workbook(path)
        edit(book)
        book.save(path)
        return path

    return changed


def warnings(path):
    return [english(str(warning)) for warning in read_problem(path).warnings]


@pytest.mark.parametrize("escape", ["_x000D_", "_x000d_"])
def test_line_breaks_of_other_programs_are_undone(change, escape):
    def edit(book):
        book["classes"]["D2"].value = f"一(1)班{escape}\n实验"

    path = change(edit)
    assert read_problem(path).problem.classes[0].name == "一(1)班\n实验"


@pytest.mark.parametrize(("days", "on"), [(44804, "2026-09-01"), (44805, "2026-09-02")])
def test_plain_numbers_count_from_1904_where_the_workbook_does(change, days, on):
    def edit(book):
        book.epoch = dt.datetime(1904, 1, 1)  # noqa: DTZ001
        book["agreements"]["D2"].value = days
        book["agreements"]["D2"].number_format = "General"

    path = change(edit)
    assert read_problem(path).problem.agreements[0].valid_from.isoformat() == on


def test_name_that_became_a_date_is_warned_of(change):
    def edit(book):
        book["classes"]["D3"].value = dt.date(2026, 6, 1)

    (line,) = warnings(change(edit))
    assert 'row 3, name: "2026-06-01" is a date, perhaps made of' in line


@pytest.mark.parametrize("name", ["6月1日", "2026/6/1", "1-Jun", "Jun-01"])
def test_name_that_became_a_date_in_a_csv_file_is_warned_of(tmp_path, name):
    folder = Folder(tmp_path)
    folder.put("teachers", 4, "name", name)
    assert [f'"{name}" is a date' in line for line in folder.warnings()] == [True]


def test_hidden_rows_are_read_and_said(change):
    def edit(book):
        for row in (3, 4, 5, 9):
            book["requirements"].row_dimensions[row].hidden = True

    assert warnings(change(edit)) == [
        "school.xlsx [requirements]: rows 3–5, 9 are hidden, perhaps by a filter; "
        "they were read."
    ]


@pytest.mark.parametrize("name", ["周雅萍", "欧阳小明"])
def test_garbled_name_is_refused_with_what_it_was(tmp_path, name):
    folder = Folder(tmp_path)
    garbled = name.encode().decode("gb18030", "replace").rstrip("\ufffd") + "?"
    folder.put("teachers", 2, "name", garbled)
    (line,) = folder.errors()
    assert "is garbled text" in line
    assert name[:2] in line


@pytest.mark.parametrize("mark", ["/", " ", "+", "和"])
def test_list_with_another_mark_is_told_to_use_a_semicolon(tmp_path, mark):
    folder = Folder(tmp_path)
    folder.put("requirements", 2, "teacher_ids", f"T001{mark}T002")
    (line,) = folder.errors()
    assert 'Maybe separate the ids by ";"?' in line


def test_equal_errors_are_one_sentence_with_their_rows(tmp_path):
    folder = Folder(tmp_path)
    for row in (2, 3, 4, 7):
        folder.put("bells", row, "kind", "自习")
    with pytest.raises(InputError) as caught:
        read_problem(folder.path)
    (zh,) = sentences(caught.value.errors, "zh")
    (en,) = sentences(caught.value.errors, "en")
    words = "正课、活动、大课间、课间、午餐、课后服务"
    start = "【作息时间表】第2–4、7行“类型”：“自习”无法识别。"
    assert zh == f"{start}可填：{words}。"
    assert en.startswith('bells rows 2–4, 7, kind: "自习" is not')
