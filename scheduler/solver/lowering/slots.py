"""Slots: the weekday and row of an option's start, alike in every bell."""

from collections.abc import Hashable, Iterable

import numpy as np

from scheduler.model.problem import Problem
from scheduler.model.times import Bell, SlotKind
from scheduler.solver.lowering.layout import Ints
from scheduler.solver.options import LessonGroup

_DAY, _OTHER = 128, 64
"""Slots of a day, and of its lesson rows; more than any day has."""


def option_slots(problem: Problem, groups: Iterable[LessonGroup]) -> Ints:
    """The slot of every option; ascending within a group."""
    found: list[int] = []
    slots: dict[str, dict[tuple[int, int], int]] = {}
    for group in groups:
        bell = problem.bell_of(group.lessons[0].requirement)
        if bell.bell_id not in slots:
            slots[bell.bell_id] = _slots(bell)
        slot_of = slots[bell.bell_id]
        found += [slot_of[m.day, m.rows[0].number] for m in group.options]
    return np.array(found, np.int32)


def _slots(bell: Bell) -> dict[tuple[int, int], int]:
    """By weekday and row: the weekday, and its place among rows of its kind."""
    return {
        (day, row.number): day * _DAY + first + place
        for day in bell.days
        for first, kind in ((0, SlotKind.LESSON), (_OTHER, SlotKind.ACTIVITY))
        for place, row in enumerate(bell.rows(day, kind.rows))
    }


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
