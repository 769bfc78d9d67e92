"""Ledgers of a term: what a timetable will really give, date by date."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.timetable import Timetable
from scheduler.model.weather import BadWeather
from scheduler.term.dated import DatedLesson, dated_lessons
from scheduler.term.rain import Diversion, held_lessons


@dataclass(frozen=True, slots=True)
class PlannedHours:
    """What a class gets of a subject in the term.

    ``lessons`` are meetings, ``periods`` and ``minutes`` their lengths. Holidays
    take them unevenly: a subject on Fridays may lose three of twenty dates.
    """

    class_id: str
    subject_id: str
    lessons: int
    periods: int
    minutes: int


def planned_hours(timetable: Timetable) -> tuple[PlannedHours, ...]:
    """One row per class and required subject, in the order of the tables.

    Subjects of which no lesson is placed count nothing.
    """
    found: dict[tuple[str, str], list[DatedLesson]] = defaultdict(list)
    for dated in dated_lessons(timetable):
        for class_id in dated.meeting.class_ids:
            subject_id = dated.meeting.lesson.requirement.subject_id
            found[class_id, subject_id].append(dated)
    required = {
        (class_id, requirement.subject_id)
        for requirement in timetable.problem.requirements
        for class_id in requirement.class_ids
    }
    return tuple(
        _sum(group.class_id, subject.subject_id, found)
        for group in timetable.problem.classes
        for subject in timetable.problem.subjects
        if (group.class_id, subject.subject_id) in required
    )


def _sum(
    class_id: str, subject_id: str, found: dict[tuple[str, str], list[DatedLesson]]
) -> PlannedHours:
    given = found[class_id, subject_id]
    rows = [row for dated in given for row in dated.meeting.rows]
    minutes = sum(row.minutes for row in rows)
    return PlannedHours(class_id, subject_id, len(given), len(rows), minutes)


@dataclass(frozen=True, slots=True)
class BadWeatherHours:
    """What bad weather has done to the lessons of a class in one subject.

    All in lessons: ``indoors`` were active in another place, ``theory`` were in the
    class's own room, ``counted`` of both count as delivered; ``planned`` are those of
    the whole term.
    """

    class_id: str
    subject_id: str
    planned: int
    indoors: int
    theory: int
    counted: int

    @property
    def delivered(self) -> int:
        """Lessons of the term that count, if no more bad days come."""
        return self.planned - (self.indoors + self.theory - self.counted)


def bad_weather_hours(
    timetable: Timetable, diversions: Iterable[Diversion]
) -> tuple[BadWeatherHours, ...]:
    """One row per class and subject with a diverted lesson, in the tables' order.

    PE sent indoors counts where a PE teacher of its own gives it, theory only if the
    settings say so; other subjects count with any teacher of their own. Big breaks and
    whatever has no teacher are no lessons. Source: regulations.md, section 6.5.
    """
    problem = timetable.problem
    theory_counts = BadWeather.of(problem).theory_counts
    planned: Counter[tuple[str, str]] = Counter()
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for dated in held_lessons(timetable, diversions):
        meeting = dated.meeting
        requirement = meeting.lesson.requirement
        for class_id in () if requirement.no_teacher else meeting.class_ids:
            key = class_id, requirement.subject_id
            planned[key] += 1
            if dated.weather is not None:
                kind = "theory" if meeting.layout is None else "indoors"
                counts = kind == "indoors" or theory_counts
                found[key][kind] += 1
                found[key]["counted"] += counts and _taught(problem, meeting)
    return tuple(
        BadWeatherHours(
            *key, planned[key], row["indoors"], row["theory"], row["counted"]
        )
        for group in problem.classes
        for subject in problem.subjects
        if (row := found.get(key := (group.class_id, subject.subject_id)))
    )


def _taught(problem: Problem, meeting: Meeting) -> bool:
    """Whether somebody gives the lesson who may."""
    subject = problem.subject[meeting.lesson.requirement.subject_id]
    return not subject.kind.is_pe_type or has_pe_teacher(problem, meeting)


def has_pe_teacher(problem: Problem, meeting: Meeting) -> bool:
    """Tell whether one of a lesson's teachers teaches PE.

    Where a teacher's ``subjects`` are not given, being given the lesson is proof.
    """
    pe = {s.subject_id for s in problem.subjects if s.kind.is_pe_type}
    staff = (problem.teacher[name].subjects for name in meeting.teacher_ids)
    return any(not subjects or pe & set(subjects) for subjects in staff)
