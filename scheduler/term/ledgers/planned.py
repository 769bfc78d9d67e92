"""What the course plan demands of a term: lessons a week times the school weeks."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.model.problem import Problem
from scheduler.model.term import Term
from scheduler.model.times import RowKind
from scheduler.term.calendar import teaching_dates
from scheduler.term.ledgers.counting import Counted
from scheduler.term.versions import Version, Versions


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """What a requirement demands of one school week.

    ``date`` is the first day of the week that is in the term and taught.
    """

    date: dt.date
    class_ids: tuple[str, ...]
    teacher_ids: tuple[str, ...]
    subject_id: str
    lessons: float
    minutes: float

    def of(self, counted: Counted) -> tuple[str, ...]:
        """The classes or teachers it counts for; the plan knows no venues."""
        match counted:
            case Counted.CLASS:
                return self.class_ids
            case Counted.TEACHER:
                return self.teacher_ids
            case Counted.VENUE:
                return ()


def planned_lines(versions: Versions) -> tuple[PlannedLine, ...]:
    """The plan of the term, week by week, by the version in force in each week.

    Lessons of an odd or even week count half in each, as a plan has them; a week with
    a holiday in it counts whole, one without any teaching day not at all.
    """
    weeks = school_weeks(versions.newest.problem.term)
    lines: dict[int, list[_Line]] = {}
    found = []
    for date in weeks:
        version = versions.at(date)
        if id(version) not in lines:
            lines[id(version)] = list(_of(version))
        found += [PlannedLine(date, *line) for line in lines[id(version)]]
    return tuple(found)


def school_weeks(term: Term) -> tuple[dt.date, ...]:
    """The first teaching day, Monday to Friday, of each school week."""
    first: dict[int, dt.date] = {}
    for day in teaching_dates(term):
        if day.date.isoweekday() < 6:
            first.setdefault(day.number, day.date)
    return tuple(first.values())


_Line = tuple[tuple[str, ...], tuple[str, ...], str, float, float]


def _of(version: Version) -> Iterator[_Line]:
    problem = version.problem
    chosen = {
        m.lesson.requirement.requirement_id: m.teacher_ids
        for m in version.timetable.meetings
    }
    length = {
        bell.bell_id: usual_minutes(problem, bell.bell_id) for bell in problem.bells
    }
    for asked in problem.requirements:
        people = chosen.get(asked.requirement_id, asked.teacher_ids)
        if asked.activity_id or not people:
            continue
        bell_id = problem.class_group[asked.class_ids[0]].bell_id
        lessons = float(asked.per_week)
        minutes = lessons * length[bell_id]
        yield asked.class_ids, people, asked.subject_id, lessons, minutes


def usual_minutes(problem: Problem, bell_id: str) -> int:
    """The length that most lesson rows of a bell have."""
    rows = [
        row.end - row.start
        for row in problem.bell[bell_id].periods
        if row.kind is RowKind.LESSON
    ]
    return Counter(rows).most_common(1)[0][0] if rows else 0
