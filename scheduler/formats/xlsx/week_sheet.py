"""The sheet of one class, teacher or venue (regulations 7: L1, L4, L5)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from openpyxl.worksheet.worksheet import Worksheet

from scheduler.audit.findings import number
from scheduler.formats.week_grid import Entry, GridCell, GridRow, WeekGrid
from scheduler.formats.xlsx.style import (
    BAND,
    CLASH,
    CLOSED,
    HEADER,
    NOTE,
    REACHING,
    SUBTITLE,
    TEXT,
    TITLE,
    Look,
    lines_of,
    merge,
    page,
    set_height,
    set_widths,
    write,
)
from scheduler.model.text import weekday
from scheduler.model.times import Week, format_clock

WEEK_MARKS = {Week.ODD: "(单)", Week.EVEN: "(双)"}
HEADER_ROW, FIRST_DAY = 3, 3
LABEL_WIDTH, TIME_WIDTH, DAY_WIDTH = 12.0, 13.0, 18.0


class Side(Enum):
    """Whose week it is: what need not be said in its cells."""

    CLASS = "class"
    TEACHER = "teacher"
    VENUE = "venue"


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things stand in the sheet."""

    sheet: Worksheet
    grid: WeekGrid
    side: Side

    @property
    def last(self) -> int:
        """Last column used."""
        return max(FIRST_DAY, FIRST_DAY + len(self.grid.days) - 1)


def draw_week(
    sheet: Worksheet, grid: WeekGrid, side: Side, school: str, term: str
) -> None:
    """Draw a week on an empty sheet."""
    frame = _Frame(sheet, grid, side)
    _draw_titles(frame, school, term)
    for place, row in enumerate(grid.rows):
        _draw_row(frame, place, row)
    _draw_unplaced(frame)
    set_widths(sheet, [LABEL_WIDTH, TIME_WIDTH] + [DAY_WIDTH] * len(grid.days))
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, FIRST_DAY)
    page(sheet, f"1:{HEADER_ROW}", pages_high=1)


def _draw_titles(frame: _Frame, school: str, term: str) -> None:
    sheet, grid = frame.sheet, frame.grid
    write(sheet, 1, 1, f"{school} {grid.title.zh}".strip(), TITLE)
    merge(sheet, 1, 1, 1, frame.last, TITLE)
    sheet.row_dimensions[1].height = 30
    load = number(grid.periods_a_week)
    zh, en = f"周课时：{load}节", f"{load} periods a week"
    if grid.activities_a_week:
        times = number(grid.activities_a_week)
        zh, en = f"{zh}、活动{times}次", f"{en}, {times} activities"
    line = f"{term}　{zh}　{grid.title.en}, {en}"
    write(sheet, 2, 1, line, SUBTITLE)
    merge(sheet, 2, 1, 2, frame.last, SUBTITLE)
    heads = ["节次 \\ 星期", "时间"]
    heads += [f"星期{weekday(day).zh[1:]}" for day in grid.days]
    for column, text in enumerate(heads, start=1):
        write(sheet, HEADER_ROW, column, text, HEADER)
    set_height(sheet, HEADER_ROW, 1)


def _draw_row(frame: _Frame, place: int, row: GridRow) -> None:
    sheet, line = frame.sheet, HEADER_ROW + 1 + place
    look = BAND if row.merged else HEADER
    write(sheet, line, 1, row.label.zh, look)
    write(sheet, line, 2, _time(row.start, row.end), look)
    if row.merged:
        write(sheet, line, FIRST_DAY, _other_times(frame.grid, row), BAND)
        merge(sheet, line, FIRST_DAY, line, frame.last, BAND)
        set_height(sheet, line, 1)
        return
    lines = [2]
    for day, cell in enumerate(row.cells):
        if cell.row_span:
            lines.append(_draw_cell(frame, place, day, cell))
    set_height(sheet, line, max(lines))


