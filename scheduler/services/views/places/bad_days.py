"""Plans in force on dates: what each changes, for everybody and for one calendar."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.text import Text, weekday
from scheduler.model.times import format_clock
from scheduler.model.timetable import Timetable
from scheduler.model.weather import BadWeather, RainPlan, is_outdoor
from scheduler.services.office import Office
from scheduler.services.school.bad_days import BadDay
from scheduler.services.views.concerned import SubjectOf
from scheduler.services.views.places.rain import (
    RainSheet,
    at_home,
    place_name,
    rain_sheets,
    summary,
    when_used,
)
from scheduler.term.changes import Change
from scheduler.term.dated import DatedLesson
from scheduler.term.entries import Entry
from scheduler.term.held import held_lessons
from scheduler.term.ledgers.bad_weather import BadWeatherHours, bad_weather_hours
from scheduler.term.rain import bad_days_by_slot
from scheduler.term.versions import Versions


@dataclass(frozen=True, slots=True)
class DayChange:
    """One lesson on a bad day, and where it goes."""

    dated: DatedLesson
    clock: str
    classes: str
    subject: str
    teachers: str
    outdoors: str
    indoors: Text

    @property
    def text(self) -> Text:
        """What happens, in one line."""
        parts = (self.clock, self.classes, self.subject, self.teachers)
        head = " ".join(filter(None, parts))
        return Text(
            f"{head}：{self.outdoors} → {self.indoors.zh}",
            f"{head}: {self.outdoors} -> {self.indoors.en}",
        )


@dataclass(frozen=True, slots=True)
class DaySheet:
    """A bad day with its changes in the order of the clock.

    ``outdoors`` is how many lessons are outdoors all the same: a timetable published
    since has put them there.
    """

    day: BadDay
    title: Text
    changes: tuple[DayChange, ...]
    outdoors: int


@dataclass(frozen=True, slots=True)
class HoursLine:
    """What bad weather has done to a class's hours of a subject so far."""

    class_name: str
    subject: str
    hours: BadWeatherHours


@dataclass(frozen=True, slots=True)
class RainPage:
    """The plan as a page shows it; ``first`` and ``last`` dates may still be chosen.

    ``plan`` is None until its job is done.
    """

    plan: RainPlan | None
    summary: tuple[Text, ...]
    sheets: tuple[RainSheet, ...]
    days: tuple[DaySheet, ...]
    hours: tuple[HoursLine, ...]
    first: dt.date
    last: dt.date
    theory_counts: bool


def rain_page(timetable: Timetable, office: Office, plan: RainPlan | None) -> RainPage:
    """Gather the page of the timetable in force, with its plan once that is known."""
    problem, bad_days = timetable.problem, office.bad_days
    days, changes = bad_days.all(), office.changes.in_force()
    today = bad_days.today() or problem.term.first_day
    return RainPage(
        plan,
        summary(problem, plan) if plan else (when_used(problem),),
        rain_sheets(timetable, plan, bad_days_by_slot(changes)) if plan else (),
        day_sheets(office.versions() or Versions.of(timetable), changes, days),
        hours_lines(problem, office.entries() if days else ()),
        max(today, problem.term.first_day),
        problem.term.last_day,
        BadWeather.of(problem).theory_counts,
    )


def day_title(day: BadDay) -> Text:
    """Date, weekday, half and reason."""
    name, half, why = weekday(day.date.isoweekday()), day.half.text, day.weather.text
    return Text(
        f"{day.date}（{name.zh}）{half.zh} · {why.zh}",
        f"{day.date} ({name.en}), {half.en}: {why.en}",
    )


def day_sheets(
    versions: Versions, changes: Iterable[Change], days: Iterable[BadDay]
) -> tuple[DaySheet, ...]:
    """A sheet for each bad day, by the changes in force."""
    days = tuple(days)
    lessons = held_lessons(versions, changes, {day.date for day in days})
    return tuple(
        DaySheet(
            day,
            day_title(day),
            tuple(_changes(day, {x.key: x for x in lessons})),
            sum(_is_left(day, x) for x in lessons),
        )
        for day in days
    )


def _is_left(day: BadDay, dated: DatedLesson) -> bool:
    """Whether a lesson is outdoors on a bad day, for nothing sends it indoors."""
    on_it = dated.date == day.date and day.half.holds(dated.start)
    return on_it and dated.weather is None and is_outdoor(dated.problem, dated.meeting)


def notices(
    office: Office, kind: SubjectOf, resource_id: str
) -> tuple[tuple[Text, DayChange], ...]:
    """Coming changes for a class, a teacher or a venue, with the day's title."""
    days, versions = office.bad_days.coming(), office.versions()
    if not days or versions is None:
        return ()
    return tuple(
        (sheet.title, change)
        for sheet in day_sheets(versions, office.changes.in_force(), days)
        for change in sheet.changes
        if resource_id in _concerned(change.dated, kind)
    )


def hours_lines(problem: Problem, entries: Iterable[Entry]) -> tuple[HoursLine, ...]:
    """Hours of the classes and subjects that bad weather has touched."""
    order = {name: k for k, name in enumerate((*problem.class_group, *problem.subject))}
    found = sorted(
        bad_weather_hours(entries),
        key=lambda h: (order.get(h.class_id, -1), order.get(h.subject_id, -1)),
    )
    return tuple(
        HoursLine(
            problem.class_name.get(h.class_id, h.class_id),
            _subject_name(problem, h.subject_id),
            h,
        )
        for h in found
    )


def _subject_name(problem: Problem, subject_id: str) -> str:
    known = problem.subject.get(subject_id)
    return known.name if known else subject_id


def _changes(
    day: BadDay, lessons: Mapping[tuple[dt.date, str], DatedLesson]
) -> Iterator[DayChange]:
    """Those of lessons that are still as they were when the plan was applied."""
    for d in sorted(day.diversions, key=lambda d: (d.was.start or 0, d.slot_id)):
        dated = lessons.get((d.date, d.lesson_id))
        if dated is None or dated.weather is None:
            continue
        meeting, problem = dated.meeting, dated.problem
        subject = problem.subject[meeting.lesson.requirement.subject_id]
        place = place_name(problem, meeting.placement.layout_id)
        yield DayChange(
            dated,
            f"{format_clock(meeting.start)}–{format_clock(meeting.end)}",
            "、".join(problem.class_name[c] for c in meeting.class_ids),
            subject.name,
            "、".join(problem.teacher_name[t] for t in meeting.teacher_ids),
            place_name(problem, d.was.layout_id or HOME) or "",
            Text(place, place) if place else at_home(subject.kind),
        )


def _concerned(dated: DatedLesson, kind: SubjectOf) -> set[str]:
    meeting = dated.meeting
    if kind is SubjectOf.CLASS:
        return set(meeting.class_ids)
    if kind is SubjectOf.TEACHER:
        return set(meeting.adult_ids)
    layouts = [meeting.layout]
    if dated.weekly is not None:
        layouts.append(dated.weekly.layout)
    return {layout.venue_id for layout in layouts if layout is not None}
