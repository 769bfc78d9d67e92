"""总课表: a row for every class, weekdays and periods across (regulations 7, L2)."""

from collections.abc import Iterable
from fractions import Fraction

from openpyxl.worksheet.worksheet import Worksheet

from scheduler.formats.week_grid import (
    BellGroup,
    Entry,
    GridCell,
    SchoolGrid,
    SchoolRow,
)
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

FIRST_ROW = 3
CLASS_WIDTH, PERIOD_WIDTH, LEFT_WIDTH = 10.0, 6.0, 10.0
SMALLER = 11 / 9  # type of widths over that of cells


def draw_master(
    sheet: Worksheet, grid: SchoolGrid, term: str, teachers: bool = False
) -> None:
    """Draw a school on an empty sheet, with its teachers if wished.

    Classes of one bell stand together, under the periods of their bell.
    """
    periods = max((len(group.columns) for group in grid.groups), default=0)
    last = periods + 2
    write(sheet, 1, 1, grid.title.zh, TITLE)
    merge(sheet, 1, 1, 1, last, TITLE)
    sheet.row_dimensions[1].height = 30
    labels = "　".join(f"{g.label.zh} {g.label.en}" for g in grid.groups)
    write(sheet, 2, 1, f"{term}　{labels}", SUBTITLE)
    merge(sheet, 2, 1, 2, last, SUBTITLE)
    line = FIRST_ROW
    shorts: dict[str, str] = {}
    for group in grid.groups:
        _draw_header(sheet, line, group, last)
        for place, row in enumerate(group.rows, start=line + 2):
            _draw_class(sheet, place, row, last, teachers)
        line += 2 + len(group.rows)
        shorts |= {e.subject.zh: e.short.zh for e in _entries(group)}
    _draw_legend(sheet, line, last, shorts)
    set_widths(sheet, [CLASS_WIDTH, *[PERIOD_WIDTH] * periods, LEFT_WIDTH])
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 2)
    page(sheet, f"1:{FIRST_ROW - 1}", pages_high=1, paper=A3)


def _entries(group: BellGroup) -> Iterable[Entry]:
    return (e for row in group.rows for cell in row.cells for e in cell.entries)


def _draw_header(sheet: Worksheet, line: int, group: BellGroup, last: int) -> None:
    for column, text in ((1, "班级"), (last, "未排")):
        write(sheet, line, column, text, HEADER)
        merge(sheet, line, column, line + 1, column, HEADER)
    days = [column.day for column in group.columns]
    for place, period in enumerate(group.columns):
        label = period.label.zh.removeprefix("第").removesuffix("节")
        shown = Fraction(label) if label.isdecimal() else label
        write(sheet, line + 1, place + 2, shown, HEADER)
        if place == days.index(period.day):
            day = f"星期{weekday(period.day).zh[1:]}"
            write(sheet, line, place + 2, day, HEADER)
    for number in group.days:
        first = days.index(number) + 2
        merge(sheet, line, first, line, first + days.count(number) - 1, HEADER)
    labels = (str(sheet.cell(line + 1, c).value) for c in range(2, len(days) + 2))
    set_height(sheet, line, 1)
    tallest = max((lines_of(text, PERIOD_WIDTH) for text in labels), default=1)
    set_height(sheet, line + 1, tallest)


def _draw_class(
    sheet: Worksheet, line: int, row: SchoolRow, last: int, teachers: bool
) -> None:
    write(sheet, line, 1, row.name, HEADER)
    lines = [1]
    for column, cell in enumerate(row.cells, start=2):
        text = _text(cell, teachers)
        write(sheet, line, column, text, CLASH if cell.clash else SMALL)
        lines.append(lines_of(text, PERIOD_WIDTH * SMALLER))
    rest = [e.subject.zh for e in row.unplaced]
    rest += [f"{e.subject.zh}(课表外)" for e in row.off_bell]
    text = counted(rest)
    write(sheet, line, last, text, SMALL)
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
