"""Changes that say nothing, or put two lessons in each other's way.

Whatever is changed is checked before it is made, by the clock, on the very dates: other
changes, closures and agreements count. What was right then need no longer be so after a
later timetable; such changes are told of.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.constraints import describe
from scheduler.model.errors import meant
from scheduler.model.problem import Problem
from scheduler.model.term import Term, monday
from scheduler.model.text import Text, weekday
from scheduler.term.calendar import day_kind, no_school, teaching_day
from scheduler.term.changes import (
    BellDay,
    Change,
    DatedChange,
    EventDay,
    ExtraLesson,
)
from scheduler.term.dated import DatedLesson, Off
from scheduler.term.held import term_lessons
from scheduler.term.judging import broken, date_breaches, overfull
from scheduler.term.versions import Versions


class _Lessons:
    """Lessons of some dates: by what changes know them by, by date, by week."""

    def __init__(self, lessons: Iterable[DatedLesson]) -> None:
        self.of = {x.key: x for x in lessons}
        self.dates: dict[dt.date, list[DatedLesson]] = defaultdict(list)
        self._weeks: dict[dt.date, list[DatedLesson]] = defaultdict(list)
        for lesson in self.of.values():
            self.dates[lesson.date].append(lesson)
            self._weeks[monday(lesson.date)].append(lesson)

    def on(self, date: dt.date) -> list[DatedLesson]:
        """Lessons of a date."""
        return self.dates.get(date, [])

    def around(self, lesson: DatedLesson) -> list[DatedLesson]:
        """Lessons of the week of one."""
        return self._weeks.get(monday(lesson.date), [])


@dataclass(frozen=True, slots=True)
class ChangeFault:
    """A change that does not work.

    ``lesson`` is None where it has no effect, as the week has no such lesson then; else
    ``why`` says what it breaks.
    """

    change: DatedChange
    lesson: DatedLesson | None = None
    why: Text | None = None


def change_faults(
    versions: Versions, changes: Iterable[Change] = (), today: dt.date | None = None
) -> tuple[ChangeFault, ...]:
    """Every change of the term, from a date on, that does not work; by date.

    A hard rule counts if the lesson breaks it as it is and not as the week has it.
    Lessons whose place is closed are left to ``date_clashes``, and what bad weather
    does to its plan.
    """
    given = tuple(changes)
    term = versions.newest.problem.term
    asked = {
        (c.date, c.lesson_id): c
        for c in given
        if isinstance(c, DatedChange) and c.weather is None and not c.cancelled
        if term.first_day <= c.date <= term.last_day
        if today is None or max(c.dates) >= today
    }
    dates = {date for change in asked.values() for date in change.dates}
    found = _Lessons(term_lessons(versions, given, dates))
    covers = {
        (c.date, c.lesson_id): c
        for c in given
        if isinstance(c, DatedChange) and c.teacher_ids
    }
    return tuple(
        fault
        for key in sorted(asked)
        for fault in _faults(asked[key], covers.get(key), found)
    )


def _faults(
    change: DatedChange, cover: DatedChange | None, found: _Lessons
) -> Iterator[ChangeFault]:
    """Of a lesson's latest change; ``cover`` is its latest one of teachers."""
    lesson = found.of.get((change.date, change.lesson_id))
    if lesson is None or lesson.off is not None:
        yield ChangeFault(change)
    elif cover is not None and cover.teacher_ids != lesson.meeting.teacher_ids:
        yield ChangeFault(cover, lesson, _lapsed(lesson))
    elif lesson.place_available and lesson.weather is None:
        why = broken(lesson, found.on(lesson.date))
        if why is not None:
            yield ChangeFault(change, lesson, why)


def _lapsed(lesson: DatedLesson) -> Text:
    """A substitute for somebody who gives the lesson no more."""
    problem, people = lesson.problem, lesson.meeting.teacher_ids
    names = "、".join(describe.teacher(problem, name) for name in people)
    what = describe.lesson(problem, lesson.lesson_id)
    return Text(
        f"{what.zh}已改由{names}任教，原来的代课不再起作用。",
        f"{what.en} is given by {names} now; the substitute is needed no more.",
    )


def refusals(
    versions: Versions, changes: Iterable[Change], new: Iterable[Change]
) -> tuple[Text, ...]:
    """Why changes cannot be made beside those in force; none where they can.

    They are judged together, so that two lessons may change places.
    """
    known, asked = tuple(changes), tuple(new)
    term = versions.newest.problem.term
    backwards = [c for c in asked if not c.dates]
    if backwards:
        return tuple(_at(c.date, _BACKWARDS) for c in backwards)
    dates = {date for change in asked for date in change.dates}
    outside = sorted(x for x in dates if not term.first_day <= x <= term.last_day)
    if outside:
        return (_at(outside[0], outside_term(term)),)
    # A lesson may have been moved to a date that the change does not name.
    keys = {(c.date, c.lesson_id) for c in asked if isinstance(c, DatedChange)}
    log = [c for c in known if isinstance(c, DatedChange)]
    before = {c.held_on for c in log if (c.date, c.lesson_id) in keys}
    dates |= before
    loads = [c for c in asked if isinstance(c, DatedChange | ExtraLesson) and _loads(c)]
    for first in {monday(x) for c in loads for x in (c.dates[-1], *before)}:
        dates |= {first + dt.timedelta(k) for k in range(7)}
    was = _Lessons(term_lessons(versions, known, dates))
    now = _Lessons(term_lessons(versions, (*known, *asked), dates))
    found = [text for c in asked for text in _refusals(versions, c, was, now)]
    return tuple(dict.fromkeys(found))


