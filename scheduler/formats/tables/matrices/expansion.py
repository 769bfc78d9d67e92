"""Rows of ``requirements`` that 任课安排 and 课时 stand for.

Each class and subject with a teacher and hours is one requirement, called by both
ids: ``C101-YW``. A row of the long table with such an id replaces it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scheduler.formats.tables.cells import CellError
from scheduler.formats.tables.declared.problem_tables import REQUIREMENTS
from scheduler.formats.tables.encode import write_cell
from scheduler.formats.tables.matrices.declared import HEAD_TEACHER, HOURS, TEACHING
from scheduler.formats.tables.matrices.grids import Entries, Entry, read_entries
from scheduler.formats.tables.matrices.hours import Share, read_hours
from scheduler.formats.tables.matrices.people import (
    Classes,
    Taught,
    Teachers,
    grades_of,
)
from scheduler.formats.tables.names import Names
from scheduler.formats.tables.records import Located
from scheduler.formats.tables.sheet import Faults, Line, Sheet
from scheduler.formats.tables.words import GRADE_WORDS
from scheduler.model.course_names import course_names
from scheduler.model.requirements import Requirement, WeekRule
from scheduler.model.text import Text

Records = dict[str, tuple[Located, ...]]

_GRADE = {str(n): word for n, (word, _) in enumerate(GRADE_WORDS, 1)}
SUFFIX = {WeekRule.ODD: "-odd", WeekRule.EVEN: "-even"}
_NO_HOURS = Text(
    "请在【课时】表填写节数。", "Maybe its hours are still to be filled in?"
)
_NO_TEACHER = Text(
    "请填写教师；不开这门课的班填“—”。",
    "Maybe a teacher is still to be named? Write — where it is not taught.",
)


def with_matrices(
    records: Records, matrices: Mapping[str, Sheet], faults: Faults
) -> Records:
    """The records with the requirements that the matrices stand for.

    Parameters:
        matrices: Sheets by the name of their matrix, each with a row.
    """
    if not matrices:
        return records
    subjects = Names(
        Text("学科", "subjects"),
        records["subjects"],
        ("subject_id", "name", "short_name", "name_en"),
        course_names().course,
    )
    classes = Classes(records["classes"])
    own = _Long(records["requirements"])
    taught, hours = _entries(matrices, subjects, classes, faults)
    made = _Expansion(classes, Teachers(records["teachers"]), taught, hours, own)
    rows = tuple(made.rows(faults))
    if taught:
        made.check_hours(faults)
    elif hours:
        zh, en = "没有【任课安排】，这张表没有用到", "is not used without teaching"
        advice = Text("请填写【任课安排】。", "Maybe fill in the table teaching?")
        faults.warn(matrices[HOURS.name].file, zh, en, advice=advice)
    own.note_twice(rows, classes, faults)
    return records | {"requirements": records["requirements"] + rows}


def _entries(
    sheets: Mapping[str, Sheet], subjects: Names, classes: Classes, faults: Faults
) -> tuple[Entries, Entries]:
    taught: Entries = {}
    hours: Entries = {}
    if TEACHING.name in sheets:
        sheet = sheets[TEACHING.name]
        taught = read_entries(TEACHING, sheet, subjects, classes.named, faults)
    if HOURS.name in sheets:
        hours = read_entries(HOURS, sheets[HOURS.name], subjects, grades_of, faults)
    return taught, hours


class _Long:
    """The rows of the long table: by id, and by class and subject."""

    def __init__(self, rows: tuple[Located, ...]) -> None:
        self.ids = {row.values.get("requirement_id") for row in rows}
        self._rows: dict[tuple[str, str], Located] = {}
        for row in rows:
            for name in row.values.get("class_ids", ()):
                self._rows.setdefault((name, row.values.get("subject_id", "")), row)

    def has(self, class_id: str, subject: str) -> bool:
        """Whether a row gives the class lessons of the subject."""
        return (class_id, subject) in self._rows

    def note_twice(
        self, made: tuple[Located, ...], classes: Classes, faults: Faults
    ) -> None:
        """Warn of rows for a class and subject that a matrix has as well."""
        for row in made:
            (name,), subject = row.values["class_ids"], row.values["subject_id"]
            other = self._rows.get((name, subject))
            if other is None:
                continue
            own = row.values["requirement_id"]
            name = classes.name.get(name) or name
            zh = f"在【任课安排】{row.place_zh}也有（{name}），两处都算"
            en = f"is taught to {name} by teaching {row.place}, too; both count"
            advice = Text(
                f"若要取代，请把要求编号改为“{own}”。",
                f'Maybe call the requirement "{own}", which replaces it?',
            )
            faults.warnings.append(other.fault("subject_id", zh, en, advice))


@dataclass(frozen=True)
class _Expansion:
    """The matrices, and what their cells name."""

    classes: Classes
    teachers: Teachers
    taught: Entries
    hours: Entries
    long: _Long

    def rows(self, faults: Faults) -> Iterator[Located]:
        """The requirements of all cells; a cell with a fault makes an unsound row."""
        read: dict[Entry, tuple[Share, ...]] = {}
        for entry in dict.fromkeys(self.hours.values()):
            read[entry] = _shares(entry, faults)
        lacking: dict[Entry, list[str]] = {}
        order = {name: k for k, name in enumerate(self.classes.school)}
        cells = sorted(self.taught.items(), key=lambda cell: order[cell[0][0]])
        for (name, subject), entry in cells:
            base = f"{name}-{subject}"
            if subject == HEAD_TEACHER[0] or entry.is_none or base in self.long.ids:
                continue
            given = self.hours.get((self.classes.grade.get(name, ""), subject))
            taught = self._taught(name, subject, entry, faults)
            if given is None or given.is_none:
                # A row for many classes may name a grade that has none of it.
                said = given is not None and entry.named[0] > 0
                if not said and not self.long.has(name, subject):
                    lacking.setdefault(entry, []).append(name)
                continue
            for share in read[given]:
                made = _row(base, name, subject, entry, taught, share, len(read[given]))
                if made.values["requirement_id"] not in self.long.ids:
                    yield made
        self._note_lacking(lacking, faults)

    def _taught(
        self, name: str, subject: str, entry: Entry, faults: Faults
    ) -> Taught | None:
        """The teachers of a cell; None after noting why they cannot be known."""
        head = self.taught.get((name, HEAD_TEACHER[0]))
        school = self.classes.school.get(name) or ""
        try:
            return self.teachers.taught(
                entry.text, subject, school, head.text if head else ""
            )
        except CellError as error:
            entry.refuse(faults, error)
            return None

    def _note_lacking(self, lacking: dict[Entry, list[str]], faults: Faults) -> None:
        """Note the teachers whose classes have no hours, once with all grades."""
        for entry, names in lacking.items():
            grades = sorted({self.classes.grade.get(name, "") for name in names} - {""})
            listed = "、".join(_GRADE[g] for g in grades), ", ".join(grades)
            if grades:
                zh = f"有教师，但【课时】表没有{listed[0]}这门课的节数"
                en = f"has a teacher, but hours has none of it in grade {listed[1]}"
                entry.fault(faults, zh, en, _NO_HOURS, None)

    def check_hours(self, faults: Faults) -> None:
        """Note the hours of classes for which 任课安排 says nothing."""
        missing: dict[Entry, list[str]] = {}
        for name, grade in self.classes.grade.items():
            for (other, subject), entry in self.hours.items():
                if other == grade and not entry.is_none:
                    known = (name, subject) in self.taught
                    if not known and not self.long.has(name, subject):
                        missing.setdefault(entry, []).append(name)
        for entry, names in missing.items():
            called = [self.classes.name.get(name) or name for name in names]
            listed = "、".join(called), ", ".join(called)
            zh = f"有节数，但【任课安排】中没有{listed[0]}的教师"
            en = f"has hours, but teaching names no teacher for {listed[1]}"
            entry.fault(faults, zh, en, _NO_TEACHER, None)


def _shares(entry: Entry, faults: Faults) -> tuple[Share, ...]:
    if entry.is_none or entry.title in HEAD_TEACHER:
        return ()
    try:
        return read_hours(entry.text)
    except CellError as error:
        entry.refuse(faults, error)
        return ()


def _row(
    base: str,
    name: str,
    subject: str,
    entry: Entry,
    taught: Taught | None,
    share: Share,
    shares: int,
) -> Located:
    """One requirement; of two for a class and subject, the weeks' has a suffix."""
    values: dict[str, Any] = {
        "requirement_id": base + (SUFFIX.get(share.week, "") if shares > 1 else ""),
        "class_ids": (name,),
        "subject_id": subject,
        "per_week": share.per_week,
    }
    if share.week is not WeekRule.EVERY:
        values["week"] = share.week
    if taught is not None:
        values |= {
            key: value
            for key in ("teacher_ids", "teacher_pool", "no_teacher")
            if (value := getattr(taught, key))
        }
    cells = {k: write_cell(REQUIREMENTS.column[k], v) for k, v in values.items()}
    line = Line(entry.row, (), title=entry.title)
    made = None if taught is None else Requirement(**values)
    return Located(entry.file, line, cells, values, made is not None, made)
