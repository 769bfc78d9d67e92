"""Turn after turn of a term: whoever was indoors least goes first.

Two lessons that may take each other's place are never more than one turn apart, after
any number of bad days that the term has dates for: were the one that had more turns
indoors and the other not, exchanging them would be allowed, move as many classes, cost
the same for the places and rank lower, so the assignment would not have been the best
(see docs/rain.md). An assignment that was not proven best is made fair by that very
exchange.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.timetable import Timetable
from scheduler.model.weather import RainPlan, RainSlot, RainTurn
from scheduler.solver.rain.assignment import best_assignment
from scheduler.solver.rain.choice import Pick, SlotChoice
from scheduler.solver.rain.slots import slot_choices


@dataclass
class Rotation:
    """The turns of one slot so far.

    ``most`` is the number of turns after which none is needed any more: there are not
    as many dates in the term.
    """

    choice: SlotChoice
    most: int
    turns: list[RainTurn] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.served = [0] * len(self.choice.lesson_ids)

    @property
    def complete(self) -> bool:
        """Tell whether the turns may begin anew, or the term has no more dates.

        They may where every lesson that has a place at all had equally many: all is
        then as it was before the first.
        """
        able = {n for n, x in zip(self.served, self.choice.layouts, strict=True) if x}
        return bool(self.turns) and (len(able) <= 1 or len(self.turns) >= self.most)

    def take_turn(
        self, elsewhere: Sequence[int], seconds: float = 60.0
    ) -> tuple[Pick, ...]:
        """Add the best next turn and return who is indoors.

        Parameters:
            elsewhere: For each lesson, turns its classes had in other slots; decides
                between lessons that had equally many here.
            seconds: Time to prove it in; the best found counts where that is too short.
        """
        ranks = _ranks(self.served, elsewhere)
        picks, proven = best_assignment(self.choice, ranks, seconds)
        picks = _fairly(self.choice, picks, ranks)
        places = [HOME] * len(self.choice.lesson_ids)
        for unit, place in picks:
            places[unit] = self.choice.layouts[unit][place]
            self.served[unit] += 1
        self.turns.append(RainTurn(tuple(places), proven))
        return picks

    def slot(self) -> RainSlot:
        """The slot with its turns, as many as it takes until they repeat."""
        c = self.choice
        return RainSlot(
            c.day,
            c.week,
            c.start,
            c.end,
            c.lesson_ids,
            c.layouts,
            c.alike,
            _shortest(self.turns, c.alike),
        )


def _shortest(
    turns: Sequence[RainTurn], alike: Sequence[Sequence[int]]
) -> tuple[RainTurn, ...]:
    """The fewest first turns that, begun anew and anew, are all of the turns.

    They end where lessons that are alike had equally many: begun anew anywhere else,
    the same lesson would be ahead once more each time round.
    """

    def fair(length: int) -> bool:
        given = [turn.layout_ids for turn in turns[:length]]
        counts = [[sum(x[u] != HOME for x in given) for u in group] for group in alike]
        return all(len(set(of_group)) == 1 for of_group in counts)

    length = next(
        k
        for k in range(1, len(turns) + 1)
        if k == len(turns)
        or (all(turn == turns[i % k] for i, turn in enumerate(turns)) and fair(k))
    )
    return tuple(turns[:length])


def _fairly(
    choice: SlotChoice, picks: tuple[Pick, ...], ranks: Sequence[int]
) -> tuple[Pick, ...]:
    """Of lessons that are alike, those of the lowest ranks go in.

    This changes nothing in a best assignment, and keeps one that was not proven fair.
    """
    place = dict(picks)
    for group in choice.alike:
        seats = [place.pop(unit) for unit in group if unit in place]
        went = {unit for unit, _ in picks}
        queue = sorted(group, key=lambda u: (ranks[u], u not in went, u))
        place |= dict(zip(queue, seats, strict=False))
    return tuple(sorted(place.items()))


def _ranks(served: Sequence[int], elsewhere: Sequence[int]) -> tuple[int, ...]:
    """Places in the queue, from 0 for those who had least; equals share one."""
    keys = list(zip(served, elsewhere, strict=True))
    order = {key: rank for rank, key in enumerate(sorted(set(keys)))}
    return tuple(order[key] for key in keys)


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
