"""The plan for bad weather on the dates of a term."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping

from scheduler.model.errors import Told
from scheduler.model.requirements import HOME
from scheduler.model.term import Term
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.model.weather import (
    HalfDay,
    RainPlan,
    RainSlot,
    Weather,
    is_outdoor,
)
from scheduler.term.calendar import TeachingDay, teaching_day
from scheduler.term.changes import Change, DatedChange, Was
from scheduler.term.dated import DatedLesson, dated_lesson, moved
from scheduler.term.held import held_lessons
from scheduler.term.versions import Versions


class CannotApply(Told, ValueError):
    """A plan cannot be applied to a date; ``text`` says why."""


def diversions_on(
    versions: Versions,
    plan: RainPlan,
    date: dt.date,
    half: HalfDay,
    weather: Weather,
    changes: Iterable[Change] = (),
) -> tuple[DatedChange, ...]:
    """Apply a plan to a date or half-day: each slot takes its next turn.

    What is particular to the date counts: a lesson that falls out is left alone; one
    that has gone outdoors for that date alone, or whose place indoors is closed or has
    been given to another lesson then, is in its own room.

    Parameters:
        changes: Those in force; bad days among them have used up turns.

    Raises:
        CannotApply: no such date, no lessons on it, or none of them outdoors.
    """
    changes = tuple(changes)
    table = versions.at(date).timetable
    day = _teaching_day(table, date)
    lessons = held_lessons(versions, changes, (date,))
    visitors = [x for x in lessons if _is_elsewhere(x)]
    planned = _planned(plan, day, bad_days_by_slot(changes))
    found = tuple(
        _diversion(dated, weather, planned, visitors)
        for dated in lessons
        if half.holds(dated.start) and is_outdoor(dated.problem, dated.meeting)
    )
    if not found:
        raise CannotApply(
            Text(
                f"{date}（{half.text.zh}）没有室外课，无需启用预案。",
                f"On {date} ({half.text.en}) no lesson is outdoors: nothing to apply.",
            )
        )
    return found


def bad_days_by_slot(changes: Iterable[Change]) -> dict[str, int]:
    """How many bad days each slot had; both halves of a date are one."""
    dates = {
        (c.slot_id, c.date) for c in changes if isinstance(c, DatedChange) and c.slot_id
    }
    return dict(Counter(slot_id for slot_id, _ in dates))


Turns = dict[str, tuple[RainSlot, int, str]]
"""By lesson: its slot, the number of the turn, the layout of that turn."""


def _planned(plan: RainPlan, day: TeachingDay, bad_days: Mapping[str, int]) -> Turns:
    found: Turns = {}
    for slot in plan.slots:
        if slot.day == day.weekday and set(day.week.layers) & set(slot.week.layers):
            number = bad_days.get(slot.slot_id, 0) + 1
            for lesson_id, layout_id in zip(
                slot.lesson_ids, slot.turn(number).layout_ids, strict=True
            ):
                found[lesson_id] = slot, number, layout_id
    return found


def _diversion(
    dated: DatedLesson,
    weather: Weather,
    planned: Turns,
    visitors: list[DatedLesson],
) -> DatedChange:
    """Where one lesson goes: to its place of the turn if that is free on the date."""
    slot_id, turn, layout_id = "", 0, HOME
    if dated.lesson_id in planned and _is_on_time(dated):
        slot, turn, layout_id = planned[dated.lesson_id]
        slot_id = slot.slot_id
    meeting = moved(dated.problem, dated.meeting, layout_id)
    there = dated_lesson(dated.problem, meeting, dated.day)
    taken = any(_meet(there, other) for other in visitors)
    return DatedChange(
        *dated.key,
        layout_id=layout_id if there.place_available and not taken else HOME,
        was=Was(dated.start, dated.meeting.placement.layout_id),
        weather=weather,
        slot_id=slot_id,
        turn=turn,
    )


def _is_elsewhere(dated: DatedLesson) -> bool:
    """Whether a lesson is not where the week has it, on this date alone."""
    weekly, place = dated.weekly, dated.meeting.placement.layout_id
    if weekly is None or not _is_on_time(dated):
        return True
    return weekly.placement.layout_id != place


def _is_on_time(dated: DatedLesson) -> bool:
    """Whether it is when the week has it, and so in its slot."""
    weekly = dated.weekly
    same_day = dated.date == dated.original_date
    return same_day and weekly is not None and weekly.start == dated.start


def _meet(a: DatedLesson, b: DatedLesson) -> bool:
    """Whether two lessons share a zone at some moment."""
    shared = set(a.meeting.zone_ids) & set(b.meeting.zone_ids)
    return bool(shared) and a.meeting.overlaps(b.start, b.end)


def _teaching_day(timetable: Timetable, date: dt.date) -> TeachingDay:
    term = timetable.problem.term
    if not term.first_day <= date <= term.last_day:
        raise CannotApply(
            Text(
                f"{date} 不在本学期（{term.first_day} 至 {term.last_day}）内。",
                f"{date} is outside the term ({term.first_day} to {term.last_day}).",
            )
        )
    day = teaching_day(term, date)
    taught = day and any(
        m.day == day.weekday and set(m.layers) & set(day.week.layers)
        for m in timetable.meetings
    )
    if day is None or not taught:
        name = _closed_name(term, date)
        raise CannotApply(
            Text(
                f"{date}{name.zh}没有课。", f"There are no lessons on {date}{name.en}."
            )
        )
    return day


def _closed_name(term: Term, date: dt.date) -> Text:
    for days in term.closed:
        if days.first <= date <= days.last and days.name:
            return Text(f"（{days.name}）", f" ({days.name})")
    return Text("", "")
