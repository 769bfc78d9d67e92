"""The hard rules of a problem, and what they leave each lesson by itself."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from scheduler.constraints.base import Capped, Constraint, DailyClass, Missing
from scheduler.constraints.catalogue import rules_in_force
from scheduler.constraints.primitives import Capacity
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.resources import Level
from scheduler.model.times import LAYERS
from scheduler.solver.options import (
    Compiled,
    LessonGroup,
    classes_clash_free,
    compile_problem,
    compiled_in_force,
)


@dataclass(frozen=True)
class HardView:
    """A problem reduced to its hard rules; every count starts here."""

    problem: Problem
    rules: tuple[Constraint, ...]
    compiled: Compiled

    @staticmethod
    def of(problem: Problem) -> "HardView":
        """Work out every lesson's options.

        Raises:
            InputError: the rule settings are wrong.
        """
        hard = tuple(r for r in rules_in_force(problem) if r.level is Level.HARD)
        alike = classes_clash_free(hard)
        return HardView(problem, hard, compile_problem(problem, hard, alike))

    @staticmethod
    def in_force(problem: Problem) -> "HardView":
        """The same from what a solve needs as well, so that it is worked out once.

        Lessons that only a soft rule tells apart are not in one group here.
        """
        rules, compiled = compiled_in_force(problem)
        hard = tuple(r for r in rules if r.level is Level.HARD)
        return HardView(problem, hard, compiled.only(hard))

    def keeps(self, table: str) -> bool:
        """Whether the limits or hard rows of a table hold."""
        return any(r.table == table for r in self.rules)

    def caps(self, capped: Capped) -> bool:
        """Whether a hard rule holds these within their limits."""
        return any(r.capped is capped for r in self.rules)

    @property
    def places_all(self) -> bool:
        """Whether every lesson must be placed."""
        return any(r.missing is Missing.LESSON for r in self.rules)

    @cached_property
    def daily_classes(self) -> tuple[DailyClass, ...]:
        """What hard rules demand of classes every day."""
        return tuple(x for r in self.rules for x in r.daily_classes(self.problem))

    def capacities(self, *capped: Capped) -> tuple[Capacity, ...]:
        """Capacities of these that hard rules post, each place's own."""
        return tuple(term for term, _ in self.capacities_pooled(*capped))

    def capacities_pooled(self, *capped: Capped) -> tuple[tuple[Capacity, int], ...]:
        """The same with the limits of what they stand for: all places of a pool."""
        return tuple(
            (posted.term, self.compiled.limit(posted))
            for posted in self.compiled.terms
            if posted.rule.capped in capped and isinstance(posted.term, Capacity)
        )

    @cached_property
    def free_groups(self) -> tuple[LessonGroup, ...]:
        """Groups of lessons that have an option at all."""
        return tuple(g for g in self.compiled.groups if g.options)

    @cached_property
    def group_of(self) -> dict[str, LessonGroup]:
        """The group each lesson belongs to, by lesson id."""
        return {x.lesson_id: g for g in self.compiled.groups for x in g.lessons}

    @cached_property
    def pinned_ids(self) -> frozenset[str]:
        """Ids of lessons that stand alone and can meet at one time only."""
        return frozenset(
            g.lessons[0].lesson_id
            for g in self.free_groups
            if g.count == 1 and len({(m.day, m.start) for m in g.options}) == 1
        )

    def groups(self, lessons: Iterable[Lesson]) -> tuple[LessonGroup, ...]:
        """Groups of these lessons that have an option, each once."""
        groups = (self.group_of[x.lesson_id] for x in lessons)
        found = {g.lessons[0].lesson_id: g for g in groups}
        return tuple(g for g in found.values() if g.options)


def lesson_ids(groups: Iterable[LessonGroup]) -> tuple[str, ...]:
    """Ids of all lessons of these groups."""
    return tuple(x.lesson_id for g in groups for x in g.lessons)


def in_week(groups: Iterable[LessonGroup], layer: int) -> tuple[LessonGroup, ...]:
    """Groups whose lessons meet in this week whatever they choose."""
    return tuple(g for g in groups if all(layer in m.layers for m in g.options))


def possible_in_week(
    groups: Iterable[LessonGroup], layer: int
) -> tuple[LessonGroup, ...]:
    """Groups with those of their options that meet in this week."""
    cut = (
        replace(g, options=tuple(m for m in g.options if layer in m.layers))
        for g in groups
    )
    return tuple(g for g in cut if g.options)


def every_week(groups: Iterable[LessonGroup]) -> bool:
    """Tell whether all these lessons meet in odd and even weeks alike."""
    return all(m.layers == LAYERS for g in groups for m in g.options)
