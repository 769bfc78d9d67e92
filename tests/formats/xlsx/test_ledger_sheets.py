"""Sheets of ledgers: what people typed stays text."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from scheduler.formats.ledgers.sheets import add_sheet, save


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "@SUM(1)", "#N/A", "\t=1"])
def test_text_of_a_ledger_never_becomes_a_formula(text):
    book = Workbook(write_only=True)
    add_sheet(book, "课时", "说明", ("教师",), [(text,)])
    sheet = load_workbook(io.BytesIO(save(book))).active
    assert (sheet["A3"].data_type, sheet["A3"].value) == ("s", text)
