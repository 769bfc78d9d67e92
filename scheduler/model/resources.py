"""Schools, classes, subjects and teachers, and when they cannot be used."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.course_names import course_names
from scheduler.model.times import Week


class Stage(StrEnum):
    """Kind of school."""

    PRIMARY = "primary"
    JUNIOR = "junior"
    NINE_YEAR = "nine_year"


class SubjectKind(StrEnum):
    """What a subject counts as in rules and reports."""

    CORE = "core"
    PE = "pe"
    PE_ACTIVITY = "pe_activity"
    ARTS = "arts"
    SCIENCE = "science"
    LABOUR = "labour"
    PSYCH = "psych"
    IT = "it"
    OTHER = "other"

    @property
    def is_pe_type(self) -> bool:
        """Counts towards a PE-type lesson on every school day."""
        return self in (SubjectKind.PE, SubjectKind.PE_ACTIVITY)


class Post(StrEnum):
    """How a teacher is employed (在编, 兼职, 走教, 购买服务, 银龄)."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    TRAVELLING = "travelling"
    PURCHASED = "purchased"
    SILVER = "silver"


class Level(StrEnum):
    """Whether a rule must hold or is weighed."""

    HARD = "hard"
    SOFT = "soft"


class ResourceKind(StrEnum):
    """What a row of unavailable.csv speaks of."""

    TEACHER = "teacher"
    CLASS = "class"
    VENUE = "venue"
    ZONE = "zone"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class School:
    """A school; ``group_id`` names its union of schools (教联体).

    Where a district divides what is scarce, a ``priority`` of 2 counts what the school
    gets as half as much: a weak school is served first.
    """

    school_id: str
    name: str
    stage: Stage
    group_id: str = ""
    site_id: str = ""
    priority: int = 1


@dataclass(frozen=True, slots=True)
class ClassGroup:
    """A class of pupils (班级)."""

    class_id: str
    school_id: str
    grade: int
    name: str
    size: int
    bell_id: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject; ``standard_code`` links it to the curriculum standard."""

    subject_id: str
    name: str
    kind: SubjectKind
    name_en: str = ""
    standard_code: str = ""
    outdoor: bool = False
    short_name: str = ""

    @property
    def short(self) -> str:
        """What stands in a narrow cell: as given, else as schools usually write it."""
        return self.short_name or course_names().cell_name(self.name)

    @property
    def code(self) -> str:
        """The code of the standard, as given, else told by the name; "" for none."""
        return self.standard_code or course_names().code_of(self.name)


@dataclass(frozen=True, slots=True)
class Teacher:
    """A teacher; limits are in periods, None means no limit."""

    teacher_id: str
    name: str
    school_id: str
    subjects: tuple[str, ...] = ()
    max_per_day: int | None = None
    max_per_week: int | None = None
    post: Post = Post.FULL_TIME
    group: str = ""


@dataclass(frozen=True, slots=True)
class Unavailability:
    """When a teacher, class, venue, zone or teaching-research group cannot be used.

    ``period`` is for a class that of its own bell, for anything else the number of
    the lesson's own period; ``start`` and ``end`` are clock minutes; with neither the
    whole day is meant.
    """

    kind: ResourceKind
    resource_id: str
    day: int
    period: int | None = None
    start: int | None = None
    end: int | None = None
    week: Week = Week.EVERY
    level: Level = Level.HARD
    reason: str = ""


UnavailableDay = tuple[frozenset[str], dict[tuple[str, str], list[Unavailability]]]
"""Ids of what is unavailable on a day, and the rows by (kind, id)."""


def unavailable_days(
    rows: Iterable[Unavailability],
) -> dict[Level, dict[int, UnavailableDay]]:
    """Rows by level and weekday."""
    found: dict[Level, dict[int, UnavailableDay]] = {level: {} for level in Level}
    for row in rows:
        names, table = found[row.level].get(row.day, (frozenset(), {}))
        table.setdefault((row.kind.value, row.resource_id), []).append(row)
        found[row.level][row.day] = names | {row.resource_id}, table
    return found
