"""AuditSchool: one school's timetable and what else is known of it.

Made from a problem with its timetable (:mod:`.from_timetable`) or from what was read of
spreadsheets (:mod:`.from_reading`). What is not known is None, never a guess: a rule
that needs it says so.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from scheduler.model.resources import Post, Stage
from scheduler.model.term import Term
from scheduler.model.text import Text
from scheduler.model.times import Bell, RowKind, Week
from scheduler.model.timetable import Timetable


class Use(StrEnum):
    """What a row of a class's day is used for."""

    LESSON = "lesson"
    ACTIVITY = "activity"
    NOT_LESSON = "not_lesson"


@dataclass(frozen=True, slots=True)
class AuditClass:
    """A class; ``key`` is unique in its school, ``name`` is as printed.

    ``bell`` holds the rows with clock times, None where none are known; ``row_names``
    are names of further rows of the day. ``shown`` says which of ``title``, ``class``,
    ``term``, ``effective``, ``teacher`` its sheet shows; None where there is no sheet.
    ``glimpsed`` is true where only timetables of teachers or rooms name it, which may
    not show its whole week.
    """

    key: str
    name: str
    grade: int | None
    number: int | None = None
    size: int | None = None
    bell: Bell | None = None
    row_names: tuple[str, ...] = ()
    class_teacher: str = ""
    shown: frozenset[str] | None = None
    glimpsed: bool = False


@dataclass(frozen=True, slots=True)
class AuditLesson:
    """One row of one weekday taken by something, in the weeks given.

    ``meeting`` is equal for the rows of one double lesson and for classes taught
    together. ``code`` is a code of the standard, "" where the name has none; ``name``
    is as printed. ``sure`` is False where it could not be read for certain,
    ``suggested`` whether a known name is close to an unknown one. ``whole`` is False
    where only some pupils of the class attend. ``place`` is a room or venue by name.
    ``implied`` is true where the cell is blank and the name of its row says it all.
    """

    meeting: str
    classes: tuple[str, ...]
    day: int
    period: int
    week: Week
    code: str
    name: str
    use: Use = Use.LESSON
    row: RowKind = RowKind.LESSON
    teachers: tuple[str, ...] = ()
    place: str = ""
    start: int | None = None
    end: int | None = None
    sure: bool = True
    suggested: bool = False
    whole: bool = True
    double: bool = False
    at: str = ""
    implied: bool = False

    @property
    def minutes(self) -> int | None:
        """Minutes by the clock, None where it has no times."""
        if self.start is None or self.end is None:
            return None
        return self.end - self.start

    @property
    def share(self) -> Fraction:
        """1 where it meets every week, 1/2 where every other."""
        return Fraction(len(self.week.layers), 2)


@dataclass(frozen=True, slots=True)
class Staff:
    """A teacher of the school with the subjects that the table of teachers names."""

    key: str
    name: str
    codes: tuple[str, ...] = ()
    post: Post = Post.FULL_TIME
    group: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One lesson as it was given on a date (a row of ``delivered.csv``).

    ``planned`` and ``given`` are codes; ``given`` is "" where nothing was taught.
    ``form`` and ``entered`` are None where the table has no such column. Somebody else
    than planned gave it where it was ``substituted``.
    """

    date: dt.date
    class_key: str
    period: int
    planned: str
    given: str
    teacher: str = ""
    reason: str = ""
    form: str | None = None
    entered: dt.datetime | None = None
    made_up_on: dt.date | None = None
    substituted: bool = False


@dataclass(frozen=True, slots=True)
class ResearchTime:
    """When a teacher, or all teachers of a subject, are at the district's research.

    One of ``code`` and ``teacher`` is given.
    """

    code: str
    day: int
    start: int
    end: int
    teacher: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two sources that say different things of one lesson of a class.

    ``subject`` is the code that one of them gives; ``proven`` is False where only the
    teacher differs or one is silent.
    """

    class_key: str
    day: int
    period: int
    text: Text
    subject: str = ""
    proven: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """What no timetable says: a school states it in ``audit.toml``."""

    published_on: dt.date | None = None
    filed: tuple[str, ...] = ()
    research: tuple[ResearchTime, ...] = ()
    next_year: tuple[tuple[int, int], ...] = ()
    """Classes by grade next year, as (grade, classes)."""
    retiring: tuple[tuple[str, int], ...] = ()
    """Teachers who will leave, as (code, number)."""


@dataclass(frozen=True)
class AuditSchool:
    """A school to be audited.

    ``staff`` is None where no table of teachers is known; ``timetable`` is there
    where venues are; ``sources`` counts timetables of the same classes that could be
    compared, ``differences`` are what that brought. ``term_number`` is 1 or 2.
    """

    name: str
    classes: tuple[AuditClass, ...]
    lessons: tuple[AuditLesson, ...]
    school_id: str = ""
    stage: Stage | None = None
    staff: tuple[Staff, ...] | None = None
    timetable: Timetable | None = None
    term: Term | None = None
    term_number: int | None = None
    delivered: tuple[Delivery, ...] | None = None
    sources: int = 1
    differences: tuple[Difference, ...] = ()
    facts: Facts = field(default_factory=Facts)
    teacher_names: tuple[tuple[str, str], ...] = ()

    @cached_property
    def class_of(self) -> dict[str, AuditClass]:
        """Classes by key."""
        return {c.key: c for c in self.classes}

    @cached_property
    def _by_class(self) -> dict[str, list[AuditLesson]]:
        found: dict[str, list[AuditLesson]] = defaultdict(list)
        for lesson in self.lessons:
            for key in lesson.classes:
                found[key].append(lesson)
        for rows in found.values():
            rows.sort(key=lambda x: (x.day, x.period, x.week))
        return found

    def of(self, group: AuditClass) -> list[AuditLesson]:
        """Everything in a class's week, by day and period."""
        return self._by_class.get(group.key, [])

    def taught(self, group: AuditClass) -> list[AuditLesson]:
        """Lessons in lesson rows for the whole class, read for certain."""
        return [x for x in self.of(group) if x.use is Use.LESSON and x.whole and x.sure]

    @cached_property
    def by_teacher(self) -> dict[str, list[AuditLesson]]:
        """Lessons and activities by teacher."""
        found: dict[str, list[AuditLesson]] = defaultdict(list)
        for lesson in self.lessons:
            if lesson.use is not Use.NOT_LESSON:
                for name in lesson.teachers:
                    found[name].append(lesson)
        return dict(sorted(found.items()))

    @cached_property
    def _teacher_name(self) -> dict[str, str]:
        return dict(self.teacher_names)

    def teacher(self, key: str) -> str:
        """What people call a teacher."""
        return self._teacher_name.get(key, key)

    @cached_property
    def staff_of(self) -> dict[str, Staff]:
        """Staff by key."""
        return {s.key: s for s in self.staff or ()}

    def days(self, group: AuditClass) -> tuple[int, ...]:
        """Weekdays on which a class has lessons."""
        return tuple(sorted({x.day for x in self.of(group) if x.use is Use.LESSON}))

    @property
    def pupils(self) -> int | None:
        """Pupils of all classes, None where a size is not known."""
        sizes = [c.size for c in self.classes]
        return None if None in sizes or not sizes else sum(s or 0 for s in sizes)
