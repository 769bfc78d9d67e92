"""Matrices: who teaches what (L6), how many lessons a week, and inspection forms (L8).

Subjects stand across (or down), classes or grades along the other side; the cells
tell which of the three it is: names, numbers, or marks (√, +1, -2).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from scheduler.formats.spreadsheets.labels.class_names import (
    ClassLabel,
    class_in,
    grade_in,
    lone_number,
    whole_class,
)
from scheduler.formats.spreadsheets.labels.people import people_in, person
from scheduler.formats.spreadsheets.labels.vocabulary import EMPTY_MARKS, Name
from scheduler.formats.spreadsheets.labels.words import compact, number
from scheduler.formats.spreadsheets.structure.sheet import Sheet
from scheduler.formats.spreadsheets.titles import Titles
from scheduler.formats.spreadsheets.weekly import Context
from scheduler.model.read_timetable import Assignment, PlannedHours

LEAST_SUBJECTS = 3
_HOURS = re.compile(r"\d{1,2}(?:\.5)?(?:\(\d\))?")
_MARK = re.compile(r"[√✓☑vV]|[+-]\d{1,2}|0")
Spot = tuple[int, int]


@dataclass(slots=True)
class Matrix:
    """What a matrix gave; ``inspected`` where it is an inspection form."""

    top: int
    assignments: list[Assignment] = field(default_factory=list)
    hours: list[PlannedHours] = field(default_factory=list)
    class_teachers: dict[str, str] = field(default_factory=dict)
    inspected: bool = False


@dataclass(frozen=True, slots=True)
class _Axes:
    """Subjects and whose they are, each by line; ``turned`` where subjects go down."""

    subjects: dict[int, Name]
    owners: dict[int, ClassLabel | int]
    turned: bool

    def spots(self) -> Iterator[tuple[Spot, Name, ClassLabel | int]]:
        """Every cell with its subject and its class or grade."""
        for line, owner in self.owners.items():
            for across, name in self.subjects.items():
                yield ((across, line) if self.turned else (line, across)), name, owner


def find_matrix(sheet: Sheet, titles: Titles, context: Context) -> Matrix | None:
    """The matrix of a sheet that has no timetable; None where there is none."""
    for row in range(min(sheet.height, 12)):
        names = _names(sheet, [(row, c) for c in range(sheet.width)], context)
        subjects = {spot[1]: name for spot, name in names.items()}
        if len(subjects) >= LEAST_SUBJECTS:
            owners = _owners_down(sheet, row + 1, min(subjects), titles)
            if len(owners) >= 2:
                axes = _Axes(subjects, owners, turned=False)
                return _read(sheet, row, axes, titles, context)
    return _turned(sheet, titles, context)


def _turned(sheet: Sheet, titles: Titles, context: Context) -> Matrix | None:
    for column in range(min(sheet.width, 4)):
        names = _names(sheet, [(r, column) for r in range(sheet.height)], context)
        subjects = {spot[0]: name for spot, name in names.items()}
        if len(subjects) < LEAST_SUBJECTS:
            continue
        top = min(subjects) - 1
        owners = {
            c: owner
            for c in range(column + 1, sheet.width)
            if (owner := _owner(sheet.text(top, c), titles.grade)) is not None
        }
        if len(owners) >= 2:
            axes = _Axes(subjects, owners, turned=True)
            return _read(sheet, top, axes, titles, context)
    return None


def _names(sheet: Sheet, spots: list[Spot], context: Context) -> dict[Spot, Name]:
    found = {}
    for row, column in spots:
        text = sheet.text(row, column)
        if len(text) >= 2 and context.vocabulary.knows(text):
            name = context.vocabulary.look_up(text)
            if name.code:
                found[row, column] = name
    return found


def _owners_down(
    sheet: Sheet, top: int, first: int, titles: Titles
) -> dict[int, ClassLabel | int]:
    """Classes, or else grades, that name the rows; a grade may stand to the left."""
    owners: dict[int, ClassLabel | int] = {}
    grade = titles.grade
    for row in range(top, sheet.height):
        texts = [sheet.text(row, c) for c in range(first)]
        grade = next((g for t in texts if (g := _grade(t))), grade)
        labels = [x for t in texts if isinstance(x := _owner(t, grade), ClassLabel)]
        if labels:
            owners[row] = labels[0]
        elif any(_grade(t) for t in texts):
            owners[row] = grade or 0
    return owners


def _owner(text: str, grade: int | None) -> ClassLabel | int | None:
    label = whole_class(text) or class_in(text) or lone_number(text)
    if label:
        return label.of_grade(grade)
    return _grade(text)


def _grade(text: str) -> int | None:
    short = compact(text)
    if short in tuple("一二三四五六七八九"):
        return number(short)
    return grade_in(text)


def _read(
    sheet: Sheet, top: int, axes: _Axes, titles: Titles, context: Context
) -> Matrix | None:
    filled = [
        (spot, name, owner, text)
        for spot, name, owner in axes.spots()
        if compact(text := sheet.text(*spot)) not in EMPTY_MARKS
    ]
    if not filled:
        return None
    matrix = Matrix(top)
    counted = sum(bool(_HOURS.fullmatch(compact(t))) for *_, t in filled)
    marked = sum(bool(_MARK.fullmatch(compact(t))) for *_, t in filled)
    named = sum(person(x) for *_, t in filled for x in people_in(t))
    if marked > counted and marked >= 0.6 * len(filled):
        matrix.inspected = True
    elif counted >= 0.6 * len(filled):
        matrix.hours = list(_hours(sheet, filled))
    elif named >= 0.5 * len(filled):
        matrix.assignments = list(_assignments(sheet, filled, titles, context))
    else:
        return None
    return matrix


Filled = list[tuple[Spot, Name, ClassLabel | int, str]]


def _hours(sheet: Sheet, filled: Filled) -> Iterator[PlannedHours]:
    for spot, name, owner, text in filled:
        grade = owner.grade if isinstance(owner, ClassLabel) else owner
        match = re.match(r"\d{1,2}(?:\.5)?", compact(text))
        if grade and match:
            yield PlannedHours(
                sheet.place(*spot), "", grade, name.code, name.printed, match.group()
            )


def _assignments(
    sheet: Sheet, filled: Filled, titles: Titles, context: Context
) -> Iterator[Assignment]:
    year, stage = titles.year or context.year, titles.stage or context.stage
    for spot, name, owner, text in filled:
        if isinstance(owner, ClassLabel):
            group = owner.named(year, stage)
            people = people_in(text)
            yield Assignment(
                sheet.place(*spot), "", group, name.code, name.printed, people
            )
