"""What an audit is about: spreadsheets, timetables of problems, published ones."""

from argparse import Namespace
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from scheduler.audit.inputs.from_reading import flat, schools_read
from scheduler.audit.inputs.from_timetable import schools_of
from scheduler.audit.inputs.school import AuditSchool, Delivery, Facts
from scheduler.audit.profile import Profile, plain
from scheduler.cli.inputs import load_problem, load_timetable
from scheduler.formats.auditing.delivered import (
    DELIVERED_FILE,
    FACTS_FILE,
    read_delivered,
    read_facts,
)
from scheduler.formats.spreadsheets.reading import read_school
from scheduler.formats.spreadsheets.recipe import Recipe
from scheduler.model.errors import DataError, InputError
from scheduler.model.read_timetable import ReadTimetable
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.offices import Store
from scheduler.services.school.auditing import given_so_far
from scheduler.services.school.publishing import Publication

SIDE = (DELIVERED_FILE, FACTS_FILE)


def expanded(files: Sequence[Path]) -> list[Path]:
    """Files, and those of folders in the order of their names."""
    found: list[Path] = []
    for path in files:
        if path.is_dir():
            inside = (p for p in sorted(path.rglob("*")) if p.is_file())
            found += [p for p in inside if not p.name.startswith((".", "~$"))]
        elif path.exists():
            found.append(path)
        else:
            raise FileNotFoundError(2, "No such file or directory", str(path))
    return found


def read_schools(
    files: list[Path], options: Namespace, profile: Profile, recipe: Recipe
) -> tuple[ReadTimetable, tuple[AuditSchool, ...]]:
    """What was read of spreadsheets, and the schools of all that is given.

    Raises:
        InputError: a timetable.csv without its data, a database without a timetable.
    """
    data: Path | None = options.data
    side = {p.name: p for p in files if p.name in SIDE}
    if data is not None and data.is_dir():
        for name in SIDE:
            if (data / name).is_file():
                side.setdefault(name, data / name)
    facts = read_facts(side[FACTS_FILE]) if FACTS_FILE in side else Facts()
    delivered = side.get(DELIVERED_FILE)
    own = [p for p in files if _is_timetable(p)]
    sheets = [p for p in files if p.name not in SIDE and p not in own]
    read = ReadTimetable(())
    schools: list[AuditSchool] = []
    if own and data is None:
        raise InputError([DataError(str(own[0]), _NO_DATA)])
    if own and data is not None:
        problem = load_problem(data)
        for path in own:
            timetable = load_timetable(problem, path)
            log = _log_of(timetable, delivered, profile)
            schools += schools_of(timetable, profile, log, facts)
    if options.database is not None:
        for published, kept in _published(options.database, options.office, profile):
            timetable = published.timetable
            log = _log_of(timetable, delivered, profile) or kept
            dated = facts
            if facts.published_on is None:
                dated = replace(facts, published_on=published.published_at.date())
            schools += schools_of(timetable, profile, log, dated)
    if sheets:
        read = read_school(sheets, recipe, profile.names)
        log = _log_read(read, delivered, profile)
        schools += [s for s in schools_read(read, log, facts) if s.classes]
    return read, tuple(schools)


_NO_DATA = Text(
    "这是排课结果，还需要 --data", "this is a timetable.csv; --data is needed"
)
_NOT_PUBLISHED = Text(
    "数据库里没有已发布的课表", "the database holds no published timetable"
)


def _published(
    url: str, key: str, profile: Profile
) -> list[tuple[Publication, tuple[Delivery, ...] | None]]:
    """The timetable in force of an office, or of every office, with what was given.

    Before the term has begun nothing was.

    Raises:
        InputError: there is no such database or office, or nothing is published.
    """
    with closing(Store.connect(url, create=False)) as store:
        if key:
            offices = [store.office_named(key)]
        else:
            offices = [store.office(row.key) for row in store.offices()]
        found = [
            (current, given_so_far(office, profile))
            for office in offices
            if (current := office.current()) is not None
        ]
    if not found:
        raise InputError([DataError("--database", _NOT_PUBLISHED, value=url)])
    return found


def _is_timetable(path: Path) -> bool:
    """Whether a CSV file is a timetable of a problem, by its first line."""
    if path.suffix.lower() != ".csv":
        return False
    with path.open("rb") as stream:
        first = stream.readline(4096)
    return b"requirement_id" in first and b"lesson_id" in first


def _log_of(
    timetable: Timetable, path: Path | None, profile: Profile
) -> tuple[Delivery, ...] | None:
    if path is None:
        return None
    problem = timetable.problem
    classes = {plain(c.name): c.class_id for c in problem.classes}
    classes |= {plain(c.class_id): c.class_id for c in problem.classes}
    subjects = {
        name: profile.code(s)
        for s in problem.subjects
        for name in (s.subject_id, s.name)
    }
    return read_delivered(path, classes, subjects, profile)


def _log_read(
    read: ReadTimetable, path: Path | None, profile: Profile
) -> tuple[Delivery, ...] | None:
    if path is None:
        return None
    classes = {plain(c.name.printed): flat(c.key) for c in read.classes}
    return read_delivered(path, classes, {}, profile)
