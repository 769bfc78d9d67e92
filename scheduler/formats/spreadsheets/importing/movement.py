"""PE activities of an import: what stands in rows of the day that are no lessons."""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from scheduler.formats.spreadsheets.importing.bells import Bells
from scheduler.formats.spreadsheets.importing.people import People
from scheduler.model.meeting import Placement
from scheduler.model.read_timetable import (
    CellKind,
    ClassKey,
    ReadCell,
    ReadLesson,
    class_key,
)
from scheduler.model.requirements import HOME, Requirement, WeekRule
from scheduler.model.times import ACTIVITY_ROWS, SlotKind, Week

CODE = "PEA"
Made = tuple[tuple[Requirement, ...], dict[str, Placement]]
_RULE = {Week.EVERY: WeekRule.EVERY, Week.ODD: WeekRule.ODD, Week.EVEN: WeekRule.EVEN}


def pe_activities(
    cells: Iterable[ReadCell],
    bells: Bells,
    ids: dict[ClassKey, str],
    names: dict[ClassKey, str],
    people: People,
) -> Made:
    """A requirement for each class, teachers and weeks, and where its lessons stand."""
    groups: dict[tuple[str, str, tuple[str, ...], Week], dict[tuple[int, int], None]]
    groups = defaultdict(dict)
    for cell in cells:
        key = class_key(cell)
        at = _row(cell, bells, key) if key in ids else None
        if at is None:
            continue
        lesson = ReadLesson(
            key,
            at[0],
            at[1],
            cell.week,
            CODE,
            cell.subject_name,
            cell.teachers,
            cell.room,
            cell.status,
            (cell,),
        )
        teachers = people.teachers(lesson, names[key])
        groups[ids[key], people.subject(lesson), teachers, cell.week].setdefault(at)
    requirements, placements = [], {}
    for number, (group, rows) in enumerate(groups.items(), start=1):
        class_id, subject, teachers, week = group
        name = f"A{number:04d}"
        share = Fraction(len(rows) * len(week.layers), 2)
        requirements.append(
            Requirement(
                name,
                (class_id,),
                subject,
                share,
                teachers,
                week=_RULE[week],
                layouts=(HOME,),
                slots=SlotKind.ACTIVITY,
            )
        )
        for index, (day, period) in enumerate(rows, start=1):
            at_home = Placement(week, day, period, HOME, teachers, 1)
            placements[f"{name}#{index}"] = at_home
    return tuple(requirements), placements


def _row(cell: ReadCell, bells: Bells, key: ClassKey) -> tuple[int, int] | None:
    """Day and number of the bell's row that a PE activity stands in, if it is one."""
    if cell.subject != CODE or cell.period is not None or cell.day is None:
        return None
    if cell.kind is CellKind.EMPTY:
        return None
    bell = next(b for b in bells.bells if b.bell_id == bells.of_class[key])
    rows = bell.rows(cell.day, ACTIVITY_ROWS)
    named = [r for r in rows if r.name == cell.row]
    found = named or (list(rows) if len(rows) == 1 else [])
    return (cell.day, found[0].number) if found else None
