"""What a calendar link opens, for the person who was given it: whose, and what next."""

import datetime as dt
from dataclasses import dataclass

from scheduler.formats.ical.wording import location, summary
from scheduler.model.text import Text
from scheduler.services.school.feeds import Preview
from scheduler.services.views.subscriptions import TITLES
from scheduler.term.entries import FeedKind
from scheduler.term.showing import Showing

_FIRST = 3
_WEEK = dt.timedelta(days=7)
_WHOSE = {
    FeedKind.TEACHER: Text("{}的日历", "Calendar of {}"),
    FeedKind.CLASS: Text("{}的日历", "Calendar of {}"),
}


@dataclass(frozen=True, slots=True)
class LessonLine:
    """A lesson on a date, as calendars show it.

    ``restored``: its change was taken back, so that it is as ever.
    """

    date: dt.date
    start: int
    end: int
    title: str
    place: str
    off: bool
    changed: bool
    restored: bool


@dataclass(frozen=True, slots=True)
class DayLines:
    """The lessons of one date; ``past`` and ``today`` by the school's clock."""

    date: dt.date
    lines: tuple[LessonLine, ...]
    past: bool
    today: bool


@dataclass(frozen=True, slots=True)
class Invited:
    """Whose calendar it is, the first lessons to come, and two weeks of days.

    ``changed`` are coming lessons of these weeks that are otherwise than they were.
    """

    name: str
    title: Text
    kind: Text
    person: str
    school: str
    term: str
    next_lessons: tuple[LessonLine, ...]
    changed: tuple[LessonLine, ...]
    days: tuple[DayLines, ...]


def invited(preview: Preview) -> Invited:
    """Lay out a link's preview."""
    audience, today = preview.audience, preview.today
    monday = today - dt.timedelta(days=today.weekday())
    lines = [_line(showing, audience.kind) for showing in preview.shown]
    now = today, preview.minute
    coming = [x for x in lines if (x.date, x.end) > now and not x.off]
    last = monday + 2 * _WEEK
    changed = [x for x in lines if x.changed and (x.date, x.end) > now]
    shown: dict[dt.date, list[LessonLine]] = {}
    for line in lines:
        if monday <= line.date < last:
            shown.setdefault(line.date, []).append(line)
    pattern = _WHOSE.get(audience.kind, Text("{}使用日历", "Calendar of {}"))
    return Invited(
        audience.name,
        Text(pattern.zh.format(audience.name), pattern.en.format(audience.name)),
        TITLES[audience.kind],
        preview.person,
        preview.school,
        preview.term,
        tuple(coming[:_FIRST]),
        tuple(x for x in changed if x.date < last),
        tuple(
            DayLines(date, tuple(found), date < today, date == today)
            for date, found in shown.items()
        ),
    )


def _line(showing: Showing, kind: FeedKind) -> LessonLine:
    facts = showing.facts
    return LessonLine(
        showing.date,
        facts.start,
        facts.end,
        summary(showing, kind),
        location(facts),
        showing.off,
        (changed := showing.differs and showing.fresh),
        changed and not showing.off and showing.entry.restored,
    )
