"""Read timetable.csv, or the sheet of that name, against its problem."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scheduler.formats.tables.cells import is_empty, read_id
from scheduler.formats.tables.files.csv_files import read_rows
from scheduler.formats.tables.headers import sheet_of
from scheduler.formats.tables.records import Located, read_records, titled
from scheduler.formats.tables.sheet import Faults, Sheet
from scheduler.formats.tables.timetable_table import (
    DERIVED,
    NEEDED,
    TIMETABLE,
    lesson_cells,
    place_cells,
)
from scheduler.model.errors import DataError, InputError, meant
from scheduler.model.meeting import Meeting, Placement
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.text import Text, weekday
from scheduler.model.timetable import Timetable

# With seconds where a spreadsheet program has saved the file again.
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::00)?")


@dataclass(frozen=True, slots=True)
class TimetableReading:
    """A timetable and what its file says otherwise than the problem does."""

    timetable: Timetable
    warnings: tuple[DataError, ...]


def read_timetable(problem: Problem, path: Path) -> TimetableReading:
    """Read a timetable; lessons without a row, or without a day, are unplaced.

    Raises:
        InputError: it has faults; all of them, in the order of the rows.
    """
    faults = Faults()
    placements: dict[str, Placement] = {}
    seen: dict[str, Located] = {}
    for row in _rows(path, faults):
        errors = [*_slips(row, seen), *_strangers(problem, row)]
        faults.errors += errors
        if row.sound and not errors and row.item.day is not None:
            placements[row.item.lesson_id] = placement_of(problem, row)
            faults.warnings += _contradictions(problem, row)
    _refuse(faults)
    return TimetableReading(Timetable(problem, placements), _in_order(faults.warnings))


@dataclass(frozen=True, slots=True)
class RunningReading:
    """A timetable that runs, and where it does not fit the problem any more."""

    placements: dict[str, Placement]
    differences: tuple[DataError, ...]


def read_running(problem: Problem, path: Path) -> RunningReading:
    """Read the timetable of a school whose data have changed since.

    Lessons, teachers, layouts and periods that are gone are differences, not faults;
    the placements of such rows are kept as they are.

    Raises:
        InputError: it has faults; all of them, in the order of the rows.
    """
    faults = Faults()
    placements: dict[str, Placement] = {}
    seen: dict[str, Located] = {}
    for row in _rows(path, faults):
        errors = list(_slips(row, seen))
        faults.errors += errors
        if not row.sound or errors:
            continue
        strange = list(_strangers(problem, row))
        faults.warnings += strange
        if row.item.day is not None:
            placements[row.item.lesson_id] = placement_of(problem, row)
            faults.warnings += [] if strange else _contradictions(problem, row)
    _refuse(faults)
    return RunningReading(placements, _in_order(faults.warnings))


def _refuse(faults: Faults) -> None:
    if faults.errors:
        raise InputError(_in_order(faults.errors))


def _in_order(faults: list[DataError]) -> tuple[DataError, ...]:
    """Faults by row, with the titles that people see."""
    found = (
        titled(fault, TIMETABLE if fault.row or fault.column else None)
        for fault in faults
    )
    return tuple(sorted(found, key=lambda fault: fault.row or 0))


def _sheet(path: Path, faults: Faults) -> Sheet | None:
    if not path.is_file():
        faults.error(str(path), "没有这个文件", "there is no such file")
        return None
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        # openpyxl takes a third of a second to import, which .csv need not pay.
        from scheduler.formats.tables.files.workbook import read_timetable_sheet

        return read_timetable_sheet(path, faults)
    rows = read_rows(path, faults, TIMETABLE)
    return None if rows is None else sheet_of(path.name, TIMETABLE, rows)


def _rows(path: Path, faults: Faults) -> tuple[Located, ...]:
    """Rows of the sheet; a needed column that is missing is noted."""
    sheet = _sheet(path, faults)
    if sheet is None:
        return ()
    if not sheet.titles:
        faults.error(sheet.file, "是空的", "is empty")
        return ()
    rows = read_records(TIMETABLE, sheet, faults)
    if rows is None:
        return ()
    for name in NEEDED:
        if rows and name not in rows[0].cells:
            faults.error(sheet.file, "缺少这一列", "the column is missing", column=name)
    return rows


def _slips(row: Located, seen: dict[str, Located]) -> Iterator[DataError]:
    """A lesson that comes twice; a day without a period."""
    lesson_id = read_id(row.cells.get("lesson_id", ""))
    if is_empty(lesson_id):
        return
    first = seen.setdefault(lesson_id, row)
    if first is not row:
        zh, en = f"与{first.place_zh}重复", f"repeats {first.place}"
        yield row.fault("lesson_id", zh, en)
    if row.sound and row.item.day is not None and row.item.period is None:
        yield row.fault("period", "没有填写", "is empty, but the day is given")


def _strangers(problem: Problem, row: Located) -> Iterator[DataError]:
    """Ids that do not exist; a period the bell does not have."""
    lesson_id = read_id(row.cells.get("lesson_id", ""))
    if is_empty(lesson_id):
        return
    lesson = problem.lesson.get(lesson_id)
    if lesson is None:
        advice = _lesson_advice(problem, lesson_id)
        zh, en = "不是这份数据里的课次", "is not a lesson of the problem"
        yield row.fault("lesson_id", zh, en, advice)
    for name in row.values.get("teacher_ids", ()):
        if name not in problem.teacher:
            zh, en = "不在【教师】表中", "is not in the table of teachers"
            advice = meant(name, problem.teacher)
            yield row.fault("teacher_ids", zh, en, advice, name)
    layout_id = row.values.get("layout_id", HOME)
    if layout_id != HOME and layout_id not in problem.layout:
        zh, en = "不在【场地用法】表中", "is not in the table of layouts"
        yield row.fault("layout_id", zh, en, meant(layout_id, problem.layout))
    if lesson is not None and row.sound and row.item.day is not None:
        bell = problem.bell_of(lesson.requirement)
        day, period = row.item.day, row.item.period
        if period is not None and bell.find(day, period) is None:
            where = weekday(day)
            zh = f"{where.zh}没有这一节（作息 {bell.bell_id}）"
            en = f"is not a period of {bell.bell_id} on {where.en}"
            yield row.fault("period", zh, en)


def _lesson_advice(problem: Problem, lesson_id: str) -> Text:
    """How many lessons its requirement has, or the lesson that may be meant."""
    requirement = problem.requirement.get(lesson_id.rpartition("#")[0])
    if requirement is None:
        return meant(lesson_id, problem.lesson)
    name, number = requirement.requirement_id, len(requirement.lengths)
    return Text(
        f"每周节数是否改过？{name} 有{number}次课。",
        f"Maybe per_week was changed? {name} has {number}.",
    )


def placement_of(problem: Problem, row: Located) -> Placement:
    """The placement of a row without a fault; its lesson may be gone."""
    item, lesson = row.item, problem.lesson.get(row.item.lesson_id)
    return Placement(
        week=item.week,
        day=item.day,
        period=item.period,
        layout_id=item.layout_id or HOME,
        teacher_ids=item.teacher_ids
        or (lesson.requirement.teacher_ids if lesson else ()),
        length=item.length or (lesson.length if lesson else 1),
    )


def _contradictions(problem: Problem, row: Located) -> Iterator[DataError]:
    """Cells that say otherwise than the ids and the period do."""
    lesson = problem.lesson[row.item.lesson_id]
    meeting = Meeting.of(problem, lesson, placement_of(problem, row))
    due = lesson_cells(problem, lesson) | place_cells(meeting)
    for name in DERIVED:
        given = row.cells.get(name, "")
        if not is_empty(given) and _same_form(given) != _same_form(due[name]):
            shown = due[name] or "-"
            zh, en = f"应为 {shown}，已忽略", f"should be {shown}; it is ignored"
            yield row.fault(name, zh, en)


def _same_form(text: str) -> str:
    """Ids and times in the one form in which they are compared."""
    plain = ";".join(part.strip() for part in read_id(text).split(";"))
    clock = _CLOCK.fullmatch(plain)
    return f"{int(clock[1])}:{clock[2]}" if clock else plain
