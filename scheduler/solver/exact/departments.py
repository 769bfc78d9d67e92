"""A proven bound from departments, each of which is solved exactly by itself.

A department is all lessons that hang together by teachers or by places: PE with its
fields, a room subject with its rooms, a teacher whose classes have rooms of their own.
Only the classes tie departments together. Where that is left out, the exact model falls
apart, and the least costs of the departments add up to a bound on every timetable. The
linear relaxation knows little of a teacher's idle periods or a level load of places;
a department that is solved in whole numbers knows all of it.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import highspy
import numpy as np

from scheduler.solver.exact.blocks import LOOSE, Cut, Ints, least
from scheduler.solver.exact.exact_model import ExactModel
from scheduler.solver.exact.handing_over import as_arrays, new_highs
from scheduler.solver.exact.relaxation import Relaxation
from scheduler.solver.exact.seats import Choice
from scheduler.solver.exact.whole_costs import whole_bound

_LEAST_SECONDS = 0.1


def department_bounds(
    model: ExactModel, left: Callable[[], float], stop: Callable[[], bool]
) -> Iterator[int]:
    """Ever better bounds on the model's cost; none where there is one department only.

    All are relaxed first, which takes a second or two, then solved exactly: those that
    cost most come first, and none takes more than half of the time that is left.

    Parameters:
        left: Seconds that remain, asked before each department.
        stop: Whether to stop, asked often.
    """
    variables = model.problem.variables()
    lp = as_arrays(model.problem, variables)
    number = {v.name: k for k, v in enumerate(variables)}
    cut = Cut.of(lp, _departments(model.choices, number))
    if len(cut.blocks) < 2:
        return
    base, worth = lp.offset_ + cut.loose_worth(), {b: -math.inf for b in cut.blocks}
    for block in cut.blocks:
        if stop() or left() < _LEAST_SECONDS:
            return
        worth[block] = _relaxed(cut.model(block), left())
    yield from _finite(base + sum(worth.values()))
    for block in sorted(cut.blocks, key=lambda b: -round(worth[b])):
        if stop() or left() < _LEAST_SECONDS:
            return
        found = least_cost(cut.model(block), left() / 2, stop)
        worth[block] = max(worth[block], found)
        yield from _finite(base + sum(worth.values()))


def _finite(bound: float) -> Iterator[int]:
    """The bound, if it is one, in whole numbers."""
    if math.isfinite(bound):
        yield whole_bound(bound)


def _relaxed(part: highspy.HighsLp, seconds: float) -> float:
    """A bound on a department's cost from its relaxation."""
    part.integrality_ = []
    known = Relaxation(part).bound_of_part(seconds)
    return max(least(part), known)


def least_cost(
    part: highspy.HighsLp, seconds: float, stop: Callable[[], bool]
) -> float:
    """A proven bound on what a department costs; minus infinity where there is none.

    Only times and places are whole in the model; every cost follows from them by rows
    of whole numbers, so what a department costs is a whole number.
    """
    highspy.Highs.resetGlobalScheduler(True)
    highs = new_highs()
    for name, value in _OPTIONS.items():
        highs.setOptionValue(name, value)
    highs.setOptionValue("time_limit", max(_LEAST_SECONDS, seconds))
    highs.passModel(part)

    def look(event: Any) -> None:
        event.interrupt(stop())

    highs.cbMipInterrupt.subscribe(look)
    highs.run()
    bound = highs.getInfo().mip_dual_bound
    known = abs(bound) < highspy.kHighsInf
    return whole_bound(bound) if known else -math.inf


_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.999,
    "mip_lp_solver": "ipx",
}


def _departments(choices: Iterable[Choice], number: dict[str, int]) -> Ints:
    """The department of every column; LOOSE for those that are no lesson's choice."""
    known = tuple(choices)
    leader = _Leaders()
    for choice in known:
        for tie in _ties(choice):
            leader.join(choice.group.lessons[0].lesson_id, tie)
    found = np.full(len(number), LOOSE, np.int64)
    names: dict[object, int] = {}
    for choice in known:
        name = leader.of(choice.group.lessons[0].lesson_id)
        block = names.setdefault(name, len(names))
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
