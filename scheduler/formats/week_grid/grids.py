"""The week of one class, one teacher or one venue."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from scheduler.formats.week_grid.bands import (
    Band,
    bell_bands,
    bell_of_all,
    joint_bands,
)
from scheduler.formats.week_grid.entries import (
    clash_for_class,
    in_order,
    meet_at_once,
    placed_entry,
    unplaced_entry,
)
from scheduler.formats.week_grid.shape import Entry, GridCell, GridRow, WeekGrid
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.text import Text
from scheduler.model.times import Bell, Period, RowKind, overlap
from scheduler.model.timetable import Timetable

_CARRYING = (RowKind.LESSON, RowKind.ACTIVITY)


@dataclass(frozen=True, slots=True)
class Week:
    """What a grid is made of: lessons as entries by weekday, and the bells."""

    bells: tuple[Bell, ...]
    days: tuple[int, ...]
    meetings: tuple[Meeting, ...]
    entries: dict[int, tuple[Entry, ...]]

    def at(self, band: Band, day: int) -> tuple[Entry, ...]:
        """Entries of a weekday that hold a period of a band.

        Where its first period there is held, too, a lesson is ``continued``.
        """
        periods = sorted(
            (row for row in band.periods if row.day == day), key=lambda row: row.start
        )
        found = []
        for entry in self.entries.get(day, ()):
            held = next((row for row in periods if entry.holds(row)), None)
            if held is not None:
                goes_on = held.start != entry.start
                found.append(replace(entry, continued=True) if goes_on else entry)
        return tuple(found)

    def beside(self, entries: tuple[Entry, ...], day: int) -> tuple[Entry, ...]:
        """Entries of a weekday at the same time as some of these, these included."""
        return tuple(
            e
            for e in self.entries.get(day, ())
            if any(
                overlap(e.start or 0, e.end or 0, x.start or 0, x.end or 0)
                for x in entries
            )
        )

    def bands(self, wanted: Callable[[Period], bool]) -> tuple[Band, ...]:
        """The rows: periods of the one bell, or of several bells side by side."""
        bell = bell_of_all(self.bells, self.meetings)
        if bell is not None:
            return bell_bands(bell, self.days, wanted)
        rows = [p for b in self.bells for p in b.periods if wanted(p)]
        rows += [row for m in self.meetings for row in m.rows]
        return joint_bands(rows, self.days)

    def may_carry(self) -> Callable[[Period], bool]:
        """Which rows lessons may stand in."""
        # A kind of row taken on one day is shown on every day: it is open there, too.
        taken = {row.kind for m in self.meetings for row in m.rows}
        return lambda row: row.kind in _CARRYING or row.kind in taken


def class_grid(timetable: Timetable, class_id: str) -> WeekGrid:
    """The week of a class on its bell, with big break, lunch and after school.

    Raises:
        KeyError: there is no such class.
    """
    problem = timetable.problem
    group = problem.class_group[class_id]
    week = week_of(timetable, (group.bell_id,), timetable.by_class[class_id])
    missing = unplaced(timetable, problem.lessons_of_class[class_id])
    title = Text(f"{group.name}课程表", f"{group.name} timetable")
    return _grid(week, title, missing, clash_for_class)


def teacher_grid(timetable: Timetable, teacher_id: str) -> WeekGrid:
    """The week of a teacher; lessons escorted are there too, marked ``escort``.

    Raises:
        KeyError: there is no such teacher.
    """
    problem = timetable.problem
    teacher = problem.teacher[teacher_id]
    lessons = problem.lessons_of_teacher[teacher_id]
    classes = [c for lesson in lessons for c in lesson.requirement.class_ids]
    classes += [] if classes else classes_of(problem, teacher.school_id)
    present = tuple(m for m in timetable.meetings if teacher_id in m.adult_ids)
    week = week_of(timetable, bells_of(problem, classes), present)
    week = replace(week, entries=_with_escorts(week.entries, teacher_id))
    given = tuple(x for x in lessons if _may_give(x, teacher_id))
    title = Text(f"{teacher.name}课程表", f"{teacher.name} timetable")
    grid = _grid(week, title, unplaced(timetable, given), meet_at_once)
    own = timetable.by_teacher[teacher_id]
    return replace(
        grid,
        periods_a_week=periods_a_week(own),
        activities_a_week=activities_a_week(own),
    )


def classes_of(problem: Problem, school_id: str) -> list[str]:
    return [c.class_id for c in problem.classes if c.school_id == school_id]


def bells_of(problem: Problem, class_ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(problem.class_group[c].bell_id for c in class_ids))


def week_of(
    timetable: Timetable, bell_ids: tuple[str, ...], meetings: tuple[Meeting, ...]
) -> Week:
    problem = timetable.problem
    bells = tuple(problem.bell[name] for name in bell_ids)
    taught = {day for bell in bells for day in bell.school_days}
    days = tuple(sorted(taught | {m.day for m in meetings}))
    entries = {
        day: in_order(placed_entry(problem, m) for m in meetings if m.day == day)
        for day in days
    }
    return Week(bells, days, meetings, entries)


def _grid(
    week: Week,
    title: Text,
    unplaced: tuple[Entry, ...],
    clash: Callable[[tuple[Entry, ...]], bool],
) -> WeekGrid:
    carrying = week.may_carry()
    bands = week.bands(lambda row: carrying(row) or row.kind is not RowKind.BREAK)
    return WeekGrid(
        title=title,
        days=week.days,
        rows=tuple(spanned([_row(week, band, clash) for band in bands])),
        unplaced=unplaced,
        periods_a_week=periods_a_week(week.meetings),
        activities_a_week=activities_a_week(week.meetings),
    )


def _row(week: Week, band: Band, clash: Callable[[tuple[Entry, ...]], bool]) -> GridRow:
    cells = []
    for day, slot in zip(week.days, band.slots, strict=True):
        entries = week.at(band, day)
        beside = week.beside(entries, day)
        pairs = ((e, x) for e in entries for x in beside if x.lesson_id != e.lesson_id)
        cells.append(
            GridCell(entries, *(slot or (None, None)), clash=any(map(clash, pairs)))
        )
    start, end = band.time
    idle = not any(cell.entries for cell in cells)
    merged = idle and band.kind not in _CARRYING
    return GridRow(band.label, start, end, band.kind, tuple(cells), merged=merged)


def spanned(rows: list[GridRow]) -> list[GridRow]:
    """Join cells below one another that hold the very same lessons."""
    columns = [list(column) for column in zip(*(r.cells for r in rows), strict=True)]
    for column in columns:
        top = 0
        for place in range(1, len(column)):
            if _same(column[top], column[place]):
                span = column[top].row_span + 1
                clash = column[top].clash or column[place].clash
                column[top] = replace(column[top], row_span=span, clash=clash)
                column[place] = replace(column[place], row_span=0)
            else:
                top = place
    cells = zip(*columns, strict=True)
    return [replace(row, cells=c) for row, c in zip(rows, cells, strict=True)]


def _same(upper: GridCell, lower: GridCell) -> bool:
    ids = [e.lesson_id for e in upper.entries]
    return bool(ids) and ids == [e.lesson_id for e in lower.entries]


def _with_escorts(
    entries: dict[int, tuple[Entry, ...]], teacher_id: str
) -> dict[int, tuple[Entry, ...]]:
    return {
        day: tuple(
            e if teacher_id in e.teacher_ids else replace(e, escort=True) for e in found
        )
        for day, found in entries.items()
    }


def _may_give(lesson: Lesson, teacher_id: str) -> bool:
    requirement = lesson.requirement
    return teacher_id in requirement.teacher_ids + requirement.teacher_pool


def unplaced(timetable: Timetable, lessons: tuple[Lesson, ...]) -> tuple[Entry, ...]:
    missing = (x for x in lessons if x.lesson_id not in timetable.placements)
    return tuple(unplaced_entry(timetable.problem, x) for x in missing)


def periods_a_week(meetings: tuple[Meeting, ...]) -> Fraction:
    lessons = (m for m in meetings if not m.lesson.requirement.activity_id)
    return Fraction(sum(m.placement.length * len(m.layers) for m in lessons), 2)


def activities_a_week(meetings: tuple[Meeting, ...]) -> Fraction:
    activities = (m for m in meetings if m.lesson.requirement.activity_id)
    return Fraction(sum(len(m.layers) for m in activities), 2)
