"""The violations of a timetable as rows of a page, by rule or by lesson."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.constraints.base import Violation
from scheduler.constraints.evaluate import Report, RuleResult
from scheduler.model.resources import Level
from scheduler.model.text import Text, weekday
from scheduler.model.times import format_clock
from scheduler.model.timetable import Timetable
from scheduler.services.views.concerned import Choice, Concerned, concerned, named


@dataclass(frozen=True, slots=True)
class LessonLink:
    """A lesson of a conflict, and the class in whose week its cell stands."""

    lesson_id: str
    class_id: str
    who: Text
    when: Text

    @property
    def label(self) -> Text:
        """Classes, subject and time."""
        who, when = self.who, self.when
        return Text(f"{who.zh}（{when.zh}）", f"{who.en} ({when.en})")


@dataclass(frozen=True, slots=True)
class Conflict:
    """One violation for people; ``amount`` is in the rule's own unit.

    ``title`` names what is wrong, not the rule that forbids it. ``choices`` stand in
    for ``links`` where no lesson is to blame, as on a day without PE.
    """

    rule: str
    title: Text
    level: Level
    amount: int
    weight: int
    sentence: Text
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

    @property
    def lesson_ids(self) -> tuple[str, ...]:
        """The lessons it is about, each once."""
        return tuple(link.lesson_id for link in self.links)

    @property
    def lessons(self) -> tuple[tuple[Text, tuple[LessonLink, ...]], ...]:
        """The links by class and subject, which several lessons may share."""
        found: dict[Text, list[LessonLink]] = {}
        for link in self.links:
            found.setdefault(link.who, []).append(link)
        return tuple((who, tuple(links)) for who, links in found.items())


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
    """All that one lesson breaks."""

    link: LessonLink
    conflicts: tuple[Conflict, ...]

    @property
    def cost(self) -> int:
        """Sum of the rows' costs."""
        return sum(c.cost for c in self.conflicts)

    @property
    def together(self) -> tuple[tuple[Conflict, ...], ...]:
        """The rows, those that speak of the very same lessons side by side."""
        found: dict[frozenset[LessonLink], list[Conflict]] = {}
        for conflict in self.conflicts:
            found.setdefault(frozenset(conflict.links), []).append(conflict)
        return tuple(map(tuple, found.values()))


def by_lesson(
    conflicts: Iterable[Conflict],
) -> tuple[tuple[LessonConflicts, ...], tuple[ConflictGroup, ...]]:
    """Lessons that are to blame for several rows, worst first; the other rows by rule.

    The lesson in most of the rows that are left takes them all, again and again: so
    one misplaced lesson that breaks six rules is one entry, and every row stands once.
    """
    left, found = list(conflicts), []
    while counts := Counter(link for c in left for link in c.links):
        worst, number = counts.most_common(1)[0]
        if number < 2:
            break
        rows = tuple(c for c in left if worst in c.links)
        left = [c for c in left if worst not in c.links]
        found.append(LessonConflicts(worst, rows))
    return tuple(sorted(found, key=lambda entry: -entry.cost)), grouped(left)


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
    names = dict.fromkeys(violation.lesson_ids)
    links = tuple(lesson_link(timetable, x) for x in names)
    return Conflict(
        rule=result.name,
        title=result.fault,
        level=result.level,
        amount=violation.amount,
        weight=result.weight,
        sentence=result.explain(violation),
        links=links,
        choices=() if links else named(timetable.problem, violation),
        concerned=frozenset(concerned(timetable, violation)),
    )


def lesson_link(timetable: Timetable, lesson_id: str) -> LessonLink:
    """Where a lesson is found, with its class, subject and time."""
    problem = timetable.problem
    requirement = problem.lesson[lesson_id].requirement
    names = "、".join(problem.class_name[c] for c in requirement.class_ids)
    subject = problem.subject[requirement.subject_id]
    who = Text(f"{names} {subject.name}", f"{names} {subject.name_en or subject.name}")
    when = _when(timetable, lesson_id)
    return LessonLink(lesson_id, requirement.class_ids[0], who, when)


def _when(timetable: Timetable, lesson_id: str) -> Text:
    meeting = timetable.meeting.get(lesson_id)
    if meeting is None:
        return Text("未排", "not placed")
    day, clock = weekday(meeting.day), format_clock(meeting.start)
    return Text(f"{day.zh} {clock}", f"{day.en[:3]} {clock}")
