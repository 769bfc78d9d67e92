"""Ledgers of a term: what a timetable will really give, date by date."""

from collections import defaultdict
from dataclasses import dataclass

from scheduler.model.timetable import Timetable
from scheduler.term.dated import DatedLesson, dated_lessons


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
