"""Changes that say nothing, or put two lessons in each other's way.

Whatever is changed is checked before it is made, by the clock, on the very dates: other
changes, closures and agreements count. What was right then need no longer be so after a
later timetable; such changes are told of.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from scheduler.constraints import describe
from scheduler.model.problem import Problem
from scheduler.model.text import Text, weekday
from scheduler.term.altering import on_its_date, with_extras
from scheduler.term.changes import BellDay, Change, DatedChange, ExtraLesson
from scheduler.term.dated import DatedLesson, Off
from scheduler.term.held import term_lessons
from scheduler.term.settling import breaches, telling_rules
from scheduler.term.versions import Versions

_Key = tuple[dt.date, str]
_Lessons = Mapping[_Key, DatedLesson]


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
    found = {x.key: x for x in term_lessons(versions, given, dates)}
    return tuple(fault for key in sorted(asked) for fault in _faults(asked[key], found))


def _faults(change: DatedChange, found: _Lessons) -> Iterator[ChangeFault]:
    lesson = found.get((change.date, change.lesson_id))
    if lesson is None or lesson.off is not None:
        yield ChangeFault(change)
    elif lesson.place_available and lesson.weather is None:
        why = broken(lesson, found.values())
        if why is not None:
            yield ChangeFault(change, lesson, why)


def broken(lesson: DatedLesson, of_dates: Iterable[DatedLesson]) -> Text | None:
    """What a lesson breaks on its date that it does not break where the week has it."""
    others = [
        x
        for x in of_dates
        if x.date == lesson.date and x.key != lesson.key
        if x.off is None and x.place_available
    ]
    problem = with_extras(lesson.problem, (lesson, *others))
    rules = telling_rules(problem)
    near = [on_its_date(x) for x in others]
    known = set()
    if lesson.weekly is not None and lesson.date == lesson.original_date:
        before = on_its_date(replace(lesson, meeting=lesson.weekly))
        known = {
            (rule.name, violation.lesson_ids)
            for rule, violation in breaches(problem, rules, before, near)
        }
    for rule, violation in breaches(problem, rules, on_its_date(lesson), near):
        if (rule.name, violation.lesson_ids) not in known:
            # Of one date: which of the two weeks it lies in need not be said.
            return rule.explain(problem, replace(violation, layer=None))
    return None


def refusals(
    versions: Versions, changes: Iterable[Change], new: Iterable[Change]
) -> tuple[Text, ...]:
    """Why changes cannot be made beside those in force; none where they can.

    They are judged together, so that two lessons may change places.
    """
    known, asked = tuple(changes), tuple(new)
    dates = {date for change in asked for date in change.dates}
    before = {x.key: x for x in term_lessons(versions, known, dates)}
    after = {x.key: x for x in term_lessons(versions, (*known, *asked), dates)}
    found = [
        text for change in asked for text in _refusals(versions, change, before, after)
    ]
    return tuple(dict.fromkeys(found))


def _refusals(
    versions: Versions, change: Change, before: _Lessons, after: _Lessons
) -> Iterator[Text]:
    problem = versions.at(min(change.dates)).problem
    if (unknown := _unknown(problem, change)) is not None:
        yield unknown
    elif isinstance(change, BellDay):
        yield from _bell_refusals(change, before, after)
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
        was = before.get(key)
        if was is None or (was.off is not None and not change.moves):
            yield _no_such_lesson(versions.at(change.date).problem, change)
            return
        if change.cancelled:
            return
    lesson = after.get(key)
    if lesson is None or lesson.off is Off.CLOSED:
        held_on = change.date if isinstance(change, ExtraLesson) else change.held_on
        yield _at(held_on, Off.CLOSED.text)
    elif lesson.off is not None:
        yield _at(lesson.date, lesson.off.text, lesson)
    elif lesson.obstacles:
        yield _at(lesson.date, lesson.obstacles[0][1].text, lesson)
    elif (why := broken(lesson, after.values())) is not None:
        yield _at(lesson.date, why)


def _bell_refusals(
    change: BellDay, before: _Lessons, after: _Lessons
) -> Iterator[Text]:
    """Lessons that another bell puts in each other's way, as those of two schools."""
    if not any(x.date == change.date for x in before.values()):
        yield _at(change.date, Off.CLOSED.text)
    for key, lesson in after.items():
        was = before.get(key)
        if lesson.off is None and (was is None or was.meeting != lesson.meeting):
            why = broken(lesson, after.values())
            if why is not None:
                yield _at(lesson.date, why)


def _unknown(problem: Problem, change: Change) -> Text | None:
    """What a change names that the tables do not have."""
    names = change.unknown(problem)
    if not names:
        return None
    zh, en = "、".join(f"“{x}”" for x in names), ", ".join(f'"{x}"' for x in names)
    return _at(change.date, Text(f"表中没有{zh}", f"no table has {en}"))


def _no_such_lesson(problem: Problem, change: DatedChange) -> Text:
    if change.lesson_id not in problem.lesson:
        what = Text(f"没有课“{change.lesson_id}”", f'no lesson "{change.lesson_id}"')
        return _at(change.date, what)
    what = describe.lesson(problem, change.lesson_id)
    return _at(
        change.date,
        Text(f"当天不上{what.zh}这节课", f"{what.en} is not taught on this date"),
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
