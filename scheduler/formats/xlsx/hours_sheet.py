"""课时表: classes × courses of a school, grade by grade, to be signed and stamped."""

from openpyxl.worksheet.worksheet import Worksheet

from scheduler.audit.findings import number
from scheduler.audit.planned.sheets import (
    TOLERANCE,
    HoursCell,
    HoursGrade,
    HoursSheet,
)
from scheduler.audit.standard import StandardRow
from scheduler.formats.xlsx.style import (
    BAND,
    CLASH,
    HEADER,
    NOTE,
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

HEADER_ROW = 3
CLASS_WIDTH, COURSE_WIDTH = 18.0, 8.0
_LOOKS = {"": TEXT, "short": CLASH, "excess": CLASH}
_SIGNED = "学校（盖章）：____________　填表人：____________　日期：____________"


def draw_hours_sheet(sheet: Worksheet, hours: HoursSheet, term: str) -> None:
    """Draw a school's hours on an empty sheet: one page of A4."""
    last = len(hours.columns) + 1
    write(sheet, 1, 1, f"{hours.title.zh} 课时表", TITLE)
    merge(sheet, 1, 1, 1, last, TITLE)
    sheet.row_dimensions[1].height = 30
    write(sheet, 2, 1, f"{term}　每格：已排节数（/计划）、是否足额，下为分钟", SUBTITLE)
    merge(sheet, 2, 1, 2, last, SUBTITLE)
    _draw_line(sheet, HEADER_ROW, ["班级", *_heads(hours)], HEADER)
    line = HEADER_ROW
    for grade in hours.grades:
        line = _draw_grade(sheet, line, grade)
    for text in _notes(hours):
        line += 1
        write(sheet, line, 1, text, NOTE)
        merge(sheet, line, 1, line, last, NOTE)
        width = CLASS_WIDTH + COURSE_WIDTH * len(hours.columns)
        set_height(sheet, line, lines_of(text, width))
    set_widths(sheet, [CLASS_WIDTH, *[COURSE_WIDTH] * len(hours.columns)])
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 2)
    page(sheet, f"1:{HEADER_ROW}", pages_high=1)


def _heads(hours: HoursSheet) -> list[str]:
    return [
        "\n".join([c.short.zh, *(f"含{x.zh}" for x in c.inside)]) for c in hours.columns
    ]


def _notes(hours: HoursSheet) -> list[str]:
    left = "、".join(name.zh for name in hours.left_out)
    unlisted = [f"没有要求、也没有开设的课程不列：{left}。"] if left else []
    return [TOLERANCE.zh, *unlisted, _SIGNED]


def _draw_grade(sheet: Worksheet, line: int, grade: HoursGrade) -> int:
    """Draw what is demanded and the classes below it; the last line used."""
    line += 1
    demands = [_demand(row) for row in grade.demands]
    _draw_line(sheet, line, [f"{grade.title.zh} 要求", *demands], BAND)
    for found in grade.lines:
        line += 1
        names = "、".join(group.name for group in found.classes)
        write(sheet, line, 1, names, HEADER)
        texts = [_text(cell) for cell in found.cells]
        for column, (cell, text) in enumerate(
            zip(found.cells, texts, strict=True), start=2
        ):
            write(sheet, line, column, text, _LOOKS[cell.state if cell else ""])
        tallest = max((lines_of(text, COURSE_WIDTH) for text in texts), default=1)
        set_height(sheet, line, max(tallest, lines_of(names, CLASS_WIDTH)))
    return line


def _draw_line(sheet: Worksheet, line: int, texts: list[str], look: Look) -> None:
    for column, text in enumerate(texts, start=1):
        write(sheet, line, column, text, look)
    widths = [CLASS_WIDTH, *[COURSE_WIDTH] * (len(texts) - 1)]
    set_height(sheet, line, max(map(lines_of, texts, widths)))


def _demand(row: StandardRow | None) -> str:
    if row is None:
        return ""
    least, most = number(row.minimum), number(row.maximum)
    return least if least == most else f"{least}–{most}"


def _text(cell: HoursCell | None) -> str:
    if cell is None:
        return ""
    if cell.is_empty:
        return "–"
    row, times = cell.row, f"活动{number(cell.times)}次"
    if row.standard is None and not row.taught.planned.lessons:
        return times.removeprefix("活动")
    placed, planned = row.taught.placed.lessons, row.taught.planned.lessons
    part = "" if placed == planned else f"/{number(planned)}"
    lines = [
        f"{number(placed)}{part} {cell.mark.zh}",
        number(row.taught.placed.minutes),
    ]
    if cell.times:
        lines.append(times)
    return "\n".join(lines)
