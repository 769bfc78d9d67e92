"""What users give: read it, or say everything that is wrong with it."""

import sys
from collections.abc import Iterable
from pathlib import Path

from scheduler.constraints.catalogue import check_settings
from scheduler.formats.tables.reading import Reading, read_problem
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.model.errors import DataError
from scheduler.model.problem import Problem
from scheduler.model.timetable import Timetable


def load_problem(path: Path, *, even_impossible: bool = False) -> Problem:
    """Read a problem; warnings go to standard error.

    Raises:
        InputError: it has faults.
    """
    reading = read_problem(path, check_settings, even_impossible=even_impossible)
    warn(reading.warnings)
    return reading.problem


def read(path: Path) -> Reading:
    """Read a problem with its warnings; the rules' own settings are checked too."""
    return read_problem(path, check_settings)


def load_timetable(problem: Problem, path: Path) -> Timetable:
    """Read a timetable of a problem; warnings go to standard error.

    Raises:
        InputError: it has faults.
    """
    reading = read_timetable(problem, path)
    warn(reading.warnings)
    return reading.timetable


def warn(warnings: Iterable[DataError]) -> None:
    """Print what may be a mistake."""
    for warning in warnings:
        sys.stderr.write(f"warning: {warning}\n")
