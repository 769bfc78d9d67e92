"""What is where on a date: the timetable in force, amended by the log of changes.

Feeds, pages, check-in, ledgers and proposals all ask this.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from scheduler.model.closures import Shut
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.times import Bell
from scheduler.term.altering import changed, extra_lesson
from scheduler.term.calendar import TeachingDay, teaching_dates, teaching_day
from scheduler.term.changes import (
    BellDay,
    Change,
    DatedChange,
    EventDay,
    EventKind,
    ExtraLesson,
)
from scheduler.term.dated import DatedLesson, Key, Off, dated_lesson, event_of
from scheduler.term.versions import Version, Versions


def held_lessons(
    versions: Versions,
    changes: Iterable[Change] = (),
    only: Collection[dt.date] | None = None,
) -> tuple[DatedLesson, ...]:
    """Every lesson that takes place, where and when it is held.

    Sorted by date, time and the order of the lessons. ``only`` narrows the dates.
    """
    return tuple(x for x in term_lessons(versions, changes, only) if x.off is None)


def term_lessons(
    versions: Versions,
    changes: Iterable[Change] = (),
    only: Collection[dt.date] | None = None,
) -> tuple[DatedLesson, ...]:
    """The same with those that fall out, each under the date it would have had.

    Every lesson comes from the version in force on its date; one that is moved to an
    earlier date from the version in force on that, so that no later publication takes
    away what was given ahead.
    """
    log = _sorted(changes)
    found = [
        lesson
        for version in versions.all
        for lesson in _of_version(version, log, only)
        if only is None or lesson.date in only
    ]
    # Sorting keeps the order of the lessons within one minute.
    return tuple(sorted(found, key=lambda lesson: (lesson.date, lesson.start)))


def fallen_among(
    lessons: Iterable[DatedLesson],
) -> tuple[tuple[DatedLesson, Shut], ...]:
    """Lessons that do not take place because of an event of their classes.

    Parameters:
        lessons: Those of :func:`term_lessons`.
    """
    found = ((x, event_of(x.problem, x)) for x in lessons)
    return tuple(
        (x, event)
        for x, event in found
        if event is not None and x.off is not None and x.off.is_event
    )


def bells_on(
    problem: Problem, changes: Iterable[Change], date: dt.date
) -> dict[str, Bell]:
    """The bell that each class keeps on a date, by its id."""
    log = _sorted(changes)
    return {x.class_id: log.bell(problem, date, x.class_id) for x in problem.classes}


@dataclass(frozen=True, slots=True)
class _Log:
    """Changes by what they are about, each in the order in which they were made.

    ``early`` is the first date that matters to a lesson moved to another.
    """

    of: dict[Key, list[DatedChange]] = field(default_factory=lambda: defaultdict(list))
    extras: list[ExtraLesson] = field(default_factory=list)
    bells: dict[dt.date, list[BellDay]] = field(
        default_factory=lambda: defaultdict(list)
    )
    events: dict[dt.date, list[EventDay]] = field(
        default_factory=lambda: defaultdict(list)
    )
    early: dict[Key, dt.date] = field(default_factory=dict)

    def event(self, dated: DatedLesson) -> Off | None:
        """What takes a lesson of the week on its date, by the kind of the event."""
        rows, meeting = self.events.get(dated.date), dated.meeting
        if rows is None or dated.weekly is None:
            return None
        span = (meeting.class_ids, meeting.start, meeting.end)
        row = next((row for row in rows if row.takes(*span)), None)
        return None if row is None else _BY_KIND.get(row.kind, Off.EVENT)

    def bell(self, problem: Problem, date: dt.date, class_id: str) -> Bell:
        """The bell a class keeps on a date."""
        for day in reversed(self.bells.get(date, ())):
            if day.concerns(class_id) and not day.unknown(problem):
                return problem.bell[day.bell_id]
        return problem.bell[problem.class_group[class_id].bell_id]


def _sorted(changes: Iterable[Change]) -> _Log:
    log = _Log()
    for change in changes:
        match change:
            case BellDay():
                for date in change.dates:
                    log.bells[date].append(change)
            case EventDay():
                for date in change.dates:
                    log.events[date].append(change)
            case ExtraLesson():
                log.extras.append(change)
            case DatedChange():
                key = change.date, change.lesson_id
                log.of[key].append(change)
                if change.to_date is not None:
                    log.early[key] = min(log.early.get(key, change.date), *change.dates)
    return log


def _of_version(
    version: Version, log: _Log, only: Collection[dt.date] | None
) -> Iterator[DatedLesson]:
    """Lessons that come from one version."""
    days = _days(version, log, only)
    for meeting in version.timetable.meetings:
        lesson_id = meeting.lesson.lesson_id
        for layer in meeting.layers:
            for day in days.get((meeting.day, layer), ()):
                key = day.date, lesson_id
                if version.holds(log.early.get(key, day.date)):
                    yield _amended(_weekly(version.problem, meeting, day, log), log)
    for extra in log.extras:
        key = extra.date, extra.lesson_id
        if version.holds(log.early.get(key, extra.date)):
            bell = log.bell(version.problem, extra.date, extra.class_ids[0])
            made = extra_lesson(version.problem, extra, bell)
            if made is not None:
                yield _amended(made, log)


def _days(
    version: Version, log: _Log, only: Collection[dt.date] | None
) -> dict[tuple[int, int], list[TeachingDay]]:
    """Teaching days on which the version's lessons may be asked for."""
    from_afar = {
        date
        for (date, lesson_id), early in log.early.items()
        if version.holds(early)
        and (
            not version.holds(date)
            or (only is not None and _comes(log.of[date, lesson_id], only))
        )
    }
    term = version.problem.term
    if only is None:
        days = teaching_dates(term)
    else:
        asked = (teaching_day(term, date) for date in sorted({*only, *from_afar}))
        days = tuple(day for day in asked if day is not None)
    found: dict[tuple[int, int], list[TeachingDay]] = defaultdict(list)
    for day in days:
        if version.holds(day.date) or day.date in from_afar:
            for layer in day.week.layers:
                found[day.weekday, layer].append(day)
    return found


