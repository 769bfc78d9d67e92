"""How much time there is for one person's lessons, day by day."""

from collections.abc import Sequence

from scheduler.constraints.primitives import Capacity
from scheduler.model.times import LAYERS
from scheduler.solver.explain.counting.packing import Interval, longest_row
from scheduler.solver.explain.counting.weeks import ByDay
from scheduler.solver.hard_view import HardView
from scheduler.solver.options import LessonGroup


def always_busy(view: HardView, term: Capacity) -> list[LessonGroup]:
    """Groups that use the resource in every option they have."""
    return [
        g
        for g in view.groups(term.lessons)
        if all(term.span(m) is not None for m in g.options)
    ]


def rows_by_day(term: Capacity, groups: Sequence[LessonGroup]) -> tuple[ByDay, ByDay]:
    """For each week and day, the most periods of these lessons one after the other.

    A lesson of one period counts with its walks; of a block the rows themselves
    count, which can only allow more.
    """
    odd, even = (_rows_in_week(term, groups, layer) for layer in LAYERS)
    return odd, even


def _rows_in_week(
    term: Capacity, groups: Sequence[LessonGroup], layer: int
) -> dict[int, int]:
    spans: dict[int, set[Interval]] = {}
    for group in groups:
        for meeting in group.options:
            busy = term.span(meeting)
            if layer not in meeting.layers or busy is None:
                continue
            here = spans.setdefault(meeting.day, set())
            if len(meeting.rows) == 1:
                here.add(busy)
            else:
                here.update((r.start, r.end) for r in meeting.rows)
    return {day: longest_row(intervals) for day, intervals in spans.items()}
