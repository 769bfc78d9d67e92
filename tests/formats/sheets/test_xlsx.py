"""Workbooks become grids of what a person sees, whatever program wrote them."""

import datetime as dt

import pytest

from scheduler.formats.sheets.grid import Cell, Merge
from scheduler.formats.sheets.reading import read_grids
from scheduler.model.errors import InputError
from tests.formats.sheets.books import rows, text, write_book


def grid(tmp_path, sheet, **more):
    return read_grids(write_book(tmp_path / "a.xlsx", [sheet], **more))[0]


def texts(grid):
    return [[cell.text for cell in row] for row in grid.rows]


def test_cells_without_references_stand_one_after_the_other(tmp_path):
    found = grid(tmp_path, rows(text("a") + text("b"), text("c")))
    assert texts(found) == [["a", "b"], ["c"]]
    assert (found.file, found.sheet, found.width) == ("a.xlsx", "Sheet1", 2)


def test_gaps_are_empty_and_empty_ends_left_out(tmp_path):
    inside = '<row r="2"><c r="C2"><v>7</v></c><c r="D2" s="0"/></row><row r="1048576">'
    found = grid(tmp_path, f'<sheetData>{inside}<c r="A1048576"/></row></sheetData>')
    assert texts(found) == [[], ["", "", "7"]]
    assert found.cell(1, 2).value == 7
    assert found.cell(900, 900) == Cell()


@pytest.mark.parametrize(
    ("stored", "code", "value", "shown"),
    [
        ("46266", "yyyy-mm-dd", dt.date(2026, 9, 1), "2026-09-01"),
        ("46266", "m&quot;月&quot;d&quot;日&quot;", dt.date(2026, 9, 1), "2026-09-01"),
        ("0.3472222222222222", "h:mm", dt.time(8, 20), "08:20"),
        ("0.347222222", "General", 0.347222222, "0.347222222"),
        ("1", "[h]:mm", 1.0, "24:00"),
        ("46266.5", "yyyy/m/d h:mm", dt.datetime(2026, 9, 1, 12), "2026-09-01 12:00"),  # noqa: DTZ001
        ("7", "000", 7, "007"),
        ("8.2", "0.00", 8.2, "8.20"),
        ("0.125", "0%", 0.125, "12.5%"),
        ("43.0", "General", 43, "43"),
        ("1e3", "General", 1000, "1000"),
        ("-3", "yyyy-mm-dd", -3, "-3"),
        ("59", "yyyy-mm-dd", dt.date(1900, 2, 28), "1900-02-28"),
    ],
)
def test_numbers_are_what_their_format_makes_of_them(
    tmp_path, stored, code, value, shown
):
    cell = f'<c s="1"><v>{stored}</v></c>'
    found = grid(tmp_path, rows(cell), formats=[code]).cell(0, 0)
    assert (found.value, found.text) == (value, shown)
    assert type(found.value) is type(value)


def test_dates_count_from_1904_where_the_workbook_says_so(tmp_path):
    found = grid(
        tmp_path,
        rows('<c s="1"><v>44804</v></c>'),
        formats=["yyyy-mm-dd"],
        book='<workbookPr date1904="1"/>',
    )
    assert found.cell(0, 0).text == "2026-09-01"
    assert found.first_day == dt.date(1904, 1, 1)


def test_escapes_of_other_programs_are_undone_and_phonetic_guides_left_out(tmp_path):
    shared = ["<t>三(1)班_x000D_\n备注</t>", "<r><t>王</t></r><r><t>芳</t></r>"]
    shared.append("<t>山</t><rPh sb='0' eb='1'><t>shān</t></rPh>")
    shared.append("<t>_x005F_x000D_</t>")
    cells = "".join(f'<c t="s"><v>{k}</v></c>' for k in range(4))
    found = grid(tmp_path, rows(cells), texts=shared)
    assert texts(found) == [["三(1)班\n备注", "王芳", "山", "_x000D_"]]


def test_other_kinds_of_cells_keep_their_type(tmp_path):
    cells = (
        '<c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="str"><f>A1</f><v>x</v></c>'
        '<c t="d"><v>2026-09-01</v></c><c><f>1+1</f></c>'
    )
    found = grid(tmp_path, rows(cells))
    values = [cell.value for cell in found.rows[0]]
    assert values == [True, None, "x", dt.date(2026, 9, 1)]
    assert found.cell(0, 1).text == "#N/A"
    assert found.unsolved == {(0, 4)}


def test_merges_hidden_rows_columns_and_sheets_are_told(tmp_path):
    sheet = (
        '<cols><col min="2" max="3" hidden="1"/></cols><sheetData>'
        f'<row r="1">{text("a")}{text("b")}</row>'
        f'<row r="2" hidden="1">{text("c")}</row></sheetData>'
        '<mergeCells><mergeCell ref="A1:A1048576"/><mergeCell ref="B1"/></mergeCells>'
    )
    path = write_book(tmp_path / "a.xlsx", [sheet])
    found = read_grids(path)[0]
    assert found.merges == (Merge(0, 0, 2, 1),)
    assert found.hidden_rows == {1}
    assert found.hidden_columns == {1}
    assert not found.hidden


def test_prefixed_elements_and_strict_namespaces_read_the_same(tmp_path):
    import zipfile

    path = write_book(tmp_path / "a.xlsx", [rows(text("a"))])
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = f'<x:worksheet xmlns:x="{strict}"><x:sheetData><x:row><x:c><x:v>5</x:v>'
    sheet += "</x:c></x:row></x:sheetData></x:worksheet>"
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert texts(read_grids(path)[0]) == [["5"]]


def refusal(path):
    with pytest.raises(InputError) as caught:
        read_grids(path)
    (fault,) = caught.value.errors
    return fault.problem.en


@pytest.mark.parametrize("number", ["1e999", "-1e999", "nan", "1 000", "x"])
def test_number_that_is_none_is_named_with_its_cell(tmp_path, number):
    cell = f'<c r="B3"><v>{number}</v></c>'
    sheet = f'<sheetData><row r="3">{cell}</row></sheetData>'
    path = write_book(tmp_path / "a.xlsx", [sheet])
    assert refusal(path) == f'cell B3 holds "{number}", which cannot be understood'


@pytest.mark.parametrize("cell", ['<c s="2"><v>1</v></c>', '<c t="s"><v>9</v></c>'])
def test_format_or_text_out_of_range_is_named_with_its_cell(tmp_path, cell):
    path = write_book(tmp_path / "a.xlsx", [rows(cell)], formats=["0"])
    assert refusal(path).startswith("cell A1 holds")
