"""The plan for bad weather on the dates of a term."""

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from scheduler.model.problem import Problem
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
from scheduler.term.calendar import TeachingDay, teaching_dates
from scheduler.term.dated import DatedLesson, dated_lesson, dated_lessons, moved


class CannotApply(ValueError):
    """A plan cannot be applied to a date; ``text`` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class Diversion:
    """Where one lesson goes on one date instead of where the timetable has it.

    It holds for the lesson as it was: one that was moved to another time or place
    since (``start``, ``from_layout_id``) takes place as it then is. ``turn`` is the
    slot's turn it comes from; both are empty for a lesson that no slot has.
    """

    date: dt.date
    lesson_id: str
    start: int
    from_layout_id: str
    layout_id: str
    weather: Weather
    slot_id: str
    turn: int

    def concerns(self, dated: DatedLesson) -> bool:
        """Tell whether it is about this lesson, as it now is."""
        placement = dated.meeting.placement
        now = (dated.date, dated.lesson_id, dated.start, placement.layout_id)
        return now == (self.date, self.lesson_id, self.start, self.from_layout_id)


def held_lessons(
    timetable: Timetable,
    diversions: Iterable[Diversion],
    only: Container[dt.date] | None = None,
) -> Iterator[DatedLesson]:
    """Every lesson on every date, where it is held: indoors on bad days.

    Whoever says what is where on a date asks this. Order and ``only`` are those of
    ``dated_lessons``.
    """
    return diverted(timetable.problem, dated_lessons(timetable, only), diversions)


def diverted(
    problem: Problem, lessons: Iterable[DatedLesson], diversions: Iterable[Diversion]
) -> Iterator[DatedLesson]:
    """The same lessons, those with a diversion at the place it sends them to."""
    by_lesson = {(d.date, d.lesson_id): d for d in diversions}
    for dated in lessons:
        found = by_lesson.get((dated.date, dated.lesson_id))
        if found is None or not found.concerns(dated):
            yield dated
        else:
            yield _divert(problem, dated, found)


def _divert(problem: Problem, dated: DatedLesson, to: Diversion) -> DatedLesson:
    """The lesson where it is sent; in its own room if that place is no more.

    The place may have left the tables since, or be closed on the date.
    """
    for layout_id in (to.layout_id, HOME):
        if layout_id == HOME or layout_id in problem.layout:
            meeting = moved(problem, dated.meeting, layout_id)
            there = dated_lesson(problem, meeting, dated.day)
            if there.place_available:
                break
    return replace(there, weather=to.weather)


def diversions_on(
    timetable: Timetable,
    plan: RainPlan,
    date: dt.date,
    half: HalfDay,
    weather: Weather,
    bad_days: Mapping[str, int],
) -> tuple[Diversion, ...]:
    """Apply a plan to a date or half-day: each slot takes its next turn.

    What is particular to the date counts: a lesson that falls out is left alone; one
    that has gone outdoors for that date alone, or whose place indoors is closed or has
    been given to another lesson then, is in its own room.

    Parameters:
        bad_days: How many bad days each slot had before, by its id.

    Raises:
        CannotApply: no such date, no lessons on it, or none of them outdoors.
    """
    day = _teaching_day(timetable, date)
    lessons = dated_lessons(timetable, (date,))
    visitors = [x for x in lessons if _is_elsewhere(timetable, x)]
    planned = _planned(plan, day, bad_days)
    found = tuple(
        _diversion(timetable.problem, dated, weather, planned, visitors)
        for dated in lessons
        if half.holds(dated.start) and is_outdoor(timetable.problem, dated.meeting)
    )
    if not found:
        raise CannotApply(
            Text(
                f"{date}（{half.text.zh}）没有室外课，无需启用预案。",
                f"On {date} ({half.text.en}) no lesson is outdoors: nothing to apply.",
            )
        )
    return found


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
    problem: Problem,
    dated: DatedLesson,
    weather: Weather,
    planned: Turns,
    visitors: list[DatedLesson],
) -> Diversion:
    """Where one lesson goes: to its place of the turn if that is free on the date."""
    slot_id, turn, layout_id = "", 0, HOME
    if dated.lesson_id in planned:
        slot, turn, layout_id = planned[dated.lesson_id]
        slot_id = slot.slot_id
    there = dated_lesson(problem, moved(problem, dated.meeting, layout_id), dated.day)
    taken = any(_meet(there, other) for other in visitors)
    return Diversion(
        dated.date,
        dated.lesson_id,
        dated.start,
        dated.meeting.placement.layout_id,
        layout_id if there.place_available and not taken else HOME,
        weather,
        slot_id,
        turn,
    )


def _is_elsewhere(timetable: Timetable, dated: DatedLesson) -> bool:
    """Whether a lesson is not where the week has it, on this date alone."""
    weekly = timetable.placements[dated.lesson_id]
    return dated.meeting.placement.layout_id != weekly.layout_id


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
    day = next((d for d in teaching_dates(term) if d.date == date), None)
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
