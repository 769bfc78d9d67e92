"""Workbooks of one XML file: their cells, merges, hidden sheets and faults."""

import pytest

from scheduler.formats.sheets.grid import Merge
from scheduler.formats.sheets.reading import read_grids
from scheduler.model.errors import InputError

HEAD = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel">'
)


def book(tmp_path, inside, head=HEAD):
    path = tmp_path / "课表.xls"
    path.write_text(f"{head}{inside}</Workbook>", encoding="utf-8")
    return path


def data(text, kind="String"):
    return f'<Data ss:Type="{kind}">{text}</Data>'


def test_cells_stand_where_their_indexes_say_and_numbers_are_numbers(tmp_path):
    rows = (
        f'<Row><Cell ss:MergeAcross="2">{data("三(1)班课表")}</Cell></Row>'
        f'<Row ss:Index="3"><Cell>{data("1", "Number")}</Cell>'
        f'<Cell ss:Index="3">{data("语文&#10;王芳")}</Cell><Cell/></Row>'
    )
    sheet = f'<Worksheet ss:Name="三1"><Table>{rows}</Table></Worksheet>'
    (grid,) = read_grids(book(tmp_path, sheet))

    assert (grid.sheet, grid.hidden) == ("三1", False)
    assert [c.text for c in grid.rows[2]] == ["1", "", "语文\n王芳"]
    assert grid.cell(2, 0).value == 1
    assert grid.merges == (Merge(0, 0, 1, 3),)


def test_hidden_sheets_are_marked(tmp_path):
    hide = "<WorksheetOptions><x:Visible>SheetHidden</x:Visible></WorksheetOptions>"
    cell = f"<Table><Row><Cell>{data('旧')}</Cell></Row></Table>"
    sheets = f'<Worksheet ss:Name="旧">{cell}{hide}</Worksheet>'
    sheets += f'<Worksheet ss:Name="新">{cell}</Worksheet>'

    found = [(g.sheet, g.hidden) for g in read_grids(book(tmp_path, sheets))]
    assert found == [("旧", True), ("新", False)]


@pytest.mark.parametrize("inside", ["<Worksheet>", "<Worksheet><Table></Worksheet>"])
def test_broken_ones_are_refused_in_a_sentence(tmp_path, inside):
    with pytest.raises(InputError, match="工作簿"):
        read_grids(book(tmp_path, inside))


def test_entities_are_refused(tmp_path):
    head = HEAD.replace("\n<Workbook", '<!DOCTYPE a [<!ENTITY b "c">]><Workbook')
    with pytest.raises(InputError, match="工作簿"):
        read_grids(book(tmp_path, "<Worksheet/>", head))
