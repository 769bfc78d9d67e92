"""A lesson as a change makes it: other clock times, place, people or subject."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from scheduler.model.meeting import Meeting, Placement
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME, Requirement
from scheduler.model.times import WEEK_OF_LAYER, Bell, Period, RowKind, RowKinds
from scheduler.term.calendar import TeachingDay, teaching_day
from scheduler.term.changes import DatedChange, ExtraLesson
from scheduler.term.dated import DatedLesson, Off, dated_lesson, moved


def changed(dated: DatedLesson, change: DatedChange, bell: Bell) -> DatedLesson:
    """The lesson after a change; as it is where the change no longer fits it.

    Parameters:
        bell: The bell its class keeps on the date it goes to.
    """
    problem = dated.problem
    if not _fits(dated, change):
        return dated
    if change.cancelled:
        return replace(dated, off=Off.CANCELLED)
    day = dated.day
    if change.to_date is not None:
        there = teaching_day(problem.term, change.to_date)
        if there is None:
            return replace(dated, off=Off.CLOSED)
        day = there
    made = dated_lesson(problem, _altered(problem, dated, change, day, bell), day)
    weather = dated.weather if change.layout_id is None else change.weather
    new_teachers = change.teacher_ids is not None
    if change.weather is not None and not made.place_available:
        made = dated_lesson(problem, moved(problem, made.meeting, HOME), day)
    return replace(
        made,
        original_date=dated.original_date,
        weather=weather,
        off=None if change.moves else dated.off,
        weekly=dated.weekly,
        other_bell=dated.other_bell,
        self_study=change.self_study or (dated.self_study and not new_teachers),
        joins=change.joins or ("" if new_teachers or change.moves else dated.joins),
    )


def _fits(dated: DatedLesson, change: DatedChange) -> bool:
    was, meeting = change.was, dated.meeting
    return (
        was.start in (None, dated.start)
        and was.layout_id in (None, meeting.placement.layout_id)
        and was.teacher_ids in (None, meeting.teacher_ids)
        and was.escort_ids in (None, meeting.lesson.requirement.escort_ids)
        and not change.unknown(dated.problem)
    )


def _altered(
    problem: Problem,
    dated: DatedLesson,
    change: DatedChange,
    day: TeachingDay,
    bell: Bell,
) -> Meeting:
    meeting = dated.meeting
    lesson, placement = meeting.lesson, meeting.placement
    if change.subject_id is not None:
        asked = replace(lesson.requirement, subject_id=change.subject_id)
        lesson = replace(lesson, requirement=asked)
        if not _takes(problem, placement.layout_id, change.subject_id):
            placement = replace(placement, layout_id=HOME)
    if change.escort_ids is not None:
        asked = replace(lesson.requirement, escort_ids=change.escort_ids)
        lesson = replace(lesson, requirement=asked)
    if change.layout_id is not None:
        known = change.layout_id in problem.layout
        place = change.layout_id if known else HOME
        placement = replace(placement, layout_id=place)
    if change.teacher_ids is not None:
        placement = replace(placement, teacher_ids=change.teacher_ids)
    rows, fits = meeting.rows, meeting.fits
    if change.moves:
        placement = replace(placement, day=day.weekday, week=day.week)
        start = rows[0].start if change.start is None else change.start
        length = rows[-1].end - rows[0].start
        end = start + length if change.end is None else change.end
        rows, fits = rows_at(bell, day.weekday, (start, end), rows), True
        placement = replace(placement, period=rows[0].number)
    return Meeting.in_rows(problem, lesson, placement, rows, fits)


def _takes(problem: Problem, layout_id: str, subject_id: str) -> bool:
    """Whether another subject may stay where a lesson is: no Chinese on a field."""
    layout = problem.layout.get(layout_id)
    return layout is None or layout.allows(subject_id)


def rows_at(
    bell: Bell, weekday: int, span: tuple[int, int], rows: tuple[Period, ...]
) -> tuple[Period, ...]:
    """Rows of a lesson at other clock times: the bell's own where it has them.

    Else those it had, moved by the clock; one row where they do not fill the span.
    """
    kinds: RowKinds = frozenset(row.kind for row in rows)
    for first in bell.rows(weekday, kinds):
        if first.start == span[0]:
            block = bell.block(weekday, first.number, len(rows), kinds)
            if block is not None and block[-1].end == span[1]:
                return block
    by = span[0] - rows[0].start
    if rows[-1].end + by == span[1]:
        return tuple(
            replace(r, day=weekday, start=r.start + by, end=r.end + by) for r in rows
        )
    return (replace(rows[0], day=weekday, start=span[0], end=span[1]),)


def extra_lesson(
    problem: Problem, extra: ExtraLesson, bell: Bell
) -> DatedLesson | None:
    """A lesson that no week has, on its date; None where it can be no more."""
    day = teaching_day(problem.term, extra.date)
    if day is None or extra.unknown(problem):
        return None
    name = extra.lesson_id.rpartition("#")[0]
    asked = Requirement(
        *(name, extra.class_ids, extra.subject_id, Fraction(1), extra.teacher_ids),
        no_teacher=not extra.teacher_ids,
    )
    span = (extra.start, extra.end)
    row = Period(day.weekday, 0, RowKind.LESSON, *span)
    rows = rows_at(bell, day.weekday, span, (row,))
    people = extra.teacher_ids
    placement = Placement(
        day.week, day.weekday, rows[0].number, extra.layout_id, people, 1
    )
    meeting = Meeting.in_rows(problem, asked.lessons[0], placement, rows)
    return dated_lesson(problem, meeting, day)


def on_its_date(dated: DatedLesson) -> Meeting:
    """The meeting as one of its date alone, so that all of a date can be compared.

    A lesson of an odd week may have been moved to an even one, a Monday's to a Friday.
    """
    (layer,) = dated.day.week.layers
    placement = replace(
        dated.meeting.placement, day=dated.day.weekday, week=WEEK_OF_LAYER[layer]
    )
    return replace(
        dated.meeting, placement=placement, day=dated.day.weekday, layers=(layer,)
    )


def with_extras(problem: Problem, lessons: Iterable[DatedLesson]) -> Problem:
    """The problem with the extra lessons of a date among its requirements."""
    extras = [x.meeting.lesson.requirement for x in lessons if x.weekly is None]
    if not extras:
        return problem
    return replace(problem, requirements=(*problem.requirements, *extras))
