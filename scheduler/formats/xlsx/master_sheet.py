"""总课表: a row for every class, weekdays and periods across (regulations 7, L2)."""

from collections.abc import Iterable
from fractions import Fraction

from openpyxl.worksheet.worksheet import Worksheet

from scheduler.formats.week_grid import BellGroup, Entry, GridCell, SchoolRow
from scheduler.formats.xlsx.style import (
    A3,
    CLASH,
    HEADER,
    NOTE,
    SMALL,
    SUBTITLE,
    TITLE,
    lines_of,
    merge,
    page,
    set_height,
    set_widths,
    write,
)
from scheduler.formats.xlsx.week_sheet import WEEK_MARKS, counted
from scheduler.model.text import weekday

DAY_ROW, PERIOD_ROW, FIRST_ROW = 3, 4, 5
CLASS_WIDTH, PERIOD_WIDTH, LEFT_WIDTH = 10.0, 6.0, 10.0
SMALLER = 11 / 9  # type of widths over that of cells


def draw_master(
    sheet: Worksheet,
    group: BellGroup,
    title: str,
    term: str,
    teachers: bool = False,
) -> None:
    """Draw the classes of one bell on an empty sheet, with their teachers if wished."""
    last = len(group.columns) + 2
    write(sheet, 1, 1, title, TITLE)
    merge(sheet, 1, 1, 1, last, TITLE)
    sheet.row_dimensions[1].height = 30
    write(sheet, 2, 1, f"{term}　{group.label.zh} {group.label.en}", SUBTITLE)
    merge(sheet, 2, 1, 2, last, SUBTITLE)
    _draw_header(sheet, group, last)
    for line, row in enumerate(group.rows, start=FIRST_ROW):
        _draw_class(sheet, line, row, teachers)
    shorts = {e.subject.zh: e.short.zh for e in _entries(group)}
    _draw_legend(sheet, FIRST_ROW + len(group.rows), last, shorts)
    widths = [PERIOD_WIDTH] * len(group.columns)
    set_widths(sheet, [CLASS_WIDTH, *widths, LEFT_WIDTH])
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 2)
    page(sheet, f"1:{PERIOD_ROW}", pages_high=1, paper=A3)


def _entries(group: BellGroup) -> Iterable[Entry]:
    return (e for row in group.rows for cell in row.cells for e in cell.entries)


def _draw_header(sheet: Worksheet, group: BellGroup, last: int) -> None:
    for column, text in ((1, "班级"), (last, "未排")):
        write(sheet, DAY_ROW, column, text, HEADER)
        merge(sheet, DAY_ROW, column, PERIOD_ROW, column, HEADER)
    days = [column.day for column in group.columns]
    for place, period in enumerate(group.columns):
        label = period.label.zh.removeprefix("第").removesuffix("节")
        shown = Fraction(label) if label.isdecimal() else label
        write(sheet, PERIOD_ROW, place + 2, shown, HEADER)
        if place == days.index(period.day):
            write(
                sheet, DAY_ROW, place + 2, f"星期{weekday(period.day).zh[1:]}", HEADER
            )
    for day in group.days:
        first = days.index(day) + 2
        merge(sheet, DAY_ROW, first, DAY_ROW, first + days.count(day) - 1, HEADER)
    labels = (str(sheet.cell(PERIOD_ROW, c).value) for c in range(2, last))
    set_height(sheet, DAY_ROW, 1)
    tallest = max((lines_of(text, PERIOD_WIDTH) for text in labels), default=1)
    set_height(sheet, PERIOD_ROW, tallest)


def _draw_class(sheet: Worksheet, line: int, row: SchoolRow, teachers: bool) -> None:
    write(sheet, line, 1, row.name, HEADER)
    lines = [1]
    for column, cell in enumerate(row.cells, start=2):
        text = _text(cell, teachers)
        write(sheet, line, column, text, CLASH if cell.clash else SMALL)
        lines.append(lines_of(text, PERIOD_WIDTH * SMALLER))
    rest = [e.subject.zh for e in row.unplaced]
    rest += [f"{e.subject.zh}(课表外)" for e in row.off_bell]
    text = counted(rest)
    write(sheet, line, len(row.cells) + 2, text, SMALL)
    set_height(sheet, line, max(*lines, lines_of(text, LEFT_WIDTH)))


def _text(cell: GridCell, teachers: bool) -> str:
    lines = []
    for entry in cell.entries:
        mark = WEEK_MARKS.get(entry.week, "") if entry.week else ""
        lines.append(entry.short.zh + mark.strip("()"))
        if teachers and entry.teacher_names:
            lines.append("、".join(entry.teacher_names))
    return "\n".join(lines)


def _draw_legend(
    sheet: Worksheet, line: int, last: int, shorts: dict[str, str]
) -> None:
    parts = [f"{short} = {name}" for name, short in shorts.items() if short != name]
    text = "；".join([*parts, "单、双：单双周"])
    write(sheet, line, 1, text, NOTE)
    merge(sheet, line, 1, line, last, NOTE)
    set_height(sheet, line, lines_of(text, CLASS_WIDTH + PERIOD_WIDTH * (last - 2)))
