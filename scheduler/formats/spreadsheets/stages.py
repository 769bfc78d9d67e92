"""Stages: primary or junior high, where classes are named by their year alone."""

from collections.abc import Sequence

from scheduler.audit.standard import LAST_PRIMARY_GRADE
from scheduler.formats.spreadsheets.labels.class_names import FIRST_GRADE, class_in
from scheduler.formats.spreadsheets.weekly import Reading
from scheduler.model.read_timetable import CellKind, ReadCell

_JUNIOR = frozenset({"HI", "GE", "BI", "PH", "CH"})
_PRIMARY = frozenset({"CAL", "SC"})
"""Courses of primary school; 科学 in place of physics and biology is found beyond it,
but not without history."""
LEAST_LESSONS = 20
"""Lessons of a class from which on a course that is absent says something."""


def stage_of(readings: Sequence[Reading]) -> str:
    """小 or 初 for classes whose grade no name tells; "" where nothing decides it."""
    cells = [cell for reading in readings for cell in reading.cells]
    open_ones = [cell for cell in cells if _is_open(cell)]
    if not open_ones:
        return ""
    said = {r.titles.stage for r in readings} - {"", "高"}
    said |= {_stage(c.class_name.grade) for c in cells if c.class_name.grade} - {""}
    if len(said) == 1:
        return said.pop()
    return "" if said else _by_courses(open_ones)


def _is_open(cell: ReadCell) -> bool:
    name = cell.class_name
    if name.grade is not None or not name.printed:
        return False
    label = class_in(name.printed)
    return label is not None and label.year is not None and not label.stage


def _stage(grade: int) -> str:
    if grade >= FIRST_GRADE["高"]:
        return ""
    return "小" if grade <= LAST_PRIMARY_GRADE else "初"


def _by_courses(cells: Sequence[ReadCell]) -> str:
    lessons = [cell for cell in cells if cell.kind is CellKind.LESSON]
    taught = {cell.subject for cell in lessons}
    if taught & _JUNIOR:
        return "初"
    classes = {cell.class_name for cell in lessons}
    whole = len(lessons) >= LEAST_LESSONS * len(classes)
    return "小" if whole and taught & _PRIMARY else ""
