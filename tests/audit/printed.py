"""A neutral school as the workbook it would send: a sheet for each class."""

from pathlib import Path

import openpyxl

from scheduler.audit.inputs.school import AuditSchool, Use
from scheduler.model.times import RowKind, format_clock

DAYS = ("星期一", "星期二", "星期三", "星期四", "星期五")
_NAMES = {
    RowKind.BIG_BREAK: "大课间",
    RowKind.LUNCH: "午餐",
    RowKind.ACTIVITY: "体育活动",
    RowKind.AFTER_SCHOOL: "课后服务",
}


def print_school(school: AuditSchool, path: Path, times: bool = True) -> Path:
    """Write the workbook; teachers stand in a second line."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for group in school.classes:
        sheet = book.create_sheet(group.name)
        sheet.append([f"{school.name}{group.name}课程表 2026-2027学年第一学期"])
        sheet.append(["节次", "时间", *DAYS])
        for row in group.bell.on(1):
            clock = f"{format_clock(row.start)}-{format_clock(row.end)}"
            label = _NAMES.get(row.kind, row.name)
            cells = [""] * 5
            if row.kind is RowKind.LESSON:
                label = f"第{row.number}节"
            if row.kind in (RowKind.LESSON, RowKind.ACTIVITY):
                cells = [_cell(school, group, day, row) for day in range(1, 6)]
            sheet.append([label, clock if times else "", *cells])
    book.save(path)
    return path


def _cell(school, group, day, row):
    found = [
        x
        for x in school.of(group)
        if x.day == day and x.period == row.number and x.use is not Use.NOT_LESSON
    ]
    if len(found) == 2:
        return "/".join(f"{x.name}({'单' if x.week == 'odd' else '双'})" for x in found)
    return "\n".join((found[0].name, found[0].teachers[0])) if found else ""
