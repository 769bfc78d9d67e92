"""New rows in one sheet of a workbook; all else stays as it was, byte for byte."""

import datetime as dt
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.declared.problem_tables import BOOKINGS
from scheduler.formats.tables.files.sheet_replacing import with_items
from scheduler.formats.tables.files.workbook_writing import write_workbook
from scheduler.formats.tables.template import write_template
from scheduler.model.closures import Booking, Calendar
from scheduler.model.errors import InputError
from tests.term.builders import problem

FOUND = (
    Booking("CAL", dt.date(2026, 9, 8), 480, 600, "社区比赛 <&> 'x'"),
    Booking("CAL", dt.date(2026, 9, 15), 480, 600, ""),
)
OLD = Booking("CAL", dt.date(2026, 10, 8), 480, 600, "旧")


@pytest.fixture
def book(tmp_path):
    """A school whose park has a calendar, with one booking."""
    given = problem(calendars=(Calendar("CAL", "PARK", "p.ics"),), bookings=(OLD,))
    write_workbook(given, tmp_path / "school.xlsx")
    return tmp_path / "school.xlsx"


def change(path, edit):
    loaded = load_workbook(path)
    edit(loaded)
    loaded.save(path)


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_rows_replace_those_of_the_sheet_and_nothing_else_changes(book):
    before, given = parts(book), read_problem(book).problem
    book.write_bytes(with_items(book, BOOKINGS, FOUND))
    after = parts(book)

    assert read_problem(book).problem == replace(given, bookings=FOUND)
    assert list(after) == list(before)
    assert sum(after[name] != before[name] for name in before) == 1
    assert load_workbook(book)["bookings"].freeze_panes == "A2"


def test_no_rows_empty_the_sheet(book):
    book.write_bytes(with_items(book, BOOKINGS, []))
    assert read_problem(book).problem.bookings == ()


def test_order_and_titles_of_the_sheet_are_kept_and_missing_ones_added(book):
    def edit(loaded):
        sheet = loaded["bookings"]
        sheet.title = "场地预订"
        sheet.delete_rows(1, 9)
        sheet["A1"] = "公园的预订"
        for column, title in enumerate(("日期", "结束", "开始", "备注"), start=1):
            sheet.cell(2, column, title)
        sheet.cell(2, 5, "日历编号")

    change(book, edit)
    book.write_bytes(with_items(book, BOOKINGS, FOUND))
    loaded = load_workbook(book)
    title, head, first, _ = loaded["场地预订"].values

    assert title[0] == "公园的预订"
    assert head == ("日期", "结束", "开始", "备注", "日历编号", "名称")
    assert first == ("2026-09-08", "10:00", "08:00", None, "CAL", "社区比赛 <&> 'x'")
    assert "bookings" not in loaded.sheetnames
    assert read_problem(book).problem.bookings == FOUND


def test_sheet_that_is_not_there_is_added(book):
    change(book, lambda loaded: loaded.remove(loaded["bookings"]))
    assert read_problem(book).problem.bookings == ()
    book.write_bytes(with_items(book, BOOKINGS, FOUND))

    assert read_problem(book).problem.bookings == FOUND
    assert load_workbook(book).sheetnames[-1] == "bookings"


def test_stored_results_of_formulas_elsewhere_survive(book):
    def edit(loaded):
        loaded["classes"]["E2"].value = "=40+2"

    change(book, edit)
    with zipfile.ZipFile(book) as archive:
        texts = {name: archive.read(name) for name in archive.namelist()}
    name = next(n for n, x in texts.items() if b"40+2" in x)
    texts[name] = (
        texts[name].replace(b"<v></v>", b"<v>42</v>").replace(b"<v />", b"<v>42</v>")
    )
    with zipfile.ZipFile(book, "w") as archive:
        for part, content in texts.items():
            archive.writestr(part, content)
    given = read_problem(book).problem
    book.write_bytes(with_items(book, BOOKINGS, FOUND))

    assert given.classes[0].size == 42
    assert read_problem(book).problem.classes == given.classes


@pytest.mark.parametrize(
    "edit",
    [
        lambda sheet: sheet.cell(2, 5, '="a"&"b"'),
        lambda sheet: sheet.merge_cells("D2:E2"),
    ],
    ids=["formula", "merged"],
)
def test_formulas_and_merged_cells_are_not_written_over(book, edit):
    change(book, lambda loaded: edit(loaded["bookings"]))
    before = book.read_bytes()
    with pytest.raises(InputError) as caught:
        with_items(book, BOOKINGS, FOUND)

    (error,) = caught.value.errors
    assert book.read_bytes() == before
    assert error.file == "school.xlsx [bookings]"


def test_template_takes_rows_below_its_titles(tmp_path):
    path = tmp_path / "template.xlsx"
    write_template(path)
    path.write_bytes(with_items(path, BOOKINGS, FOUND))
    sheet = load_workbook(path)["场地预订"]

    first = [cell.value for cell in sheet[2]]
    assert first[:4] == ["CAL", "2026-09-08", "08:00", "10:00"]
    assert sheet["A1"].comment is not None


def test_file_that_is_no_workbook_is_an_error(tmp_path):
    path = tmp_path / "school.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(InputError):
        with_items(path, BOOKINGS, FOUND)
