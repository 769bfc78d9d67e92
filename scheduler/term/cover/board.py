"""The board: what is where on the dates around some absences, and who is free then."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from scheduler.constraints.rules.availability import RespectAvailability
from scheduler.constraints.rules.limit_lessons_per_day import LimitLessonsPerDay
from scheduler.constraints.rules.places.allow_travel import AllowTravel
from scheduler.constraints.rules.teachers.limit_teacher_load import LimitTeacherLoad
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.term import monday
from scheduler.model.times import overlap
from scheduler.term.changes import Change
from scheduler.term.cover.counting import Tally, covers
from scheduler.term.cover.leaves import Leave, is_away
from scheduler.term.cover.settings import CoverSettings
from scheduler.term.dated import DatedLesson, Key
from scheduler.term.held import held_lessons
from scheduler.term.judging import counting_rules, telling_rules
from scheduler.term.versions import Versions


@dataclass(frozen=True, slots=True)
class Known:
    """What a teacher has to do with in the week: subjects, classes, grades."""

    subjects: frozenset[str]
    classes: frozenset[str]
    grades: frozenset[int]


@dataclass(frozen=True, slots=True)
class Need:
    """A lesson on a date whose teacher, or one of those who go along, is away."""

    lesson: DatedLesson
    teacher_id: str
    leave: Leave

    @property
    def key(self) -> Key:
        """What changes know the lesson by."""
        return self.lesson.key

    @property
    def escorts(self) -> bool:
        """Whether who is away goes along and does not teach."""
        return self.teacher_id not in self.lesson.meeting.teacher_ids

    @property
    def others(self) -> tuple[str, ...]:
        """Teachers of the lesson who are there."""
        given = self.lesson.meeting.teacher_ids
        return tuple(x for x in given if x != self.teacher_id)


@dataclass(frozen=True)
class Board:
    """Versions, changes in force and picks after them, leaves, rules of the school.

    ``first`` and ``last`` are the dates whose needs are asked about; lessons are known
    as far around them as swaps reach, in whole weeks. ``today`` is the earliest date
    that something is proposed for; ``only`` the leave whose needs alone are meant.
    """

    versions: Versions
    changes: tuple[Change, ...]
    leaves: tuple[Leave, ...]
    settings: CoverSettings
    first: dt.date
    last: dt.date
    today: dt.date = dt.date.min
    only: Leave | None = None

    def with_picks(self, picks: tuple[Change, ...]) -> "Board":
        """The same with proposals taken."""
        return replace(self, changes=(*self.changes, *picks)) if picks else self

    def problem_at(self, date: dt.date) -> Problem:
        """The tables in force on a date."""
        return self.versions.at(date).problem

    @property
    def problem(self) -> Problem:
        """The tables of the first date asked about."""
        return self.problem_at(self.first)

    @cached_property
    def lessons(self) -> dict[dt.date, tuple[DatedLesson, ...]]:
        """Lessons held on each date around."""
        reach = dt.timedelta(days=self.settings.swap_reach)
        start = monday(self.first - reach)
        count = (monday(self.last + reach) - start).days + 7
        dates = [start + dt.timedelta(k) for k in range(count)]
        found: dict[dt.date, list[DatedLesson]] = defaultdict(list)
        for lesson in held_lessons(self.versions, self.changes, dates):
            found[lesson.date].append(lesson)
        return {date: tuple(rows) for date, rows in found.items()}

    @cached_property
    def of_classes(self) -> dict[tuple[str, ...], tuple[DatedLesson, ...]]:
        """Lessons around by the classes they are of, by date and time."""
        found: dict[tuple[str, ...], list[DatedLesson]] = defaultdict(list)
        for date in sorted(self.lessons):
            for lesson in self.lessons[date]:
                found[lesson.meeting.class_ids].append(lesson)
        return {classes: tuple(rows) for classes, rows in found.items()}

    def fits_day(self, lesson: DatedLesson, date: dt.date) -> bool:
        """Whether one more lesson of its requirement is allowed on another date."""
        return date == lesson.date or self.left_of(lesson, date) > 0

    def left_of(self, lesson: DatedLesson, date: dt.date) -> int:
        """How many lessons of its requirement a date may still have."""
        asked = lesson.meeting.lesson.requirement
        most, name = asked.max_per_day, asked.requirement_id
        if most is None or len(asked.lessons) <= most or not self._limits_days:
            return NO_LIMIT
        return most - sum(
            x.date == date and x.meeting.lesson.requirement.requirement_id == name
            for x in self.of_classes.get(asked.class_ids, ())
        )

    @cached_property
    def _limits_days(self) -> bool:
        rules = counting_rules(self.problem)
        return any(isinstance(r, LimitLessonsPerDay) for r in rules)

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """Lessons of the dates asked about whose teacher is away, by date and time."""
        asked = (x for x in sorted(self.lessons) if self.first <= x <= self.last)
        lessons = (lesson for date in asked for lesson in self.lessons[date])
        leaves = self.leaves if self.only is None else (self.only,)
        return needs_among(lessons, leaves)

    @cached_property
    def tally(self) -> Tally:
        """Covers so far, picks included."""
        return Tally(covers(self.changes))

    @cached_property
    def known(self) -> dict[str, Known]:
        """Teachers by id, with what they have to do with in the week."""
        version = self.versions.at(self.first)
        problem = version.problem
        given = version.timetable.by_teacher
        return {
            t.teacher_id: Known(
                frozenset(t.subjects)
                | {m.lesson.requirement.subject_id for m in given[t.teacher_id]},
                frozenset(c for m in given[t.teacher_id] for c in m.class_ids),
                frozenset(
                    problem.class_group[c].grade
                    for m in given[t.teacher_id]
                    for c in m.class_ids
                ),
            )
            for t in problem.teachers
        }

    @cached_property
    def _of_person(self) -> dict[tuple[dt.date, str], list[tuple[Key, Meeting]]]:
        found: dict[tuple[dt.date, str], list[tuple[Key, Meeting]]] = defaultdict(list)
        for date, lessons in self.lessons.items():
            for lesson in lessons:
                for name in lesson.meeting.adult_ids:
                    found[date, name].append((lesson.key, lesson.meeting))
        return found

    def own(
        self, teacher_id: str, date: dt.date, but: tuple[Key, ...] = ()
    ) -> Iterator[Meeting]:
        """What a teacher has on a date, some lessons left aside."""
        for key, meeting in self._of_person.get((date, teacher_id), ()):
            if key not in but:
                yield meeting

    def load(self, teacher_id: str, date: dt.date) -> int:
        """Lessons that a teacher gives on a date; blocks are one."""
        return self._loads.get((date, teacher_id), (0, 0))[0]

    def week_load(self, teacher_id: str, date: dt.date) -> int:
        """Lessons that a teacher gives in the date's week."""
        return sum(self.load(teacher_id, day) for day in week_dates(date))

    @cached_property
    def _loads(self) -> dict[tuple[dt.date, str], tuple[int, int]]:
        """Lessons and periods that a teacher gives on a date."""
        found: dict[tuple[dt.date, str], tuple[int, int]] = {}
        for (date, name), own in self._of_person.items():
            given = [m.placement.length for _, m in own if name in m.teacher_ids]
            found[date, name] = len(given), sum(given)
        return found

    def periods(self, teacher_id: str, date: dt.date, but: tuple[Key, ...] = ()) -> int:
        """Periods that a teacher gives on a date."""
        if not but:
            return self._loads.get((date, teacher_id), (0, 0))[1]
        own = self.own(teacher_id, date, but)
        return sum(m.placement.length for m in own if teacher_id in m.teacher_ids)

    def is_taken(
        self,
        teacher_id: str,
        span: tuple[int, int],
        date: dt.date,
        but: tuple[Key, ...] = (),
    ) -> bool:
        """Whether a teacher is away, or has something else, in some minutes."""
        if is_away(self.leaves, teacher_id, date, span):
            return True
        own = self.own(teacher_id, date, but)
        return any(overlap(*span, *other.adult_busy) for other in own)

    def is_free(
        self,
        teacher_id: str,
        meeting: Meeting,
        date: dt.date,
        but: tuple[Key, ...] = (),
    ) -> bool:
        """Whether a teacher of a meeting could be there, by clock, way and wishes.

        Parameters:
            meeting: As one of its date alone, with the teacher among its own.
            but: Lessons that are elsewhere then.
        """
        if self.is_taken(teacher_id, meeting.adult_busy, date, but):
            return False
        for other in self.own(teacher_id, date, but) if self.travels else ():
            if AllowTravel.are_too_close(self.problem_at(date), meeting, other):
                return False
        return self._may_be_there(teacher_id, meeting, date)

    def _may_be_there(self, teacher_id: str, meeting: Meeting, date: dt.date) -> bool:
        problem = self.problem_at(date)
        group = problem.teacher[teacher_id].group
        rule = self._availability
        if rule is None:
            return True
        named = {v.resource_ids[1] for v in rule.breaches(problem, meeting)}
        return named.isdisjoint(filter(None, (teacher_id, group)))

    @cached_property
    def _availability(self) -> RespectAvailability | None:
        rules = telling_rules(self.problem)
        return next((r for r in rules if isinstance(r, RespectAvailability)), None)

    @cached_property
    def travels(self) -> bool:
        """Whether ways between sites take time that rules ask for."""
        rules = telling_rules(self.problem)
        return bool(self.problem.sites) and any(
            isinstance(r, AllowTravel) for r in rules
        )

    @cached_property
    def has_limits(self) -> bool:
        """Whether there are rows of limits or relations: their rules alone can tell."""
        rules = counting_rules(self.problem)
        others = [r for r in rules if not isinstance(r, LimitTeacherLoad)]
        hard = (*self.problem.limits, *self.problem.relations)
        return bool(others) and any(row.level is Level.HARD for row in hard)

    @cached_property
    def _limits_load(self) -> bool:
        rules = counting_rules(self.problem)
        return any(isinstance(r, LimitTeacherLoad) for r in rules)

    def has_room(
        self,
        teacher_id: str,
        date: dt.date,
        periods: int,
        but: tuple[Key, ...] = (),
    ) -> bool:
        """Whether so many periods more keep within the teacher's day and week."""
        day, week = self.room(teacher_id, date, but)
        return periods <= min(day, week)

    def room(
        self, teacher_id: str, date: dt.date, but: tuple[Key, ...] = ()
    ) -> tuple[int, int]:
        """Periods that a teacher may still give on a date and in its week."""
        teacher = self.problem_at(date).teacher[teacher_id]
        if not self._limits_load:
            return NO_LIMIT, NO_LIMIT
        day = week = NO_LIMIT
        if teacher.max_per_day is not None:
            day = teacher.max_per_day - self.periods(teacher_id, date, but)
        if teacher.max_per_week is not None:
            given = sum(self.periods(teacher_id, x, but) for x in week_dates(date))
            week = teacher.max_per_week - given
        return day, week


def needs_among(
    lessons: Iterable[DatedLesson], leaves: Sequence[Leave]
) -> tuple[Need, ...]:
    """Lessons whose teacher is away, in their order."""
    return tuple(
        Need(lesson, leave.teacher_id, leave)
        for lesson in lessons
        for leave in leaves
        if leave.concerns(lesson)
    )


NO_LIMIT = 10**6
"""Periods that nobody reaches."""


def week_dates(date: dt.date) -> tuple[dt.date, ...]:
    """The seven dates of a date's calendar week."""
    first = monday(date)
    return tuple(first + dt.timedelta(k) for k in range(7))
