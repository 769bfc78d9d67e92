"""Calendar files of a timetable, for people who import instead of subscribing."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from scheduler.formats.ical.feed import feed
from scheduler.model.problem import Problem
from scheduler.model.timetable import Timetable
from scheduler.term.changes import from_replacements
from scheduler.term.entries import Entry, FeedKind, concerned
from scheduler.term.history import first_entries
from scheduler.term.showing import Audience, showings
from scheduler.term.versions import Versions

# Not allowed in names of files on Windows, or not seen by people.
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_LONGEST = 60
_TITLES = {FeedKind.TEACHER: "教师", FeedKind.CLASS: "班级", FeedKind.VENUE: "场地"}


def export_ics(
    timetable: Timetable, directory: Path, stamp: dt.datetime
) -> tuple[Path, ...]:
    """Write one file per teacher, class and venue; their paths, in that order.

    ``stamp`` is when the timetable was made (aware). Everything is built before
    the first file is touched.

    Raises:
        OSError: the directory cannot be written.
    """
    entries: dict[tuple[FeedKind, str], list[Entry]] = defaultdict(list)
    changes = from_replacements(timetable.problem.replacements)
    for entry in first_entries(Versions.of(timetable), 1, stamp, changes):
        for key in concerned(entry.facts):
            entries[key].append(entry)
    term = timetable.problem.term
    files: dict[str, bytes] = {}
    for audience in _audiences(timetable.problem):
        rows = entries[audience.kind, audience.resource_id]
        shown = showings(rows, audience, term.first_day)
        files[_file_name(audience, files)] = feed(shown, audience, term)
    directory.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        (directory / name).write_bytes(body)
    return tuple(directory / name for name in files)


def _audiences(problem: Problem) -> Iterator[Audience]:
    for teacher in problem.teachers:
        yield Audience(FeedKind.TEACHER, teacher.teacher_id, teacher.name)
    for group in problem.classes:
        yield Audience(
            FeedKind.CLASS, group.class_id, problem.class_name[group.class_id]
        )
    for venue in problem.venues:
        yield Audience(FeedKind.VENUE, venue.venue_id, venue.name)


def _file_name(audience: Audience, taken: dict[str, bytes]) -> str:
    """A name no other file has, upper and lower case being one on Windows."""
    raw = f"{_TITLES[audience.kind]}-{audience.name}-{audience.resource_id}"
    stem = _UNSAFE.sub("_", raw)[:_LONGEST].rstrip(". ")
    used = {name.casefold() for name in taken}
    name, count = f"{stem}.ics", 1
    while name.casefold() in used:
        count += 1
        name = f"{stem}-{count}.ics"
    return name
