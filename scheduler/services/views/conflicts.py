"""The violations of a timetable as rows of a page, and their filter."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from scheduler.constraints.base import Violation
from scheduler.constraints.evaluate import Report, RuleResult
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.text import Text, weekday
from scheduler.model.times import format_clock
from scheduler.model.timetable import Timetable


class SubjectOf(StrEnum):
    """Whose week a page shows."""

    CLASS = "class"
    TEACHER = "teacher"
    VENUE = "venue"


@dataclass(frozen=True, slots=True)
class Choice:
    """A class, teacher or venue whose week one can turn to."""

    kind: SubjectOf
    resource_id: str
    name: str


Concerned = tuple[SubjectOf, str]


@dataclass(frozen=True, slots=True)
class LessonLink:
    """A lesson of a conflict, and the class in whose week its cell stands."""

    lesson_id: str
    class_id: str
    label: Text


@dataclass(frozen=True, slots=True)
class Conflict:
    """One violation for people; ``amount`` is in the rule's own unit.

    ``title`` names what is wrong, not the rule that forbids it.

    ``choices`` stand in for ``links`` where no lesson is to blame, as on a day
    without PE.
    """

    rule: str
    title: Text
    level: Level
    amount: int
    weight: int
    sentence: Text
    lesson_ids: tuple[str, ...]
    links: tuple[LessonLink, ...]
    choices: tuple[Choice, ...]
    concerned: frozenset[Concerned]

    @property
    def hard(self) -> bool:
        """Whether the rule must hold."""
        return self.level is Level.HARD

    @property
    def cost(self) -> int:
        """What it adds to the hard or the soft cost."""
        return self.amount * self.weight


@dataclass(frozen=True, slots=True)
class ConflictGroup:
    """All rows of one rule, in the rule's own order."""

    rule: str
    title: Text
    level: Level
    weight: int
    conflicts: tuple[Conflict, ...]

    @property
    def amount(self) -> int:
        """Sum of the rows' amounts."""
        return sum(c.amount for c in self.conflicts)

    @property
    def cost(self) -> int:
        """Sum of the rows' costs."""
        return sum(c.cost for c in self.conflicts)


@dataclass(frozen=True, slots=True)
class LessonConflicts:
    """All that one lesson breaks; without a lesson, what no lesson is to blame for."""

    link: LessonLink | None
    conflicts: tuple[Conflict, ...]

    @property
    def cost(self) -> int:
        """Sum of the rows' costs."""
        return sum(c.cost for c in self.conflicts)


def by_lesson(
    timetable: Timetable, conflicts: Iterable[Conflict]
) -> tuple[LessonConflicts, ...]:
    """The rows by the lesson most to blame, worst first; every row once.

    The lesson in most of the rows that are left takes them all, again and again: so
    one misplaced lesson that breaks six rules is one entry.
    """
    left = list(conflicts)
    found = []
    while counts := Counter(x for c in left for x in dict.fromkeys(c.lesson_ids)):
        worst = max(counts, key=lambda x: counts[x])
        rows = tuple(c for c in left if worst in c.lesson_ids)
        left = [c for c in left if worst not in c.lesson_ids]
        found.append(LessonConflicts(lesson_link(timetable, worst), rows))
    found.sort(key=lambda entry: -entry.cost)
    return (*found, *([LessonConflicts(None, tuple(left))] if left else ()))


def conflicts_of(timetable: Timetable, report: Report) -> tuple[Conflict, ...]:
    """Every violation, hard rules first, then in the order of the report."""
    ranked = sorted(report.results, key=lambda r: r.level is not Level.HARD)
    return tuple(
        _conflict(timetable, result, violation)
        for result in ranked
        for violation in result.violations
    )


def grouped(conflicts: Iterable[Conflict]) -> tuple[ConflictGroup, ...]:
    """The rows by rule: hard rules first, each what costs most first."""
    found: dict[str, list[Conflict]] = {}
    for conflict in conflicts:
        found.setdefault(conflict.rule, []).append(conflict)
    groups = [
        ConflictGroup(name, rows[0].title, rows[0].level, rows[0].weight, tuple(rows))
        for name, rows in found.items()
    ]
    return tuple(
        sorted(groups, key=lambda group: (group.level is not Level.HARD, -group.cost))
    )


