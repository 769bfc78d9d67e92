"""The slip of a batch of changes (调课单, 代课单): each lesson before and after it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from scheduler.term.changes import Change, DatedChange, ExtraLesson
from scheduler.term.dated import DatedLesson, Key
from scheduler.term.held import term_lessons
from scheduler.term.notices.day import DayLine, Mark, line_of
from scheduler.term.versions import Versions


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One lesson of a slip: its date before, what it was and is.

    ``comes`` are those who teach it now and did not before.
    """

    date: dt.date
    line: DayLine
    comes: tuple[str, ...]


def slip_lines(
    versions: Versions, before: Iterable[Change], made: Sequence[Change]
) -> tuple[SlipLine, ...]:
    """What a batch did to lessons, by date and time; events and bells are not on it.

    Parameters:
        before: The changes that were in force when it was made.
        made: Those of the batch.
    """
    log = tuple(before)
    concerned = [c for c in made if isinstance(c, DatedChange | ExtraLesson)]
    keys = {(c.date, c.lesson_id) for c in concerned}
    # Where a lesson was before the batch may be on a date that the batch does not name.
    dates = {d for c in (*log, *concerned) if _key(c) in keys for d in c.dates}
    was = _by_key(term_lessons(versions, log, dates), keys)
    now = _by_key(term_lessons(versions, (*log, *made), dates), keys)
    found = [x for key, lesson in now.items() for x in _line(was.get(key), lesson)]
    return tuple(sorted(found, key=lambda x: (x.date, x.line.start, x.line.classes)))


def _key(change: Change) -> Key | None:
    if isinstance(change, DatedChange | ExtraLesson):
        return change.date, change.lesson_id
    return None


def _by_key(lessons: Iterable[DatedLesson], keys: set[Key]) -> dict[Key, DatedLesson]:
    return {x.key: x for x in lessons if x.key in keys}


def _line(was: DatedLesson | None, now: DatedLesson) -> Iterator[SlipLine]:
    if was is None:
        old, date, there = None, now.date, now
    else:
        # The state before the batch stands in for the week.
        old, date = was.meeting, was.date
        there = replace(now, weekly=old, original_date=date)
    for line in line_of(there, date):
        if line.mark is Mark.MOVED_AWAY:
            line = replace(line, mark=Mark.MOVED)
        given = old.teacher_ids if old is not None else ()
        comes = tuple(x for x in now.meeting.teacher_ids if x not in given)
        yield SlipLine(date, line, comes)
