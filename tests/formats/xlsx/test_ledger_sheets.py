"""Sheets of ledgers: what people typed stays text."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from scheduler.formats.ledgers.sheets import add_sheet
from scheduler.formats.tables.files.workbook_writing import saved


def written(text):
    """The cell of a sheet that holds a text."""
    book = Workbook(write_only=True)
    add_sheet(book, "课时", "说明", ("教师",), [(text,)])
    return load_workbook(io.BytesIO(saved(book))).active["A3"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "@SUM(1)", "#N/A", "\t=1"])
def test_text_of_a_ledger_never_becomes_a_formula(text):
    cell = written(text)
    assert (cell.data_type, cell.value) == ("s", text)


def test_text_with_control_characters_is_written_without_them():
    assert written("会\x07议\x00").value == "会议"
