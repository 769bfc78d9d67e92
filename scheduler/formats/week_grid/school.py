"""The master timetable of a school (总课表): a row for every class."""

from dataclasses import dataclass, replace

from scheduler.formats.week_grid.bands import label_of
from scheduler.formats.week_grid.entries import (
    clash_for_class,
    in_order,
    placed_entry,
    unplaced_entry,
)
from scheduler.formats.week_grid.shape import Entry, GridCell
from scheduler.model.resources import ClassGroup
from scheduler.model.text import Text, grade_title
from scheduler.model.times import LESSON_ROWS, Bell, Period, overlap
from scheduler.model.timetable import Timetable


@dataclass(frozen=True, slots=True)
class SchoolColumn:
    """One period of one weekday."""

    day: int
    number: int
    label: Text
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """The week of one class, a cell per column.

    ``off_bell`` are lessons that fall between the columns, as those of a class
    taught together with one of another bell may.
    """

    class_id: str
    name: str
    grade: int
    cells: tuple[GridCell, ...]
    off_bell: tuple[Entry, ...]
    unplaced: tuple[Entry, ...]

    @property
    def apart(self) -> int:
        """Number of lessons that stand in no cell."""
        return len(self.off_bell) + len(self.unplaced)


@dataclass(frozen=True, slots=True)
class BellGroup:
    """Classes that share their lesson times."""

    label: Text
    columns: tuple[SchoolColumn, ...]
    rows: tuple[SchoolRow, ...]

    @property
    def days(self) -> tuple[int, ...]:
        """Weekdays of the columns, each once."""
        return tuple(dict.fromkeys(column.day for column in self.columns))


@dataclass(frozen=True, slots=True)
class SchoolGrid:
    """All classes of a school, one group for every set of lesson times."""

    title: Text
    groups: tuple[BellGroup, ...]


def school_grid(timetable: Timetable, school_id: str) -> SchoolGrid:
    """The master timetable of a school.

    Raises:
        KeyError: there is no such school.
    """
    problem = timetable.problem
    school = problem.school[school_id]
    groups: dict[tuple[Period, ...], list[ClassGroup]] = {}
    for group in problem.classes:
        if group.school_id == school_id:
            times = _lesson_times(problem.bell[group.bell_id])
            groups.setdefault(times, []).append(group)
    return SchoolGrid(
        Text(f"{school.name}总课表", f"{school.name} master timetable"),
        tuple(_bell_group(timetable, tuple(found)) for found in groups.values()),
    )


def _lesson_times(bell: Bell) -> tuple[Period, ...]:
    """Lesson rows without their names: what makes two bells the same here."""
    rows = (row for day in bell.days for row in bell.rows(day, LESSON_ROWS))
    return tuple(replace(row, name="") for row in rows)


def _bell_group(timetable: Timetable, classes: tuple[ClassGroup, ...]) -> BellGroup:
    bell = timetable.problem.bell[classes[0].bell_id]
    taken = {
        (m.day, row.start, row.end)
        for c in classes
        for m in timetable.by_class[c.class_id]
        for row in m.rows
    }
    lesson_rows = LESSON_ROWS
    columns = tuple(
        SchoolColumn(row.day, row.number, label_of(row), row.start, row.end)
        for day in bell.days
        for row in bell.on(day)
        if row.kind in lesson_rows or (row.day, row.start, row.end) in taken
    )
    label = grade_title(*dict.fromkeys(c.grade for c in classes))
    rows = tuple(_school_row(timetable, c, columns) for c in classes)
    return BellGroup(label, columns, rows)


def _school_row(
    timetable: Timetable, group: ClassGroup, columns: tuple[SchoolColumn, ...]
) -> SchoolRow:
    problem = timetable.problem
    meetings = timetable.by_class[group.class_id]
    placed = {
        day: in_order(placed_entry(problem, m) for m in meetings if m.day == day)
        for day in range(1, 8)
    }
    cells = tuple(_cell(placed[column.day], column) for column in columns)
    seen = {e.lesson_id for cell in cells for e in cell.entries}
    off_bell = (e for found in placed.values() for e in found)
    unplaced = tuple(
        unplaced_entry(problem, lesson)
        for lesson in problem.lessons_of_class[group.class_id]
        if lesson.lesson_id not in timetable.placements
    )
    return SchoolRow(
        group.class_id,
        group.name,
        group.grade,
        cells,
        tuple(e for e in off_bell if e.lesson_id not in seen),
        unplaced,
    )


def _cell(entries: tuple[Entry, ...], column: SchoolColumn) -> GridCell:
    found = tuple(
        replace(e, continued=(e.start or 0) < column.start)
        for e in entries
        if overlap(e.start or 0, e.end or 0, column.start, column.end)
    )
    return GridCell(found, column.start, column.end, clash=clash_for_class(found))
