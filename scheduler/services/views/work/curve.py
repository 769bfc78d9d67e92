"""The curve of a solve as points of a drawing: cost, bound, and unplaced lessons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.services.jobs.curve import Point
from scheduler.solver.solution import gap_percent

WIDTH, COST, BAND, GAP = 640, 170, 40, 24
"""Width of the drawing, heights for costs and for unplaced lessons, space between."""
_STEEP = 4
"""Costs above so many times the last one are drawn at the upper edge."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Lines as an SVG polyline has them; empty ones where nothing is known yet."""

    soft: str
    bound: str
    unplaced: str
    top: int
    bottom: int
    seconds: float
    last: Point

    @property
    def height(self) -> int:
        """Of the whole drawing, with the band for unplaced lessons where it is used."""
        return COST + (GAP + BAND if self.unplaced else 0)

    @property
    def gap(self) -> float | None:
        """How much better any timetable can be than the best one, as a share."""
        _, soft, bound, _, _ = self.last
        if soft is None or bound is None:
            return None
        return max(0.0, (soft - bound) / soft) if soft > 0 else 0.0

    @property
    def percent(self) -> str:
        """The gap in per cent, as the sentence of the certificate says it."""
        return gap_percent(self.gap or 0.0)


def drawing(points: Sequence[Point]) -> Drawing | None:
    """The curve of a job; None before it has told anything."""
    if not points:
        return None
    end = max(points[-1][0], 1.0)
    softs = [(p[0], p[1]) for p in points if p[1] is not None]
    bounds = [(p[0], p[2]) for p in points if p[2] is not None]
    left = [(p[0], p[4]) for p in points if p[4] is not None]
    costs = [y for _, y in (*softs, *bounds)]
    bottom = min(costs, default=0)
    steep = _STEEP * max(softs[-1][1], 1) if softs else max(costs, default=1)
    top = max(min(max(costs, default=1), steep), bottom + 1)
    most = max((y for _, y in left), default=0)
    low = COST + GAP + BAND
    return Drawing(
        _steps(softs, end, (COST, COST / (top - bottom), bottom, top)),
        _steps(bounds, end, (COST, COST / (top - bottom), bottom, top)),
        _steps(left, end, (low, BAND / most, 0, most)) if most else "",
        top,
        bottom,
        end,
        points[-1],
    )


def _steps(
    points: Iterable[tuple[float, int]],
    end: float,
    scale: tuple[float, float, int, int],
) -> str:
    """A line that stays where it is until the next point, up to the end.

    Parameters:
        scale: Height of the lowest value, height of one, the lowest and highest value.
    """
    foot, unit, low, high = scale
    drawn: list[str] = []
    height = None
    for at, value in points:
        x = round(WIDTH * at / end, 1)
        y = round(foot - unit * (min(value, high) - low), 1)
        if height is not None:
            drawn.append(f"{x},{height}")
        drawn.append(f"{x},{y}")
        height = y
    if height is not None:
        drawn.append(f"{WIDTH},{height}")
    return " ".join(drawn)
