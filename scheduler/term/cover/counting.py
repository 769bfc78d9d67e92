"""Covers counted from the log: who stood in for whom, on which dates."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.term.changes import Change, DatedChange
from scheduler.term.dated import Key


@dataclass(frozen=True, slots=True)
class Cover:
    """A lesson that others give, ``given_by``, than the week has it.

    Swaps are none: there both give their own lesson.
    """

    date: dt.date
    lesson_id: str
    given_by: tuple[str, ...]
    self_study: bool = False
    joined: bool = False


def covers(changes: Iterable[Change]) -> tuple[Cover, ...]:
    """Covers of the changes in force, in the order of the lessons' first change.

    What later changes do to a lesson counts: one that is cancelled is covered no more,
    one that goes to another date is covered there.
    """
    of: dict[Key, list[DatedChange]] = {}
    for change in changes:
        if isinstance(change, DatedChange):
            of.setdefault((change.date, change.lesson_id), []).append(change)
    found = (_cover(rows) for rows in of.values())
    return tuple(cover for cover in found if cover is not None)


def _cover(rows: list[DatedChange]) -> Cover | None:
    told = [c for c in rows if c.teacher_ids is not None]
    if not told or rows[-1].cancelled or told[0].was.teacher_ids is None:
        return None
    before, now = told[0].was.teacher_ids, told[-1].teacher_ids or ()
    given_by = tuple(x for x in now if x not in before)
    if not given_by:
        return None
    moved = [c.held_on for c in rows if c.moves]
    date = moved[-1] if moved else rows[0].date
    last = told[-1]
    return Cover(date, rows[0].lesson_id, given_by, last.self_study, bool(last.joins))


@dataclass(frozen=True, slots=True)
class Given:
    """Covers that a teacher has given: on a date, in its week, month and the term."""

    day: int = 0
    week: int = 0
    month: int = 0
    term: int = 0


class Tally:
    """Covers by teacher, looked up by date."""

    def __init__(self, found: Iterable[Cover]) -> None:
        self._dates: dict[str, list[dt.date]] = {}
        for cover in found:
            if not cover.joined:
                for name in cover.given_by:
                    self._dates.setdefault(name, []).append(cover.date)

    def given(self, teacher_id: str, date: dt.date) -> Given:
        """What a teacher has given, seen from a date."""
        dates = self._dates.get(teacher_id, ())
        return Given(
            sum(x == date for x in dates),
            sum(x.isocalendar()[:2] == date.isocalendar()[:2] for x in dates),
            sum((x.year, x.month) == (date.year, date.month) for x in dates),
            len(dates),
        )
