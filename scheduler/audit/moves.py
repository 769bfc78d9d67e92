"""How many classes change place at one bell: the crowd on stairs and at gates."""

from collections import defaultdict
from dataclasses import dataclass

from scheduler.constraints.rules.places.limit_moves_at_once import crowds_on_the_move
from scheduler.model.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Moves:
    """Classes of a school that change place for a bell of a weekday.

    ``classes`` by week of the cycle (odd, even).
    """

    school_id: str
    day: int
    minute: int
    classes: tuple[int, int]

    @property
    def most(self) -> int:
        """Classes in the fuller week."""
        return max(self.classes)


def moves(timetable: Timetable) -> tuple[Moves, ...]:
    """Changes of place at each bell with any, as the rule LimitMovesAtOnce counts."""
    counts: dict[tuple[str, int, int], list[int]] = defaultdict(lambda: [0, 0])
    for crowd in crowds_on_the_move(timetable):
        bell = crowd.school_id, crowd.day, crowd.minute
        counts[bell][crowd.layer] = len(crowd.class_ids)
    return tuple(Moves(*bell, (n[0], n[1])) for bell, n in sorted(counts.items()))
