"""Sentences about single dates: events, lessons without a place and proposals."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from scheduler.constraints import describe
from scheduler.model.closures import Booking, Shut
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.text import Text, weekday
from scheduler.model.times import MINUTES_A_DAY, format_clock
from scheduler.model.timetable import Timetable
from scheduler.term.closing import with_weekly_closures
from scheduler.term.dated import DatedLesson, Obstacle, fallen_lessons
from scheduler.term.move_faults import MoveFault, move_faults
from scheduler.term.rain import Diversion
from scheduler.term.settling import DateClash, date_clashes

_OFTEN: dict[int | None, Text] = {
    None: Text("每周", "every week"),
    0: Text("单周", "in odd weeks"),
    1: Text("双周", "in even weeks"),
}
_IDLE = Text(
    "：当天不上这节课，没有作用", ": no such lesson on that date, so this has no effect"
)
_NONE = Text("没有空着的地方，教师或班级也被占用", "no place is free, nor its people")


@dataclass(frozen=True)
class DatesView:
    """What single dates do to a timetable.

    ``weekly`` are the times that the weekly pattern keeps off, as sentences.
    """

    problem: Problem
    weekly: tuple[Text, ...]
    fallen: tuple[tuple[DatedLesson, Shut], ...]
    clashes: tuple[DateClash, ...]
    faults: tuple[MoveFault, ...] = ()

    @property
    def unsettled(self) -> int:
        """Lessons for which no place is proposed."""
        return sum(clash.layout_id is None for clash in self.clashes)

    @property
    def in_the_way(self) -> int:
        """Moves to places where the lesson breaks a hard rule."""
        return sum(fault.lesson is not None for fault in self.faults)


def dates_view(
    timetable: Timetable,
    today: dt.date | None = None,
    diversions: tuple[Diversion, ...] = (),
) -> DatesView:
    """Work everything out for a timetable, from a date on; bad days heeded."""
    fallen = fallen_lessons(timetable)
    return DatesView(
        timetable.problem,
        tuple(weekly_sentences(timetable.problem)),
        tuple(x for x in fallen if today is None or x[0].date >= today),
        date_clashes(timetable, today, diversions),
        move_faults(timetable, today, diversions),
    )


def dates_with(
    timetable: Timetable,
    bookings: tuple[Booking, ...],
    today: dt.date,
    diversions: tuple[Diversion, ...] = (),
) -> DatesView:
    """The same with other bookings than those the timetable was made with.

    Bookings of calendars that it does not know are left out.
    """
    known = {c.calendar_id for c in timetable.problem.calendars}
    kept = tuple(b for b in bookings if b.calendar_id in known)
    problem = with_weekly_closures(replace(timetable.problem, bookings=kept))
    return dates_view(Timetable(problem, timetable.placements), today, diversions)


def weekly_sentences(problem: Problem) -> Iterator[Text]:
    """Times of the week closed on most dates."""
    for row in problem.closed_weekly:
        when = describe.when(row.day, row.start, row.end)
        if (row.start, row.end) == (0, MINUTES_A_DAY):
            when = weekday(row.day)
        layer = None if len(row.week.layers) == 2 else row.week.layers[0]
        often = _OFTEN[layer]
        name = _resource(problem, row.kind, row.resource_id)
        yield Text(
            f"{name}{when.zh}{often.zh}停用（{row.reason}）",
            f"{name} is closed {often.en} on {when.en} ({row.reason})",
        )


def _resource(problem: Problem, kind: str, name: str) -> str:
    match kind:
        case "venue":
            return problem.venue[name].name
        case "zone":
            return describe.zone(problem, name)
        case "school":
            return problem.school[name].name
    return problem.class_name[name]


def clash_sentence(problem: Problem, clash: DateClash) -> Text:
    """Who loses which place when and why, and the place proposed."""
    lesson = clash.lesson
    when, what = _when(lesson), describe.lesson(problem, lesson.lesson_id)
    layout = lesson.meeting.placement.layout_id
    place = problem.venue[problem.layout[layout].venue_id].name
    to = _NONE if clash.layout_id is None else describe.layout(problem, clash.layout_id)
    why = _why(problem, clash)
    return Text(
        f"{when.zh} {what.zh}：{place}，{why.zh} → {to.zh}",
        f"{when.en} {what.en}: {place}, {why.en} -> {to.en}",
    )


def _why(problem: Problem, clash: DateClash) -> Text:
    """The obstacle, with the name of the booking or closure."""
    why, lesson = clash.obstacle.text, clash.lesson
    if clash.obstacle not in (Obstacle.BOOKED, Obstacle.SHUT):
        return why
    meeting = lesson.meeting
    names = {*meeting.zone_ids, meeting.layout.venue_id if meeting.layout else ""}
    titles = [
        row.title
        for row in problem.shut_on[lesson.date]
        if row.resource_id in names and row.title
        if meeting.overlaps(row.start, row.end)
    ]
    if not titles:
        return why
    return Text(f"{why.zh}（{titles[0]}）", f"{why.en} ({titles[0]})")


def settled_sentences(problem: Problem, today: dt.date) -> Iterator[Text]:
    """Lessons that replacements.csv moves to another place, from a date on."""
    rows = (r for r in problem.replacements if r.date >= today)
    for row in sorted(rows, key=lambda r: (r.date, r.lesson_id)):
        day = weekday(row.date.isoweekday())
        what = describe.lesson(problem, row.lesson_id)
        to = describe.layout(problem, row.layout_id)
        why = f"（{row.reason}）" if row.reason else ""
        yield Text(
            f"{row.date} {day.zh} {what.zh} → {to.zh}{why}",
            f"{row.date} {day.en} {what.en} -> {to.en}{why}",
        )


def fault_sentences(problem: Problem, view: DatesView) -> Iterator[Text]:
    """Moves that have no effect, and those that put lessons in each other's way."""
    for fault in view.faults:
        row, what = fault.row, describe.lesson(problem, fault.row.lesson_id)
        to = describe.layout(problem, row.layout_id)
        day = weekday(row.date.isoweekday())
        why = (
            Text(f"，有冲突：{fault.why.zh}", f": {fault.why.en}")
            if fault.why
            else _IDLE
        )
        yield Text(
            f"{row.date} {day.zh} {what.zh} → {to.zh}{why.zh}",
            f"{row.date} {day.en} {what.en} -> {to.en}{why.en}",
        )


