"""The change sheet of a day as a workbook, and as a picture for a chat group (SVG)."""

import datetime as dt
import unicodedata
from collections.abc import Sequence
from xml.sax.saxutils import escape

from openpyxl import Workbook

from scheduler.formats.ledgers.sheets import add_sheet
from scheduler.formats.tables.files.workbook_writing import saved
from scheduler.model.text import weekday
from scheduler.term.notices.day import DayLine, Mark

HEADS = ("班级", "类别", "原课", "现课")
COLOURS = {
    Mark.CANCELLED: "#b3261e",
    Mark.MOVED_AWAY: "#b3261e",
    Mark.SELF_STUDY: "#b3261e",
    Mark.MOVED: "#8a5a00",
    Mark.COVERED: "#1a5fb4",
    Mark.SUBJECT: "#1a5fb4",
    Mark.JOINED: "#8a5a00",
    Mark.ESCORT: "#1a5fb4",
    Mark.RELOCATED: "#1b6e3c",
    Mark.WEATHER: "#1b6e3c",
    Mark.EXTRA: "#6b3fa0",
}
_WIDTH, _MARGIN, _LINE = 1080, 40, 34
_FONT = "'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif"


def day_workbook(school: str, date: dt.date, lines: Sequence[DayLine]) -> bytes:
    """The sheet for print: by time and class, one row a lesson."""
    book = Workbook(write_only=True)
    rows = [[x.classes, x.mark.text.zh, x.was.zh, x.now.zh] for x in lines]
    add_sheet(book, "课程变动", _title(school, date), HEADS, rows)
    return saved(book)


def day_picture(school: str, date: dt.date, lines: Sequence[DayLine]) -> bytes:
    """The sheet as a picture 1080 wide; colours never stand without the word."""
    parts, y = [], _MARGIN + 44
    parts.append(_text(_MARGIN, y, _title(school, date), 34, "#111", "bold"))
    y += 30
    for line in lines:
        y += 18
        mark = line.mark.text.zh
        parts.append(_rule(y))
        y += _LINE + 6
        head = _text(_MARGIN, y, f"【{mark}】", 26, COLOURS[line.mark], "bold")
        parts += [head, _text(_MARGIN + 150, y, line.classes, 26, "#111", "bold")]
        for label, text in (("原", line.was.zh), ("现", line.now.zh)):
            for row in _wrapped(text):
                y += _LINE
                shown = f"{label}：{row}" if label else f"　　{row}"
                parts.append(_text(_MARGIN + 150, y, shown, 24, "#333"))
                label = ""
        y += 6
    if not lines:
        y += _LINE + 18
        parts.append(_text(_MARGIN, y, "当天没有变动", 26, "#333"))
    height = y + _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}" font-family="{_FONT}">'
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>'
        f"{''.join(parts)}</svg>"
    ).encode()


def _title(school: str, date: dt.date) -> str:
    day = weekday(date.isoweekday()).zh
    return f"{school} {date.year}年{date.month}月{date.day}日（{day}）课程变动"


def _text(
    x: int, y: int, text: str, size: int, colour: str, weight: str = "normal"
) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}" '
        f'font-weight="{weight}">{escape(text)}</text>'
    )


def _rule(y: int) -> str:
    right = _WIDTH - _MARGIN
    return f'<path d="M{_MARGIN} {y}H{right}" stroke="#ddd" stroke-width="2"/>'


def _wrapped(text: str, most: int = 70) -> list[str]:
    """Lines of so many half widths at most; a character of Chinese takes two."""
    rows, row, size = [], "", 0
    for letter in text:
        width = 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if size + width > most:
            rows.append(row)
            row, size = "", 0
        row, size = row + letter, size + width
    return [*rows, row] if row else rows
