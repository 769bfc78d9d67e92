"""Reports of a district as tables: one workbook, one printable page, one JSON."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from pathlib import Path
from typing import Any

from scheduler.formats.tables.files.atomic import write_file
from scheduler.formats.xlsx.tables import tables_workbook
from scheduler.model.text import Text

NO_NOTE = Text("", "")
CERTIFICATE = "certificate"
"""What the keys of tables begin with that are printed on a sheet each."""

Cell = str | Text | int | float


@dataclass(frozen=True)
class ReportTable:
    """A table with a title; ``columns`` have a key for JSON and a head for people.

    ``note`` stands above the printed table; text of rows may be in two languages.
    """

    key: str
    title: Text
    columns: Sequence[tuple[str, Text]]
    rows: Sequence[Sequence[Cell]]
    note: Text = NO_NOTE

    def facts(self) -> dict[str, Any]:
        """The whole table as JSON has it; :meth:`of_facts` reads it again."""
        return {
            "key": self.key,
            "title": self.title.both(),
            "columns": [[key, head.both()] for key, head in self.columns],
            "rows": [list(map(_plain, row)) for row in self.rows],
            "note": self.note.both(),
        }

    @staticmethod
    def of_facts(given: Mapping[str, Any]) -> "ReportTable":
        """A table that was kept as JSON."""
        return ReportTable(
            given["key"],
            _read(given["title"]),
            [(key, _read(head)) for key, head in given["columns"]],
            [list(map(_read, row)) for row in given["rows"]],
            _read(given["note"]),
        )

    def records(self) -> list[dict[str, Any]]:
        """The rows for JSON, texts in both languages."""
        keys = [key for key, _ in self.columns]
        return [dict(zip(keys, map(_plain, row), strict=True)) for row in self.rows]


def write_report(
    tables: Sequence[ReportTable],
    folder: Path,
    name: str,
    title: Text,
    language: str,
    facts: dict[str, Any],
) -> None:
    """``name``.xlsx, ``name``.html and ``name``.json, whose facts come first.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    content = facts | {t.key: t.records() for t in tables}
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    write_file(folder / f"{name}.json", text.encode(), replace=True)
    page = printable(tables, title, language)
    write_file(folder / f"{name}.html", page.encode(), replace=True)
    write_workbook(tables, folder / f"{name}.xlsx", language)


def write_workbook(tables: Iterable[ReportTable], path: Path, language: str) -> None:
    """Each table as a sheet.

    Raises:
        OSError: the file cannot be written.
    """
    write_file(path, report_workbook(tables, language), replace=True)


def report_workbook(tables: Iterable[ReportTable], language: str) -> bytes:
    """The same as the content of a file."""
    sheets = [
        (
            t.title,
            [head for _, head in t.columns],
            [list(map(_cell, row)) for row in t.rows],
        )
        for t in tables
    ]
    return tables_workbook(sheets, language)


def printable(tables: Iterable[ReportTable], title: Text, language: str) -> str:
    """A page of its own that prints on A4, with nothing to load."""
    parts = []
    for table in tables:
        heads = "".join(f"<th>{_said(h, language)}</th>" for _, h in table.columns)
        rows = "\n".join(
            "<tr>" + "".join(f"<td>{_said(c, language)}</td>" for c in row) + "</tr>"
            for row in table.rows
        )
        parts.append(
            f'<section id="{escape(table.key)}"><h2>{_said(table.title, language)}</h2>'
            f"<p>{_said(table.note, language)}</p>"
            f"<table><thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table></section>"
        )
    lang = "en" if language == "en" else "zh-CN"
    head = _said(title, language)
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f"<title>{head}</title><style>{STYLE}</style></head>\n"
        f"<body><h1>{head}</h1>\n" + "\n".join(parts) + "\n</body></html>\n"
    )


def _read(cell: Any) -> Any:
    return Text(cell["zh"], cell["en"]) if isinstance(cell, dict) else cell


def _plain(cell: Cell) -> Any:
    return cell.both() if isinstance(cell, Text) else cell


def _cell(cell: Cell) -> str | Text | Fraction:
    return cell if isinstance(cell, str | Text) else Fraction(str(cell))


def _said(cell: Cell, language: str) -> str:
    if isinstance(cell, Text):
        cell = cell.in_language(language)
    return escape(f"{cell:g}" if isinstance(cell, float) else str(cell))


STYLE = (
    "body{font:14px/1.5 'Noto Sans SC','Microsoft YaHei',sans-serif;margin:1.5rem}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;"
    "padding:.2rem .5rem;text-align:left;vertical-align:top}th{background:#eef3f8}"
    "thead{display:table-header-group}tr{break-inside:avoid}p{margin:.2rem 0 .5rem}"
    f"[id^={CERTIFICATE}]{{break-after:page}}"
    "@media print{body{margin:0}@page{size:A4 landscape;margin:12mm}}"
)
