"""The table of placements, timetable.csv. Source: data-format.md, "Out"."""

from dataclasses import dataclass
from typing import Any

from scheduler.formats.tables.cells import read_id
from scheduler.formats.tables.declared.columns import columns_of
from scheduler.formats.tables.schema import Table
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.times import Week, format_clock


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """One row: a lesson and where it stands."""

    lesson_id: str
    day: int | None = None
    period: int | None = None
    week: Week = Week.EVERY
    layout_id: str = ""
    teacher_ids: tuple[str, ...] = ()
    length: int | None = None


def placement_row(**cells: Any) -> PlacementRow:
    """A row of its own cells; those that only repeat the problem are left out."""
    own = {name: x for name, x in cells.items() if name in OWN}
    return PlacementRow(**own | {"lesson_id": read_id(own["lesson_id"])})


TIMETABLE = Table(
    *("timetable", "课表", placement_row, ("lesson_id",), columns_of("timetable")),
    required=True,
)
# Columns that must be there although a cell may be empty: an unplaced lesson's is.
NEEDED = ("lesson_id", "day", "period")
OWN = ("lesson_id", "teacher_ids", "week", "day", "period", "length", "layout_id")
DERIVED = tuple(c.name for c in TIMETABLE.columns if c.name not in OWN)


def lesson_cells(problem: Problem, lesson: Lesson) -> dict[str, str]:
    """What a row says of its lesson, placed or not."""
    requirement = lesson.requirement
    return {
        "lesson_id": lesson.lesson_id,
        "requirement_id": requirement.requirement_id,
        "school_id": ";".join(problem.schools_of(requirement)),
        "class_ids": ";".join(requirement.class_ids),
        "subject_id": requirement.subject_id,
    }


def place_cells(meeting: Meeting) -> dict[str, str]:
    """What a row says of the place that follows from the placement."""
    layout = meeting.layout
    return {
        "start": format_clock(meeting.start),
        "end": format_clock(meeting.end),
        "venue_id": layout.venue_id if layout else "",
        "zones": ";".join(meeting.zone_ids),
    }
