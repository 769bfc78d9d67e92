"""What a rule is: definition, derived cost, terms, sentence."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, final

from scheduler.constraints.primitives import Capacity, OptionCost, Primitive
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.resources import ClassGroup, Level
from scheduler.model.text import Text
from scheduler.model.times import LAYERS, stretches
from scheduler.model.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Violation:
    """One breach of a rule, as data.

    ``resource_ids`` name teachers, classes, zones, layouts, agreements or
    requirements concerned; ``layer`` is the week (0 odd, 1 even); ``numbers`` are
    the rule's own counts for its sentence.
    """

    amount: int
    lesson_ids: tuple[str, ...] = ()
    resource_ids: tuple[str, ...] = ()
    day: int | None = None
    start: int | None = None
    end: int | None = None
    layer: int | None = None
    numbers: tuple[int, ...] = ()


class Capped(StrEnum):
    """What a rule holds within limits at every moment."""

    NOTHING = ""
    TEACHER = "teacher"
    CLASS = "class"
    ZONE = "zone"
    LAYOUT = "layout"
    AGREEMENT = "agreement"
    TARGET = "target"

    @property
    def is_pooled(self) -> bool:
        """Whether interchangeable places are one with room for all."""
        return self in (Capped.ZONE, Capped.LAYOUT)


@dataclass(frozen=True, slots=True, order=True)
class Portion:
    """A part of a rule that people know and may relax: the rule, and whom it is about.

    ``rule`` names the rule that tells its words, by ``ids``.
    """

    rule: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cause:
    """What rules out a place; the text is a part of a sentence."""

    name: str
    resource_ids: tuple[str, ...]
    text: Text


class Missing(StrEnum):
    """What a unit of a rule's amount is the lack of."""

    NOTHING = ""
    LESSON = "lesson"
    DAY = "day"


DailyClass = tuple[ClassGroup, tuple[Lesson, ...], tuple[int, ...]]
"""A class, lessons of which it must have one a day, and the days."""


