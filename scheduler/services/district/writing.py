"""Files of a district: shares, a folder for each school, the whole timetable."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scheduler.district.sharing.shares import Shares
from scheduler.formats.district.reports import write_report
from scheduler.formats.tables.files.atomic import write_file
from scheduler.formats.tables.files.writing import csv_bytes
from scheduler.formats.tables.timetable_writing import write_timetable
from scheduler.services.district.records import (
    half_day_rows,
    share_facts,
    solution_facts_of,
    window_rows,
)
from scheduler.services.district.solution_tables import TITLE as SOLUTION_TITLE
from scheduler.services.district.solution_tables import solution_tables
from scheduler.services.district.solving import DistrictSolution
from scheduler.services.reports.share_tables import TITLE, share_tables

SHARES, WINDOWS, HALF_DAYS = "shares", "windows.csv", "half_days.csv"
TIMETABLE, RECORD, SCHOOLS = "timetable.csv", "district", "schools"


def write_shares(
    shares: Shares, before: Sequence[int], folder: Path, language: str
) -> None:
    """shares.json, shares.xlsx, shares.html, windows.csv and half_days.csv.

    Parameters:
        before: What each need would get if schools came one after the other.

    Raises:
        OSError: the folder cannot be written.
    """
    tables = share_tables(shares, before)
    facts = share_facts(shares)
    write_report(tables, folder, SHARES, TITLE, language, facts)
    _table(folder / WINDOWS, window_rows(shares), _WINDOW)
    _table(folder / HALF_DAYS, half_day_rows(shares), _HALF_DAY)


def write_district(
    solution: DistrictSolution, before: Sequence[int], folder: Path, language: str
) -> None:
    """The shares, district.json, .xlsx and .html, and the timetables.

    Raises:
        OSError: the folder cannot be written.
    """
    write_shares(solution.shares, before, folder, language)
    for key, solved in solution.solved.items():
        if solved.timetable is not None:
            home = folder / SCHOOLS / key
            home.mkdir(parents=True, exist_ok=True)
            write_timetable(solved.timetable, home / TIMETABLE, replace=True)
            facts = json.dumps(dict(solved.facts), ensure_ascii=False, indent=2)
            write_file(home / "solution.json", f"{facts}\n".encode(), replace=True)
    judged = solution.judgement.timetable
    write_timetable(judged, folder / TIMETABLE, replace=True)
    tables, facts_of = solution_tables(solution), solution_facts_of(solution)
    write_report(tables, folder, RECORD, SOLUTION_TITLE, language, facts_of)


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
