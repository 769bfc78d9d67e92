"""Files of a district: shares, a folder for each school, the whole timetable."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scheduler.district.sharing.shares import Shares
from scheduler.formats.tables.files.atomic import write_file
from scheduler.formats.tables.files.writing import csv_bytes
from scheduler.formats.tables.timetable_writing import write_timetable
from scheduler.services.district.records import (
    half_day_rows,
    share_facts,
    solution_facts_of,
    window_rows,
)
from scheduler.services.district.solving import DistrictSolution

SHARES, WINDOWS, HALF_DAYS = "shares.json", "windows.csv", "half_days.csv"
TIMETABLE, RECORD, SCHOOLS = "timetable.csv", "district.json", "schools"


def write_shares(shares: Shares, folder: Path) -> None:
    """shares.json, windows.csv and half_days.csv.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _json(folder / SHARES, share_facts(shares))
    _table(folder / WINDOWS, window_rows(shares), _WINDOW)
    _table(folder / HALF_DAYS, half_day_rows(shares), _HALF_DAY)


def write_district(solution: DistrictSolution, folder: Path) -> None:
    """The shares, district.json, the timetable of all, and one for each school.

    Raises:
        OSError: the folder cannot be written.
    """
    write_shares(solution.shares, folder)
    for key, solved in solution.solved.items():
        if solved.timetable is not None:
            home = folder / SCHOOLS / key
            home.mkdir(parents=True, exist_ok=True)
            write_timetable(solved.timetable, home / TIMETABLE, replace=True)
            _json(home / "solution.json", dict(solved.facts))
    judged = solution.judgement.timetable
    write_timetable(judged, folder / TIMETABLE, replace=True)
    _json(folder / RECORD, solution_facts_of(solution))


_WINDOW = (
    *("venue_id", "venue", "school_id", "school", "agreement_id", "day", "start"),
    *("end", "max_classes", "zones"),
)
_HALF_DAY = ("teacher_id", "teacher", "school_id", "day", "half", "start", "end")


def _table(
    path: Path, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]
) -> None:
    lines = [[str(row[c]) for c in columns] for row in rows]
    write_file(path, csv_bytes([columns, *lines]), replace=True)


def _json(path: Path, facts: Mapping[str, Any]) -> None:
    text = json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
    write_file(path, text.encode(), replace=True)
