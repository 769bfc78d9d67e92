"""Hostile files are refused, or read where people make such files, without harm."""

import os
import zipfile

import pytest

from scheduler.formats.sheets.reading import read_grids
from scheduler.model import intake
from scheduler.model.errors import InputError
from tests.formats.sheets.books import MAIN, rows, text, write_book


def refusal(path):
    with pytest.raises(InputError) as caught:
        read_grids(path)
    (fault,) = caught.value.errors
    return fault.problem.en


def beyond(limit):
    return limit.refusal("").problem.en


def thousands(xml, count):
    """A sheet of rows with the same XML a thousand times."""
    row = f"<row>{xml * 1000}</row>"
    return ["<sheetData>", *[row] * (count // 1000), "</sheetData>"]


@pytest.mark.parametrize("area", ["A1:XFD1048576", "A1:A1048576", "A1:XFD1"])
def test_merge_over_a_whole_sheet_column_or_row_is_read(tmp_path, area):
    merges = f'<mergeCells><mergeCell ref="{area}"/></mergeCells>'
    path = write_book(tmp_path / "a.xlsx", [rows(text("a"), text("b")) + merges])
    (found,) = read_grids(path)
    assert [[cell.text for cell in row] for row in found.rows] == [["a"], ["b"]]


def test_millions_of_empty_cells_are_refused(tmp_path):
    path = write_book(tmp_path / "a.xlsx", [thousands('<c s="0"/>', 3_000)])
    assert read_grids(path)[0].rows == ()
    sheet = thousands("<c/>", intake.SHEET_CELLS.most + 1_000)
    path = write_book(tmp_path / "b.xlsx", [sheet])
    assert refusal(path) == beyond(intake.SHEET_CELLS)


def test_million_empty_rows_are_read_as_none(tmp_path):
    sheet = ["<sheetData>", *["<row/>" * 1000] * 1000, "</sheetData>"]
    assert read_grids(write_book(tmp_path / "a.xlsx", [sheet]))[0].rows == ()


def test_rows_that_reach_far_to_the_right_are_refused_before_they_are_filled(tmp_path):
    cells = "".join(
        f'<row r="{k}"><c r="XFD{k}"><v>1</v></c></row>' for k in range(1, 400)
    )
    path = write_book(tmp_path / "a.xlsx", [f"<sheetData>{cells}</sheetData>"])
    assert refusal(path) == beyond(intake.SHEET_AREA)


def test_million_styles_are_refused(tmp_path):
    path = write_book(tmp_path / "a.xlsx", [rows(text("a"))])
    styles = '<xf numFmtId="0"/>' * (intake.STYLES.most + 1)
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs>{styles}</cellXfs></styleSheet>'
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        pytest.warns(UserWarning, match="Duplicate name"),
    ):
        archive.writestr("xl/styles.xml", styles)
    assert refusal(path) == beyond(intake.STYLES)


def test_sheet_named_many_times_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    write_book(path, [rows(text("a"))], names=[(f"S{k}", 1) for k in range(20)])
    assert refusal(path) == "lists one sheet several times"
    write_book(path, [rows(text("a"))], names=[(f"S{k}", 1) for k in range(500)])
    assert refusal(path) == beyond(intake.SHEETS)


def test_zip_bomb_is_refused(tmp_path):
    blanks = [" " * 1_000_000] * (intake.UNPACKED_BYTES.most // 1_000_000 + 1)
    path = write_book(tmp_path / "a.xlsx", [["<sheetData>", *blanks, "</sheetData>"]])
    assert refusal(path) == beyond(intake.UNPACKED_BYTES)


def test_archive_with_a_long_list_of_parts_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(intake.PACKED_PARTS.most + 1):
            archive.writestr(f"{number}", b"")
    assert refusal(path) == beyond(intake.PACKED_PARTS)


@pytest.mark.parametrize(
    "declared", ['<!DOCTYPE x [<!ENTITY a "b">]>', '<!DOCTYPE x SYSTEM "file:///x">']
)
def test_entities_are_refused(tmp_path, declared):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", f"<?xml version='1.0'?>{declared}<x/>")
    assert refusal(path) == "is not an intact Excel workbook"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are of Unix")
def test_pipe_is_refused_without_being_opened(tmp_path):
    os.mkfifo(tmp_path / "a.xlsx")
    assert refusal(tmp_path / "a.xlsx") == "is not a regular file"


def test_text_of_commas_alone_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"," * (intake.TEXT_CELLS.most + 1))
    assert refusal(path) == beyond(intake.TEXT_CELLS)


def test_endless_quotation_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b'a,b\n"' + b"x" * 200_000)
    assert refusal(path) == beyond(intake.CELL_CHARACTERS)
