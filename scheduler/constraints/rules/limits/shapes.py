"""Numbers that the rows used on a day have: idle rows, span, runs, a late start."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

from scheduler.constraints.day_rows import Row, fitting, idle_rows
from scheduler.constraints.primitives import PatternCost
from scheduler.constraints.rules.limits.people import Calendar, Frame, Person

Shape = Callable[[Sequence[Row], Frame], int]
"""A number of the rows used on a day, by start; 0 for a day without any."""


def idle(used: Sequence[Row], frame: Frame) -> int:
    """Usable rows between used ones."""
    return idle_rows(used, frame.usable)


def span(used: Sequence[Row], frame: Frame) -> int:
    """Rows from the first used one to the last, those between included."""
    return len(used) + idle_rows(used, frame.lessons)


def runs(used: Sequence[Row], frame: Frame) -> list[int]:
    """Lengths of the runs: rows with nothing but breaks between them."""
    found: list[int] = []
    last = 0
    for start, end in used:
        if found and not fitting(frame.dividing, last, start):
            found[-1] += 1
        else:
            found.append(1)
        last = max(last, end)
    return found


def longest_run(used: Sequence[Row], frame: Frame) -> int:
    """Rows of the longest run."""
    return max(runs(used, frame), default=0)


def count(used: Sequence[Row], frame: Frame) -> int:
    """Rows used."""
    return len(used)


def missed(used: Sequence[Row], frame: Frame) -> int:
    """Usable rows before the first used one."""
    return fitting(frame.usable, 0, used[0][0]) if used else 0


def begins_late(used: Sequence[Row], frame: Frame) -> int:
    """1 where a usable row before the first used one is free."""
    return int(missed(used, frame) > 0)


# What follows is kept so that days of one shape share it: solvers know it by identity.
@lru_cache(maxsize=1024)
def over(shape: Shape, value: int) -> Shape:
    """By how much a number is above a limit."""
    return lambda used, frame: max(0, shape(used, frame) - value)


@lru_cache(maxsize=1024)
def under(shape: Shape, value: int) -> Shape:
    """By how much a number is below a limit, on days with a used row."""
    return lambda used, frame: max(0, value - shape(used, frame)) if used else 0


@lru_cache(maxsize=1024)
def runs_over(value: int) -> Shape:
    """Rows of runs beyond a limit, run by run."""
    return lambda used, frame: sum(max(0, run - value) for run in runs(used, frame))


@lru_cache(maxsize=4096)
def table_of(
    shape: Shape, weight: int, rows: tuple[Row, ...], frame: Frame
) -> Callable[[int], int]:
    """The weight times the number that each mask of the rows has."""

    @cache
    def table(mask: int) -> int:
        used = [row for k, row in enumerate(rows) if mask >> k & 1]
        return weight * shape(used, frame)

    return table


def day_patterns(
    shape: Shape, weight: int, person: Person, calendar: Calendar, layer: int
) -> Iterator[PatternCost]:
    """The weight times the number of each day's used rows, as patterns."""
    for day in calendar.days(person):
        rows, mask = calendar.view(person, day, layer)
        table = table_of(shape, weight, rows, calendar.frame(person, day, layer))
        yield PatternCost(
            *(person.resource, person.lessons, rows, mask, table, day),
            clash_rule=person.clash_rule,
        )
