"""Sentences about single dates: events, lessons without a place and proposals."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from scheduler.constraints import describe
from scheduler.model.closures import Booking, Replacement, Shut
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.text import Text, weekday
from scheduler.model.times import MINUTES_A_DAY, format_clock
from scheduler.term.changes import Change, to_replacements
from scheduler.term.checking import ChangeFault, change_faults
from scheduler.term.closing import with_weekly_closures
from scheduler.term.dated import DatedLesson, Obstacle
from scheduler.term.held import fallen_among, term_lessons
from scheduler.term.settling import DateClash, clashes_among
from scheduler.term.versions import Versions

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

    ``weekly`` are the times that the weekly pattern keeps off, as sentences, and
    ``settled`` coming changes of a lesson's place.
    """

    problem: Problem
    weekly: tuple[Text, ...]
    fallen: tuple[tuple[DatedLesson, Shut], ...]
    clashes: tuple[DateClash, ...]
    faults: tuple[ChangeFault, ...] = ()
    settled: tuple[Replacement, ...] = ()

    @property
    def unsettled(self) -> int:
        """Lessons for which no place is proposed."""
        return sum(clash.layout_id is None for clash in self.clashes)

    @property
    def in_the_way(self) -> int:
        """Changes by which a lesson breaks a hard rule."""
        return sum(fault.lesson is not None for fault in self.faults)


def dates_view(
    versions: Versions, changes: tuple[Change, ...], today: dt.date | None = None
) -> DatesView:
    """Work everything out for the timetables of a term, from a date on."""
    problem = versions.newest.problem
    coming = None
    if today is not None:
        days = (problem.term.last_day - today).days + 1
        coming = {today + dt.timedelta(k) for k in range(days)}
    # What is where takes longest to find: once for all that is asked of it.
    lessons = term_lessons(versions, changes, coming)
    held = (x for x in lessons if x.off is None)
    settled = to_replacements(changes)
    return DatesView(
        problem,
        tuple(weekly_sentences(problem)),
        fallen_among(lessons),
        clashes_among(held, versions, today),
        change_faults(versions, changes, today),
        tuple(x for x in settled if today is None or x.date >= today),
    )


def dates_with(versions: Versions, bookings: tuple[Booking, ...]) -> Versions:
    """The same timetables with other bookings than those they were made with.

    Bookings of calendars that they do not know are left out.
    """
    problem = versions.newest.problem
    known = {c.calendar_id for c in problem.calendars}
    kept = tuple(b for b in bookings if b.calendar_id in known)
    return versions.with_problem(with_weekly_closures(replace(problem, bookings=kept)))


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
    when, what = _when(clash.lesson), _loss(problem, clash)
    return Text(f"{when.zh} {what.zh}", f"{when.en} {what.en}")


def clash_lines(problem: Problem, clashes: Iterable[DateClash]) -> Iterator[Text]:
    """The same of many: what befalls a lesson alike on several dates is one line."""
    found: dict[tuple[Text, Text], list[DateClash]] = {}
    for clash in clashes:
        key = _slot(clash.lesson), _loss(problem, clash)
        found.setdefault(key, []).append(clash)
    for (slot, what), alike in found.items():
        if len(alike) == 1:
            yield clash_sentence(problem, alike[0])
            continue
        dates = ", ".join(f"{clash.lesson.date:%m-%d}" for clash in alike)
        count = len(alike)
        yield Text(
            f"{slot.zh} {what.zh}（{count}次：{dates.replace(', ', '、')}）",
            f"{slot.en} {what.en} ({count} times: {dates})",
        )


def _loss(problem: Problem, clash: DateClash) -> Text:
    lesson = clash.lesson
    what = describe.lesson(problem, lesson.lesson_id)
    layout = lesson.meeting.placement.layout_id
    place = problem.venue[problem.layout[layout].venue_id].name
    to = _NONE if clash.layout_id is None else describe.layout(problem, clash.layout_id)
    why = _why(problem, clash)
    return Text(
        f"{what.zh}：{place}，{why.zh} → {to.zh}",
        f"{what.en}: {place}, {why.en} -> {to.en}",
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


def settled_sentences(view: DatesView) -> Iterator[Text]:
    """Lessons that are at another place for a date."""
    for row in view.settled:
        place = _there(view.problem, row.date, row.lesson_id, row.layout_id)
        why = f"（{row.reason}）" if row.reason else ""
        yield Text(f"{place.zh}{why}", f"{place.en}{why}")


def fault_sentences(problem: Problem, view: DatesView) -> Iterator[Text]:
    """Changes that have no effect, and those that put lessons in each other's way."""
    for fault in view.faults:
        change = fault.change
        key = change.held_on, change.lesson_id
        place = _there(problem, *key, change.layout_id)
        why = (
            Text(f"，有冲突：{fault.why.zh}", f": {fault.why.en}")
            if fault.why
            else _IDLE
        )
        yield Text(f"{place.zh}{why.zh}", f"{place.en}{why.en}")


def _there(
    problem: Problem, date: dt.date, lesson_id: str, layout_id: str | None
) -> Text:
    """A lesson on a date, and the place it goes to where that is another."""
    day = weekday(date.isoweekday())
    what = describe.same(lesson_id)
    if lesson_id in problem.lesson:
        what = describe.lesson(problem, lesson_id)
    to = Text("", "")
    if layout_id == HOME or layout_id in problem.layout:
        place = describe.layout(problem, layout_id)
        to = Text(f" → {place.zh}", f" -> {place.en}")
    return Text(
        f"{date} {day.zh} {what.zh}{to.zh}", f"{date} {day.en} {what.en}{to.en}"
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


def fault_facts(fault: ChangeFault) -> dict[str, object]:
    """A change that does not work, as data."""
    return {
        "date": fault.change.held_on.isoformat(),
        "lesson_id": fault.change.lesson_id,
        "layout_id": fault.change.layout_id,
        "why": {"zh": fault.why.zh, "en": fault.why.en} if fault.why else None,
    }


def _when(lesson: DatedLesson) -> Text:
    slot = _slot(lesson)
    return Text(f"{lesson.date} {slot.zh}", f"{lesson.date} {slot.en}")


def _slot(lesson: DatedLesson) -> Text:
    day = weekday(lesson.date.isoweekday())
    clock = f"{format_clock(lesson.start)}–{format_clock(lesson.end)}"
    return Text(f"{day.zh} {clock}", f"{day.en} {clock}")
