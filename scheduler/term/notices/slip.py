"""The slip of a batch of changes (调课单, 代课单): each lesson before and after it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from scheduler.constraints import describe
from scheduler.term.changes import Change, DatedChange, ExtraLesson
from scheduler.term.dated import DatedLesson, Key
from scheduler.term.held import term_lessons
from scheduler.term.notices.day import DayLine, Mark, line_of
from scheduler.term.versions import Versions


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One lesson of a slip: its date before, what it was and is.

    ``comes`` names those who teach it now and did not before.
    """

    date: dt.date
    line: DayLine
    comes: str


def slip_lines(
    versions: Versions, before: Iterable[Change], made: Sequence[Change]
) -> tuple[SlipLine, ...]:
    """What a batch did to lessons, by date and time; events and bells are not on it.

    Parameters:
        before: The changes that were in force when it was made.
        made: Those of the batch.
    """
    was, now = _was_and_now(versions, before, made)
    found = [x for key, lesson in now.items() for x in _line(was.get(key), lesson)]
    return tuple(sorted(found, key=lambda x: (x.date, x.line.start, x.line.classes)))


def touched_dates(
    versions: Versions, before: Iterable[Change], made: Sequence[Change]
) -> set[dt.date]:
    """Dates on which something is otherwise by a batch.

    Of a lesson those on which it is held, before and after: not the one on which the
    week has it, where it had left that or was not held.
    """
    states = _was_and_now(versions, before, made)
    held = {x.date for state in states for x in state.values() if x.off is None}
    return held | {d for c in made if _key(c) is None for d in c.dates}


_State = dict[Key, DatedLesson]


def _was_and_now(
    versions: Versions, before: Iterable[Change], made: Sequence[Change]
) -> tuple[_State, _State]:
    """The lessons that a batch speaks of, without it and with it."""
    log = tuple(before)
    keys = {key for c in made if (key := _key(c)) is not None}
    # Where a lesson was before the batch may be on a date that the batch does not name.
    dates = {d for c in (*log, *made) if _key(c) in keys for d in c.dates}
    return (
        _by_key(term_lessons(versions, log, dates), keys),
        _by_key(term_lessons(versions, (*log, *made), dates), keys),
    )


def _key(change: Change) -> Key | None:
    if isinstance(change, DatedChange | ExtraLesson):
        return change.date, change.lesson_id
    return None


def _by_key(lessons: Iterable[DatedLesson], keys: set[Key]) -> _State:
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
        comes = (x for x in now.meeting.teacher_ids if x not in given)
        names = "、".join(describe.teacher(now.problem, x) for x in comes)
        yield SlipLine(date, line, names)
