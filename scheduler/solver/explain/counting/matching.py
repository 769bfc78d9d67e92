"""Largest assignments of items to seats; earlier ones move aside along a chain."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from operator import eq
from typing import Generic, TypeVar

from scheduler.solver.options import LessonGroup

SeatT = TypeVar("SeatT", bound=Hashable)
TimeSeat = tuple[tuple[int, ...], int, int, int]
"""(weeks of the cycle, day, start, end) in which one item is busy."""


class Seating(Generic[SeatT]):
    """Seats items one by one, moving earlier ones aside.

    Success is a proof that all fit. Where seats clash with themselves only, a failure
    is one that no more fit; where they overlap in part it proves nothing.

    Parameters:
        clash: Whether two seats cannot both be taken.
    """

    def __init__(self, clash: Callable[[SeatT, SeatT], bool]) -> None:
        self._clash = clash
        self._taken: dict[int, SeatT] = {}
        self._choices: list[Sequence[SeatT]] = []

    def add(self, seats: Sequence[SeatT]) -> bool:
        """Seat one more item; tell whether it worked."""
        self._choices.append(seats)
        return self._seat(len(self._choices) - 1, set())

    def _seat(self, item: int, tried: set[SeatT]) -> bool:
        for seat in self._choices[item]:
            if seat in tried:
                continue
            tried.add(seat)
            hit = [k for k, other in self._taken.items() if self._clash(seat, other)]
            if not hit:
                self._taken[item] = seat
                return True
            if len(hit) == 1 and self._move_aside(hit[0], item, seat, tried):
                return True
        return False

    def _move_aside(
        self, other: int, item: int, seat: SeatT, tried: set[SeatT]
    ) -> bool:
        before = self._taken.pop(other)
        self._taken[item] = seat
        if self._seat(other, tried):
            return True
        del self._taken[item]
        self._taken[other] = before
        return False


def clash(a: TimeSeat, b: TimeSeat) -> bool:
    """Tell whether two seats share a moment."""
    return (
        a[1] == b[1]
        and a[2] < b[3]
        and b[2] < a[3]
        and any(layer in b[0] for layer in a[0])
    )


def most_assigned(
    choices: Iterable[Sequence[Hashable]], room: Mapping[Hashable, int]
) -> int:
    """The most items that can each have a box of their choice at once.

    Parameters:
        choices: For each item, the boxes it may go to.
        room: How many items each box holds.
    """
    seating = Seating[tuple[Hashable, int]](eq)
    return sum(
        seating.add([(box, k) for box in boxes for k in range(room[box])])
        for boxes in choices
    )


def day_choices(groups: Sequence[LessonGroup]) -> list[tuple[int, ...]]:
    """For each lesson, the days on which it has an option."""
    return [
        tuple(sorted({m.day for m in g.options})) for g in groups for _ in g.lessons
    ]