def concerning(
    conflicts: Iterable[Conflict], wanted: Concerned | None
) -> tuple[Conflict, ...]:
    """The rows that concern one class, teacher or venue; all without a wish."""
    return tuple(c for c in conflicts if wanted is None or wanted in c.concerned)


def _conflict(
    timetable: Timetable, result: RuleResult, violation: Violation
) -> Conflict:
    lesson_ids = dict.fromkeys(violation.lesson_ids)
    links = tuple(lesson_link(timetable, x) for x in lesson_ids)
    return Conflict(
        rule=result.name,
        title=result.fault,
        level=result.level,
        amount=violation.amount,
        weight=result.weight,
        sentence=result.explain(violation),
        lesson_ids=violation.lesson_ids,
        links=links,
        choices=() if links else tuple(_choices(timetable.problem, violation)),
        concerned=frozenset(_concerned(timetable, violation)),
    )


def _choices(problem: Problem, violation: Violation) -> Iterable[Choice]:
    for name in violation.resource_ids:
        for kind, resource_id in _of_resource(problem, name):
            yield Choice(kind, resource_id, _name(problem, kind, resource_id))


def _name(problem: Problem, kind: SubjectOf, resource_id: str) -> str:
    match kind:
        case SubjectOf.CLASS:
            return problem.class_name[resource_id]
        case SubjectOf.TEACHER:
            return problem.teacher[resource_id].name
        case SubjectOf.VENUE:
            return problem.venue[resource_id].name


def lesson_link(timetable: Timetable, lesson_id: str) -> LessonLink:
    """Where a lesson is found, with its class, subject and time."""
    problem = timetable.problem
    requirement = problem.lesson[lesson_id].requirement
    names = "、".join(problem.class_name[c] for c in requirement.class_ids)
    subject = problem.subject[requirement.subject_id]
    when = _when(timetable, lesson_id)
    label = Text(
        f"{names} {subject.name}（{when.zh}）",
        f"{names} {subject.name_en or subject.name} ({when.en})",
    )
    return LessonLink(lesson_id, requirement.class_ids[0], label)


def _when(timetable: Timetable, lesson_id: str) -> Text:
    meeting = timetable.meeting.get(lesson_id)
    if meeting is None:
        return Text("未排", "not placed")
    day, clock = weekday(meeting.day), format_clock(meeting.start)
    return Text(f"{day.zh} {clock}", f"{day.en[:3]} {clock}")


def _concerned(timetable: Timetable, violation: Violation) -> Iterable[Concerned]:
    problem = timetable.problem
    for lesson_id in violation.lesson_ids:
        yield from _of_lesson(timetable, lesson_id)
    for name in violation.resource_ids:
        yield from _of_resource(problem, name)


def _of_lesson(timetable: Timetable, lesson_id: str) -> Iterable[Concerned]:
    requirement = timetable.problem.lesson[lesson_id].requirement
    meeting = timetable.meeting.get(lesson_id)
    adults = requirement.teacher_ids + requirement.teacher_pool
    yield from ((SubjectOf.CLASS, c) for c in requirement.class_ids)
    yield from (
        (SubjectOf.TEACHER, t) for t in (meeting.adult_ids if meeting else adults)
    )
    if meeting and meeting.layout:
        yield SubjectOf.VENUE, meeting.layout.venue_id


def _of_resource(problem: Problem, name: str) -> Iterable[Concerned]:
    """Ids are unique within their table only: a name may be of several."""
    if name in problem.class_group:
        yield SubjectOf.CLASS, name
    if name in problem.teacher:
        yield SubjectOf.TEACHER, name
    if name in problem.venue:
        yield SubjectOf.VENUE, name
    elif name in problem.zone:
        yield SubjectOf.VENUE, problem.zone[name].venue_id
    elif name in problem.layout:
        yield SubjectOf.VENUE, problem.layout[name].venue_id


def parse_concerned(text: str) -> Concerned | None:
    """Read ``teacher:T001``; None where it names nobody."""
    kind, _, resource_id = text.partition(":")
    if kind not in tuple(SubjectOf) or not resource_id:
        return None
    return SubjectOf(kind), resource_id