def _comes(changes: list[DatedChange], only: Collection[dt.date]) -> bool:
    return any(change.held_on in only for change in changes)


def _weekly(
    problem: Problem, meeting: Meeting, day: TeachingDay, log: _Log
) -> DatedLesson:
    """The lesson as the week has it, by the bell of the day."""
    there, off, other = meeting, None, False
    if day.date in log.bells:
        class_id, placement = meeting.class_ids[0], meeting.placement
        bell = log.bell(problem, day.date, class_id)
        if bell.bell_id != problem.class_group[class_id].bell_id:
            asked = meeting.lesson.requirement.rows
            rows = bell.block(day.weekday, placement.period, placement.length, asked)
            if rows is None:
                off = Off.BELL
            else:
                there = Meeting.in_rows(problem, meeting.lesson, placement, rows)
                other = True
    made = dated_lesson(problem, there, day, there, off)
    return replace(made, other_bell=True) if other else made


def _amended(dated: DatedLesson, log: _Log) -> DatedLesson:
    """The lesson after the changes that speak of it, and events of its classes."""
    for change in log.of.get(dated.key, ()):
        bell = log.bell(dated.problem, change.held_on, dated.meeting.class_ids[0])
        dated = changed(dated, change, bell)
    if dated.off is not None:
        return dated
    event = log.event(dated)
    if event is None and event_of(dated.problem, dated) is not None:
        event = Off.EVENT
    return replace(dated, off=event) if event is not None else dated


_BY_KIND = {
    EventKind.EXAM: Off.EXAM,
    EventKind.SPORTS: Off.SPORTS,
    EventKind.TRIP: Off.TRIP,
    EventKind.EARLY_END: Off.EARLY_END,
}
