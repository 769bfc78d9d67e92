"""The week of one class, one teacher or one venue."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from scheduler.formats.week_grid.bands import (
    Band,
    bell_bands,
    bell_of_all,
    clock_bands,
    coarsened,
    interval_bands,
)
from scheduler.formats.week_grid.entries import (
    clash_for_class,
    exceeds,
    in_order,
    meet_at_once,
    placed_entry,
    unplaced_entry,
)
from scheduler.formats.week_grid.opening import is_open
from scheduler.formats.week_grid.shape import Entry, GridCell, GridRow, WeekGrid
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.text import Text
from scheduler.model.times import Bell, Period, RowKind, overlap
from scheduler.model.timetable import Timetable

_CARRYING = (RowKind.LESSON, RowKind.ACTIVITY)


@dataclass(frozen=True, slots=True)
class _Week:
    """What a grid is made of: lessons as entries by weekday, and the bells."""

    bells: tuple[Bell, ...]
    days: tuple[int, ...]
    meetings: tuple[Meeting, ...]
    entries: dict[int, tuple[Entry, ...]]

    def at(self, band: Band, place: int) -> tuple[Entry, ...]:
        """Entries of one day (by its place in ``days``) that touch a band."""
        slot = band.slots[place]
        if slot is None:
            return ()
        found = self.entries.get(self.days[place], ())
        return tuple(
            e for e in found if overlap(e.start or 0, e.end or 0, slot[0], slot[1])
        )

    def bands(self, breaks: bool, cut: bool) -> tuple[tuple[Band, ...], bool]:
        """The rows, and whether they are clock-time bands.

        Bands of several bells are ``cut`` at every start and end, or are the
        periods of all bells one below the other.
        """
        # A kind of row taken on one day is shown on every day: it is open there, too.
        taken = {row.kind for m in self.meetings for row in m.rows}

        def carrying(row: Period) -> bool:
            return row.kind in _CARRYING or row.kind in taken

        def wanted(row: Period) -> bool:
            return carrying(row) or (breaks and row.kind is not RowKind.BREAK)

        bell = bell_of_all(self.bells, self.meetings)
        if bell is not None:
            return bell_bands(bell, self.days, wanted), False
        rows = [p for b in self.bells for p in b.periods if carrying(p)]
        rows += [row for m in self.meetings for row in m.rows]
        if not cut:
            return interval_bands(rows, self.days), True
        return coarsened(clock_bands(rows, self.days), self._occupants), True

    def _occupants(self, band: Band) -> tuple[tuple[str, ...], ...]:
        places = range(len(self.days))
        return tuple(tuple(e.lesson_id for e in self.at(band, p)) for p in places)


def class_grid(timetable: Timetable, class_id: str) -> WeekGrid:
    """The week of a class on its bell, with big break, lunch and after school.

    Raises:
        KeyError: there is no such class.
    """
    problem = timetable.problem
    group = problem.class_group[class_id]
    week = _week(timetable, (group.bell_id,), timetable.by_class[class_id])
    missing = _unplaced(timetable, problem.lessons_of_class[class_id])
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
    classes += [] if classes else _of_school(problem, teacher.school_id)
    present = tuple(m for m in timetable.meetings if teacher_id in m.adult_ids)
    week = _week(timetable, _bells_of(problem, classes), present)
    week = replace(week, entries=_with_escorts(week.entries, teacher_id))
    given = tuple(x for x in lessons if _may_give(x, teacher_id))
    title = Text(f"{teacher.name}课程表", f"{teacher.name} timetable")
    grid = _grid(week, title, _unplaced(timetable, given), meet_at_once)
    own = timetable.by_teacher[teacher_id]
    return replace(
        grid,
        periods_a_week=_periods_a_week(own),
        activities_a_week=_activities_a_week(own),
    )


def venue_grid(timetable: Timetable, venue_id: str) -> WeekGrid:
    """The week of a venue: a row for every zone within each time.

    Unplaced lessons are those that could use the venue.

    Raises:
        KeyError: there is no such venue.
    """
    problem = timetable.problem
    venue = problem.venue[venue_id]
    zones = zones_of(problem, venue_id)
    meetings = meetings_in(timetable, venue_id)
    week = _week(timetable, bells_at(problem, venue_id, meetings), meetings)
    bands, clock = week.bands(breaks=False, cut=len(zones) == 1)
    rows = [row for band in bands for row in _zone_rows(problem, week, band, zones)]
    if len(zones) == 1:
        rows = _spanned(rows)
    asking = tuple(x for x in problem.lessons if _may_use(problem, x, venue_id))
    return WeekGrid(
        title=Text(f"{venue.name}使用表", f"{venue.name} timetable"),
        days=week.days,
        rows=tuple(rows),
        unplaced=_unplaced(timetable, asking),
        periods_a_week=_periods_a_week(meetings),
        activities_a_week=_activities_a_week(meetings),
        clock_time=clock,
    )


def meetings_in(timetable: Timetable, venue_id: str) -> tuple[Meeting, ...]:
    """Meetings that take place in a venue."""
    return tuple(
        m for m in timetable.meetings if m.layout and m.layout.venue_id == venue_id
    )


def zones_of(problem: Problem, venue_id: str) -> tuple[str, ...]:
    """Zones of a venue, the implied one of an undivided venue included."""
    return tuple(z.zone_id for z in problem.all_zones if z.venue_id == venue_id)


def bells_at(
    problem: Problem,
    venue_id: str,
    meetings: tuple[Meeting, ...],
    class_ids: Iterable[str] = (),
) -> tuple[str, ...]:
    """Bells of the classes that meet in a venue, else of its users, else all.

    ``class_ids`` are classes that count as if they met there.
    """
    layouts = [x for x in problem.layouts if x.venue_id == venue_id]
    users = [
        s.school_id
        for s in problem.schools
        if any(problem.may_use(s.school_id, x) for x in layouts)
    ]
    classes = [*class_ids, *(c for m in meetings for c in m.class_ids)]
    classes = classes or [c for s in users for c in _of_school(problem, s)]
    return _bells_of(problem, classes or list(problem.class_group))


def _of_school(problem: Problem, school_id: str) -> list[str]:
    return [c.class_id for c in problem.classes if c.school_id == school_id]


def _bells_of(problem: Problem, class_ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(problem.class_group[c].bell_id for c in class_ids))


def _week(
    timetable: Timetable, bell_ids: tuple[str, ...], meetings: tuple[Meeting, ...]
) -> _Week:
    problem = timetable.problem
    bells = tuple(problem.bell[name] for name in bell_ids)
    taught = {day for bell in bells for day in bell.school_days}
    days = tuple(sorted(taught | {m.day for m in meetings}))
    entries = {
        day: in_order(placed_entry(problem, m) for m in meetings if m.day == day)
        for day in days
    }
    return _Week(bells, days, meetings, entries)


def _grid(
    week: _Week,
    title: Text,
    unplaced: tuple[Entry, ...],
    clash: Callable[[tuple[Entry, ...]], bool],
) -> WeekGrid:
    bands, clock = week.bands(breaks=True, cut=True)
    rows = [_row(week, band, clash) for band in bands]
    return WeekGrid(
        title=title,
        days=week.days,
        rows=tuple(_spanned(rows)),
        unplaced=unplaced,
        periods_a_week=_periods_a_week(week.meetings),
        activities_a_week=_activities_a_week(week.meetings),
        clock_time=clock,
    )


def _row(
    week: _Week, band: Band, clash: Callable[[tuple[Entry, ...]], bool]
) -> GridRow:
    cells = []
    for place, slot in enumerate(band.slots):
        entries = tuple(
            replace(e, continued=slot is not None and e.start != slot[0])
            for e in week.at(band, place)
        )
        start, end = slot or (None, None)
        cells.append(GridCell(entries, start, end, clash=clash(entries)))
    start, end = band.time
    idle = not any(cell.entries for cell in cells)
    merged = idle and band.kind not in _CARRYING
    return GridRow(band.label, start, end, band.kind, tuple(cells), merged=merged)


def _zone_rows(
    problem: Problem, week: _Week, band: Band, zones: tuple[str, ...]
) -> list[GridRow]:
    """The rows of one time, a layout's neighbouring zones joined."""
    rows = []
    for zone_id in zones:
        inside = {
            day: tuple(e for e in entries if zone_id in e.zone_ids)
            for day, entries in week.entries.items()
        }
        row = _row(
            replace(week, entries=inside),
            band,
            partial(exceeds, problem, zone_id),
        )
        cells = tuple(
            _opened(cell, is_open(problem, zone_id, day, band, place))
            for place, (day, cell) in enumerate(zip(week.days, row.cells, strict=True))
        )
        shown = zone_id if len(zones) > 1 else ""
        rows.append(replace(row, cells=cells, zone_id=shown))
    return _spanned(rows)


