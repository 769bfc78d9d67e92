"""Rule: one rule of an audit as data and the function that judges by it.

A judge yields what it found of each unit it looked at: ``MET``, a :class:`Found`, a
:class:`NotChecked` with what is missing. A unit it has nothing to say about yields
nothing; a rule that yields nothing at all does not apply.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cached_property

from scheduler.audit.findings import Severity
from scheduler.audit.inputs.school import AuditClass, AuditSchool, Use
from scheduler.audit.profile import Profile
from scheduler.audit.ruling.hours import ClassHours, class_hours
from scheduler.model.text import Text


class Need(StrEnum):
    """What a rule cannot do without (regulations 6.4)."""

    TIMETABLE = "T"
    BELL = "B"
    STAFF = "S"
    VENUES = "V"
    CALENDAR = "K"
    LOG = "X"


class Scope(StrEnum):
    """What a rule is asked about: each class, each school, or all schools at once."""

    CLASS = "class"
    SCHOOL = "school"
    DISTRICT = "district"


class Met(Enum):
    """The one answer "met"."""

    MET = "met"


MET = Met.MET
NO_TEXT = Text("", "")


@dataclass(frozen=True, slots=True)
class Found:
    """One breach. ``measured`` and ``demanded`` are in the rule's unit, as texts.

    ``severity`` is the rule's own where None; ``day`` and ``period`` may list several
    ("2;4"). ``group`` is the class, ``grade`` is given where a whole grade is meant.
    """

    text: Text
    measured: str
    demanded: str
    group: AuditClass | None = None
    grade: int | None = None
    subject: str = ""
    teacher: str = ""
    day: str = ""
    period: str = ""
    severity: Severity | None = None
    mend: Text | None = None
    school: str = ""
    cause: str = ""
    """Who answers for it: ``staff``, ``deployment`` or ``school`` (6.3)."""


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A unit that could not be judged: ``reason`` is a word, ``text`` says it."""

    reason: str
    text: Text
    group: AuditClass | None = None
    subject: str = ""


Item = Met | Found | NotChecked


@dataclass(frozen=True)
class Case:
    """One school under one profile."""

    school: AuditSchool
    profile: Profile

    @cached_property
    def hours(self) -> dict[str, ClassHours]:
        """Hours of every class of a known grade."""
        return {
            c.key: class_hours(self.school, c, c.grade, self.profile)
            for c in self.school.classes
            if c.grade is not None
        }

    def has(self, need: Need) -> bool:
        """Whether something is known of the school as a whole."""
        school = self.school
        match need:
            case Need.TIMETABLE:
                return any(x.use is Use.LESSON for x in school.lessons)
            case Need.BELL:
                return any(c.bell is not None for c in school.classes)
            case Need.STAFF:
                return any(x.teachers for x in school.lessons)
            case Need.VENUES:
                return school.timetable is not None or any(
                    x.place for x in school.lessons
                )
            case Need.CALENDAR:
                return school.term is not None
            case Need.LOG:
                return school.delivered is not None


@dataclass(frozen=True, slots=True)
class District:
    """All schools of an audit."""

    cases: tuple[Case, ...]

    @property
    def profile(self) -> Profile:
        """The profile they are held against."""
        return self.cases[0].profile


Judge = Callable[..., Iterable[Item]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of regulations 6.4.

    ``severity`` is the gravest it finds; ``wording`` is how the source speaks (应当,
    不得; 一般, 提倡); ``applies`` says whom it is about.
    """

    id: str
    severity: Severity
    needs: tuple[Need, ...]
    title: Text
    wording: str
    source: str
    mend: Text
    judge: Judge
    scope: Scope
    grades: tuple[int, ...]
    applies: Text

    @property
    def chapter(self) -> str:
        """The letter of its chapter."""
        return self.id[0]


def rule(
    rule_id: str,
    severity: Severity,
    needs: str,
    title: Text,
    *,
    wording: str,
    source: str,
    mend: Text,
    scope: Scope = Scope.CLASS,
    grades: Iterable[int] = range(1, 10),
    applies: Text = NO_TEXT,
) -> Callable[[Judge], Rule]:
    """Make a rule of a judge; ``needs`` are letters of 6.4."""

    def make(judge: Judge) -> Rule:
        return Rule(
            rule_id,
            severity,
            tuple(Need(x) for x in needs),
            title,
            wording,
            source,
            mend,
            judge,
            scope,
            tuple(grades),
            applies,
        )

    return make


def each_class(case: Case, grades: tuple[int, ...]) -> Iterator[AuditClass]:
    """Classes of these grades."""
    return (c for c in case.school.classes if c.grade in grades)
