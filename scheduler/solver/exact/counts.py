"""Counts of lessons in the exact model, and the range between several of them."""

from collections.abc import Callable

import pulp

from scheduler.constraints.primitives import CountCost, RangeCost
from scheduler.model.meeting import Meeting
from scheduler.model.requirements import Lesson
from scheduler.model.times import Week
from scheduler.solver.exact.choice_index import ChoiceIndex, seen, seen_at_once
from scheduler.solver.exact.convex import Counted
from scheduler.solver.exact.posting import amount_of
from scheduler.solver.exact.rows import ModelRows
from scheduler.solver.exact.seats import Choice, hears
from scheduler.solver.options import Posted


class Counts:
    """Rows that count lessons; those of whole days share one variable for the day."""

    def __init__(self, rows: ModelRows, index: ChoiceIndex) -> None:
        self._rows, self._index = rows, index
        self._on_day: dict[tuple[str, Week, int], pulp.LpVariable] = {}

    def count(self, term: CountCost) -> Counted:
        """The sum of the values of a term's meetings."""
        return self._sum(term.lessons, term.value, term)

    def _sum(
        self,
        lessons: tuple[Lesson, ...],
        value: Callable[[Meeting], int],
        term: CountCost | None = None,
    ) -> Counted:
        """The sum of the values of these lessons' meetings; ``term`` says, where it is
        given, on which of them the value is 0 without being asked."""
        look = seen if term is None or term.by_layout else seen_at_once
        row: dict[pulp.LpVariable, int] = {}
        least = most = 0
        for group in self._index.groups(lessons):
            highest: list[int] = []
            lowest: list[int] = []
            for day in self._index.days(group):
                cell = day if term is None else _heard(day, term)
                if not cell:
                    continue
                parts = [look(c, value) for c in cell]
                high = [max(v for _, _, v in part) for part in parts]
                low = [min(v for _, _, v in part) for part in parts]
                whole = len(cell) == len(day)
                if whole and high[-1] and set(high + low) == {high[-1]}:
                    row[self._day_count(cell)] = high[-1]
                else:
                    row |= {x: v for part in parts for x, _, v in part if v}
                highest, lowest = highest + high, lowest + low
            most += _largest(highest, group.count)
            least -= _largest([-v for v in lowest], group.count)
        return Counted(row, least, most)

    def post_range(self, posted: Posted, term: RangeCost) -> None:
        """Price, or forbid, what the counts of several groups lie apart."""
        rows, name = self._rows, posted.rule.name
        counts = [self._sum(g, term.value) for g in term.groups]
        top = max(c.most for c in counts)
        widest = top - min(c.least for c in counts)
        if widest <= term.allowance:
            return
        highest = rows.variable(f"{name}_highest", top)
        lowest = rows.variable(f"{name}_lowest", top)
        for c in counts:
            rows.at_most(f"{name}_below", c.row | {highest: -1}, 0)
            rows.at_least(f"{name}_above", c.row | {lowest: -1}, 0)
        amount = amount_of(rows, posted, "range", widest - term.allowance)
        spread = {highest: 1, lowest: -1, amount: -1}
        rows.at_most(f"{name}_range", spread, term.allowance)

    def _day_count(self, cell: tuple[Choice, ...]) -> pulp.LpVariable:
        """How many lessons of a group fall on one day: rules on days share it."""
        rows, first = self._rows, cell[0]
        lesson_id = first.group.lessons[0].lesson_id
        key = (lesson_id, first.meeting.placement.week, first.meeting.day)
        if key not in self._on_day:
            name = f"on_day_{key[0]}_{key[1]}_{key[2]}"
            count = rows.variable(name, first.group.count, whole=True)
            origin, rows.origin = rows.origin, None
            rows.equal(name, {c.variable: 1 for c in cell} | {count: -1}, 0)
            rows.origin = origin
            self._on_day[key] = count
        return self._on_day[key]


def _heard(day: tuple[Choice, ...], term: CountCost) -> tuple[Choice, ...]:
    """Choices of one day on which the term's value may differ from 0."""
    if term.day not in (None, day[0].meeting.day):
        return ()
    if term.minute is None:
        return day
    return tuple(c for c in day if hears(term, c))


def _largest(values: list[int], count: int) -> int:
    """The most that at most ``count`` of the values can add up to."""
    return sum(sorted((v for v in values if v > 0), reverse=True)[:count])