def _opened(cell: GridCell, is_open: bool) -> GridCell:
    """A lesson that begins while its zone is closed is a clash too."""
    begins = any(not e.continued for e in cell.entries)
    return replace(
        cell, closed=not is_open, clash=cell.clash or (begins and not is_open)
    )


def _spanned(rows: list[GridRow]) -> list[GridRow]:
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
        day: tuple(replace(e, escort=teacher_id not in e.teacher_ids) for e in found)
        for day, found in entries.items()
    }


def _may_give(lesson: Lesson, teacher_id: str) -> bool:
    requirement = lesson.requirement
    return teacher_id in requirement.teacher_ids + requirement.teacher_pool


def _may_use(problem: Problem, lesson: Lesson, venue_id: str) -> bool:
    layouts = problem.allowed_layouts(lesson.requirement)
    venues = {problem.layout[x].venue_id for x in layouts if x in problem.layout}
    return venue_id in venues


def _unplaced(timetable: Timetable, lessons: tuple[Lesson, ...]) -> tuple[Entry, ...]:
    missing = (x for x in lessons if x.lesson_id not in timetable.placements)
    return tuple(unplaced_entry(timetable.problem, x) for x in missing)


def _periods_a_week(meetings: tuple[Meeting, ...]) -> Fraction:
    lessons = (m for m in meetings if not m.lesson.requirement.activity_id)
    return Fraction(sum(m.placement.length * len(m.layers) for m in lessons), 2)


def _activities_a_week(meetings: tuple[Meeting, ...]) -> Fraction:
    activities = (m for m in meetings if m.lesson.requirement.activity_id)
    return Fraction(sum(len(m.layers) for m in activities), 2)
