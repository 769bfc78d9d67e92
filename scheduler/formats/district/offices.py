"""Several offices of a database as one district, which no folder holds."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from scheduler.formats.district.ids import placed_anew
from scheduler.formats.district.reading import SHARED, read_district
from scheduler.formats.problem.reading import SettingsCheck
from scheduler.formats.tables.files.writing import write_folder
from scheduler.model.errors import DataError, InputError
from scheduler.model.meeting import Placement
from scheduler.model.problem import Problem
from scheduler.model.resources import School
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Venue

_SCHOOLS, _VENUES = "schools.csv", "venues.csv"
_TWICE = Text("两所学校用了同一个编号", "is the id of two schools")


def joined(timetables: Sequence[Timetable], check: SettingsCheck) -> Timetable:
    """What several offices have as one; equal ids of two schools stay apart.

    Raises:
        InputError: their terms differ, or two schools have one id.
    """
    if len(timetables) == 1:
        return timetables[0]
    schools, venues = _schools(timetables), _shared_venues(timetables)
    with TemporaryDirectory(prefix="cuofeng-district-") as name:
        folder = Path(name)
        for number, timetable in enumerate(timetables, 1):
            one = folder / _name(number)
            write_folder(replace(timetable.problem, schools=schools), one)
            # Offices name schools of others, whose teachers come; they are shared.
            (one / _SCHOOLS).unlink()
        # Read as a folder of its own it is no school: its name begins with a dot.
        whole, shared = folder / ".all", folder / SHARED
        write_folder(
            replace(timetables[0].problem, schools=schools, venues=venues), whole
        )
        shared.mkdir()
        for file in (_SCHOOLS, _VENUES):
            if (whole / file).is_file():
                (whole / file).rename(shared / file)
        reading = read_district(folder, check)
        placements: dict[str, Placement] = {}
        for number, timetable in enumerate(timetables, 1):
            new = reading.new_ids[_name(number)]
            placements |= placed_anew(timetable.placements, new)
        return Timetable(reading.district.problem, placements)


def people_of(timetables: Sequence[Timetable], check: SettingsCheck) -> Problem:
    """The schools, teachers, subjects and sites of all, called as when joined.

    Raises:
        InputError: as of :func:`joined`.
    """
    if len(timetables) == 1:
        return timetables[0].problem
    return joined(
        [Timetable(_people(x.problem), {}) for x in timetables], check
    ).problem


def _people(problem: Problem) -> Problem:
    """The tables that a plan names something of, without all that is long.

    One row of lessons is left, for a school without any is not read.
    """
    rows = (r for r in problem.requirements if not r.activity_id)
    return Problem(
        problem.schools,
        problem.bells,
        problem.classes,
        problem.subjects,
        problem.teachers,
        tuple(replace(r, layouts=()) for r in islice(rows, 1)),
        problem.term,
        problem.venues,
        sites=problem.sites,
    )


def _name(number: int) -> str:
    """The folder of an office."""
    return f"{number:03}"


def _shared_venues(timetables: Sequence[Timetable]) -> tuple[Venue, ...]:
    """Venues that several offices have alike: their sites are those of all."""
    count = Counter(v for x in timetables for v in x.problem.venues)
    return tuple(v for v, times in count.items() if times > 1)


def _schools(timetables: Sequence[Timetable]) -> tuple[School, ...]:
    """Every school once, as the office has it that teaches its classes.

    Raises:
        InputError: two offices teach classes of schools with one id.
    """
    found: dict[str, School] = {}
    taught: set[str] = set()
    for timetable in timetables:
        here = {c.school_id for c in timetable.problem.classes}
        if twice := sorted(here & taught):
            raise InputError(
                [DataError("schools", _TWICE, value=twice[0], sheet="学校")]
            )
        taught |= here
        for school in timetable.problem.schools:
            if school.school_id in here:
                found[school.school_id] = school
            else:
                found.setdefault(school.school_id, school)
    return tuple(found.values())
