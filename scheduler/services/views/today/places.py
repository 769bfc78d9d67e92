"""Places on a date: what closes them, and which lessons lose theirs."""

import datetime as dt
from collections.abc import Iterable, Iterator

from scheduler.constraints import describe
from scheduler.model.closures import ClosureKind, Shut
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.model.times import MINUTES_A_DAY, format_clock
from scheduler.model.venues import Agreement
from scheduler.term.dated import DatedLesson


def closed_lines(
    problem: Problem, date: dt.date, venue_id: str | None = None
) -> tuple[Text, ...]:
    """Closures, bookings and agreements that do not open, of all places or one."""
    return (
        *_shut(problem, date, venue_id),
        *_not_agreed(problem, date, venue_id),
    )


def event_lines(problem: Problem, date: dt.date) -> tuple[Text, ...]:
    """Events of schools and classes that the tables have on a date."""
    found = []
    for row in problem.shut_on.get(date, ()):
        if not row.kind.is_place:
            name = problem.class_name.get(row.resource_id)
            if row.kind is ClosureKind.SCHOOL:
                name = problem.school[row.resource_id].name
            when, title = _clock(row), row.title or "活动"
            found.append(
                Text(
                    f"{name}{when.zh}{title}",
                    f"{name} {when.en}: {row.title or 'event'}",
                )
            )
    return tuple(dict.fromkeys(found))


def lost_lines(lessons: Iterable[DatedLesson]) -> tuple[Text, ...]:
    """Lessons whose place cannot be used on their date."""
    found = []
    for lesson in lessons:
        if lesson.off is not None or not lesson.obstacles:
            continue
        problem, meeting = lesson.problem, lesson.meeting
        what = describe.lesson(problem, lesson.lesson_id)
        if lesson.lesson_id not in problem.lesson:
            what = describe.same(lesson.lesson_id)
        place = describe.layout(problem, meeting.placement.layout_id)
        why = lesson.obstacles[0][1].text
        clock = f"{format_clock(lesson.start)}–{format_clock(lesson.end)}"
        found.append(
            Text(
                f"{clock} {what.zh}：{place.zh}，{why.zh}",
                f"{clock} {what.en}: {place.en}, {why.en}",
            )
        )
    return tuple(found)


def _shut(problem: Problem, date: dt.date, venue_id: str | None) -> Iterator[Text]:
    for row in problem.shut_on.get(date, ()):
        if not row.kind.is_place:
            continue
        zone = problem.zone.get(row.resource_id)
        is_zone = row.kind is ClosureKind.ZONE and zone is not None
        venue = zone.venue_id if is_zone and zone else row.resource_id
        if venue_id not in (None, venue):
            continue
        name = (
            describe.zone(problem, row.resource_id)
            if is_zone
            else problem.venue[venue].name
        )
        what = Text("已被预订", "booked") if row.calendar_id else Text("停用", "closed")
        when, title = _clock(row), row.title
        zh, en = (f"（{title}）", f" ({title})") if title else ("", "")
        yield Text(f"{name}{when.zh}{what.zh}{zh}", f"{name} {when.en} {what.en}{en}")


def _clock(row: Shut) -> Text:
    if (row.start, row.end) == (0, MINUTES_A_DAY):
        return Text("全天", "all day")
    return describe.same(f" {format_clock(row.start)}–{format_clock(row.end)} ")


def _not_agreed(
    problem: Problem, date: dt.date, venue_id: str | None
) -> Iterator[Text]:
    """Windows of the weekday that do not open on this date, and why."""
    for row in problem.agreements:
        if row.day != date.isoweekday() or row.is_valid_on(date):
            continue
        if venue_id not in (None, row.venue_id):
            continue
        name, why = problem.venue[row.venue_id].name, _why(row, date)
        clock = f"{format_clock(row.start)}–{format_clock(row.end)}"
        yield Text(
            f"{name} {clock} 不开放：协议{row.agreement_id}{why.zh}",
            f"{name} {clock} not open: agreement {row.agreement_id} {why.en}",
        )


def _why(row: Agreement, date: dt.date) -> Text:
    if date < row.valid_from:
        return Text(f"{row.valid_from}才生效", f"begins on {row.valid_from}")
    if date > row.valid_to:
        return Text(f"已于{row.valid_to}到期", f"ended on {row.valid_to}")
    return Text("当天关闭", "is closed on this date")
