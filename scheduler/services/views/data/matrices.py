"""The matrices of a draft, 任课安排 and 课时, over its requirements of one class."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scheduler.formats.problem.typed import (
    SHEET,
    Cells,
    Typed,
    cells_of_record,
)
from scheduler.formats.tables.cells import is_empty
from scheduler.formats.tables.matrices.declared import HOURS, TEACHING
from scheduler.formats.tables.matrices.people import Teachers
from scheduler.formats.tables.matrices.writing import (
    GIVEN,
    agreed,
    hours_cells,
    hours_text,
    says_none,
    taught_cells,
    taught_text,
)
from scheduler.formats.tables.records import Located
from scheduler.model.text import grade_title
from scheduler.services.school.drafts.desk import Asked, Desk, Step
from scheduler.services.school.drafts.drafts import Act
from scheduler.services.school.drafts.tables import Edit
from scheduler.services.views.data.cells import Shown
from scheduler.services.views.data.editing import BadRequest
from scheduler.services.views.data.faults import fault_facts
from scheduler.services.views.data.sheets import state

GRADE = "grade:"
"""Before a grade in the key of its row."""
NAMES = (TEACHING.name, HOURS.name)
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell typed: the class, or the grade, and the subject."""

    row: str
    subject: str
    text: str


@dataclass(frozen=True)
class Matrices:
    """Requirements of one class each, by class and subject.

    ``joint`` are those of several classes, which no cell can say.
    """

    typed: Typed
    language: str

    @cached_property
    def own(self) -> Mapping[Key, list[tuple[int, Located]]]:
        """Rows of requirements with their numbers."""
        found: dict[Key, list[tuple[int, Located]]] = defaultdict(list)
        for number, row in self.typed.numbered("requirements"):
            classes = row.values.get("class_ids", ())
            if len(classes) == 1:
                found[classes[0], row.values.get("subject_id", "")].append(
                    (number, row)
                )
        return found

    @cached_property
    def joint(self) -> Mapping[Key, list[Located]]:
        """Rows for several classes, under each of them."""
        found: dict[Key, list[Located]] = defaultdict(list)
        for _, row in self.typed.numbered("requirements"):
            classes = row.values.get("class_ids", ())
            for name in classes if len(classes) > 1 else ():
                found[name, row.values.get("subject_id", "")].append(row)
        return found

    @cached_property
    def classes(self) -> dict[str, Cells]:
        """Classes by id, grade by grade."""
        found = _by_id(self.typed, "classes").items()
        return dict(sorted(found, key=lambda one: one[1].get("grade", "")))

    @cached_property
    def subjects(self) -> dict[str, Cells]:
        """Subjects by id."""
        return _by_id(self.typed, "subjects")

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What teachers are called."""
        shown = Shown(self.typed.rows, self.language)
        return {x: shown.name("teachers", x) for x in _by_id(self.typed, "teachers")}

    def text(self, matrix: str, key: Key) -> tuple[str, bool]:
        """A cell, and whether it has to be changed in the table of requirements."""
        rows = [row for _, row in self.own.get(key, ())]
        joint = self.joint.get(key, [])
        if not rows and not joint:
            return "", False
        taught = [taught_text(x, self.names, self.language) for x in (*rows, *joint)]
        hours = hours_text(rows, self.language) if rows else None
        simple = not joint and agreed(taught) is not None and hours is not None
        if matrix == TEACHING.name:
            told = dict.fromkeys(x or "…" for x in taught)
            return " / ".join(told) if not simple else taught[0] or "", not simple
        if hours is not None and simple:
            return hours, False
        each = (x.cells.get("per_week", "") for x in (*rows, *joint))
        return " + ".join(filter(None, each)), True

    def grade_text(self, matrix: str, grade: str, subject: str) -> tuple[str, bool]:
        """What all classes of a grade have; nothing where they differ."""
        own = [x for x, row in self.classes.items() if row.get("grade") == grade]
        found = [self.text(matrix, (name, subject)) for name in own]
        text = agreed(text for text, _ in found)
        return text or "", bool(found) and all(fixed for _, fixed in found)

    def edits(self, matrix: str, entries: Iterable[Entry]) -> list[Edit]:
        """Rows of requirements that the cells stand for.

        Raises:
            BadRequest: there is no such class, or the cell cannot say it.
        """
        found: list[Edit] = []
        for entry in entries:
            names = [entry.row]
            if entry.row.startswith(GRADE):
                grade = entry.row.removeprefix(GRADE)
                names = [
                    x for x, row in self.classes.items() if row.get("grade") == grade
                ]
            for name in names:
                if name not in self.classes or entry.subject not in self.subjects:
                    raise BadRequest
                key = (name, entry.subject)
                if not self.text(matrix, key)[1]:
                    found += self._edits(matrix, key, entry.text.strip())
        return found

    def _edits(self, matrix: str, key: Key, text: str) -> list[Edit]:
        own = self.own.get(key, [])
        rows = [dict(self.typed.rows["requirements"][n]) for n, _ in own]
        if says_none(text) or (
            is_empty(text) and not any(self._rest(matrix, x) for x in rows)
        ):
            return [Edit("requirements", number, None) for number, _ in own]
        if not rows:
            rows = [self._new(matrix, key)]
        base = f"{key[0]}-{key[1]}"
        if matrix == TEACHING.name:
            school = self.classes[key[0]].get("school_id", "")
            cells = taught_cells(text, key[1], school, self._teachers)
            after = [row | cells for row in rows]
        elif is_empty(text):
            after = [row | {"per_week": ""} for row in rows[:1]]
        else:
            after = hours_cells(text, base, rows)
        numbers: list[int | None] = [number for number, _ in own]
        gone = [Edit("requirements", n, None) for n in numbers[len(after) :]]
        numbers += [None] * (len(after) - len(numbers))
        pairs = zip(numbers, after, strict=False)
        return [Edit("requirements", n, row) for n, row in pairs] + gone

    def _rest(self, matrix: str, row: Cells) -> bool:
        """Whether a row says more than what is taken away."""
        other = (
            ("per_week",)
            if matrix == TEACHING.name
            else ("teacher_ids", "teacher_pool")
        )
        return any(not is_empty(row.get(x, "")) for x in other)

    def _new(self, matrix: str, key: Key) -> dict[str, str]:
        """A requirement of a class and subject, with the hours of its grade."""
        class_id, subject = key
        row = {
            "requirement_id": "-".join(key),
            "class_ids": class_id,
            "subject_id": subject,
        }
        if matrix != TEACHING.name:
            return row
        grade = self.classes[class_id].get("grade")
        others = [
            rows[0][1].cells
            for (name, other), rows in self.own.items()
            if other == subject
            and len(rows) == 1
            and self.classes.get(name, {}).get("grade") == grade
        ]
        for column in GIVEN[:2]:
            row[column] = agreed(x.get(column, "") for x in others) or ""
        return row

    @cached_property
    def _teachers(self) -> Teachers:
        return Teachers(self.typed.judged.records["teachers"])


def matrix_facts(desk: Desk, name: str, language: str) -> dict[str, Any]:
    """A matrix as plain data, with all faults and those of its cells."""
    typed = desk.typed()
    found = Matrices(typed, language)
    subjects = list(found.subjects)
    return {
        **state(desk, language),
        "columns": [_column(found.subjects[x], x, language) for x in subjects],
        "rows": list(_rows(found, name, subjects)),
        "marks": marks(found, name),
        "choices": sorted(set(found.names.values())) if name == TEACHING.name else [],
    }


def marks(found: Matrices, name: str) -> dict[str, dict[str, Any]]:
    """Faults by class and subject: of hours in 课时, all others in 任课安排."""
    cells = {n: key for key, rows in found.own.items() for n, _ in rows}
    told: dict[str, dict[str, Any]] = {}
    for fault in fault_facts(found.typed, found.language)["faults"]:
        for row, column in fault["cells"] if fault["table"] == "requirements" else ():
            if row in cells and (column in GIVEN) is (name == HOURS.name):
                told.setdefault(" ".join(cells[row]), fault)
    return told


def entries_of(told: Any) -> list[Entry]:
    """Read what a page sends.

    Raises:
        BadRequest: it is not of the agreed form.
    """
    if not isinstance(told, list) or len(told) > 10_000:
        raise BadRequest
    found = []
    for one in told:
        known = one if isinstance(one, dict) else {}
        parts = [known.get(x) for x in ("row", "subject", "text")]
        if len(parts) != 3 or not all(
            isinstance(x, str) and len(x) < 500 for x in parts
        ):
            raise BadRequest
        found.append(Entry(*parts))
    return found


def filling(name: str, entries: list[Entry], language: str) -> Act:
    """The step of cells typed in a matrix."""

    def act(desk: Desk, asked: Asked) -> Step:
        return desk.edit(asked, Matrices(desk.typed(), language).edits(name, entries))

    return act


def matrix_tried(
    desk: Desk, name: str, entries: list[Entry], language: str
) -> dict[str, Any]:
    """The faults of cells there would be; nothing is done."""
    edits = Matrices(desk.typed(), language).edits(name, entries)
    return {"marks": marks(Matrices(desk.typed(edits), language), name)}


def _by_id(typed: Typed, table: str) -> dict[str, Cells]:
    """Rows by id, as far as they could be read in the words of the contract."""
    key = SHEET[table].columns[0].name
    found: dict[str, Cells] = {}
    for _, row in typed.numbered(table):
        if key in row.values:
            found.setdefault(row.values[key], cells_of_record(table, row))
    return found


def _column(row: Cells, subject: str, language: str) -> dict[str, Any]:
    name = row.get("name", subject)
    if language == "en":
        name = row.get("name_en") or name
    return {"name": subject, "title": row.get("short_name") or name, "note": name}


def _rows(found: Matrices, name: str, subjects: list[str]) -> Iterable[dict[str, Any]]:
    """Classes; in 课时 each grade before its classes."""
    grade = ""
    for class_id, row in found.classes.items():
        if name == HOURS.name and row.get("grade", "") != grade:
            grade = row.get("grade", "")
            cells = [found.grade_text(name, grade, x) for x in subjects]
            yield _row(f"{GRADE}{grade}", _grade(grade, found.language), "grade", cells)
        cells = [found.text(name, (class_id, x)) for x in subjects]
        yield _row(class_id, row.get("name", class_id), "", cells)


def _row(
    key: str, label: str, kind: str, cells: list[tuple[str, bool]]
) -> dict[str, Any]:
    return {
        "key": key,
        "label": label,
        "kind": kind,
        "cells": [text for text, _ in cells],
        "fixed": [n for n, (_, fixed) in enumerate(cells) if fixed],
    }


def _grade(grade: str, language: str) -> str:
    known = grade.isdecimal()
    return grade_title(int(grade)).in_language(language) if known else grade
