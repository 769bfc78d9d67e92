"""Between timetables and the values of a model's variables."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.model.meeting import Meeting, Placement
from scheduler.model.timetable import Timetable
from scheduler.solver.options import Compiled

if TYPE_CHECKING:  # a search reads timetables too, and needs no model
    from scheduler.solver.exact.exact_model import ExactModel
    from scheduler.solver.exact.seats import Choice


def start_values(model: "ExactModel", timetable: Timetable) -> dict[str, float]:
    """A timetable as values of a model's 0/1 variables by name.

    Layouts of a pool are told apart in a timetable but not in the model.
    """
    wanted: set[tuple[str, Placement]] = set()
    for lesson in timetable.problem.lessons:
        placement = timetable.placements.get(lesson.lesson_id)
        if placement is not None:
            pooled = model.compiled.pools.as_pooled(placement)
            wanted.add((lesson.lesson_id, pooled))
    values: dict[str, float] = {}
    for choice in model.choices:
        seats = choice.seats or (choice.variable,)
        values |= {seat.name: values.get(seat.name, 0.0) for seat in seats}
        values[choice.variable.name] = 0.0
        for seat, meeting in zip(seats, choice.meetings, strict=True):
            if any(
                (x.lesson_id, meeting.placement) in wanted for x in choice.group.lessons
            ):
                values[choice.variable.name] = 1.0
                values[seat.name] = values[seat.name] + (seat is not choice.variable)
    return values


def read_timetable(model: "ExactModel") -> Timetable | None:
    """The solved model's timetable, or None where a pool cannot be told apart.

    Alike lessons are numbered by day and time; those who share seats sit down in
    the order of the groups.
    """
    taken: dict[str, list[Meeting]] = {}
    free = {
        seat.name: round(seat.varValue or 0)
        for choice in model.choices
        for seat in choice.seats
    }
    for choice in model.choices:
        if (choice.variable.varValue or 0) > 0.5:
            meeting = _sit_down(choice, free)
            taken.setdefault(choice.group.lessons[0].lesson_id, []).append(meeting)
    return as_timetable(model.compiled, taken)


def as_timetable(
    compiled: Compiled, taken: Mapping[str, list[Meeting]]
) -> Timetable | None:
    """The timetable of the options that each group takes.

    Parameters:
        taken: Meetings by the id of a group's first lesson, in any order.
    """
    placements: dict[str, Placement] = {}
    for group in compiled.groups:
        meetings = list(taken.get(group.lessons[0].lesson_id, ()))
        meetings.sort(key=lambda m: (m.day, m.start, m.layers))
        for lesson, meeting in zip(group.lessons, meetings, strict=False):
            placements[lesson.lesson_id] = meeting.placement
    timetable = Timetable(compiled.problem, placements)
    pooled = compiled.pools.assign(timetable.meetings)
    if pooled is None:
        return None
    if not pooled:
        return timetable
    for lesson_id, layout_id in pooled.items():
        placements[lesson_id] = replace(placements[lesson_id], layout_id=layout_id)
    return Timetable(compiled.problem, placements)


def _sit_down(choice: "Choice", free: dict[str, int]) -> Meeting:
    """Take the first free seat; the model made as many as lessons come."""
    if not choice.seats:
        return choice.meeting
    names = [seat.name for seat in choice.seats]
    k = next(k for k, name in enumerate(names) if free[name])
    free[names[k]] -= 1
    return choice.meetings[k]
