"""Hard rules of the tables in FET's words: times, limits a day, rooms."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from scheduler.formats.fet.export.activities import ExportedActivity
from scheduler.formats.fet.export.elements import (
    constraint,
    counted,
    leaf,
    slots_of,
)
from scheduler.formats.fet.export.grid import Grid, Slot
from scheduler.formats.fet.export.places import Places
from scheduler.formats.fet.xml_tree import Node
from scheduler.model.problem import Problem
from scheduler.model.resources import Level, ResourceKind, Unavailability
from scheduler.model.times import MINUTES_A_DAY, Week

_PEOPLE = {
    ResourceKind.TEACHER: ("TeacherNotAvailableTimes", "Teacher"),
    ResourceKind.CLASS: ("StudentsSetNotAvailableTimes", "Students"),
}
_START = ("Preferred_Starting_Day", "Preferred_Starting_Hour")


def is_sayable(row: Unavailability) -> bool:
    """Whether FET can be told: a hard row of every week."""
    return row.level is Level.HARD and row.week is Week.EVERY


def time_rules(
    problem: Problem, grid: Grid, activities: tuple[ExportedActivity, ...]
) -> Iterator[Node]:
    """Breaks, people's times, starts that bells allow, lessons of one day."""
    if grid.breaks:
        names = ("Day", "Hour")
        slots = slots_of("Number_of_Break_Times", "Break_Time", names, grid.breaks)
        yield constraint("BreakTimes", *slots)
    for (kind, name), rows in problem.unavailability_of.items():
        if kind in _PEOPLE and (slots := _closed(grid, rows)):
            type_name, tag = _PEOPLE[kind]
            yield constraint(type_name, leaf(tag, name), *_not_available(slots))
    yield from _starts(grid, activities)
    yield from _days(activities)
    if grid.is_plain:
        yield from _loads(problem)


def _closed(grid: Grid, rows: Iterable[Unavailability]) -> tuple[Slot, ...]:
    """Slots that the rows take away, in the order of the week."""
    found: set[Slot] = set()
    for row in rows:
        if is_sayable(row):
            for start, end in _stretches(grid, row):
                found.update(grid.slots(row.day, start, end))
    every = [(d, h) for d in grid.day_name.values() for h in grid.hour_name.values()]
    return tuple(slot for slot in every if slot in found and slot not in grid.breaks)


def _stretches(grid: Grid, row: Unavailability) -> Iterator[tuple[int, int]]:
    """Clock times of a row; a period has one only where all bells ring alike."""
    if row.start is not None and row.end is not None:
        yield row.start, row.end
    elif row.period is None:
        yield 0, MINUTES_A_DAY
    elif grid.is_plain:
        for bell in grid.problem.bells:
            if period := bell.find(row.day, row.period):
                yield period.start, period.end


def _not_available(slots: tuple[Slot, ...]) -> Iterator[Node]:
    names = ("Day", "Hour")
    return slots_of("Number_of_Not_Available_Times", "Not_Available_Time", names, slots)


def _starts(grid: Grid, activities: tuple[ExportedActivity, ...]) -> Iterator[Node]:
    """Where an activity may begin, if its bell does not allow every slot."""
    free = (len(grid.day_name) * len(grid.hours)) - len(grid.breaks)
    for activity in activities:
        length = activity.lessons[0].length
        places = grid.blocks(activity.requirement, length)
        closed = _closed_periods(grid.problem, activity)
        slots = tuple(
            slot
            for slot, rows in places
            if grid.duration(rows) == activity.duration
            and not any((row.day, row.number) in closed for row in rows)
        )
        if length == 1 and len(slots) == free:
            continue
        yield constraint(
            "ActivityPreferredStartingTimes",
            leaf("Activity_Id", activity.activity_id),
            *slots_of(
                "Number_of_Preferred_Starting_Times",
                "Preferred_Starting_Time",
                _START,
                slots,
            ),
        )


def _closed_periods(
    problem: Problem, activity: ExportedActivity
) -> frozenset[tuple[int, int]]:
    """Periods, of whatever bell, in which somebody of an activity is not available."""
    table = problem.unavailability_of
    people = [(ResourceKind.TEACHER, name) for name in activity.teacher_ids]
    people += [(ResourceKind.CLASS, name) for name in activity.class_ids]
    rows = (row for key in people for row in table.get(key, ()) if is_sayable(row))
    return frozenset((row.day, row.period) for row in rows if row.period is not None)


def _days(activities: tuple[ExportedActivity, ...]) -> Iterator[Node]:
    """One lesson of a requirement a day, where ``max_per_day`` says so."""
    groups: dict[str, list[int]] = defaultdict(list)
    for activity in activities:
        for lesson in activity.lessons:
            if lesson.requirement.max_per_day == 1:
                name = lesson.requirement.requirement_id
                groups[name].append(activity.activity_id)
    for ids in groups.values():
        if len(ids) > 1:
            yield constraint(
                "MinDaysBetweenActivities",
                leaf("Consecutive_If_Same_Day", text=False),
                *counted("Number_of_Activities", "Activity_Id", ids),
                leaf("MinDays", 1),
            )


def _loads(problem: Problem) -> Iterator[Node]:
    for teacher in problem.teachers:
        if teacher.max_per_day is not None:
            yield constraint(
                "TeacherMaxHoursDaily",
                leaf("Teacher_Name", teacher.teacher_id),
                leaf("Maximum_Hours_Daily", teacher.max_per_day),
            )


def room_rules(
    problem: Problem,
    grid: Grid,
    places: Places,
    activities: tuple[ExportedActivity, ...],
) -> Iterator[Node]:
    """Rooms' closed times, and the rooms that each activity may have."""
    for zone in problem.all_zones:
        table = problem.unavailability_of
        rows = [
            *table.get((ResourceKind.ZONE, zone.zone_id), ()),
            *table.get((ResourceKind.VENUE, zone.venue_id), ()),
        ]
        slots = _closed(grid, rows)
        for room in places.rooms[zone.zone_id] if slots else ():
            yield constraint(
                "RoomNotAvailableTimes", leaf("Room", room), *_not_available(slots)
            )
    for activity in activities:
        if activity.is_merged or activity.left_out:
            continue
        layouts = problem.allowed_layouts(activity.requirement)
        rooms = places.allowed(layouts, activity.class_count)
        if rooms:
            yield constraint(
                "ActivityPreferredRooms",
                leaf("Activity_Id", activity.activity_id),
                *counted("Number_of_Preferred_Rooms", "Preferred_Room", rooms),
            )
