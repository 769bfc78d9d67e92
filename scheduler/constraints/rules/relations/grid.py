"""What lies between two lessons of one day, by the bells that both know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from scheduler.constraints.day_rows import Row, fitting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.times import Bell, RowKind


@dataclass(frozen=True, eq=False)
class Grid:
    """Rows of some bells by weekday.

    ``lessons`` are lesson rows, ``dividing`` all rows but breaks, ``parting`` all rows
    but breaks and big breaks.
    """

    lessons: Mapping[int, tuple[Row, ...]]
    dividing: Mapping[int, tuple[Row, ...]]
    parting: Mapping[int, tuple[Row, ...]]

    def rows_between(self, day: int, end: int, start: int) -> int:
        """Lesson rows that fit one after the other between two times."""
        return fitting(self.lessons.get(day, ()), end, start)

    def dividing_between(self, day: int, end: int, start: int) -> int:
        """Rows other than breaks that fit one after the other between two times."""
        return fitting(self.dividing.get(day, ()), end, start)

    def parting_between(self, day: int, end: int, start: int) -> int:
        """Rows other than breaks of either kind that fit between two times."""
        return fitting(self.parting.get(day, ()), end, start)


# Kept so that functions made for a grid are shared: solvers know them by identity.
@lru_cache(maxsize=64)
def _grid(rows: frozenset[tuple[int, Row, RowKind]]) -> Grid:
    def by_day(*but: RowKind) -> dict[int, tuple[Row, ...]]:
        found: dict[int, set[Row]] = {}
        for day, row, kind in rows:
            if kind not in but:
                found.setdefault(day, set()).add(row)
        return {day: tuple(sorted(mine)) for day, mine in found.items()}

    others = (kind for kind in RowKind if kind is not RowKind.LESSON)
    breaks = (RowKind.BREAK, RowKind.BIG_BREAK)
    return Grid(by_day(*others), by_day(RowKind.BREAK), by_day(*breaks))


class Grids:
    """Grids of a problem, each worked out once."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._known: dict[frozenset[str], Grid] = {}

    def of(self, lessons: Iterable[Lesson]) -> Grid:
        """The grid of the bells in which these lessons' periods count."""
        bells = {
            bell.bell_id: bell
            for bell in (self._problem.bell_of(x.requirement) for x in lessons)
        }
        key = frozenset(bells)
        if key not in self._known:
            self._known[key] = _grid(_rows(bells.values()))
        return self._known[key]


def _rows(bells: Iterable[Bell]) -> frozenset[tuple[int, Row, RowKind]]:
    return frozenset(
        (p.day, (p.start, p.end), p.kind) for b in bells for p in b.periods
    )
