"""A proven bound from departments, each of which is solved exactly by itself.

A department is all lessons that hang together by teachers or by places: PE with its
fields, a room subject with its rooms, a teacher whose classes have rooms of their own.
Only the classes tie departments together. Where that is left out, or priced, the exact
model falls apart, and the least costs of the departments add up to a bound on every
timetable. The linear relaxation knows little of a teacher's idle periods or a level
load of places; a department that is solved in whole numbers knows all of it.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from scheduler.solver.exact.blocks import LOOSE, Ints
from scheduler.solver.exact.seats import Choice


def departments(
    choices: Iterable[Choice], number: dict[str, int], by_day: frozenset[int]
) -> Ints:
    """The department of every column; LOOSE for those that are no lesson's choice.

    Parameters:
        number: The column of each variable's name.
        by_day: Departments of which each day is a block of its own, numbered after
            all departments.
    """
    known = tuple(choices)
    leader = _Leaders()
    for choice in known:
        for tie in _ties(choice):
            leader.join(choice.group.lessons[0].lesson_id, tie)
    found = np.full(len(number), LOOSE, np.int64)
    names: dict[object, int] = {}
    for choice in known:
        name = leader.of(choice.group.lessons[0].lesson_id)
        names.setdefault(name, len(names))
    days: dict[tuple[int, int], int] = {}
    for choice in known:
        block = names[leader.of(choice.group.lessons[0].lesson_id)]
        if block in by_day:
            key = (block, choice.meeting.day)
            block = days.setdefault(key, len(names) + len(days))
        for variable in (choice.variable, *choice.seats):
            found[number[variable.name]] = block
    return found


def _ties(choice: Choice) -> Iterator[tuple[str, str]]:
    """What a choice may share with lessons of other classes."""
    for teacher_id in choice.meeting.teacher_ids:
        yield "teacher", teacher_id
    for meeting in choice.meetings:
        if meeting.layout is not None:
            yield from (("zone", zone_id) for zone_id in meeting.layout.zones)


class _Leaders:
    """Sets that are joined; each is known by one of its members."""

    def __init__(self) -> None:
        self._above: dict[object, object] = {}

    def of(self, member: object) -> object:
        """The leader of a member's set."""
        while (above := self._above.setdefault(member, member)) != member:
            self._above[member] = self._above[above]
            member = above
        return member

    def join(self, one: object, other: object) -> None:
        """Make the sets of both one."""
        self._above[self.of(one)] = self.of(other)
