"""The plan of a whole term for bad weather, every turn of it proven."""

from collections import Counter
from collections.abc import Callable
from time import perf_counter

from scheduler.model.problem import Problem
from scheduler.model.timetable import Timetable
from scheduler.model.weather import RainPlan
from scheduler.solver.rain.choice import SlotChoice
from scheduler.solver.rain.rotation import Rotation
from scheduler.solver.rain.slots import slot_choices


def rain_plan(
    timetable: Timetable,
    seconds: float = 60.0,
    told: Callable[[int, int], object] = lambda done, of: None,
) -> RainPlan:
    """Prepare every slot with lessons outdoors for as many bad days as it has dates.

    The same timetable gives the same plan, if all is proven. ``proven`` of a turn: no
    allowed assignment has more classes active indoors; of those, none is fairer; of
    those, none has less walking and better places.

    Parameters:
        seconds: When time is up, further turns are the best of a moment, not proven.
        told: Told after each round of turns how many slots are done, and of how many.
    """
    began = perf_counter()
    problem = timetable.problem
    slots = [Rotation(c, _dates(problem, c)) for c in slot_choices(timetable)]
    had: Counter[str] = Counter()
    while open_ := [slot for slot in slots if not slot.complete]:
        told(len(slots) - len(open_), len(slots))
        for slot in open_:
            classes = [
                problem.lesson[x].requirement.class_ids for x in slot.choice.lesson_ids
            ]
            elsewhere = [
                sum(had[c] for c in ids) - len(ids) * n
                for ids, n in zip(classes, slot.served, strict=True)
            ]
            left = seconds - (perf_counter() - began)
            for unit, _ in slot.take_turn(elsewhere, min(_LONGEST_TURN, left)):
                had.update(classes[unit])
    return RainPlan(tuple(s.slot() for s in slots), perf_counter() - began)


_LONGEST_TURN = 10.0


def _dates(problem: Problem, choice: SlotChoice) -> int:
    """Dates on which the slot may be taught, holidays counted too."""
    acting = sum(day.acts_as == choice.day for day in problem.term.make_up)
    return max(1, len(problem.term.weekday_dates(choice.day)) + acting)
