"""Largest assignments of items to boxes that hold only so many."""

from collections.abc import Hashable, Mapping, Sequence

from scheduler.solver.options import LessonGroup


def most_assigned(
    choices: Sequence[Sequence[Hashable]], room: Mapping[Hashable, int]
) -> int:
    """The most items that can each have a box of their choice at once.

    Parameters:
        choices: For each item, the boxes it may go to.
        room: How many items each box holds.
    """
    inside: dict[Hashable, list[int]] = {box: [] for box in room}

    def give(item: int, tried: set[Hashable]) -> bool:
        for box in choices[item]:
            if box in tried:
                continue
            tried.add(box)
            if len(inside[box]) < room[box]:
                inside[box].append(item)
                return True
            for k, other in enumerate(inside[box]):
                if give(other, tried):
                    inside[box][k] = item
                    return True
        return False

    return sum(give(item, set()) for item in range(len(choices)))


def day_choices(groups: Sequence[LessonGroup]) -> list[tuple[int, ...]]:
    """For each lesson, the days on which it has an option."""
    return [
        tuple(sorted({m.day for m in g.options})) for g in groups for _ in g.lessons
    ]
