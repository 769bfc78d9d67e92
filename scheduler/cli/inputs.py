"""What users give: read it, or say everything that is wrong with it."""

from pathlib import Path

from scheduler.cli.console import warn
from scheduler.constraints.catalogue import check_settings
from scheduler.formats.problem.reading import Reading, read_problem
from scheduler.formats.spreadsheets.labels.vocabulary import read_vocabulary
from scheduler.formats.spreadsheets.recipe import NO_RECIPE, Recipe, read_recipe
from scheduler.formats.tables.timetable_reading import read_timetable
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


def load_recipe(path: Path | None) -> Recipe:
    """What a school settled about its sheets; nothing where no file is given.

    Raises:
        InputError: it has faults.
        OSError: the file cannot be read.
    """
    return read_recipe(path, read_vocabulary()) if path else NO_RECIPE