@dataclass(frozen=True)
class Constraint(ABC):
    """A rule with its level and weight; parameters are further fields."""

    title: ClassVar[Text]
    fault: ClassVar[Text]
    """What is wrong where it is broken, as 教师冲突."""
    needs: ClassVar[tuple[str, ...]] = ()
    """Parameters without which, being 0, the rule says nothing."""
    demands_lessons: ClassVar[bool] = False
    """Whether an empty timetable breaks it; of rows of tables their kinds say so."""
    structural: ClassVar[bool] = False
    """Whether it says what a timetable is, so that nobody relaxes it."""
    tells_places: ClassVar[bool] = False
    """Whether it can tell one place from another on a single date."""
    counts_days: ClassVar[bool] = False
    """Whether a lesson more on somebody's day or week can exceed it."""
    table: ClassVar[str] = ""
    """Name of the table whose limits or hard rows it keeps, where it is one's."""
    missing: ClassVar[Missing] = Missing.NOTHING
    capped: ClassVar[Capped] = Capped.NOTHING
    of_days: ClassVar[bool] = False
    """Whether its breaches are best mended at the ends of somebody's days."""
    level: Level = Level.HARD
    weight: int = 1

    @property
    def name(self) -> str:
        """Name of the rule in rules.toml and reports."""
        return type(self).__name__

    @classmethod
    def kinds(cls) -> dict[str, str]:
        """Kinds of rows of a table that the rule keeps, and what they mean."""
        return {}

    def daily_classes(self, problem: Problem) -> Iterable[DailyClass]:
        """Classes that must have one of some lessons on each of some days."""
        return ()

    def tied_lessons(self, problem: Problem) -> Iterable[tuple[Lesson, ...]]:
        """Lessons that must begin together: a hint for moves, not a rule."""
        return ()

    def weights(self, problem: Problem) -> Iterable[int]:
        """Numbers of whose multiples its costs are sums."""
        return (self.weight,)

    @abstractmethod
    def violations(self, timetable: Timetable) -> Iterable[Violation]:
        """The definition: every breach in a timetable."""

    @abstractmethod
    def primitives(self, problem: Problem) -> Iterable[Primitive]:
        """The rule lowered to terms whose amounts add up to the violations'."""

    @abstractmethod
    def explain(self, problem: Problem, violation: Violation) -> Text:
        """One sentence for people."""

    def culprits(self, timetable: Timetable, violation: Violation) -> tuple[str, ...]:
        """Lessons of which one must leave or move; those that the breach names."""
        return violation.lesson_ids

    def portioned(self, problem: Problem) -> Iterable[tuple[Portion | None, Primitive]]:
        """The primitives, each with its portion; None where one always holds."""
        return ((self.portion_of(problem, x), x) for x in self.primitives(problem))

    def portion_of(self, problem: Problem, primitive: Primitive) -> Portion | None:
        """The portion of one primitive, where that can be seen of it."""
        return None if self.structural else Portion(self.name)

    def portion_name(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """A portion in words, with its numbers."""
        return self.title

    def portion_names(self, problem: Problem, ids: tuple[str, ...]) -> Text | None:
        """Several portions in one phrase, where there is one."""
        return None

    def resource_name(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """Whom or what one of its capacities limits."""
        return self.title

    @final
    def amount(self, timetable: Timetable) -> int:
        """Sum of the violations' amounts, in the rule's own unit."""
        return sum(v.amount for v in self.violations(timetable))

    @final
    def cost(self, timetable: Timetable) -> int:
        """Weight times amount."""
        return self.weight * self.amount(timetable)


class SingleLessonRule(Constraint):
    """A rule each meeting keeps or breaks by itself."""

    holds_fixed: ClassVar[bool] = False
    """Whether it keeps fixed lessons in their place."""
    by_layout: ClassVar[bool] = True
    by_time: ClassVar[bool] = True
    """Whether the layout, and the time, makes a difference; as in OptionCost."""

    @abstractmethod
    def breaches(self, problem: Problem, meeting: Meeting) -> Iterable[Violation]:
        """Breaches of one meeting."""

    def lessons(self, problem: Problem) -> tuple[Lesson, ...]:
        """Lessons the rule speaks of; all by default."""
        return problem.lessons

    def layouts(self, problem: Problem) -> tuple[str, ...] | None:
        """The only layouts on which a meeting may break it; None: any."""
        return None

    def portion_broken(self, problem: Problem, violation: Violation) -> Portion:
        """The portion that forbids a lesson its place."""
        return Portion(self.name)

    def cause(self, problem: Problem, violation: Violation, meeting: Meeting) -> Cause:
        """What takes the place away."""
        return Cause(self.name, (), self.title)

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """Breaches of all meetings."""
        for lesson in self.lessons(timetable.problem):
            meeting = timetable.meeting.get(lesson.lesson_id)
            if meeting is not None:
                yield from self.breaches(timetable.problem, meeting)

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """One option cost for all lessons."""

        def amount(meeting: Meeting) -> int:
            return sum([v.amount for v in self.breaches(problem, meeting)])

        lessons, layouts = self.lessons(problem), self.layouts(problem)
        yield OptionCost(lessons, amount, layouts, self.by_layout, self.by_time)


class CapacityRule(Constraint):
    """A rule that limits resources at every moment, in each week of the cycle."""

    @abstractmethod
    def resources(self, problem: Problem) -> Iterable[Capacity]:
        """The resources and what uses them where the requirements are kept."""

    @abstractmethod
    def users(self, meeting: Meeting) -> Iterable[str]:
        """First ids of the resources that a meeting uses, or of more."""

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """One capacity for each resource."""
        yield from self.resources(problem)

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """One violation for each unbroken stretch of excess with the same lessons."""
        # Of all meetings: a timetable from outside may name anybody anywhere.
        meetings = grouped(timetable.meetings, self.users)
        for resource in self.resources(timetable.problem):
            here = meetings.get(resource.resource[0], ())
            days: dict[int, list[tuple[Meeting, tuple[int, int]]]] = defaultdict(list)
            for meeting in here:
                if span := resource.span(meeting):
                    days[meeting.day].append((meeting, span))
            for layer in LAYERS:
                for day, used in sorted(days.items()):
                    in_week = [u for u in used if layer in u[0].layers]
                    yield from excess(resource, in_week, layer, day)


def excess(
    term: Capacity,
    used: list[tuple[Meeting, tuple[int, int]]],
    layer: int,
    day: int,
) -> Iterator[Violation]:
    """Sweep one day: the stretches between any two starts or ends that are too full."""
    if sum(term.demand(m.lesson) for m, _ in used) <= term.limit:
        return
    for start, end in stretches(span for _, span in used):
        inside = [m for m, (a, b) in used if a <= start and end <= b]
        use = sum(term.demand(m.lesson) for m in inside)
        if use > term.limit:
            yield Violation(
                (use - term.limit) * (end - start),
                tuple(m.lesson.lesson_id for m in inside),
                term.resource,
                day,
                start,
                end,
                layer,
                (use, term.limit),
            )


def grouped(
    meetings: Iterable[Meeting], names: Callable[[Meeting], Iterable[str]]
) -> dict[str, list[Meeting]]:
    """Meetings by whom or what they are about, each once, in their order."""
    found: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        for name in dict.fromkeys(names(meeting)):
            found[name].append(meeting)
    return found


def merge_weeks(violations: Iterable[Violation]) -> tuple[Violation, ...]:
    """Join breaches that are the same in odd and even weeks into one.

    The joined one has layer None and the sum of both amounts. Breaches that are
    the same in everything stay as many as they are.
    """
    joined: list[Violation] = []
    alone: dict[Violation, list[int]] = defaultdict(list)
    for violation in violations:
        both = replace(violation, layer=None, amount=2 * violation.amount)
        if violation.layer is None:
            joined.append(violation)
        elif twins := alone[replace(violation, layer=1 - violation.layer)]:
            joined[twins.pop(0)] = both
        else:
            alone[violation].append(len(joined))
            joined.append(violation)
    return tuple(joined)
