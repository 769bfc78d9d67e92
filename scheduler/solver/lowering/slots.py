"""Slots: the weekday and row of an option's start, alike in every bell."""

from collections.abc import Hashable, Iterable

import numpy as np

from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.times import RowKind, SlotKind
from scheduler.solver.lowering.layout import Ints
from scheduler.solver.options import LessonGroup

_DAY, _OTHER = 128, 64
"""Slots of a day, and of its lesson rows; more than any day has."""


class Slots:
    """Slots by bell row."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._known: dict[tuple[str, int, int], int] = {}

    def of(self, meeting: Meeting) -> int:
        """Weekday and number of a meeting's first row among rows of its kind."""
        requirement = meeting.lesson.requirement
        bell = self._problem.bell_of(requirement)
        key = (bell.bell_id, meeting.day, meeting.rows[0].number)
        if key not in self._known:
            first = meeting.rows[0]
            lesson = first.kind is RowKind.LESSON
            kind = SlotKind.LESSON if lesson else SlotKind.ACTIVITY
            other = 0 if lesson else _OTHER
            place = bell.rows(meeting.day, kind.rows).index(first)
            self._known[key] = meeting.day * _DAY + other + place
        return self._known[key]


def option_slots(problem: Problem, groups: Iterable[LessonGroup]) -> Ints:
    """The slot of every option; ascending within a group."""
    slots = Slots(problem)
    return np.array([slots.of(m) for g in groups for m in g.options], np.int32)


def option_keys(groups: Iterable[LessonGroup]) -> tuple[Ints, Ints]:
    """A number for everything but the time of every option, and by this number one
    for week and teachers."""
    known: dict[Hashable, int] = {}
    choices: dict[Hashable, int] = {}
    found, chosen = [], []
    for group in groups:
        for meeting in group.options:
            p = meeting.placement
            key = (p.week, p.layout_id, p.teacher_ids)
            if key not in known:
                known[key] = len(known)
                choice = (p.week, p.teacher_ids)
                chosen.append(choices.setdefault(choice, len(choices)))
            found.append(known[key])
    return np.array(found, np.int32), np.array(chosen, np.int32)
