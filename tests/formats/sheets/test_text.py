"""Delimited text becomes a grid, whatever program saved it."""

import codecs

import pytest

from scheduler.formats.sheets.reading import read_grids, read_spreadsheet
from scheduler.model.errors import InputError

ROWS = "班级,人数\n三(1)班,42\n"


def texts(tmp_path, content):
    (tmp_path / "a.csv").write_bytes(content)
    (grid,) = read_grids(tmp_path / "a.csv")
    return [[cell.text for cell in row] for row in grid.rows]


@pytest.mark.parametrize(
    "content",
    [
        ROWS.encode(),
        codecs.BOM_UTF8 + ROWS.encode(),
        ROWS.encode("gbk"),
        ROWS.encode("utf-16"),
        ROWS.replace(",", "\t").encode("utf-16"),
        ROWS.replace(",", ";").encode(),
        ROWS.encode() + b"\x1a",
        ROWS.replace("\n", "\r\n").encode("gbk") + b"\x1a\x1a",
    ],
)
def test_encodings_and_separators_of_spreadsheet_programs_read_alike(tmp_path, content):
    assert texts(tmp_path, content) == [["班级", "人数"], ["三(1)班", "42"]]


def test_gbk_is_told_of(tmp_path):
    (tmp_path / "a.csv").write_bytes(ROWS.encode("gbk"))
    (notice,) = read_spreadsheet(tmp_path / "a.csv").notices
    assert notice.problem.en == "is not UTF-8; read as GB18030 (GBK)"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a\x00b", "is not text but binary data"),
        (b"\x81", "is neither UTF-8 nor GBK"),
        (b"%PDF-1.7", "is not text but a PDF document"),
        (b"\xd0\xcf\x11\xe0", "is not an intact Excel workbook"),
        (b'a,"b\n', "has a quotation mark that does not match"),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(tmp_path, content, said):
    with pytest.raises(InputError) as caught:
        texts(tmp_path, content)
    assert [fault.problem.en for fault in caught.value.errors] == [said]


def test_a_line_set_further_in_has_an_empty_first_column(tmp_path):
    text = "  三班\n        周一   周二\n  第1节   语文   数学\n  第2节   音乐   体育\n"
    header = "        周一   周二   周三\n"
    text = text.replace("        周一   周二\n", header).replace("数学", "数学   美术")
    assert texts(tmp_path, text.encode())[1:3] == [
        ["", "周一", "周二", "周三"],
        ["第1节", "语文", "数学", "美术"],
    ]
