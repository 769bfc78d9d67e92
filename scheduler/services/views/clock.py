"""The clock of a school day: what time it is, and which periods its bells ring."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.model.problem import Problem
from scheduler.model.text import Text, weekday
from scheduler.model.times import RowKind, format_clock
from scheduler.term.calendar import teaching_day
from scheduler.term.changes import Change
from scheduler.term.cover.free import Span
from scheduler.term.held import bells_on

_TAUGHT = frozenset(RowKind) - {RowKind.BREAK, RowKind.LUNCH}


@dataclass(frozen=True, slots=True)
class Now:
    """A date and the minutes after midnight on the school's clock."""

    date: dt.date
    minute: int

    @staticmethod
    def of(moment: dt.datetime) -> "Now":
        """The clock at a moment, which is one of the school's zone."""
        return Now(moment.date(), moment.hour * 60 + moment.minute)

    @property
    def clock(self) -> str:
        """The time as people write it."""
        return format_clock(self.minute)


@dataclass(frozen=True, slots=True)
class Slot:
    """A period that some bell rings, from ``start`` to ``end``."""

    start: int
    end: int
    label: str

    @property
    def clock(self) -> str:
        """From and to."""
        return f"{format_clock(self.start)}–{format_clock(self.end)}"


def day_title(problem: Problem, date: dt.date) -> Text:
    """Date and weekday, and whose timetable is taught on a make-up day."""
    name, day = weekday(date.isoweekday()), teaching_day(problem.term, date)
    acts = Text("", "")
    if day is not None and day.make_up:
        other = weekday(day.weekday)
        acts = Text(f"，按{other.zh}课表上课", f", taught as a {other.en}")
    return Text(f"{date}（{name.zh}{acts.zh}）", f"{date} ({name.en}{acts.en})")


def day_slots(
    problem: Problem, date: dt.date, changes: Iterable[Change] = ()
) -> tuple[Slot, ...]:
    """All periods of a date by any bell that a class keeps on it, each time once."""
    day = teaching_day(problem.term, date)
    if day is None:
        return ()
    found: dict[tuple[int, int], str] = {}
    bells = {x.bell_id: x for x in bells_on(problem, changes, date).values()}
    for bell in bells.values():
        for row in bell.on(day.weekday):
            if row.kind in _TAUGHT:
                found.setdefault((row.start, row.end), str(row.number))
    return tuple(Slot(*times, found[times]) for times in sorted(found))


def span_of(slots: tuple[Slot, ...], date: dt.date, now: Now) -> Span:
    """The period that is running or comes next; on another day the first one."""
    minute = now.minute if date == now.date else 0
    coming = [x for x in slots if minute < x.end]
    if coming:
        return Span(date, coming[0].start, coming[0].end)
    return Span(date, minute, min(minute + 40, 24 * 60))
