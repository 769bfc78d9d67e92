"""A timetable as one workbook."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.audit.planned.sheets import hours_sheet
from scheduler.audit.planned.table import HoursTable
from scheduler.constraints.evaluate import Report
from scheduler.formats.tables.files.atomic import write_file
from scheduler.formats.tables.files.workbook_writing import saved
from scheduler.formats.week_grid import (
    WeekGrid,
    agreement_grid,
    class_grid,
    school_grid,
    teacher_grid,
    venue_grid,
)
from scheduler.formats.xlsx.hours_sheet import draw_hours_sheet
from scheduler.formats.xlsx.master_sheet import draw_master
from scheduler.formats.xlsx.names import link_to, sheet_names
from scheduler.formats.xlsx.report_sheets import draw_conflicts, draw_hours
from scheduler.formats.xlsx.style import (
    CLASH,
    HEADER,
    LINK,
    NOTE,
    TITLE,
    merge,
    page,
    set_widths,
    write,
)
from scheduler.formats.xlsx.week_sheet import Side, draw_week
from scheduler.model.problem import Problem
from scheduler.model.resources import School
from scheduler.model.timetable import Timetable

INDEX = "目录"
_INDEX_HEADS = (
    "工作表 sheet",
    "类别 kind",
    "学校 school",
    "冲突 clashes",
    "未排 unplaced",
)
_INDEX_WIDTHS = [34.0, 22.0, 30.0, 14.0, 16.0]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet to be drawn, and its line of the index."""

    wish: str
    kind: str
    school: str
    draw: Callable[[Worksheet], None]
    clashes: int = 0
    unplaced: int = 0


def export_workbook(
    timetable: Timetable,
    path: Path,
    report: Report | None = None,
    hours: HoursTable | None = None,
) -> None:
    """Write master, class, teacher and venue sheets, hours and conflicts.

    The file appears whole or not at all: an existing one is replaced at the end.

    Raises:
        OSError: the file cannot be written; what stood there before still does.
    """
    sheets = [
        *_masters(timetable, teachers=False),
        *_reports(timetable, report, hours),
        *_weeks(timetable),
        *_masters(timetable, teachers=True),
    ]
    workbook = Workbook()
    workbook.properties.creator = "Cuofeng 错峰"
    workbook.properties.title = timetable.problem.term.name
    index = workbook.worksheets[0]
    index.title, *names = sheet_names([INDEX, *(sheet.wish for sheet in sheets)])
    for name, sheet in zip(names, sheets, strict=True):
        sheet.draw(workbook.create_sheet(name))
    _draw_index(index, timetable.problem.term.name, names, sheets)
    write_file(path, saved(workbook), replace=True)


def _masters(timetable: Timetable, teachers: bool) -> list[_Sheet]:
    problem = timetable.problem
    found = []
    for school in problem.schools:
        grid = school_grid(timetable, school.school_id)
        if not grid.groups:
            continue
        wish = _named("总课表", problem, school)
        cells = (c for group in grid.groups for row in group.rows for c in row.cells)
        clashes = sum(cell.clash for cell in cells)
        missing = sum(row.apart for group in grid.groups for row in group.rows)
        draw = partial(
            draw_master, grid=grid, term=problem.term.name, teachers=teachers
        )
        if teachers:
            wish, clashes, missing = f"{wish} 教师", 0, 0  # said once
        kind = "总课表 master"
        found.append(_Sheet(wish, kind, school.name, draw, clashes, missing))
    return found


def _named(sheet: str, problem: Problem, school: School) -> str:
    """A sheet's name, with the school's where several have classes."""
    several = len({group.school_id for group in problem.classes}) > 1
    return f"{sheet} {school.name}" if several else sheet


def _hours_sheets(timetable: Timetable, hours: HoursTable) -> list[_Sheet]:
    problem = timetable.problem
    found = []
    for school in problem.schools:
        sheet = hours_sheet(timetable, hours, school.school_id)
        if sheet.grades:
            wish = _named("课时表", problem, school)
            draw = partial(draw_hours_sheet, hours=sheet, term=problem.term.name)
            found.append(_Sheet(wish, "课时表 hours", school.name, draw))
    return found


def _reports(
    timetable: Timetable, report: Report | None, hours: HoursTable | None
) -> list[_Sheet]:
    found = []
    if hours is not None:
        draw = partial(draw_hours, problem=timetable.problem, hours=hours)
        found += _hours_sheets(timetable, hours)
        found.append(_Sheet("课时明细", "课时明细 hours in detail", "", draw))
    if report is not None:
        conflicts = partial(draw_conflicts, report=report)
        found.append(
            _Sheet("冲突", "规则 rules", "", conflicts, clashes=report.conflicts)
        )
    return found


def _weeks(timetable: Timetable) -> list[_Sheet]:
    problem = timetable.problem
    names = {school.school_id: school.name for school in problem.schools}
    term = problem.term.name

    def week(wish: str, kind: str, grid: WeekGrid, side: Side, school: str) -> _Sheet:
        draw = partial(draw_week, grid=grid, side=side, school=school, term=term)
        missing = 0 if side is Side.VENUE else len(grid.unplaced)
        return _Sheet(wish, kind, school, draw, grid.clashes, missing)

    classes = [
        week(
            problem.class_name[group.class_id],
            "班级 class",
            class_grid(timetable, group.class_id),
            Side.CLASS,
            names[group.school_id],
        )
        for group in problem.classes
    ]
    teachers = [
        week(
            teacher.name,
            "教师 teacher",
            teacher_grid(timetable, teacher.teacher_id),
            Side.TEACHER,
            names[teacher.school_id],
        )
        for teacher in problem.teachers
    ]
    venues = [
        week(
            venue.name,
            "场地 venue",
            venue_grid(timetable, venue.venue_id),
            Side.VENUE,
            names.get(venue.owner, ""),
        )
        for venue in problem.venues
    ]
    pairs = dict.fromkeys((a.school_id, a.venue_id) for a in problem.agreements)
    agreed = [
        week(
            f"协议 {problem.venue[venue_id].name} {names[school_id]}",
            "协议 agreement",
            agreement_grid(timetable, school_id, venue_id),
            Side.VENUE,
            names[school_id],
        )
        for school_id, venue_id in pairs
    ]
    return classes + teachers + venues + agreed


def _draw_index(
    sheet: Worksheet, term: str, names: list[str], sheets: list[_Sheet]
) -> None:
    write(sheet, 1, 1, f"{term}课程表", TITLE)
    merge(sheet, 1, 1, 1, len(_INDEX_HEADS), TITLE)
    sheet.row_dimensions[1].height = 30
    for column, text in enumerate(_INDEX_HEADS, start=1):
        write(sheet, 2, column, text, HEADER)
    for line, (name, entry) in enumerate(zip(names, sheets, strict=True), start=3):
        write(sheet, line, 1, name, LINK)
        cell = sheet.cell(line, 1)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=link_to(name))
        write(sheet, line, 2, entry.kind, NOTE)
        write(sheet, line, 3, entry.school, NOTE)
        for column, count in ((4, entry.clashes), (5, entry.unplaced)):
            write(sheet, line, column, count or "", CLASH if count else NOTE)
    set_widths(sheet, _INDEX_WIDTHS)
    sheet.freeze_panes = "A3"
    page(sheet, "1:2", landscape=False)
