"""What forms of days ask for, read from their fields: leaves, events, swaps, rules."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from scheduler.model.problem import Problem
from scheduler.model.text import Text, grade_title
from scheduler.model.times import MINUTES_A_DAY, parse_clock
from scheduler.services.school.changes import CannotChange, Changes
from scheduler.services.school.cover.entering import exchange, moved_to
from scheduler.term.changes import (
    Batch,
    BellDay,
    Change,
    DatedChange,
    EventDay,
    EventKind,
    Reason,
)
from scheduler.term.cover.leaves import Leave, Wish
from scheduler.term.cover.settings import Counting, CoverSettings, LeaveKind
from scheduler.term.cover.weighing import Kind
from scheduler.term.dated import Key

Fields = Mapping[str, str]
INCOMPLETE = Text(
    "请填全日期、时间等必填项。", "Please fill in dates, times and the rest."
)
ONE_OR_TWO = Text(
    "对调请选两节课，其他操作请选一节。",
    "Choose two lessons to swap, one for anything else.",
)
LEAVE_KINDS = tuple((x.value, x.text) for x in LeaveKind)
EVENT_KINDS = tuple((x.value, x.text) for x in EventKind)
COUNTINGS = tuple((x.value, x.text) for x in Counting)
HAND_KINDS = tuple((x.value, x.text) for x in (Kind.SUBSTITUTE, Kind.SELF_STUDY))


def date_of(text: str) -> dt.date:
    """A date as fields have it.

    Raises:
        CannotChange: it is none.
    """
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise CannotChange(INCOMPLETE) from None


def _clock(text: str, default: int) -> int:
    if not text.strip():
        return default
    try:
        return parse_clock(text)
    except ValueError:
        raise CannotChange(INCOMPLETE) from None


def key_of(text: str) -> Key:
    """A lesson as a form names it: ``2026-09-08|R1#2``.

    Raises:
        CannotChange: it is none.
    """
    date, _, lesson_id = text.partition("|")
    return date_of(date), lesson_id


def hand_kind(text: str) -> Kind:
    """The kind of a pick by hand.

    Raises:
        CannotChange: it is none.
    """
    if text not in dict(HAND_KINDS):
        raise CannotChange(INCOMPLETE)
    return Kind(text)


def leave_of(form: Fields, teacher_id: str = "") -> Leave:
    """A leave as it was filled in; the last day may be left empty.

    Raises:
        CannotChange: a field is missing.
    """
    first = date_of(form.get("first", ""))
    last = form.get("last", "").strip()
    kind = form.get("kind", LeaveKind.PERSONAL.value)
    if kind not in dict(LEAVE_KINDS):
        raise CannotChange(INCOMPLETE)
    return Leave(
        teacher_id or form.get("teacher", ""),
        first,
        date_of(last) if last else first,
        LeaveKind(kind),
        _clock(form.get("start", ""), 0),
        _clock(form.get("end", ""), MINUTES_A_DAY),
        note=form.get("note", "").strip(),
    )


def wish_of(form: Fields, teacher_id: str) -> Wish:
    """A wish for a swap as a teacher chose it.

    Raises:
        CannotChange: a field is missing.
    """
    date, lesson_id = key_of(form.get("lesson", ""))
    with_date, with_id = key_of(form.get("other", ""))
    note = form.get("note", "").strip()
    return Wish(teacher_id, date, lesson_id, with_date, with_id, note=note)


def event_of(form: Fields, grades: Sequence[str], problem: Problem) -> list[Change]:
    """An event, another bell, or both, for some grades or all classes.

    Raises:
        CannotChange: a field is missing.
    """
    first, last = date_of(form.get("first", "")), form.get("last", "").strip()
    until = date_of(last) if last else None
    chosen = {int(x) for x in grades if x.isdigit()}
    classes = tuple(c.class_id for c in problem.classes if c.grade in chosen)
    kind, bell, note = (form.get(x, "").strip() for x in ("kind", "bell", "note"))
    found: list[Change] = []
    if kind:
        if kind not in dict(EVENT_KINDS):
            raise CannotChange(INCOMPLETE)
        start = _clock(form.get("start", ""), 0)
        end = _clock(form.get("end", ""), MINUTES_A_DAY)
        event = EventDay(first, EventKind(kind), classes, until, start, end, note)
        found.append(event)
    if bell:
        found.append(BellDay(first, bell, classes, until, note))
    if not found:
        raise CannotChange(INCOMPLETE)
    return found


def batch_of(form: Fields, by: str, reason: Reason = Reason.OTHER) -> Batch:
    """Why, on which form, asked for and approved by whom."""
    note, number, asked, approved = (
        form.get(x, "").strip() for x in ("note", "form", "asked_by", "approved_by")
    )
    return Batch(
        *(reason, note, number), asked_by=asked, approved_by=approved, made_by=by
    )


def event_batch(form: Fields, by: str) -> Batch:
    """The batch of an event: an exam, another event, or a bell alone."""
    kind = form.get("kind", "").strip()
    reason = Reason.BELL if not kind else Reason.EVENT
    return batch_of(form, by, Reason.EXAM if kind == EventKind.EXAM else reason)


def change_lessons(
    changes: Changes, form: Fields, keys: Sequence[Key], by: str
) -> None:
    """Swap two lessons, move or cancel one, or make up one that was cancelled.

    Raises:
        CannotChange: too many or too few are chosen, or it cannot be.
    """
    act, wanted = form.get("act", ""), 2 if form.get("act") == "swap" else 1
    if len(keys) != wanted or act not in _REASONS:
        raise CannotChange(ONE_OR_TWO)
    asked = batch_of(form, by, _REASONS[act])
    with changes.open(keys[0][0]) as log:
        if act == "cancel":
            made: Sequence[Change] = [DatedChange(*keys[0], True, note=asked.note)]
        elif act == "swap":
            made = exchange(log, list(keys))
        else:
            start = _clock(form.get("to_time", ""), -1)
            if start < 0:
                raise CannotChange(INCOMPLETE)
            made = moved_to(log, keys[0], date_of(form.get("to_date", "")), start)
        log.make(asked, made)


_REASONS = {
    "swap": Reason.SWAP,
    "move": Reason.SWAP,
    "make_up": Reason.MAKE_UP,
    "cancel": Reason.OTHER,
}


def grade_choices(problem: Problem) -> tuple[tuple[int, Text], ...]:
    """Grades that have classes."""
    grades = sorted({c.grade for c in problem.classes})
    return tuple((x, grade_title(x)) for x in grades)


_OPTIONAL = ("most_a_day", "most_a_week", "most_a_month", "most")


def rules_of(
    form: Fields, known: CoverSettings, chosen: Sequence[str]
) -> CoverSettings:
    """A school's own rules as they were filled in; numbers of 0 or more.

    Parameters:
        chosen: Leaves whose covered lessons do not count as received.

    Raises:
        CannotChange: a number is none.
    """
    excluded = form.get("excluded", "").replace("、", ";").replace("；", ";")
    counting = form.get("counting", known.counting.value)
    if counting not in dict(COUNTINGS):
        raise CannotChange(INCOMPLETE)
    return replace(
        _numbers(form, known, ""),
        counting=Counting(counting),
        received_free=tuple(x for x in LeaveKind if x.value in chosen),
        excluded=tuple(x.strip() for x in excluded.split(";") if x.strip()),
        public=form.get("public") == "1",
        weights=_numbers(form, known.weights, "weight_"),
        pay=_numbers(form, known.pay, "pay_"),
    )


def _numbers(form: Fields, known: Any, prefix: str) -> Any:
    """A dataclass with the numbers of a form; what it does not name stays."""
    told: dict[str, int | None] = {}
    for field in fields(known):
        text = form.get(prefix + field.name)
        value = getattr(known, field.name)
        if text is None or isinstance(value, bool):
            continue
        if not (isinstance(value, int) or field.name in _OPTIONAL):
            continue
        if not text.strip() and field.name in _OPTIONAL:
            told[field.name] = None
        elif text.strip().isdecimal() and len(text.strip()) < 7:
            told[field.name] = int(text)
        else:
            raise CannotChange(_NO_NUMBER)
    return replace(known, **told)


_NO_NUMBER = Text("请填 0 或正整数。", "Please give whole numbers of 0 or more.")
