"""Changes of a problem's tables that might help; each can be tried by counting."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeVar

from scheduler.constraints import describe, words
from scheduler.model.problem import Problem
from scheduler.model.relations import Relation
from scheduler.model.requirements import Requirement, WeekRule
from scheduler.model.resources import Level, ResourceKind, Unavailability
from scheduler.model.text import Text, weekday
from scheduler.model.venues import Agreement, Layout, Venue, Zone

CappedT = TypeVar("CappedT", Layout, Zone, Agreement)
NOON = 12 * 60
MIDNIGHT = 24 * 60


class Change(ABC):
    """One change of the tables."""

    @abstractmethod
    def apply(self, problem: Problem) -> Problem:
        """The problem with the change made."""

    @abstractmethod
    def text(self, problem: Problem) -> Text:
        """What to do, as a part of a sentence."""


@dataclass(frozen=True, slots=True)
class OtherRow(Change):
    """A row of a table, as the problem names it, reads otherwise."""

    table: str
    old: Any
    new: Any
    told: Text

    def apply(self, problem: Problem) -> Problem:
        """Put the new row in place of the old one."""
        rows = (self.new if x == self.old else x for x in getattr(problem, self.table))
        changed: dict[str, Any] = {self.table: tuple(rows)}
        return replace(problem, **changed)

    def text(self, problem: Problem) -> Text:
        """What is otherwise then."""
        return self.told


@dataclass(frozen=True, slots=True)
class FewerLessons(Change):
    """These lessons are not given; of each requirement they are the last ones."""

    lesson_ids: tuple[str, ...]

    def apply(self, problem: Problem) -> Problem:
        """Shorten the requirements; those without a lesson left are dropped."""
        fewer = Counter(problem.lesson[x].requirement for x in self.lesson_ids)
        kept = [_shortened(r, fewer[r]) for r in problem.requirements]
        gone = set(self.lesson_ids)
        fixed = (f for name, f in problem.fixed_at.items() if name not in gone)
        found = tuple(r for r in kept if r.lengths)
        left = {r.requirement_id for r in found}
        named = gone | {r.requirement_id for r in kept} - left
        relations = tuple(
            shorter
            for row in problem.relations
            if (shorter := shortened_row(problem, row, named)) is not None
        )
        return replace(
            problem, requirements=found, fixed=tuple(fixed), relations=relations
        )

    def text(self, problem: Problem) -> Text:
        """How many periods, and for example which."""
        periods = sum(problem.lesson[x].length for x in self.lesson_ids)
        what = words.teaching(problem, self.lesson_ids)
        return Text(
            f"少排{periods}节（如{what.zh}）",
            f"{words.plural(periods, 'period')} fewer (such as {what.en})",
        )


def shortened_row(problem: Problem, row: Relation, gone: set[str]) -> Relation | None:
    """The row without what is gone; None where the rest asks for nothing."""
    if row.kind.needs_subjects:
        return row
    names = tuple(name for name in row.lessons if name not in gone)
    lessons = [
        x
        for x in problem.related_lessons(replace(row, lessons=names))
        if x.lesson_id not in gone
    ]
    wrong_size = row.kind.sizes and len(lessons) not in row.kind.sizes
    alone = row.kind.is_of_several and len(lessons) < 2
    return None if wrong_size or alone or not lessons else replace(row, lessons=names)


def _shortened(requirement: Requirement, fewer: int) -> Requirement:
    if not fewer:
        return requirement
    lengths = requirement.lengths[:-fewer]
    weeks = 1 if requirement.week is WeekRule.EVERY else 2
    total = sum(lengths, start=Fraction(0))
    return replace(requirement, blocks=lengths, per_week=total / weeks)


@dataclass(frozen=True, slots=True)
class OpenDay(Change):
    """What is marked as unavailable on a day, or (None) on any, is available."""

    kind: ResourceKind
    name: str
    day: int | None

    def apply(self, problem: Problem) -> Problem:
        """Drop the hard rows of the day."""

        def kept(rows: tuple[Unavailability, ...]) -> tuple[Unavailability, ...]:
            return tuple(
                row
                for row in rows
                if (row.kind, row.resource_id) != (self.kind, self.name)
                or row.level is not Level.HARD
                or self.day not in (None, row.day)
            )

        return replace(
            problem,
            unavailable=kept(problem.unavailable),
            closed_weekly=kept(problem.closed_weekly),
        )

    def text(self, problem: Problem) -> Text:
        """Who or what, and when."""
        name = words.resource_name(problem, self.kind, self.name)
        if self.day is None:
            people = (ResourceKind.TEACHER, ResourceKind.CLASS, ResourceKind.GROUP)
            zh = "全周可用" if self.kind in people else "不再关闭"
            return Text(f"{name}{zh}", f"{name} always available")
        day = weekday(self.day)
        return Text(f"{name}在{day.zh}可用", f"{name} available on {day.en}")


@dataclass(frozen=True, slots=True)
class MorePlaces(Change):
    """More places for one class each, like those asked for; on one day or on all."""

    count: int
    school_id: str
    subjects: tuple[str, ...]
    requirement_ids: Collection[str]
    day: int | None = None
    afternoon: bool | None = None

    def apply(self, problem: Problem) -> Problem:
        """Add venues of the school, open at this time only."""
        names = tuple(f"+{k}" for k in range(1, self.count + 1))
        site = problem.site_of_school(self.school_id)
        venues = tuple(Venue(n, n, site, "", False, self.school_id) for n in names)
        layouts = tuple(Layout(n, n, (n,), self.subjects, 1) for n in names)
        requirements = tuple(
            replace(r, layouts=(*problem.allowed_layouts(r), *names))
            if r.requirement_id in self.requirement_ids
            else r
            for r in problem.requirements
        )
        closed = tuple(
            Unavailability(ResourceKind.VENUE, n, day, None, *span)
            for n in names
            for day in range(1, 8)
            for span in self._closed(day)
        )
        return replace(
            problem,
            venues=problem.venues + venues,
            layouts=problem.layouts + layouts,
            requirements=requirements,
            unavailable=problem.unavailable + closed,
        )

    def _closed(self, day: int) -> tuple[tuple[int, int], ...]:
        if self.day is None:
            return ()
        if day != self.day:
            return ((0, MIDNIGHT),)
        if self.afternoon is None:
            return ()
        return ((0, NOON),) if self.afternoon else ((NOON, MIDNIGHT),)

    def text(self, problem: Problem) -> Text:
        """How many, and when."""
        when = Text("每天", "every day")
        if self.day is not None:
            day = weekday(self.day)
            half = {
                None: Text("全天", ""),
                False: Text("上午", " morning"),
                True: Text("下午", " afternoon"),
            }[self.afternoon]
            when = Text(day.zh + half.zh, f"on {day.en}{half.en}")
        return Text(
            f"{when.zh}再多{self.count}个同类场地（每个同时1个班）",
            f"{words.plural(self.count, 'more place')}, for one class at a time, "
            f"{when.en}",
        )


@dataclass(frozen=True, slots=True)
class RoomForPupils(Change):
    """Zones, layouts and agreements of a layout hold so many pupils."""

    layout_id: str
    pupils: int

    def apply(self, problem: Problem) -> Problem:
        """Raise each cap that is lower."""
        used = problem.layout[self.layout_id]
        return replace(
            problem,
            layouts=tuple(self._raised(x) if x is used else x for x in problem.layouts),
            zones=tuple(
                self._raised(z) if z.zone_id in used.zones else z for z in problem.zones
            ),
            agreements=tuple(
                self._raised(a) if a.venue_id == used.venue_id else a
                for a in problem.agreements
            ),
        )

    def _raised(self, place: CappedT) -> CappedT:
        most = place.max_pupils
        if most is None or most >= self.pupils:
            return place
        return replace(place, max_pupils=self.pupils)

    def text(self, problem: Problem) -> Text:
        """Which place, and for how many."""
        name = describe.layout(problem, self.layout_id)
        return Text(
            f"{name.zh}可容纳{self.pupils}名学生",
            f"{name.en} holding {self.pupils} pupils",
        )
