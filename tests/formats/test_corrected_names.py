"""Standard course names in a copy of the school's workbook: nothing else changes."""

import re
import zipfile

import pytest
from openpyxl import load_workbook
from openpyxl.styles import PatternFill

from scheduler.cli import main
from tests.audit.clean_school import changed, renamed
from tests.audit.printed import print_school
from tests.cli.bureau.test_audit import named_school


def share_strings(path):
    """Put the texts of a workbook into one part, as spreadsheet programs do."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    texts = []

    def shared(found):
        texts.append(found[2])
        return f'{found[1]}t="s"><v>{len(texts) - 1}</v></c>'

    for name, xml in parts.items():
        if name.startswith("xl/worksheets/"):
            pattern = r'(<c [^>]*)t="inlineStr"><is>(.*?)</is></c>'
            parts[name] = re.sub(pattern, shared, xml, flags=re.DOTALL)
    items = "".join(f"<si>{text}</si>" for text in texts)
    main_names = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main_names}">{items}</sst>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    override = (
        f'<Override PartName="/xl/sharedStrings.xml" '
        f'ContentType="{kind}.sharedStrings+xml"/></Types>'
    )
    types = "[Content_Types].xml"
    if "sharedStrings" not in parts[types]:
        parts[types] = parts[types].replace("</Types>", override)
    links = "xl/_rels/workbook.xml.rels"
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = (
        f'<Relationship Id="rIdS" Type="{related}/sharedStrings" '
        f'Target="sharedStrings.xml"/></Relationships>'
    )
    if "sharedStrings" not in parts[links]:
        parts[links] = parts[links].replace("</Relationships>", link)
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


@pytest.fixture(scope="module", params=[False, True], ids=["inline", "strings"])
def written(request, tmp_path_factory):
    """An audited workbook with an obsolete name in one class; where it stands."""
    folder = tmp_path_factory.mktemp("corrected")
    school = changed(named_school(), "G5C1", renamed("ME", "ME", "品德与社会"))
    path = print_school(school, folder / "课表.xlsx")
    book = load_workbook(path)
    sheet = book["五(1)班"]
    old = [c for row in sheet.iter_rows() for c in row if "品德与社会" in str(c.value)]
    for cell in old:
        cell.fill = PatternFill("solid", fgColor="FFFF00")
    sheet["I1"] = "=1+1"
    book.save(path)
    if request.param:
        share_strings(path)
    main(["audit", str(path), "--out", str(folder / "out")])
    places = {c.coordinate: c.value for c in old}
    return path, folder / "out" / "corrected" / "课表.xlsx", places


def test_obsolete_name_reads_back_as_the_standard_one_in_its_format(written):
    _, new, places = written
    sheet = load_workbook(new)["五(1)班"]
    assert places
    for address, text in places.items():
        assert sheet[address].value == text.replace("品德与社会", "道德与法治")
        assert sheet[address].fill.fgColor.rgb == "00FFFF00"


def test_every_other_cell_and_part_is_as_it_was(written):
    old, new, places = written
    with zipfile.ZipFile(old) as one, zipfile.ZipFile(new) as two:
        assert one.namelist() == two.namelist()
        differ = [n for n in one.namelist() if one.read(n) != two.read(n)]
    assert len(differ) == 1
    assert differ[0].startswith("xl/worksheets/sheet")
    before, after = load_workbook(old)["五(1)班"], load_workbook(new)["五(1)班"]
    cells = [c for row in before.iter_rows() for c in row]
    moved = {c.coordinate for c in cells if after[c.coordinate].value != c.value}
    assert moved == set(places)


def table_of_a_class(tmp_path):
    """Rows of a class with an obsolete name, each cell in quotes."""
    school = changed(named_school(), "G5C1", renamed("ME", "ME", "品德与社会"))
    book = load_workbook(print_school(school, tmp_path / "a.xlsx"))
    rows = book["五(1)班"].iter_rows(values_only=True)
    return [[str(x or "") for x in row[:7]] for row in rows]


def test_table_without_parts_is_told_and_not_written(tmp_path, capsys):
    rows = table_of_a_class(tmp_path)
    cells = "".join(f"<tr>{''.join(f'<td>{x}' for x in row)}" for row in rows)
    path = tmp_path / "五1.html"
    path.write_text(f"<meta charset=utf-8><table>{cells}</table>", encoding="utf-8")
    main(["audit", str(path), "--out", str(tmp_path / "o")])
    assert "只能写回 .xlsx" in capsys.readouterr().err
    assert not (tmp_path / "o" / "corrected").exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_of_a_csv_file_only_the_bytes_of_the_names_change(tmp_path, encoding, end):
    rows = table_of_a_class(tmp_path)
    lines = [",".join(f'"{x}"' for x in row) for row in rows]
    path = tmp_path / "五1.csv"
    path.write_bytes(end.join(lines).encode(encoding))
    main(["audit", str(path), "--out", str(tmp_path / "o")])

    text = end.join(lines)
    assert text.count("品德与社会") == 2
    wanted = text.replace("品德与社会", "道德与法治").encode(encoding)
    assert (tmp_path / "o" / "corrected" / "五1.csv").read_bytes() == wanted