def fallen_sentences(problem: Problem, view: DatesView) -> Iterator[Text]:
    """How many lessons each event takes on each date."""
    counts: dict[tuple[dt.date, str, str, str], int] = defaultdict(int)
    for lesson, event in view.fallen:
        counts[lesson.date, event.kind, event.resource_id, event.title] += 1
    for (date, kind, name, title), count in counts.items():
        who, day = _resource(problem, kind, name), weekday(date.isoweekday())
        zh, en = (f"（{title}）", f" ({title})") if title else ("", "")
        yield Text(
            f"{date} {day.zh} {who}有活动{zh}，{count}节课停上",
            f"{date} {day.en}: {who} has an event{en}, {count} lesson(s) fall out",
        )


def clash_facts(clash: DateClash) -> dict[str, object]:
    """A clash as data."""
    lesson = clash.lesson
    return {
        "date": lesson.date.isoformat(),
        "start": format_clock(lesson.start),
        "end": format_clock(lesson.end),
        "lesson_id": lesson.lesson_id,
        "class_ids": list(lesson.meeting.class_ids),
        "from_layout_id": lesson.meeting.placement.layout_id,
        "reason": str(clash.obstacle),
        "layout_id": clash.layout_id,
        "lost": clash.layout_id is None,
        "at_home": clash.layout_id == HOME,
    }


def fault_facts(fault: MoveFault) -> dict[str, object]:
    """A move that does not work, as data."""
    return {
        "date": fault.row.date.isoformat(),
        "lesson_id": fault.row.lesson_id,
        "layout_id": fault.row.layout_id,
        "why": {"zh": fault.why.zh, "en": fault.why.en} if fault.why else None,
    }


def _when(lesson: DatedLesson) -> Text:
    day = weekday(lesson.date.isoweekday())
    clock = f"{format_clock(lesson.start)}–{format_clock(lesson.end)}"
    return Text(f"{lesson.date} {day.zh} {clock}", f"{lesson.date} {day.en} {clock}")
