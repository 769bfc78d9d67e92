"""What a repair leaves behind: options with their changes, and repair.json."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from scheduler import __version__
from scheduler.formats.tables.files.atomic import write_file
from scheduler.formats.tables.files.writing import csv_bytes, write_folder
from scheduler.formats.tables.timetable_writing import write_timetable
from scheduler.model.errors import DataError
from scheduler.model.meeting import Placement
from scheduler.model.problem import Problem
from scheduler.solver.repair.changes import Change
from scheduler.solver.repair.result import Repair, RepairOption
from scheduler.solver.repair.words import change_text, forced_by

RECORD, TIMETABLE, CHANGES, DATA = (
    "repair.json",
    "timetable.csv",
    "changes.csv",
    "data",
)
_SIDES = ("week", "day", "period", "layout_id", "teacher_ids")
_COLUMNS = (
    "lesson_id",
    "kind",
    "class_ids",
    "subject_id",
    *(f"from_{side}" for side in _SIDES),
    *(f"to_{side}" for side in _SIDES),
    "text_zh",
    "text_en",
)


def repair_facts(
    repair: Repair, differences: Iterable[DataError] = ()
) -> dict[str, Any]:
    """The content of repair.json.

    Parameters:
        differences: Where the file of the running timetable no longer fits the data.
    """
    before = repair.before
    return {
        "verdict": repair.verdict.value,
        "summary": repair.summary.both(),
        "least_changes": repair.least,
        "minimal": repair.minimal,
        "least_teachers": repair.least_teachers,
        "budget": {
            "changes": repair.budget.changes,
            "teachers": repair.budget.teachers,
        },
        "before": {
            "hard": before.hard,
            "conflicts": before.conflicts,
            "soft": before.soft,
        },
        "forced_by": [x.both() for x in forced_by(before)],
        "differences": list(map(str, differences)),
        "stuck": list(repair.stuck),
        "reasons": [x.both() for x in repair.reasons],
        "options": [
            _option(option, k) for k, option in enumerate(repair.options, start=1)
        ],
        "seconds": round(repair.seconds, 2),
        "version": __version__,
    }


def write_repair(
    repair: Repair,
    directory: Path,
    differences: Iterable[DataError] = (),
    data: Problem | None = None,
) -> None:
    """Write each option's folder, repair.json and the changed data, if any.

    What stood there before is kept beside them as ``*.previous``.

    Raises:
        OSError: the folder cannot be written.
    """
    directory.mkdir(parents=True, exist_ok=True)
    for path in (*directory.glob("option-*"), directory / DATA, directory / RECORD):
        _set_aside(path)
    for k, option in enumerate(repair.options, start=1):
        folder = directory / f"option-{k}"
        folder.mkdir()
        write_timetable(option.timetable, folder / TIMETABLE)
        write_file(folder / CHANGES, csv_bytes(change_rows(option)))
    if data is not None:
        write_folder(data, directory / DATA)
    facts = repair_facts(repair, differences)
    content = json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
    write_file(directory / RECORD, content.encode())


def change_rows(option: RepairOption) -> list[list[str]]:
    """The rows of changes.csv, their titles first."""
    problem = option.timetable.problem
    return [list(_COLUMNS), *(_row(problem, change) for change in option.changes)]


def _set_aside(path: Path) -> None:
    if not path.exists() or ".previous" in path.name:
        return
    kept = path.with_name(f"{path.stem}.previous{path.suffix}")
    if kept.is_dir():
        shutil.rmtree(kept)
    path.replace(kept)


def _option(option: RepairOption, number: int) -> dict[str, Any]:
    problem = option.timetable.problem
    return {
        "folder": f"option-{number}",
        "kind": option.kind.value,
        "label": option.kind.label.both(),
        "changed": option.changed,
        "moved": option.moved,
        "hard": option.report.hard,
        "soft": option.report.soft,
        "class_ids": list(option.class_ids),
        "teacher_ids": list(option.teacher_ids),
        "changes": [
            {
                "lesson_id": change.lesson_id,
                "kind": change.kind.value,
                "before": _side(change.before),
                "after": _side(change.after),
                "text": change_text(problem, change).both(),
            }
            for change in option.changes
        ],
    }


def _side(placement: Placement | None) -> dict[str, Any] | None:
    if placement is None:
        return None
    p = placement
    values = (p.week.value, p.day, p.period, p.layout_id, list(p.teacher_ids))
    return dict(zip(_SIDES, values, strict=True))


def _row(problem: Problem, change: Change) -> list[str]:
    lesson = problem.lesson.get(change.lesson_id)
    classes = ";".join(lesson.requirement.class_ids) if lesson else ""
    subject = lesson.requirement.subject_id if lesson else ""
    text = change_text(problem, change)
    return [
        change.lesson_id,
        change.kind.value,
        classes,
        subject,
        *_cells(change.before),
        *_cells(change.after),
        text.zh,
        text.en,
    ]


def _cells(placement: Placement | None) -> list[str]:
    if placement is None:
        return [""] * len(_SIDES)
    p = placement
    people = ";".join(p.teacher_ids)
    return [p.week.value, str(p.day), str(p.period), p.layout_id, people]
