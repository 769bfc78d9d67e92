"""Sentences and JSON of the log of dated changes."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.constraints import describe
from scheduler.formats.archive import plain
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.text import Text, joined, weekday
from scheduler.model.times import MINUTES_A_DAY, format_clock
from scheduler.services.store.change_rows import Batch, Line
from scheduler.term.changes import (
    BellDay,
    Change,
    DatedChange,
    EventDay,
    ExtraLesson,
)
from scheduler.term.versions import Versions


def batch_title(problem: Problem, batch: Batch) -> Text:
    """Number, moment, reason, form and people of a batch."""
    asked = batch.asked
    at = batch.made_at.astimezone(ZoneInfo(problem.term.timezone))
    parts = [
        Text(f"第{batch.batch_id}批", f"batch {batch.batch_id}"),
        describe.same(f"{at:%Y-%m-%d %H:%M}"),
        asked.reason.text,
        describe.same(asked.note),
        _said("表单", "form", asked.form),
        _said("申请", "asked by", asked.asked_by),
        _said("批准", "approved by", asked.approved_by),
        _said("经办", "by", asked.made_by),
    ]
    if batch.late:
        parts.append(Text("补记", "late entry"))
    if batch.undone:
        parts.append(Text("已撤销", "undone"))
    return _joined(parts)


def line_sentence(versions: Versions, line: Line) -> Text:
    """What a line of the log says; undone ones are marked."""
    change, problem = line.change, versions.at(line.change.date).problem
    moves = isinstance(change, DatedChange)
    clock = week_clock(versions, change.date, change.lesson_id) if moves else ""
    text = change_sentence(problem, change, clock)
    if line.undone_at is None:
        return text
    return Text(f"{text.zh}（已撤销）", f"{text.en} (undone)")


def week_clock(versions: Versions, date: dt.date, lesson_id: str) -> str:
    """When the week has a lesson; empty where it has none."""
    meeting = versions.at(date).timetable.meeting.get(lesson_id)
    return "" if meeting is None else format_clock(meeting.start)


def change_sentence(problem: Problem, change: Change, clock: str = "") -> Text:
    """Date, lesson, and what is otherwise; ``clock`` is when the week has it."""
    match change:
        case BellDay():
            names = [problem.class_name.get(c, c) for c in change.class_ids]
            zh, en = "、".join(names) or "全校", ", ".join(names) or "all classes"
            what = _until(change.to_date) + Text(
                f"{zh}按作息“{change.bell_id}”", f'{en} by the bell "{change.bell_id}"'
            )
            if change.bell_id not in problem.bell:
                what += _NO_BELL
        case EventDay():
            names = [problem.class_name.get(c, c) for c in change.class_ids]
            zh, en = "、".join(names) or "全校", ", ".join(names) or "all classes"
            kind, whole = change.kind.text, (change.start, change.end)
            clock = "" if whole == (0, MINUTES_A_DAY) else f" {_clock(*whole)}"
            what = _until(change.to_date) + Text(
                f"{zh}{kind.zh}{clock}", f"{kind.en} of {en}{clock}"
            )
        case ExtraLesson():
            classes = "、".join(problem.class_name.get(c, c) for c in change.class_ids)
            subject = _subject(problem, change.subject_id)
            what = _joined(
                [
                    Text(f"加课{classes}{subject}", f"extra {subject} of {classes}"),
                    describe.same(_clock(change.start, change.end)),
                    describe.same(_people(problem, change.teacher_ids)),
                    _place(problem, change.layout_id),
                    describe.same(f"[{change.lesson_id}]"),
                ]
            )
        case DatedChange():
            what = _joined([_lesson(problem, change.lesson_id), *_new(problem, change)])
    said = (_day(change.date), describe.same(clock), what, describe.same(change.note))
    return _joined(said)


def _new(problem: Problem, change: DatedChange) -> Iterator[Text]:
    """What the lesson is instead."""
    if change.cancelled:
        yield Text("停课", "cancelled")
    if change.moves:
        day = _day(change.held_on) if change.to_date else Text("", "")
        clock = "" if change.start is None else _clock(change.start, change.end)
        yield _joined([Text("改到", "moved to"), day, describe.same(clock)])
    if change.layout_id is not None:
        place = _place(problem, change.layout_id)
        yield Text(f"换到{place.zh}", f"at {place.en}")
    if change.teacher_ids is not None:
        names = _people(problem, change.teacher_ids)
        yield Text(f"由{names}上课", f"given by {names}")
    if change.escort_ids is not None:
        names = _people(problem, change.escort_ids)
        yield Text(f"由{names}随队", f"{names} go along")
    if change.self_study:
        yield Text("自习", "self-study")
    if change.joins:
        host = _lesson(problem, change.joins)
        yield Text(f"与{host.zh}合班", f"together with {host.en}")
    if change.subject_id is not None:
        subject = _subject(problem, change.subject_id)
        yield Text(f"改上{subject}", f"{subject} instead")
    if change.weather is not None:
        yield change.weather.text


def batch_facts(batch: Batch) -> dict[str, Any]:
    """A batch as data."""
    return {
        "batch_id": batch.batch_id,
        "made_at": batch.made_at.isoformat(),
        **plain(batch.asked),
        "undone": batch.undone,
        "changes": [
            {
                "change_id": line.change_id,
                "kind": type(line.change).__name__,
                **plain(line.change),
                "undone_at": line.undone_at and line.undone_at.isoformat(),
                "undone_by": line.undone_by,
            }
            for line in batch.lines
        ],
    }


def _day(date: dt.date) -> Text:
    name = weekday(date.isoweekday())
    return Text(f"{date} {name.zh}", f"{date} {name.en}")


def _until(date: dt.date | None) -> Text:
    return Text(f"至{date} ", f"until {date} ") if date else Text("", "")


def _clock(start: int, end: int | None) -> str:
    return "–".join(format_clock(x) for x in (start, end) if x is not None)


def _lesson(problem: Problem, lesson_id: str) -> Text:
    if lesson_id not in problem.lesson:
        return describe.same(lesson_id)
    return describe.lesson(problem, lesson_id)


def _subject(problem: Problem, subject_id: str) -> str:
    known = problem.subject.get(subject_id)
    return known.name if known else subject_id


def _people(problem: Problem, names: tuple[str, ...]) -> str:
    return "、".join(
        describe.teacher(problem, x) if x in problem.teacher else x for x in names
    )


def _place(problem: Problem, layout_id: str) -> Text:
    if layout_id != HOME and layout_id not in problem.layout:
        return describe.same(layout_id)
    return describe.layout(problem, layout_id)


def _said(zh: str, en: str, value: str) -> Text:
    return Text(f"{zh}{value}", f"{en} {value}") if value else Text("", "")


def _joined(parts: Iterable[Text]) -> Text:
    return joined((part for part in parts if part.zh), " ", " ")


_NO_BELL = Text(
    "（现行课表没有这套作息，不起作用）",
    " (the timetable in force has no such bell: without effect)",
)
