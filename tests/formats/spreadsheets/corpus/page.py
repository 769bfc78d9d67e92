"""Pages: cells and merges of a sheet, and the files that hold them."""

import csv
import html
import io
import random
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import xlwt

Area = tuple[int, int, int, int]


@dataclass
class Page:
    """A sheet before it is a file; areas are half-open and counted from 0."""

    name: str
    cells: dict[tuple[int, int], object] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    hidden: bool = False

    def put(self, row: int, column: int, value: object) -> None:
        if value not in (None, ""):
            self.cells[row, column] = value

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (bottom - top) * (right - left) > 1:
            self.merges.append((top, left, bottom, right))

    @property
    def size(self) -> tuple[int, int]:
        ends = [(r + 1, c + 1) for r, c in self.cells] + [m[2:] for m in self.merges]
        return max(r for r, _ in ends), max(c for _, c in ends)

    def filled(self) -> dict[tuple[int, int], object]:
        """Cells with merged areas filled, as formats without merges need it."""
        cells = dict(self.cells)
        for top, left, bottom, right in self.merges:
            value = self.cells.get((top, left), "")
            cells |= {
                (r, c): value for r in range(top, bottom) for c in range(left, right)
            }
        return cells


def write(pages: list[Page], path: Path) -> Path:
    """Write pages in the format of the file's ending; csv and txt take one page."""
    WRITERS[path.suffix](pages, path)
    return path


def _xlsx(pages: list[Page], path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for page in pages:
        sheet = book.create_sheet(page.name[:31])
        for (row, column), value in page.cells.items():
            sheet.cell(row + 1, column + 1, value)
        for top, left, bottom, right in page.merges:
            sheet.merge_cells(None, top + 1, left + 1, bottom, right)
        if page.hidden:
            sheet.sheet_state = "hidden"
    book.save(path)


def _xls(pages: list[Page], path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    for page in pages:
        sheet = book.add_sheet(page.name[:31])
        areas = {(t, c): (b, r) for t, c, b, r in page.merges}
        for (row, column), value in page.cells.items():
            if (row, column) in areas:
                bottom, right = areas.pop((row, column))
                sheet.write_merge(row, bottom - 1, column, right - 1, value)
            else:
                sheet.write(row, column, value)
        for (row, column), (bottom, right) in areas.items():
            sheet.merge(row, bottom - 1, column, right - 1)
        sheet.visibility = int(page.hidden)
    book.save(str(path))


def _delimited(pages: list[Page], path: Path) -> None:
    (page,) = pages
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t" if path.suffix == ".txt" else ",")
    height, width = page.size
    for row in range(height):
        writer.writerow([page.cells.get((row, c), "") for c in range(width)])
    gbk = random.Random(len(page.cells)).random() < 0.5
    encoding = "gbk" if gbk else "utf-8-sig"
    path.write_bytes(text.getvalue().encode(encoding))


def _html(pages: list[Page], path: Path) -> None:
    out = ['<html><head><meta charset="utf-8"></head><body>']
    for page in pages:
        out.append("<table>")
        areas = {(t, c): (b - t, r - c) for t, c, b, r in page.merges}
        covered = {
            (r, c)
            for t, left, b, right in page.merges
            for r in range(t, b)
            for c in range(left, right)
            if (r, c) != (t, left)
        }
        height, width = page.size
        for row in range(height):
            out.append("<tr>")
            for column in range(width):
                if (row, column) in covered:
                    continue
                down, across = areas.get((row, column), (1, 1))
                text = html.escape(str(page.cells.get((row, column), "")))
                text = text.replace("\n", "<br/>")
                out.append(f'<td rowspan="{down}" colspan="{across}">{text}</td>')
            out.append("</tr>")
        out.append("</table>")
    path.write_text("\n".join(out), encoding="utf-8")


WRITERS = {
    ".xlsx": _xlsx,
    ".xls": _xls,
    ".csv": _delimited,
    ".txt": _delimited,
    ".html": _html,
}
