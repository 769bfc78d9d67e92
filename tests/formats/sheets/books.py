"""Workbooks written part by part, as no program writes them."""

import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def write_book(path, sheets, *, texts=(), formats=(), book="", names=None):
    """A workbook of sheets given as the XML inside ``worksheet``.

    ``texts`` are the shared texts as XML, ``formats`` the number formats that cells
    choose by ``s``, ``book`` what stands before the list of sheets, ``names`` the
    (name, number of the sheet's part) of the list.
    """
    names = names or [(f"Sheet{k}", k) for k in range(1, len(sheets) + 1)]
    listed = "".join(
        f'<sheet name="{name}" sheetId="{k}" r:id="rId{part}"/>'
        for k, (name, part) in enumerate(names, 1)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{book}'
            f"<sheets>{listed}</sheets></workbook>",
        )
        links = [("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
        targets = [
            f'<Relationship Id="x{k}" Type="{LINKS}/{kind}" Target="{target}"/>'
            for k, (kind, target) in enumerate(links)
        ]
        for k, sheet in enumerate(sheets, 1):
            part = f"worksheets/sheet{k}.xml"
            targets.append(
                f'<Relationship Id="rId{k}" Type="{LINKS}/worksheet" Target="{part}"/>'
            )
            with archive.open(f"xl/{part}", "w") as stream:
                stream.write(f'<worksheet xmlns="{MAIN}">'.encode())
                for piece in (sheet,) if isinstance(sheet, str) else sheet:
                    stream.write(piece.encode())
                stream.write(b"</worksheet>")
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_RELS}">{"".join(targets)}</Relationships>',
        )
        items = "".join(f"<si>{text}</si>" for text in texts)
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{items}</sst>')
        archive.writestr("xl/styles.xml", _styles(formats))
    return path


def _styles(formats):
    codes = "".join(
        f'<numFmt numFmtId="{200 + k}" formatCode="{code}"/>'
        for k, code in enumerate(formats)
    )
    chosen = "".join(f'<xf numFmtId="{200 + k}"/>' for k in range(len(formats)))
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts>'
        f'<cellXfs><xf numFmtId="0"/>{chosen}</cellXfs></styleSheet>'
    )


def rows(*cells):
    """The XML of rows, each given as the XML of its cells."""
    inside = "".join(f"<row>{row}</row>" for row in cells)
    return f"<sheetData>{inside}</sheetData>"


def text(value):
    """The XML of a cell of text, placed after the one before it."""
    return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
