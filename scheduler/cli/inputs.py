"""What users give: read it, or say everything that is wrong with it."""

from pathlib import Path

from scheduler.cli.console import ONE_SCHOOL, warn
from scheduler.constraints.catalogue import check_settings
from scheduler.district.parts import part_of
from scheduler.formats.district.reading import (
    DistrictReading,
    is_many_folders,
    read_district,
)
from scheduler.formats.problem.reading import Reading, read_problem
from scheduler.formats.spreadsheets.recipe import NO_RECIPE, Recipe, read_recipe
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.model.problem import Problem
from scheduler.model.timetable import Timetable


def load_problem(path: Path, *, even_impossible: bool = False) -> Problem:
    """Read a problem; warnings go to standard error.

    Raises:
        InputError: it has faults.
    """
    reading = read(path, even_impossible=even_impossible)
    warn(reading.warnings)
    return reading.problem


def load_district(path: Path) -> DistrictReading:
    """Read a district; warnings go to standard error.

    Raises:
        InputError: it has faults.
    """
    reading = read_district(path, check_settings)
    warn(reading.warnings)
    return reading


def read(path: Path, *, even_impossible: bool = False) -> Reading:
    """Read a problem with its warnings; the rules' own settings are checked too.

    Of a district it is all schools, or the one that ``--school`` names.
    """
    school_id = ONE_SCHOOL.get()
    if not school_id and not is_many_folders(path):
        return read_problem(path, check_settings, even_impossible=even_impossible)
    given = read_district(path, check_settings, even_impossible=even_impossible)
    if not school_id:
        return Reading(given.district.problem, given.warnings)
    return Reading(part_of(given.district, school_id).problem, given.warnings)


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
    from scheduler.formats.spreadsheets.labels.vocabulary import read_vocabulary

    return read_recipe(path, read_vocabulary()) if path else NO_RECIPE
