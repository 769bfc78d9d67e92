"""What keeps a leave or a wish for a swap from being entered, all of it at once."""

import datetime as dt
from collections.abc import Iterable, Iterator

from scheduler.constraints import describe
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.services.school.changes import CannotChange, Transaction
from scheduler.services.store.leave_rows import KeptLeave
from scheduler.term.changes import TEACHERS, DatedChange, not_in_table
from scheduler.term.checking import no_lesson, outside_term, refusals
from scheduler.term.cover.leaves import Leave, LeaveState, Wish
from scheduler.term.cover.proposing import exchanged
from scheduler.term.dated import DatedLesson, Key
from scheduler.term.held import term_lessons

_OPEN = (LeaveState.ASKED, LeaveState.APPROVED)
_LATE = Text(
    "日期已经过去：补登请假要写明原因。",
    "A date is past: a late entry of a leave needs a note that says why.",
)
_BACKWARDS = Text("最后一天早于第一天。", "The last day is before the first.")
_NO_TIME = Text("结束时间要晚于开始时间。", "It must end after it begins.")


def refuse_leave(
    log: Transaction, what: Leave | Wish, known: Iterable[KeptLeave]
) -> tuple[Text, ...]:
    """Why a leave or a wish is not entered; none where it is."""
    problem = log.versions.newest.problem
    if what.teacher_id not in problem.teacher:
        return (not_in_table(TEACHERS, what.teacher_id, problem.teacher),)
    if isinstance(what, Wish):
        return _refused_wish(log, what)
    return tuple(_refused(log, problem, what, known))


def _refused(
    log: Transaction, problem: Problem, leave: Leave, known: Iterable[KeptLeave]
) -> Iterator[Text]:
    term = problem.term
    if not leave.dates:
        yield _BACKWARDS
    if leave.end <= leave.start:
        yield _NO_TIME
    for date in dict.fromkeys((leave.first, leave.last)):
        if not term.first_day <= date <= term.last_day:
            what = outside_term(term)
            yield Text(f"{date}{what.zh}。", f"{date} {what.en}.")
    if leave.first < log.today and not leave.note:
        yield _LATE
    if leave.lesson_id and leave.lesson_id not in problem.lesson:
        yield no_lesson(problem, leave.lesson_id)
    for kept in known:
        if kept.state in _OPEN and kept.leave and kept.leave.meets(leave):
            yield _again(problem, kept.leave)


def _again(problem: Problem, leave: Leave) -> Text:
    name, clock = describe.teacher(problem, leave.teacher_id), leave.clock
    span = f"{leave.first}" if leave.first == leave.last else ""
    zh = span or f"{leave.first}至{leave.last}"
    en = span or f"{leave.first} to {leave.last}"
    return Text(
        f"{name}{zh}{' ' if clock else ''}{clock}已经登记请假，不必重复登记。",
        f"{name} is on leave already: {en}{' ' if clock else ''}{clock}.",
    )


def _refused_wish(log: Transaction, wish: Wish) -> tuple[Text, ...]:
    try:
        changes = swap_changes(log, wish)
    except CannotChange as error:
        return error.texts
    return refusals(log.versions, log.in_force(), changes)


def swap_changes(log: Transaction, wish: Wish) -> tuple[DatedChange, ...]:
    """The changes that a wish comes to.

    Raises:
        CannotChange: it names a lesson that is not given then.
    """
    key = wish.date, wish.lesson_id
    if wish.with_id and wish.with_date:
        return exchange(log, [key, (wish.with_date, wish.with_id)])
    return moved_to(log, key, wish.to_date or wish.date, wish.start or 0)


def exchange(log: Transaction, keys: list[Key]) -> tuple[DatedChange, ...]:
    """Two lessons in each other's place.

    Raises:
        CannotChange: one of them is not given on its date.
    """
    found = _held(log, keys)
    missing = [key for key in keys if key not in found or found[key].off is not None]
    if missing:
        raise CannotChange(*(_not_given(*key) for key in missing))
    return exchanged(found[keys[0]], found[keys[1]])


def moved_to(
    log: Transaction, key: Key, date: dt.date, start: int
) -> tuple[DatedChange, ...]:
    """A lesson at another time: moved there, or made up where it was lost.

    Raises:
        CannotChange: the week has no such lesson on its date.
    """
    lesson = _held(log, [key]).get(key)
    if lesson is None:
        raise CannotChange(_not_given(*key))
    length = lesson.end - lesson.start
    to_date = None if date == lesson.original_date == lesson.date else date
    return (DatedChange(*key, to_date=to_date, start=start, end=start + length),)


def _held(log: Transaction, keys: list[Key]) -> dict[Key, DatedLesson]:
    known = log.in_force()
    moved = {c.held_on for c in known if isinstance(c, DatedChange) and c.to_date}
    dates = {date for date, _ in keys} | moved
    return {x.key: x for x in term_lessons(log.versions, known, dates)}


def _not_given(date: dt.date, lesson_id: str) -> Text:
    return Text(
        f"{date}不上“{lesson_id}”这节课。", f'"{lesson_id}" is not given on {date}.'
    )