def _draw_cell(frame: _Frame, place: int, day: int, cell: GridCell) -> int:
    """Draw one cell and those it covers; the lines it needs in each row."""
    line, column = HEADER_ROW + 1 + place, FIRST_DAY + day
    bottom = frame.grid.rows[place + cell.row_span - 1].cells[day]
    text = _cell_text(frame, frame.grid.rows[place], cell, bottom)
    look = _look(cell)
    write(frame.sheet, line, column, text, look)
    merge(frame.sheet, line, column, line + cell.row_span - 1, column, look)
    return -(-lines_of(text, DAY_WIDTH) // cell.row_span)


def _look(cell: GridCell) -> Look:
    if cell.clash:
        return CLASH
    if cell.entries and all(e.continued for e in cell.entries):
        return REACHING
    if cell.closed or not cell.exists:
        return CLOSED
    return TEXT


def _cell_text(frame: _Frame, row: GridRow, cell: GridCell, bottom: GridCell) -> str:
    shown = (cell.start, bottom.end)
    parts = ["【冲突】"] if cell.clash else []
    for entry in cell.entries:
        parts.append(entry_text(entry, frame.side))
        if (entry.start, entry.end) != shown:
            parts.append(_time(entry.start, entry.end))
    if cell.shut:
        parts.append(f"不开放：{'、'.join(cell.shut)}")
    usual = (row.start, row.end) == (cell.start, cell.end)
    if cell.entries and not usual and shown == (cell.start, cell.end):
        parts.append(_time(cell.start, cell.end))
    return "\n".join(dict.fromkeys(parts))


def entry_text(entry: Entry, side: Side) -> str:
    """A lesson as it is printed on a class's, teacher's or venue's sheet."""
    subject = entry.subject.zh + (WEEK_MARKS.get(entry.week, "") if entry.week else "")
    classes, teachers = "、".join(entry.class_names), "、".join(entry.teacher_names)
    if side is Side.CLASS:
        if entry.some is not None:
            # A club of many classes must not push the class's own week off the page.
            return f"{subject}（部分学生）"
        joint = f"合班：{classes}" if len(entry.class_names) > 1 else ""
        parts = [subject, teachers, entry.place, joint]
    elif side is Side.TEACHER:
        parts = [subject + ("(陪同)" if entry.escort else ""), classes, entry.place]
    else:
        short = entry.short.zh + subject.removeprefix(entry.subject.zh)
        who = [classes, short]
        if entry.some is not None:
            who = [f"{subject}{entry.some}人"]
        return " ".join(filter(None, [*who, teachers, entry.part]))
    return "\n".join(filter(None, parts))


def counted(texts: Iterable[str]) -> str:
    """A list in which what repeats stands once, with its number."""
    counts = Counter(texts)
    return "；".join(f"{t}×{n}" if n > 1 else t for t, n in counts.items())


def _time(start: int | None, end: int | None) -> str:
    if start is None or end is None:
        return ""
    return f"{format_clock(start)}-{format_clock(end)}"


def _other_times(grid: WeekGrid, row: GridRow) -> str:
    """The days on which a break has another time, or is not at all."""
    times = [
        f"{weekday(day).zh} {_time(cell.start, cell.end) or '无'}"
        for day, cell in zip(grid.days, row.cells, strict=True)
        if (cell.start, cell.end) != (row.start, row.end)
    ]
    return "　".join(times)


def _draw_unplaced(frame: _Frame) -> None:
    """The lessons still to be placed, below the week (not of a venue)."""
    entries = frame.grid.unplaced
    if not entries or frame.side is Side.VENUE:
        return
    line = HEADER_ROW + 1 + len(frame.grid.rows)
    shown = counted(entry_text(e, frame.side).replace("\n", " ") for e in entries)
    text = f"未排课 {len(entries)} 节次：{shown}"
    write(frame.sheet, line, 1, text, NOTE)
    merge(frame.sheet, line, 1, line, frame.last, NOTE)
    width = LABEL_WIDTH + TIME_WIDTH + DAY_WIDTH * len(frame.grid.days)
    set_height(frame.sheet, line, lines_of(text, width))
