"""The choices behind a term: by lesson, by day, and what the term sees of each."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

import pulp

from scheduler.model.meeting import Meeting
from scheduler.model.requirements import Lesson
from scheduler.model.times import Week
from scheduler.solver.exact.seats import Choice
from scheduler.solver.options import LessonGroup

T = TypeVar("T")


class ChoiceIndex:
    """Groups and their choices by the lessons that terms name."""

    def __init__(
        self, groups: Iterable[LessonGroup], choices: Iterable[Choice]
    ) -> None:
        self._group = {g.lessons[0].lesson_id: g for g in groups}
        self._known = {x.lesson_id for g in self._group.values() for x in g.lessons}
        self._choices: dict[str, list[Choice]] = {name: [] for name in self._group}
        for choice in choices:
            self._choices[choice.group.lessons[0].lesson_id].append(choice)
        self._days = {name: _by_day(mine) for name, mine in self._choices.items()}

    def of_group(self, group: LessonGroup) -> list[Choice]:
        """Choices of a group."""
        return self._choices[group.lessons[0].lesson_id]

    def days(self, group: LessonGroup) -> tuple[tuple[Choice, ...], ...]:
        """Choices of a group by week and day."""
        return self._days[group.lessons[0].lesson_id]

    def groups(self, lessons: tuple[Lesson, ...]) -> list[LessonGroup]:
        """Groups that these lessons stand for.

        Raises:
            ValueError: some of a group's lessons are missing, so that they are not
                alike after all: a fault of the compiling.
        """
        ids = dict.fromkeys(x.lesson_id for x in lessons)
        groups = [self._group[i] for i in ids if i in self._group]
        if sum(g.count for g in groups) != sum(i in self._known for i in ids):
            raise ValueError("a term speaks of some of the lessons treated as alike")
        return groups

    def choices(self, lessons: tuple[Lesson, ...]) -> list[Choice]:
        """Choices of the groups that these lessons stand for."""
        return [c for g in self.groups(lessons) for c in self.of_group(g)]

    def columns(
        self, lessons: tuple[Lesson, ...]
    ) -> list[tuple[Meeting, pulp.LpVariable]]:
        """The same as meetings with their variables, whatever the layout."""
        return [(c.meeting, c.variable) for c in self.choices(lessons)]


def seen(
    choice: Choice, look: Callable[[Meeting], T]
) -> list[tuple[pulp.LpVariable, Meeting, T]]:
    """What a term sees of a choice: once, or layout by layout where they differ."""
    values = list(map(look, choice.meetings))
    if values.count(values[0]) == len(values):
        return [(choice.variable, choice.meeting, values[0])]
    return list(zip(choice.seats, choice.meetings, values, strict=True))


def seen_at_once(
    choice: Choice, look: Callable[[Meeting], T]
) -> list[tuple[pulp.LpVariable, Meeting, T]]:
    """The same of a term that sees no difference between layouts."""
    return [(choice.variable, choice.meeting, look(choice.meeting))]


def _by_day(choices: list[Choice]) -> tuple[tuple[Choice, ...], ...]:
    """A group's choices by week and day."""
    found: dict[tuple[Week, int], list[Choice]] = defaultdict(list)
    for choice in choices:
        found[choice.meeting.placement.week, choice.meeting.day].append(choice)
    return tuple(map(tuple, found.values()))
