"""Old workbooks, OpenDocument, web pages and pasted text become the same grids."""

import struct
import zipfile
from datetime import time

import openpyxl
import pytest
import xlwt

from scheduler.formats.sheets.grid import Merge
from scheduler.formats.sheets.reading import read_spreadsheet
from scheduler.model.errors import InputError

HEAD = ["节次", "星期一", "星期二"]
ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:automatic-styles><style:style style:name="off"><style:table-properties
 table:display="false"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="三1"><table:table-column table:number-columns-repeated="9"/>
<table:table-row><table:table-cell table:number-columns-spanned="3"
 office:value-type="string"><text:p>三(1)班</text:p></table:table-cell>
<table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
<table:table-row table:visibility="collapse"><table:table-cell
 office:value-type="float" office:value="2"><text:p>第2节</text:p></table:table-cell>
<table:table-cell table:number-columns-repeated="2"><text:p>语文</text:p>
<text:p>张三</text:p>
</table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell
 table:number-columns-repeated="16000"/></table:table-row></table:table>
<table:table table:name="旧" table:style-name="off"><table:table-row><table:table-cell>
<text:p>x</text:p></table:table-cell></table:table-row></table:table>
</office:spreadsheet></office:body></office:document-content>"""


def texts(grid):
    return [[cell.text for cell in row] for row in grid.rows]


def ods(path, content=ODS):
    with zipfile.ZipFile(path, "w") as archive:
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
    return path


def test_an_old_workbook_gives_cells_merges_and_hidden_sheets(tmp_path):
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("三1")
    sheet.write_merge(0, 0, 0, 2, "三(1)班")
    for column, text in enumerate(HEAD):
        sheet.write(2, column, text)
    style = xlwt.easyxf(num_format_str="h:mm")
    sheet.write(3, 0, 0.3125, style)
    sheet.write(3, 1, 3.0)
    book.add_sheet("旧").visibility = 1
    # The name does not tell the format.
    book.save(str(tmp_path / "三1.xlsx"))

    shown, hidden = read_spreadsheet(tmp_path / "三1.xlsx").grids
    assert texts(shown) == [["三(1)班"], [], HEAD, ["07:30", "3"]]
    assert shown.cell(3, 0).value == time(7, 30)
    assert shown.cell(3, 1).value == 3
    assert shown.merges == (Merge(0, 0, 1, 3),)
    assert (shown.hidden, hidden.hidden) == (False, True)


def test_an_old_workbook_that_begins_late_keeps_its_addresses(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(2, 3, "x")
    sheet.write_merge(3, 4, 4, 5, "y")
    sheet.write(4, 6, "z")
    book.save(str(tmp_path / "a.xls"))

    (grid,) = read_spreadsheet(tmp_path / "a.xls").grids
    assert (grid.cell(2, 3).text, grid.cell(3, 4).text) == ("x", "y")
    assert [(m.top, m.left) for m in grid.merges] == [(3, 4)]


def test_opendocument_gives_repeated_cells_and_no_million_empty_ones(tmp_path):
    shown, hidden = read_spreadsheet(ods(tmp_path / "a.ods")).grids

    row = ["第2节", "语文\n张三", "语文\n张三"]
    assert texts(shown) == [["三(1)班"], [], [], row]
    assert shown.cell(3, 0).value == 2
    assert shown.merges == (Merge(0, 0, 1, 3),)
    assert shown.hidden_rows == {3}
    assert hidden.hidden


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_web_page_gives_its_inner_tables_with_headings(tmp_path, encoding):
    page = f"""<html><head><meta charset="{encoding}"></head><body>
      <table><tr><td><h3>三(1)班课程表</h3><table>
      <tr><th rowspan=2>节次</th><th colspan="2">星期一</th></tr>
      <tr><td>语文<br>张三</td><td> 数&nbsp;学 </td></tr></table></td></tr></table>"""
    (tmp_path / "课表.xls").write_text(page, encoding=encoding)

    (grid,) = read_spreadsheet(tmp_path / "课表.xls").grids
    assert texts(grid) == [
        ["三(1)班课程表"],
        ["节次", "星期一"],
        ["", "语文\n张三", "数 学"],
    ]
    assert grid.merges == (Merge(1, 0, 3, 1), Merge(1, 1, 2, 3))


@pytest.mark.parametrize(
    "text",
    [
        "三(1)班\n节次  星期一   星期二\n第1节  语文  数学\n",
        "三(1)班\n节次\t星期一\t星期二\n第1节\t语文\t数学\n",
        "三(1)班\n| 节次 | 星期一 | 星期二 |\n|---|:-:|---|\n| 第1节 | 语文 | 数学 |",
    ],
)
def test_pasted_text_is_parted_by_what_parts_most_of_its_lines(tmp_path, text):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")

    (grid,) = read_spreadsheet(tmp_path / "a.txt").grids
    assert texts(grid) == [["三(1)班"], HEAD, ["第1节", "语文", "数学"]]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "Word"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 3000, "intact"),
        (b"<html><body>no timetable here</body>", "without a table"),
        (b"\xff\xd8\xff\xe0 a photo", "JPEG"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(tmp_path, content, said):
    (tmp_path / "课表.xlsx").write_bytes(content)

    with pytest.raises(InputError) as refusal:
        read_spreadsheet(tmp_path / "课表.xlsx")
    assert len(refusal.value.errors) == 1
    assert said in str(refusal.value)


@pytest.mark.parametrize("cipher", [0, 1])
def test_an_old_workbook_with_a_password_is_refused_as_locked(tmp_path, cipher):
    """Cipher 0 is what Excel 95 wrote, 1 what later ones write."""
    path = tmp_path / "课表.xls"
    book = xlwt.Workbook(encoding="utf-8")
    book.add_sheet("三1").write(0, 0, "节次")
    book.save(str(path))
    content = path.read_bytes()
    # FilePass takes the place of the records between BOF and the end of WriteAccess.
    first = content.index(b"\x09\x08\x10\x00") + 20
    end = content.index(b"\x5c\x00\x70\x00", first) + 4 + 112
    lock = struct.pack("<HHH", 0x2F, end - first - 4, cipher)
    path.write_bytes(content[:first] + lock + content[first + len(lock) :])

    with pytest.raises(InputError, match="protected by a password") as refusal:
        read_spreadsheet(path)
    assert len(refusal.value.errors) == 1


def test_macros_of_a_workbook_are_left_alone(tmp_path):
    path = tmp_path / "课表.xlsm"
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.save(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Sub Auto_Open()")

    sheets = read_spreadsheet(path)
    assert [texts(grid) for grid in sheets.grids] == [[HEAD]]
    assert sheets.notices == ()


def test_a_broken_opendocument_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="intact"):
        read_spreadsheet(ods(tmp_path / "a.ods", ODS[:900]))
