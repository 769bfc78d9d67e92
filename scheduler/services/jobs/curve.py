"""The curve of a solve: what it told on its way, thinned to a bounded number of points.

A point is ``(seconds, soft, bound, hard, unplaced)``; what was not known is None.
"""

import json
from collections.abc import Mapping
from typing import Any

Point = tuple[float, int | None, int | None, int | None, int | None]
MOST = 240
"""Points kept; at twice as many every second one goes, the last one stays."""


class Curve:
    """The points so far, the first ones those of a worker before."""

    def __init__(self, points: list[Point]) -> None:
        self.points = points
        # A job that is begun again goes on in the curve of before.
        self._before = points[-1][0] if points else 0.0

    def add(self, facts: Mapping[str, Any]) -> bool:
        """Take what was told; whether there is a new point."""
        told = tuple(facts.get(x) for x in ("soft", "bound", "hard", "unplaced"))
        if "seconds" not in facts or told[:2] == (None, None):
            return False
        at = round(self._before + facts["seconds"], 1)
        self.points.append((at, *told))
        if len(self.points) >= 2 * MOST:
            self.points = [*self.points[:-1:2], self.points[-1]]
        return True

    def text(self) -> str:
        """As jobs keep it."""
        return json.dumps(self.points)


def read_points(text: str) -> list[Point]:
    """Read what :meth:`Curve.text` wrote."""
    found: list[Point] = [tuple(point) for point in json.loads(text)]
    return found
