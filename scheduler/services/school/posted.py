"""A timetable on a wall or web page, held against the one in force (rule E01)."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scheduler.audit.inputs.from_timetable import class_number
from scheduler.audit.profile import Profile
from scheduler.formats.spreadsheets.reading import read_school
from scheduler.formats.spreadsheets.together import put_together
from scheduler.model.errors import DataError, InputError
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.read_timetable import (
    CellKind,
    Place,
    ReadCell,
    ReadClass,
    ReadTimetable,
    class_key,
)
from scheduler.model.resources import ClassGroup
from scheduler.model.text import Text
from scheduler.model.times import LESSON_ROWS, Week
from scheduler.model.timetable import Timetable
from scheduler.services.school.starting import NO_FILE, File, unpacked

OURS = "\0"
"""Stands for the system among names of files, of which none can have it."""
PAPER = frozenset((".pdf", ".jpg", ".jpeg", ".png", ".heic", ".webp", ".doc", ".docx"))
"""Endings of what has no cells to read."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What a posted timetable says otherwise; ``cells`` of it were compared.

    ``unknown`` are names on it that mean no class of the office, or several,
    ``lacking`` classes of the office that are not on it.
    """

    cells: int
    classes: int
    differences: tuple[Text, ...]
    unknown: tuple[str, ...]
    lacking: tuple[str, ...]


def compare(timetable: Timetable, profile: Profile, files: Sequence[File]) -> Compared:
    """Hold the lessons of posted class timetables against a timetable.

    Raises:
        InputError: nothing can be read, as of a photo.
    """
    if not files:
        raise InputError([NO_FILE])
    for file in files:
        if Path(file.name).suffix.lower() in PAPER:
            raise InputError([_paper(file.name)])
    with tempfile.TemporaryDirectory(prefix="cuofeng-") as folder:
        read = read_school(unpacked(files, Path(folder)), courses=profile.names)
    problem = timetable.problem
    posted = {x.key: x for x in read.classes if not x.senior}
    meant = {key: _class_of(problem, x) for key, x in posted.items()}
    found = {key: group for key, group in meant.items() if group is not None}
    theirs = [x for x in read.cells if class_key(x) in found]
    told = {(class_key(x), x.day) for x in theirs}
    ours = [
        cell
        for key, group in found.items()
        for cell in _cells(timetable, profile, posted[key], group)
        if (key, cell.day) in told
    ]
    together = put_together([*theirs, *ours], read.classes, ())
    shown = {x.class_id for x in found.values()}
    return Compared(
        sum(x.period is not None for x in theirs),
        len(found),
        tuple(_differences(together)),
        tuple(x.name.printed for k, x in posted.items() if k not in found),
        tuple(name for x, name in problem.class_name.items() if x not in shown),
    )


def _differences(read: ReadTimetable) -> Iterator[Text]:
    """What both say otherwise, the posted one's contradictions of itself left aside."""
    for x in read.disagreements:
        sources = {cell.place.file for cell in x.cells}
        if x.about != "missing" and OURS in sources and len(sources) > 1:
            zh, en = x.text.zh, x.text.en
            yield Text(zh.replace(OURS, "系统"), en.replace(OURS, "the system"))


def _class_of(problem: Problem, posted: ReadClass) -> ClassGroup | None:
    """The class that a sheet means; None where that is none, or one of several."""
    ids = {x.school_id for x in problem.schools if x.name == posted.school}
    known = [x for x in problem.classes if x.school_id in ids] or problem.classes
    name = posted.name
    found = [x for x in known if x.name == name.printed]
    if not found and name.number is not None:
        meant = name.grade, name.number
        found = [x for x in known if (x.grade, class_number(x.name)) == meant]
    return found[0] if len(found) == 1 else None


def _cells(
    timetable: Timetable, profile: Profile, posted: ReadClass, group: ClassGroup
) -> Iterator[ReadCell]:
    """The lessons of a class as cells of a sheet; rows without one are empty cells."""
    bell = timetable.problem.bell[group.bell_id]
    for day in bell.school_days:
        for number, row in enumerate(bell.rows(day, LESSON_ROWS), start=1):
            empty = ReadCell(
                *(Place(OURS), "L1", posted.school, posted.name, day, number),
                *(Week.EVERY, CellKind.EMPTY, ""),
            )
            meetings = (m for m in timetable.by_class[group.class_id] if m.day == day)
            cells = [
                _filled(empty, timetable.problem, profile, m)
                for m in meetings
                if row in m.rows
            ]
            yield from cells or [empty]


def _filled(
    empty: ReadCell, problem: Problem, profile: Profile, meeting: Meeting
) -> ReadCell:
    subject = problem.subject[meeting.lesson.requirement.subject_id]
    people = tuple(problem.teacher[x].name for x in meeting.teacher_ids)
    return replace(
        empty,
        week=meeting.placement.week,
        kind=CellKind.LESSON,
        text=" ".join((subject.name, *people)),
        subject=profile.code(subject),
        subject_name=subject.name,
        teachers=people,
    )


def _paper(name: str) -> DataError:
    return DataError(
        name,
        Text("是照片或文档，没有格子可以比对", "is a picture or text without cells"),
        Text(
            "请选电子表格，或填纸上每页都有的校验码。",
            "Choose a spreadsheet, or type the fingerprint that stands on every page.",
        ),
    )
