"""Profile: what an audit holds schools against, every value with its source.

National values come with the program; a province, a district or a school overrides
what differs there (:mod:`scheduler.formats.profiles` reads the files).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from scheduler.audit.findings import Severity
from scheduler.audit.standard import LAST_PRIMARY_GRADE, Standard
from scheduler.model.course_names import CourseNames
from scheduler.model.resources import Subject
from scheduler.model.text import Text


@dataclass(frozen=True, slots=True)
class Values:
    """Numbers and switches; minutes, lessons, per cent, days as their names say."""

    first_lesson_primary: int
    first_lesson_junior: int
    minutes_primary: int
    minutes_junior: int
    total_tolerance: Fraction
    daily_pe: bool
    arts_primary: Fraction
    arts_junior: Fraction
    class_meeting: Fraction
    weeks_a_year: int
    weeks_a_year_9: int
    break_error: int
    break_warning: int
    big_break: int
    eye_exercises: int
    pe_minutes_law: int
    pe_minutes: int
    study_minutes_12: int
    study_minutes_34: int
    study_minutes_56: int
    study_minutes_79: int
    meal_minutes: int
    pe_after_meal: int
    pe_before_meal: int
    same_subject_a_day: int
    last_periods: int
    same_slot_days: int
    lost_dates: int
    publish_days: int
    published_copy: bool
    load_low: int
    load_high: int
    load_over: int
    class_teacher_credit: int
    subjects_warning: int
    subjects_error: int
    preparations: int
    small_school: int
    travel_buffer: int
    schools_a_day: int
    schools_a_term: int
    room_use: int
    mismatched: int
    delivered: int
    delivered_weeks: int
    make_up_days: int
    net_gain: int
    trend_lessons: int
    given_away: int
    arts_teachers: Fraction
    class_size_primary: int
    class_size_junior: int
    classes_a_room: int
    shortage_warning: int
    shortage_error: int
    variation_primary: Fraction
    variation_junior: Fraction


@dataclass(frozen=True, slots=True)
class Lists:
    """Sets of subject codes, and what a printed timetable must show."""

    shown: tuple[str, ...]
    core: tuple[str, ...]
    protected: tuple[str, ...]
    doubles: tuple[str, ...]
    class_teachers_own: tuple[str, ...]
    filed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """Per cent of the lessons of nine years that a group of subjects takes."""

    name: Text
    codes: tuple[str, ...]
    low: Fraction
    high: Fraction
    source: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value comes from; ``assumed`` where nothing official backs it."""

    source: str
    wording: str = ""
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Switch:
    """How a profile treats one rule: off, or graded otherwise, and why."""

    enabled: bool = True
    severity: Severity | None = None
    reason: Text = field(default=Text("", ""))


@dataclass(frozen=True)
class Profile:
    """A profile with everything it rests on put together.

    ``document`` names what it holds schools against: the plan, who issued it, its
    number and year.
    ``norms`` are lessons a week of a full post by (``primary`` or ``junior``, code);
    code "" is for all others. ``sources`` are those of values and lists by name.
    """

    id: str
    version: str
    title: Text
    document: Text
    standard: Standard
    values: Values
    lists: Lists
    names: CourseNames
    shares: tuple[Share, ...]
    norms: Mapping[tuple[str, str], int]
    switches: Mapping[str, Switch]
    sources: Mapping[str, Source]

    def code(self, subject: Subject) -> str:
        """The code a subject stands for, given or told by its name."""
        return subject.standard_code or self.names.code_of(subject.name)

    def minutes(self, grade: int) -> int:
        """Minutes of the standard's lesson."""
        v = self.values
        return v.minutes_primary if is_primary(grade) else v.minutes_junior

    def norm(self, stage: str, code: str) -> int:
        """Lessons a week of a full post for teachers of a subject."""
        return self.norms.get((stage, code)) or self.norms[stage, ""]

    def switch(self, rule_id: str) -> Switch:
        """How it treats a rule."""
        return self.switches.get(rule_id, Switch())


def is_primary(grade: int) -> bool:
    """Whether a grade is one of primary school."""
    return grade <= LAST_PRIMARY_GRADE


def plain(name: str) -> str:
    """A name without spaces, with half-width brackets: what comparisons go by."""
    table = str.maketrans("（）／　", "()/ ")
    return "".join(name.translate(table).split())
