"""Sheets that report: 课时明细 (hours in detail) and 冲突 (broken rules)."""

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.audit.findings import Finding, Severity
from scheduler.audit.hours_row import HoursRow
from scheduler.audit.planned.table import HoursTable
from scheduler.constraints.evaluate import Report
from scheduler.formats.xlsx.style import (
    CRITICAL,
    ERROR,
    HEADER,
    INFORMATION,
    NOTE,
    SUBTITLE,
    TITLE,
    WARNING,
    Look,
    Value,
    lines_of,
    merge,
    page,
    set_height,
    set_widths,
    write,
)
from scheduler.model.problem import Problem
from scheduler.model.resources import Level

HEADER_ROW = 3
_LOOKS = {
    Severity.CRITICAL: CRITICAL,
    Severity.ERROR: ERROR,
    Severity.WARNING: WARNING,
    Severity.INFORMATION: INFORMATION,
}
_GRAVEST = tuple(Severity)
_LEVELS = {Level.HARD: "硬性 hard", Level.SOFT: "软性 soft"}
_HOURS_HEADS = (
    ("班级\nclass", 11.0),
    ("代码\ncode", 8.0),
    ("课程\nsubject", 22.0),
    ("最少\nminimum", 10.0),
    ("最多\nmaximum", 10.0),
    ("计划\nplanned", 8.0),
    ("已排\nplaced", 8.0),
    ("计划分钟\nminutes planned", 10.0),
    ("已排分钟\nminutes placed", 10.0),
    ("标记\nmark", 7.0),
    ("规则\nrule", 7.0),
    ("说明", 46.0),
    ("what was found", 46.0),
)
_CONFLICT_HEADS = (
    ("级别\nlevel", 11.0),
    ("规则\nrule", 22.0),
    ("数量\namount", 8.0),
    ("代价\ncost", 8.0),
    ("说明", 60.0),
    ("what is wrong", 60.0),
    ("课 lessons", 20.0),
)


def draw_hours(sheet: Worksheet, problem: Problem, hours: HoursTable) -> None:
    """Draw the hours table; rows with findings are coloured by the gravest."""
    findings: dict[tuple[str, str], list[Finding]] = {}
    for finding in hours.findings:
        findings.setdefault((finding.class_id, finding.code), []).append(finding)
    _draw_head(
        sheet, f"课时明细　足额开设核对（{len(hours.findings)} 条发现）", _HOURS_HEADS
    )
    line = HEADER_ROW
    for group in problem.classes:
        line = _draw_general(sheet, line, group.name, findings, group.class_id)
        for row in hours.of_class(group.class_id):
            line += 1
            found = findings.get((row.class_id, row.code), [])
            _draw_line(sheet, line, _hours_cells(group.name, row, found), _look(found))
    _finish(sheet, line, _HOURS_HEADS)


def _draw_general(
    sheet: Worksheet,
    line: int,
    name: str,
    findings: dict[tuple[str, str], list[Finding]],
    class_id: str,
) -> int:
    """Findings that concern a class as a whole; the last line used."""
    for finding in findings.get((class_id, ""), []):
        line += 1
        texts: list[Value] = [finding.rule, finding.text.zh, finding.text.en]
        blanks: list[Value] = [""] * (len(_HOURS_HEADS) - len(texts) - 1)
        _draw_line(sheet, line, [name, *blanks, *texts], _look([finding]))
    return line


def _hours_cells(name: str, row: HoursRow, found: list[Finding]) -> list[Value]:
    demanded: list[Value] = ["", ""]
    if row.standard is not None:
        demanded = [row.standard.minimum, row.standard.maximum]
    return [
        name,
        row.code,
        row.name.zh,
        *demanded,
        row.taught.planned.lessons,
        row.taught.placed.lessons,
        row.taught.planned.minutes,
        row.taught.placed.minutes,
        row.mark,
        "\n".join(f.rule for f in found),
        "\n".join(f.text.zh for f in found),
        "\n".join(f.text.en for f in found),
    ]


def _look(found: list[Finding]) -> Look:
    gravest = min((_GRAVEST.index(f.severity) for f in found), default=None)
    return NOTE if gravest is None else _LOOKS[_GRAVEST[gravest]]


def draw_conflicts(sheet: Worksheet, report: Report) -> None:
    """Draw the broken rules: hard ones first, one line for every breach."""
    _draw_head(sheet, f"冲突　硬性 {report.hard}，软性 {report.soft}", _CONFLICT_HEADS)
    line = HEADER_ROW
    for level in (Level.HARD, Level.SOFT):
        for result in report.results:
            if result.level is not level:
                continue
            look = ERROR if level is Level.HARD else NOTE
            for violation in result.violations:
                text = result.explain(violation)
                line += 1
                cells: list[Value] = [
                    _LEVELS[level],
                    f"{result.title.zh}\n{result.title.en}",
                    violation.amount,
                    violation.amount * result.weight,
                    text.zh,
                    text.en,
                    "、".join(violation.lesson_ids),
                ]
                _draw_line(sheet, line, cells, look)
    if line == HEADER_ROW:
        line += 1
        clean: list[Value] = [
            "",
            "",
            "",
            "",
            "没有违反任何规则",
            "No rule is broken",
            "",
        ]
        _draw_line(sheet, line, clean, NOTE)
    _finish(sheet, line, _CONFLICT_HEADS)


def _draw_head(
    sheet: Worksheet, title: str, heads: tuple[tuple[str, float], ...]
) -> None:
    write(sheet, 1, 1, title, TITLE)
    merge(sheet, 1, 1, 1, len(heads), TITLE)
    sheet.row_dimensions[1].height = 30
    write(sheet, 2, 1, "", SUBTITLE)
    for column, (text, _) in enumerate(heads, start=1):
        write(sheet, HEADER_ROW, column, text, HEADER)
    set_height(sheet, HEADER_ROW, 3)


def _draw_line(sheet: Worksheet, line: int, cells: list[Value], look: Look) -> None:
    for column, value in enumerate(cells, start=1):
        write(sheet, line, column, value, look)


def _finish(sheet: Worksheet, last: int, heads: tuple[tuple[str, float], ...]) -> None:
    widths = [width for _, width in heads]
    set_widths(sheet, widths)
    for line in range(HEADER_ROW + 1, last + 1):
        texts = [sheet.cell(line, column).value for column in range(1, len(heads) + 1)]
        lines = [
            lines_of(text, width)
            for text, width in zip(texts, widths, strict=True)
            if isinstance(text, str)
        ]
        set_height(sheet, line, max(lines, default=1))
    right = get_column_letter(len(heads))
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{right}{last}"
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 1)
    page(sheet, f"1:{HEADER_ROW}")
