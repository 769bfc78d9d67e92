"""Terms as a CP-SAT model; what is modelled is told in docs/benchmarks.md."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise, product
from typing import TypeVar

from scheduler.constraints.primitives import (
    Capacity,
    CountCost,
    OptionCost,
    PairCost,
    PatternCost,
    PatternSumCost,
    RangeCost,
    SameChoice,
)
from scheduler.model.meeting import Meeting
from scheduler.model.requirements import Lesson
from scheduler.model.times import LAYERS
from scheduler.model.timetable import Timetable
from scheduler.solver.exact.moments import Use, busy_moments, use_of
from scheduler.solver.exact.seats import (
    Choice,
    bound_to_layouts,
    make_choices,
    make_seats,
)
from scheduler.solver.options import Compiled, LessonGroup, Posted
from scheduler.solver.reading import as_timetable
from tests.benchmarks.cpsat.patterns import DayPatterns, Encoding
from tests.benchmarks.cpsat.rows import Rows

T = TypeVar("T")


class CpModel:
    """A Boolean for each group of alike lessons and time, seats for layouts."""

    def __init__(self, compiled: Compiled, encoding: Encoding = Encoding.SPANS) -> None:
        self.compiled = compiled
        self.rows = Rows()
        terms = [t for t in compiled.terms if t.hard or t.rule.weight > 0]
        self.choices = make_choices(
            self.rows, compiled.groups, compiled.by_layout, bound_to_layouts(terms)
        )
        make_seats(self.rows, self.choices, terms)
        self._group = {g.lessons[0].lesson_id: g for g in compiled.groups}
        self._by_lesson: dict[str, list[Choice]] = {name: [] for name in self._group}
        for choice in self.choices:
            self._by_lesson[choice.group.lessons[0].lesson_id].append(choice)
        self._day_counts: dict[tuple[object, ...], int] = {}
        for group in compiled.groups:
            chosen = self._by_lesson[group.lessons[0].lesson_id]
            row = {c.variable: 1 for c in chosen}
            self.rows.between(row, None, group.count)
        hard_rules = frozenset(t.rule.name for t in terms if t.hard)
        self._patterns = DayPatterns(self.rows, hard_rules, encoding)
        for posted in terms:
            self._post(posted)
        self._patterns.post()
        for x in self._patterns.sums:
            self._price(x.posted, x.term.cost, x.row, x.least, x.most)

    def timetable(self, values: Sequence[int]) -> Timetable:
        """The timetable of the variables' values, layouts of a pool told apart.

        Raises:
            RuntimeError: a pool's number is enough at every moment but not as a whole.
        """
        free = list(values)
        taken: dict[str, list[Meeting]] = {}
        for choice in self.choices:
            if values[choice.variable]:
                mine = taken.setdefault(choice.group.lessons[0].lesson_id, [])
                mine.append(_sit_down(choice, free))
        timetable = as_timetable(self.compiled, taken)
        if timetable is None:
            raise RuntimeError("the layouts of a pool cannot be told apart")
        return timetable

    def _of(self, lessons: tuple[Lesson, ...]) -> list[Choice]:
        """Choices of the groups that these lessons stand for."""
        return [
            c
            for g in self._groups_of(lessons)
            for c in self._by_lesson[g.lessons[0].lesson_id]
        ]

    def _groups_of(self, lessons: tuple[Lesson, ...]) -> list[LessonGroup]:
        ids = dict.fromkeys(x.lesson_id for x in lessons)
        return [self._group[i] for i in ids if i in self._group]

    def _post(self, posted: Posted) -> None:
        match posted.term:
            case OptionCost():
                self._option_cost(posted, posted.term)
            case Capacity():
                self._capacity(posted, posted.term)
            case CountCost():
                row, least, most = self._count(posted.term.lessons, posted.term.value)
                self._price(posted, posted.term.cost, row, least, most)
            case PatternCost():
                columns = self._columns(posted.term.lessons)
                self._patterns.add(posted, posted.term, columns)
            case PatternSumCost():
                self._patterns.add_sum(posted, posted.term, self._columns)
            case PairCost():
                self._pair_cost(posted, posted.term)
            case RangeCost():
                self._range_cost(posted, posted.term)
            case SameChoice():
                self._same_choice(posted, posted.term)

    def _columns(self, lessons: tuple[Lesson, ...]) -> list[tuple[Meeting, int]]:
        return [(c.meeting, c.variable) for c in self._of(lessons)]

    def _charge(self, posted: Posted, high: int) -> int:
        """A variable for a term's amount: priced, or 0 where the rule is hard."""
        amount = self.rows.variable("amount", 0 if posted.hard else high)
        if not posted.hard:
            self.rows.charge(amount, posted.rule.weight)
        return amount

    def _option_cost(self, posted: Posted, term: OptionCost) -> None:
        amounts: dict[int, int] = {}
        for choice in self._of(term.lessons):
            amounts |= {v: a for v, _, a in _seen(choice, term.of)}
        for variable, amount in amounts.items():
            if amount and posted.hard:
                self.rows.between({variable: 1}, 0, 0)
            elif amount:
                self.rows.charge(variable, amount * posted.rule.weight)

    def _capacity(self, posted: Posted, term: Capacity) -> None:
        limit = self.compiled.limit(posted)
        uses: dict[tuple[int, int], dict[int, Use]] = defaultdict(dict)
        for choice in self._of(term.lessons):
            for variable, meeting, used in _seen(choice, use_of(term)):
                if used is not None:
                    (start, end), demand = used
                    for layer in meeting.layers:
                        use = Use(start, end, variable, demand)
                        uses[layer, meeting.day][variable] = use
        for here in uses.values():
            for _, minutes, inside in busy_moments([*here.values()], not posted.hard):
                row = {u.variable: u.demand for u in inside}
                self._cap(posted, row, limit, minutes)

    def _cap(
        self, posted: Posted, row: dict[int, int], limit: int, minutes: int
    ) -> None:
        most = sum(demand * self.rows.high[v] for v, demand in row.items())
        if most <= limit:
            return
        if posted.hard:
            self.rows.between(row, None, limit)
            return
        excess = self.rows.variable("excess", most - limit)
        self.rows.between(row | {excess: -1}, None, limit)
        self.rows.charge(excess, posted.rule.weight * minutes)

    def _count(
        self, lessons: tuple[Lesson, ...], value: Callable[[Meeting], int]
    ) -> tuple[dict[int, int], int, int]:
        """A sum of values as a row, with the least and the most it can be."""
        row: dict[int, int] = {}
        least = most = 0
        for group in self._groups_of(lessons):
            highest: list[int] = []
            lowest: list[int] = []
            for cell in _by_day(self._by_lesson[group.lessons[0].lesson_id]):
                seen = [_seen(c, value) for c in cell]
                values = {v for part in seen for _, _, v in part}
                highest += [max(v for _, _, v in part) for part in seen]
                lowest += [min(v for _, _, v in part) for part in seen]
                if len(values) == 1 and len(cell) > 1:
                    if amount := values.pop():
                        row[self._day_count(cell)] = amount
                else:
                    row |= {x: v for part in seen for x, _, v in part if v}
            most += _largest(highest, group.count)
            least -= _largest([-v for v in lowest], group.count)
        return row, least, most

    def _day_count(self, cell: list[Choice]) -> int:
        """How many lessons of a group fall on one day: rules on days share it."""
        first = cell[0]
        key = (first.group.lessons[0].lesson_id, first.meeting.placement.week)
        known = self._day_counts.get((*key, first.meeting.day))
        if known is None:
            known = self.rows.variable("on day", first.group.count)
            self.rows.equal("on day", {c.variable: 1 for c in cell} | {known: -1}, 0)
            self._day_counts[*key, first.meeting.day] = known
        return known

    def _price(
        self,
        posted: Posted,
        cost: Callable[[int], int],
        row: dict[int, int],
        least: int,
        most: int,
    ) -> None:
        """Charge a row's value by a convex cost, or hold it where that is 0."""
        costs = {n: cost(n) for n in range(least, most + 1)}
        if not any(costs.values()):
            return
        if posted.hard:
            free = [n for n, c in costs.items() if c == 0]
            # No count is free: a row that cannot hold, so that all is infeasible.
            low, high = (free[0], free[-1]) if free else (most + 1, most + 1)
            self.rows.between(
                row, low if low > least else None, high if high < most else None
            )
            return
        self._price_lines(posted, costs, row)

    def _price_lines(
        self, posted: Posted, costs: dict[int, int], row: dict[int, int]
    ) -> None:
        """The cost lies above every line on which a stretch of the table lies."""
        floor = min(costs.values())
        self.rows.charge_constant(posted.rule.weight * floor)
        amount = self._charge(posted, max(costs.values()) - floor)
        lines = {(costs[b] - costs[a], costs[a]): a for a, b in pairwise(costs)}
        told: set[int] = set()
        for (slope, at), n in lines.items():
            if slope and slope not in told:
                told.add(slope)
                line = {v: slope * c for v, c in row.items()}
                limit = slope * n - at + floor
                self.rows.between(line | {amount: -1}, None, limit)

    def _pair_cost(self, posted: Posted, term: PairCost) -> None:
        for layer in LAYERS:
            events: dict[tuple[object, ...], list[Choice]] = defaultdict(list)
            for choice in self._of(term.lessons):
                event = term.event(choice.meeting)
                if event is not None and layer in choice.meeting.layers:
                    events[event].append(choice)
            for (a, here), (b, there) in combinations(events.items(), 2):
                if amount := term.of(a, b):
                    self._part(posted, list(product(here, there)), amount)
            for event, here in events.items():
                if amount := term.of(event, event):
                    self._part(posted, list(combinations(here, 2)), amount)

    def _part(
        self, posted: Posted, pairs: list[tuple[Choice, Choice]], amount: int
    ) -> None:
        """No two of these choices together, or at a price for each pair."""
        for a, b in pairs:
            if a.group is b.group and a.group.count == 1:
                continue
            row = {a.variable: 1, b.variable: 1}
            if not posted.hard:
                pair = self.rows.variable("pair", 1)
                self.rows.charge(pair, amount * posted.rule.weight)
                row[pair] = -1
            self.rows.between(row, None, 1)

    def _range_cost(self, posted: Posted, term: RangeCost) -> None:
        counts = [self._count(group, term.value) for group in term.groups]
        most = max(most for _, _, most in counts)
        least = min(least for _, least, _ in counts)
        if most - least <= term.allowance:
            return
        # Counted from the least, for variables begin at 0.
        highest = self.rows.variable("highest", most - least)
        lowest = self.rows.variable("lowest", most - least)
        for row, _, _ in counts:
            self.rows.between(row | {highest: -1}, None, least)
            self.rows.between(row | {lowest: -1}, least, None)
        amount = self._charge(posted, most - least - term.allowance)
        spread = {highest: 1, lowest: -1, amount: -1}
        self.rows.between(spread, None, term.allowance)

    def _same_choice(self, posted: Posted, term: SameChoice) -> None:
        by_choice: dict[object, dict[int, int]] = defaultdict(dict)
        for choice in self._of(term.lessons):
            by_choice[term.choice(choice.meeting)][choice.variable] = 1
        if len(by_choice) < 2:
            return
        chosen = [self.rows.variable("choice", 1) for _ in by_choice]
        self.rows.equal("one", dict.fromkeys(chosen, 1), 1)
        count = len(term.lessons)
        amount = self._charge(posted, count)
        everyone = {v for row in by_choice.values() for v in row}
        for mine, row in zip(chosen, by_choice.values(), strict=True):
            if posted.hard:
                for other in everyone - set(row):
                    self.rows.between({other: 1, mine: 1}, None, 1)
                continue
            others = dict.fromkeys(everyone - set(row), 1)
            self.rows.between(others | {mine: count, amount: -1}, None, count)


def _seen(choice: Choice, look: Callable[[Meeting], T]) -> list[tuple[int, Meeting, T]]:
    """What a term sees of a choice: once, or layout by layout where they differ."""
    values = [look(m) for m in choice.meetings]
    if all(v == values[0] for v in values):
        return [(choice.variable, choice.meeting, values[0])]
    return list(zip(choice.seats, choice.meetings, values, strict=True))


def _sit_down(choice: Choice, free: list[int]) -> Meeting:
    """One of the seats taken at the choice's time; it is then no longer free."""
    for seat, meeting in zip(choice.seats, choice.meetings, strict=False):
        if free[seat]:
            free[seat] -= 1
            return meeting
    return choice.meeting


def _by_day(choices: list[Choice]) -> list[list[Choice]]:
    """A group's choices by week and day."""
    found: dict[tuple[object, ...], list[Choice]] = defaultdict(list)
    for choice in choices:
        found[choice.meeting.placement.week, choice.meeting.day].append(choice)
    return list(found.values())


def _largest(values: list[int], count: int) -> int:
    """The most that at most ``count`` of the values can add up to."""
    return sum(sorted((v for v in values if v > 0), reverse=True)[:count])
