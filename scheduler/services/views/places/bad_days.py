"""Plans in force on dates: what each changes, for everybody and for one calendar."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scheduler.model.problem import Problem
from scheduler.model.resources import ClassGroup, Subject
from scheduler.model.text import Text, weekday
from scheduler.model.times import format_clock
from scheduler.model.timetable import Timetable
from scheduler.model.weather import BadWeather, RainPlan, is_outdoor
from scheduler.services.school.bad_days import BadDays
from scheduler.services.store.bad_day_rows import (
    BadDay,
    bad_days_by_slot,
    diversions_of,
)
from scheduler.services.views.concerned import SubjectOf
from scheduler.services.views.places.rain import (
    RainSheet,
    at_home,
    place_name,
    rain_sheets,
    summary,
)
from scheduler.term.dated import DatedLesson
from scheduler.term.ledger import BadWeatherHours, bad_weather_hours
from scheduler.term.rain import Diversion, held_lessons


@dataclass(frozen=True, slots=True)
class DayChange:
    """One lesson on a bad day, and where it goes."""

    diversion: Diversion
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

    group: ClassGroup
    subject: Subject
    hours: BadWeatherHours


@dataclass(frozen=True, slots=True)
class RainPage:
    """The plan as a page shows it; ``first`` and ``last`` dates may still be chosen."""

    plan: RainPlan
    summary: tuple[Text, ...]
    sheets: tuple[RainSheet, ...]
    days: tuple[DaySheet, ...]
    hours: tuple[HoursLine, ...]
    first: dt.date
    last: dt.date
    theory_counts: bool


def rain_page(timetable: Timetable, bad_days: BadDays) -> RainPage:
    """Gather the page of the timetable in force."""
    problem, plan, days = timetable.problem, bad_days.plan(), bad_days.all()
    today = bad_days.today() or problem.term.first_day
    return RainPage(
        plan,
        summary(problem, plan),
        rain_sheets(timetable, plan, bad_days_by_slot(days)),
        day_sheets(timetable, days),
        hours_lines(timetable, days),
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


def day_sheets(timetable: Timetable, days: Iterable[BadDay]) -> tuple[DaySheet, ...]:
    """A sheet for each bad day."""
    days = tuple(days)
    only = {day.date for day in days}
    lessons = held_lessons(timetable, diversions_of(days), only)
    dated = {(x.date, x.lesson_id): x for x in lessons}
    problem = timetable.problem
    return tuple(
        DaySheet(
            day,
            day_title(day),
            tuple(_changes(problem, day, dated)),
            sum(_is_left(problem, day, x) for x in dated.values()),
        )
        for day in days
    )


def _is_left(problem: Problem, day: BadDay, dated: DatedLesson) -> bool:
    """Whether a lesson is outdoors on a bad day, for nothing sends it indoors."""
    on_it = dated.date == day.date and day.half.holds(dated.start)
    return on_it and dated.weather is None and is_outdoor(problem, dated.meeting)


def notices(
    timetable: Timetable, days: Iterable[BadDay], kind: SubjectOf, resource_id: str
) -> tuple[tuple[Text, DayChange], ...]:
    """Changes that concern a class, a teacher or a venue, with the day's title."""
    return tuple(
        (sheet.title, change)
        for sheet in day_sheets(timetable, days)
        for change in sheet.changes
        if resource_id in _concerned(timetable, change.diversion, kind)
    )


def hours_lines(timetable: Timetable, days: Iterable[BadDay]) -> tuple[HoursLine, ...]:
    """Hours of the classes and subjects that bad weather has touched."""
    problem = timetable.problem
    return tuple(
        HoursLine(problem.class_group[h.class_id], problem.subject[h.subject_id], h)
        for h in bad_weather_hours(timetable, diversions_of(days))
    )


def _changes(
    problem: Problem, day: BadDay, lessons: Mapping[tuple[dt.date, str], DatedLesson]
) -> Iterator[DayChange]:
    """Those of lessons that are still as they were when the plan was applied."""
    for d in sorted(day.diversions, key=lambda d: (d.start, d.slot_id)):
        dated = lessons.get((d.date, d.lesson_id))
        if dated is None or dated.weather is None:
            continue
        meeting = dated.meeting
        subject = problem.subject[meeting.lesson.requirement.subject_id]
        place = place_name(problem, meeting.placement.layout_id)
        yield DayChange(
            d,
            f"{format_clock(meeting.start)}–{format_clock(meeting.end)}",
            "、".join(problem.class_name[c] for c in meeting.class_ids),
            subject.name,
            "、".join(problem.teacher[t].name for t in meeting.teacher_ids),
            place_name(problem, d.from_layout_id) or "",
            Text(place, place) if place else at_home(subject.kind),
        )


def _concerned(timetable: Timetable, d: Diversion, kind: SubjectOf) -> set[str]:
    meeting, problem = timetable.meeting[d.lesson_id], timetable.problem
    if kind is SubjectOf.CLASS:
        return set(meeting.class_ids)
    if kind is SubjectOf.TEACHER:
        return set(meeting.adult_ids)
    layouts = (d.from_layout_id, d.layout_id)
    return {problem.layout[x].venue_id for x in layouts if x in problem.layout}
