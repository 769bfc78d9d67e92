"""Write rain_plan.csv: one row for each lesson, slot and turn of the plan."""

from collections.abc import Iterator
from pathlib import Path

from scheduler.formats.tables.files.atomic import write_file
from scheduler.formats.tables.files.writing import csv_bytes
from scheduler.model.requirements import HOME
from scheduler.model.times import format_clock
from scheduler.model.timetable import Timetable
from scheduler.model.weather import RainPlan, RainSlot

COLUMNS = (
    "slot_id",
    "day",
    "week",
    "turn",
    "turns",
    "lesson_id",
    "class_ids",
    "subject_id",
    "teacher_ids",
    "start",
    "end",
    "from_venue_id",
    "from_layout_id",
    "venue_id",
    "layout_id",
    "zones",
    "active",
    "proven",
)
"""Stable; more may be added at the end. ``turn`` counts bad days of the slot from 1;
after ``turns`` of them it begins anew. ``active`` is 0 for theory at ``home``."""


def write_rain_plan(timetable: Timetable, plan: RainPlan, path: Path) -> None:
    """Write the plan, over an earlier one; the same plan gives the same bytes.

    Raises:
        OSError: the file cannot be written; what was there is untouched.
    """
    rows = [row for slot in plan.slots for row in _rows(timetable, slot)]
    write_file(path, csv_bytes([COLUMNS, *rows]), replace=True)


def _rows(timetable: Timetable, slot: RainSlot) -> Iterator[tuple[str, ...]]:
    problem = timetable.problem
    for number, turn in enumerate(slot.turns, start=1):
        for lesson_id, layout_id in zip(slot.lesson_ids, turn.layout_ids, strict=True):
            meeting = timetable.meeting[lesson_id]
            layout = problem.layout.get(layout_id)
            yield (
                slot.slot_id,
                str(slot.day),
                slot.week.value,
                str(number),
                str(len(slot.turns)),
                lesson_id,
                ";".join(meeting.class_ids),
                meeting.lesson.requirement.subject_id,
                ";".join(meeting.teacher_ids),
                format_clock(meeting.start),
                format_clock(meeting.end),
                meeting.layout.venue_id if meeting.layout else "",
                meeting.placement.layout_id,
                layout.venue_id if layout else "",
                layout_id,
                ";".join(layout.zones) if layout else "",
                str(int(layout_id != HOME)),
                str(int(turn.proven)),
            )
