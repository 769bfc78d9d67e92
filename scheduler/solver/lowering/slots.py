"""Slots: the weekday and row of an option's start, alike in every bell."""

from collections.abc import Hashable, Iterable

import numpy as np

from scheduler.model.problem import Problem
from scheduler.model.times import Bell, SlotKind
from scheduler.solver.lowering.layout import Ints
from scheduler.solver.options import LessonGroup


def option_slots(problem: Problem, groups: Iterable[LessonGroup]) -> Ints:
    """The slot of every option; ascending within a group.

    Rows of one kind and day are half of its slots, so that the way between two of them
    leads from no row to one of another day or kind; they are no more, for tables by
    slot should stay where memory is fast.
    """
    found: list[int] = []
    places: dict[str, dict[tuple[int, int], tuple[int, int]]] = {}
    for group in groups:
        bell = problem.bell_of(group.lessons[0].requirement)
        if bell.bell_id not in places:
            places[bell.bell_id] = _places(bell)
        place_of = places[bell.bell_id]
        for m in group.options:
            found += place_of[m.day, m.rows[0].number]
    stretch, place = np.array(found, np.int32).reshape(-1, 2).T
    rows = int(place.max(initial=0)) + 1
    return stretch * (2 * rows) + place


def _places(bell: Bell) -> dict[tuple[int, int], tuple[int, int]]:
    """By weekday and row: a number for weekday and kind, and its place among rows of
    its kind."""
    return {
        (day, row.number): (2 * day + other, place)
        for day in bell.days
        for other, kind in enumerate((SlotKind.LESSON, SlotKind.ACTIVITY))
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
