"""Curriculum standards as CSV tables (data/profiles/curriculum_2022.csv).

Columns: grade, subject_code, subject_zh, subject_en, weekly_min, weekly_max,
note. The note starts with ``kind=...; ref=...`` (regulations 1.4).
"""

import csv
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from scheduler.audit.standard import Standard, StandardKind, StandardRow
from scheduler.model.errors import DataError, InputError
from scheduler.model.shipped import data_folder
from scheduler.model.text import Text

PROFILES = data_folder() / "profiles"
CURRICULUM_2022 = PROFILES / "curriculum_2022.csv"
COLUMNS = (
    "grade",
    "subject_code",
    "subject_zh",
    "subject_en",
    "weekly_min",
    "weekly_max",
    "note",
)
_READABLE = Text(
    "年级为整数，课时为数，备注以“kind=…; ref=…”开头",
    "grade is an integer, lessons are numbers, the note begins with kind=...; ref=...",
)


def read_standard(path: Path = CURRICULUM_2022) -> Standard:
    """Read a curriculum standard.

    Raises:
        InputError: a column is missing or a row cannot be read; names them all.
        OSError: the file cannot be read.
    """
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        missing = [c for c in COLUMNS if c not in (reader.fieldnames or ())]
        if missing:
            raise InputError([_missing_column(path, c) for c in missing])
        errors: list[DataError] = []
        rows = tuple(_rows(path, reader, errors))
    if errors:
        raise InputError(errors)
    return Standard(rows)


def _rows(
    path: Path, reader: "csv.DictReader[str]", errors: list[DataError]
) -> Iterator[StandardRow]:
    for number, cells in enumerate(reader, start=2):
        try:
            yield _row(cells)
        except (ValueError, ZeroDivisionError) as fault:
            problem = Text(
                f"读不懂这一行（{fault}）", f"cannot read this row ({fault})"
            )
            errors.append(DataError(path.name, problem, _READABLE, row=number))


def _row(cells: dict[str, str]) -> StandardRow:
    notes = dict(
        part.strip().split("=", 1)
        for part in cells["note"].split(";")[:2]
        if "=" in part
    )
    kind, _, related = notes.get("kind", "").partition(":")
    reference = notes.get("ref")
    return StandardRow(
        int(cells["grade"]),
        cells["subject_code"],
        Text(cells["subject_zh"], cells["subject_en"]),
        Fraction(cells["weekly_min"]),
        Fraction(cells["weekly_max"]),
        StandardKind(kind),
        Fraction(reference) if reference else None,
        tuple(filter(None, related.replace("|", "+").split("+"))),
    )


def _missing_column(path: Path, column: str) -> DataError:
    problem = Text("缺少此列", "the column is missing")
    return DataError(path.name, problem, row=1, column=column)