def _refusals(
    versions: Versions, change: Change, before: _Lessons, after: _Lessons
) -> Iterator[Text]:
    problem = versions.at(min(change.dates)).problem
    if unknown := change.unknown(problem):
        yield from unknown
    elif isinstance(change, BellDay):
        yield from _bell_refusals(versions, change, before, after)
    elif isinstance(change, EventDay):
        if not any(before.on(date) for date in change.dates):
            yield _at(change.date, no_school(problem.term, change.date))
    else:
        yield from _lesson_refusals(versions, change, before, after)


def _lesson_refusals(
    versions: Versions,
    change: DatedChange | ExtraLesson,
    before: _Lessons,
    after: _Lessons,
) -> Iterator[Text]:
    key = (change.date, change.lesson_id)
    if isinstance(change, DatedChange):
        was = before.of.get(key)
        if was is None:
            yield _no_such_lesson(versions.at(change.date).problem, change)
            return
        if was.off is not None and not change.moves:
            yield _at(change.date, _off_already(was.off), was)
            return
        if change.cancelled:
            return
    lesson = after.of.get(key)
    if lesson is None or lesson.off is Off.CLOSED:
        held_on = change.date if isinstance(change, ExtraLesson) else change.held_on
        yield _at(held_on, no_school(versions.newest.problem.term, held_on))
    elif lesson.off is not None:
        yield _at(lesson.date, lesson.off.text, lesson)
    elif lesson.obstacles:
        yield _at(lesson.date, lesson.obstacles[0][1].text, lesson)
    else:
        why = broken(lesson, after.on(lesson.date))
        if why is None and _loads(change):
            why = overfull(lesson, before.around(lesson), after.around(lesson))
        if why is not None:
            yield _at(lesson.date, why)


def _loads(change: DatedChange | ExtraLesson) -> bool:
    """Whether somebody, or a class, may have more on a day or in a week by it."""
    if isinstance(change, ExtraLesson):
        return True
    return change.moves or change.teacher_ids is not None


def _bell_refusals(
    versions: Versions, change: BellDay, before: _Lessons, after: _Lessons
) -> Iterator[Text]:
    """Lessons that another bell puts in each other's way, as those of two schools.

    Most weeks are alike: each kind of day is judged once.
    """
    if not any(before.on(date) for date in change.dates):
        yield _at(change.date, no_school(versions.newest.problem.term, change.date))
    judged: set[tuple[object, ...]] = set()
    for date in change.dates:
        kind = tuple(
            (x.lesson_id, x.meeting.placement, x.meeting.rows, x.off)
            for x in after.on(date)
        )
        if kind not in judged:
            judged.add(kind)
            problem = versions.at(date).problem
            known = date_breaches(problem, before.on(date))
            for key, why in date_breaches(problem, after.on(date)).items():
                if key not in known:
                    yield _at(date, why)


def _off_already(off: Off) -> Text:
    if off is Off.CANCELLED:
        return Text("这节课已经停课", "is cancelled already")
    return Text(f"这节课已经不上（{off.text.zh}）", f"is off already: {off.text.en}")


def outside_term(term: Term) -> Text:
    """Said of a date that the term does not have."""
    first, last = term.first_day, term.last_day
    return Text(
        f"不在本学期之内（{first}至{last}）", f"is outside the term ({first} to {last})"
    )


_BACKWARDS = Text("最后一天早于第一天", "the last day is before the first")


def _no_such_lesson(problem: Problem, change: DatedChange) -> Text:
    if change.lesson_id not in problem.lesson:
        return no_lesson(problem, change.lesson_id)
    what = describe.lesson(problem, change.lesson_id)
    kind, day = (f(problem.term, change.date) for f in (day_kind, teaching_day))
    plain = day is not None and not day.make_up and day.weekday < 6
    why = Text("", "") if plain else Text(f"{kind.zh}，", f"{kind.en}; ")
    return _at(
        change.date,
        Text(
            f"{why.zh}当天不上{what.zh}这节课",
            f"{why.en}{what.en} is not taught on this date",
        ),
    )


def no_lesson(problem: Problem, lesson_id: str) -> Text:
    """That there is no such lesson, and which may be meant."""
    advice = meant(lesson_id, problem.lesson, _LESSON)
    return Text(
        f"没有课“{lesson_id}”。{advice.zh}", f'No lesson "{lesson_id}". {advice.en}'
    )


_LESSON = Text(
    "课的编号如 R2#1（教学要求编号#第几节）。",
    "A lesson is named as R2#1: its requirement and its number.",
)


def _at(date: dt.date, what: Text, lesson: DatedLesson | None = None) -> Text:
    day, name = weekday(date.isoweekday()), Text("", "")
    if lesson is not None:
        subject = lesson.problem.subject[lesson.meeting.lesson.requirement.subject_id]
        classes = describe.classes(lesson.problem, lesson.meeting.class_ids)
        english = f" {subject.name_en or subject.name} of {classes}"
        name = Text(f"{classes}{subject.name}", english)
    zh, en = what.zh.rstrip("。"), what.en.rstrip(".")
    return Text(
        f"{date}（{day.zh}）{name.zh}：{zh}。", f"{date} ({day.en}){name.en}: {en}."
    )
