"""The lessons of a class or a teacher on the dates of a week, as they are held."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.constraints import describe
from scheduler.model.text import Text, weekday
from scheduler.model.times import format_clock
from scheduler.term.changes import Change
from scheduler.term.cover.board import week_dates
from scheduler.term.dated import DatedLesson
from scheduler.term.facts import facts_of
from scheduler.term.held import term_lessons
from scheduler.term.versions import Versions


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A lesson on its date: what, by whom, where; ``changes`` say what is otherwise."""

    key: str
    date: dt.date
    day: Text
    clock: str
    subject: str
    classes: str
    teachers: str
    place: str
    changes: tuple[Text, ...]
    off: bool
    mine: bool


def dated_lines(
    versions: Versions,
    changes: Iterable[Change],
    dates: Iterable[dt.date],
    resource_id: str,
) -> tuple[DatedLine, ...]:
    """Lessons of a class or teacher by date and time, those they have lost as well."""
    wanted = set(dates)
    lessons = term_lessons(versions, changes, wanted)
    return tuple(
        dated_line(x, _is_mine(x, resource_id))
        for x in lessons
        if resource_id in _concerned(x)
    )


def week_of(date: dt.date) -> tuple[dt.date, ...]:
    """The dates of a calendar week."""
    return week_dates(date)


def _concerned(lesson: DatedLesson) -> set[str]:
    meeting = lesson.meeting
    found = {*meeting.class_ids, *meeting.adult_ids}
    if lesson.weekly is not None:
        found |= set(lesson.weekly.adult_ids)
    return found


def key_text(lesson: DatedLesson) -> str:
    """What changes know a lesson by, as one text."""
    return f"{lesson.original_date}|{lesson.lesson_id}"


def _is_mine(lesson: DatedLesson, resource_id: str) -> bool:
    meeting = lesson.meeting
    return resource_id in (*meeting.class_ids, *meeting.adult_ids)


def dated_line(lesson: DatedLesson, mine: bool = True, named: bool = True) -> DatedLine:
    """A lesson as a line; without names of teachers where they are not ``named``."""
    facts = facts_of(lesson)
    return DatedLine(
        key_text(lesson),
        lesson.date,
        weekday(lesson.date.isoweekday()),
        f"{format_clock(lesson.start)}–{format_clock(lesson.end)}",
        facts.subject.name,
        "、".join(x.name for x in facts.classes),
        "、".join(x.name for x in facts.teachers) if named else "",
        facts.place.venue.name if facts.place else "",
        tuple(_changes(lesson, named)),
        lesson.off is not None or not mine,
        mine,
    )


def _changes(lesson: DatedLesson, named: bool) -> Iterator[Text]:
    weekly, problem = lesson.weekly, lesson.problem
    if lesson.off is not None:
        yield lesson.off.text
        return
    if weekly is None:
        yield Text("加课", "extra lesson")
        return
    if (lesson.date, lesson.start) != (lesson.original_date, weekly.start):
        day = weekday(lesson.original_date.isoweekday())
        was = f"{lesson.original_date} {{}} {format_clock(weekly.start)}"
        yield Text(f"由 {was.format(day.zh)} 调来", f"from {was.format(day.en)}")
    if lesson.meeting.teacher_ids != weekly.teacher_ids and not named:
        yield Text("换教师", "another teacher")
    elif lesson.meeting.teacher_ids != weekly.teacher_ids:
        names = "、".join(describe.teacher(problem, x) for x in weekly.teacher_ids)
        yield Text(f"原任课 {names}", f"usually {names}")
    if lesson.self_study:
        yield Text("自习看班", "self-study")
    if lesson.joins in problem.lesson:
        classes = problem.lesson[lesson.joins].requirement.class_ids
        names = describe.classes(problem, classes)
        yield Text(f"与{names}合班", f"together with {names}")
    if lesson.meeting.placement.layout_id != weekly.placement.layout_id:
        where = describe.layout(problem, weekly.placement.layout_id)
        yield Text(f"原在{where.zh}", f"usually at {where.en}")
    old = weekly.lesson.requirement.subject_id
    if old != lesson.meeting.lesson.requirement.subject_id:
        name = problem.subject[old].name
        yield Text(f"原为{name}", f"usually {name}")
    for why in dict.fromkeys(why for _, why in lesson.obstacles):
        yield why.text
