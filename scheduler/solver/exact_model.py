"""The exact model: a compiled problem as a PuLP model."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations, groupby, product
from typing import TypeVar

import pulp

from scheduler.constraints.terms import (
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
from scheduler.model.times import LAYERS, Week
from scheduler.solver.moments import Use, crowds, use_of
from scheduler.solver.options import Compiled, LessonGroup, PostedTerm
from scheduler.solver.patterns import PatternFamilies
from scheduler.solver.rows import ModelRows
from scheduler.solver.seats import Choice, bound_to_layouts, make_choices, make_seats

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Origin:
    """The term a row comes from, and the weekday it speaks of, if one alone."""

    posted: PostedTerm
    day: int | None = None


class ExactModel:
    """PuLP variables and rows of a compiled problem.

    ``choices`` keep the order of the groups and their options; how lessons share
    layouts is told in seats.py.

    Parameters:
        objective: Write the soft rules too.
        check: Called before every term and more often; it may raise to end the writing.
        watched: Terms that are not posted, but what they tell apart stays apart.
    """

    def __init__(
        self,
        compiled: Compiled,
        objective: bool = True,
        check: Callable[[], None] = lambda: None,
        watched: tuple[PostedTerm, ...] = (),
    ) -> None:
        self.compiled = compiled
        self.objective = objective
        self.rows = ModelRows("cuofeng")
        terms = [t for t in compiled.terms if self._matters(t)]
        self.choices = make_choices(
            self.rows, compiled.groups, compiled.by_layout, bound_to_layouts(terms)
        )
        make_seats(self.rows, self.choices, (*terms, *watched))
        self._group = {g.lessons[0].lesson_id: g for g in compiled.groups}
        self._known = {x.lesson_id for g in compiled.groups for x in g.lessons}
        self._by_lesson: dict[str, list[Choice]] = {name: [] for name in self._group}
        for choice in self.choices:
            self._by_lesson[choice.group.lessons[0].lesson_id].append(choice)
        self._cells = {name: _by_day(rows) for name, rows in self._by_lesson.items()}
        self._day_counts: dict[tuple[str, Week, int], pulp.LpVariable] = {}
        for group in compiled.groups:
            check()
            self._place_at_most_once(group)
        self._patterns = PatternFamilies(self.rows, self._hard_rules())
        for posted in terms:
            check()
            self.rows.origin = Origin(posted)
            self._post(posted)
        self.rows.origin = None
        self._patterns.post()
        for posted, cost, row, least, most in self._patterns.sums():
            check()
            self.rows.origin = Origin(posted)
            self._price(posted, cost, row, least, most)
        self.problem = self.rows.finish()

    def _matters(self, posted: PostedTerm) -> bool:
        return posted.hard or (self.objective and posted.rule.weight > 0)

    def _place_at_most_once(self, group: LessonGroup) -> None:
        chosen = {c.variable: 1 for c in self._by_lesson[group.lessons[0].lesson_id]}
        if chosen:
            name = f"place_{group.lessons[0].lesson_id}"
            self.rows.at_most(name, chosen, group.count)

    def _hard_rules(self) -> frozenset[str]:
        return frozenset(x.rule.name for x in self.compiled.terms if x.hard)

    def _groups_of(self, lessons: tuple[Lesson, ...]) -> list[LessonGroup]:
        ids = dict.fromkeys(x.lesson_id for x in lessons)
        groups = [self._group[i] for i in ids if i in self._group]
        if sum(g.count for g in groups) != sum(i in self._known for i in ids):
            raise ValueError("a term speaks of some of the lessons treated as alike")
        return groups

    def _of(self, lessons: tuple[Lesson, ...]) -> list[Choice]:
        """Choices of the groups that these lessons stand for."""
        groups = self._groups_of(lessons)
        return [c for g in groups for c in self._by_lesson[g.lessons[0].lesson_id]]

    def _post(self, posted: PostedTerm) -> None:
        match posted.term:
            case OptionCost():
                self._option_cost(posted, posted.term)
            case Capacity():
                self._capacity(posted, posted.term)
            case CountCost():
                self._count_cost(posted, posted.term)
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

    def _charge(self, posted: PostedTerm, name: str, most: int) -> pulp.LpVariable:
        """A variable for a term's amount: priced, or 0 where the rule is hard.

        ``most`` is all it can need; a bound by multipliers rests on such limits.
        """
        high = 0 if posted.hard else most
        amount = self.rows.variable(f"{posted.rule.name}_{name}", high)
        if not posted.hard:
            self.rows.charge(amount, posted.rule.weight)
        return amount

    def _option_cost(self, posted: PostedTerm, term: OptionCost) -> None:
        amounts: dict[pulp.LpVariable, int] = {}
        for choice in self._of(term.lessons):
            amounts |= {v: a for v, _, a in _seen(choice, term.of)}
        for variable, amount in amounts.items():
            if amount and posted.hard:
                self.rows.at_most(posted.rule.name, {variable: 1}, 0)
            elif amount:
                self.rows.charge(variable, amount * posted.rule.weight)

    def _capacity(self, posted: PostedTerm, term: Capacity) -> None:
        name = "_".join((posted.rule.name, *term.resource))
        limit = self.compiled.limit(posted)
        uses: dict[tuple[int, int], dict[pulp.LpVariable, Use]] = defaultdict(dict)
        for choice in self._of(term.lessons):
            for variable, meeting, used in _seen(choice, use_of(term)):
                if used is None:
                    continue
                (start, end), demand = used
                for layer in meeting.layers:
                    use = Use(start, end, variable, demand)
                    uses[layer, meeting.day][variable] = use
        for (_, day), here in uses.items():
            self.rows.origin = Origin(posted, day)
            for start, minutes, inside in crowds([*here.values()], not posted.hard):
                row = {u.variable: u.demand for u in inside}
                label = f"{name}_d{day}_m{start}"
                self._cap(posted, label, row, limit, minutes)

    def _cap(
        self,
        posted: PostedTerm,
        label: str,
        row: dict[pulp.LpVariable, int],
        limit: int,
        minutes: int,
    ) -> None:
        # A choice is taken once, a seat by several lessons.
        if sum(demand * variable.upBound for variable, demand in row.items()) <= limit:
            return
        if posted.hard:
            self.rows.at_most(label, row, limit)
            return
        fullest = sum(demand * variable.upBound for variable, demand in row.items())
        excess = self.rows.variable(f"excess_{label}", int(fullest) - limit)
        self.rows.at_most(label, row | {excess: -1}, limit)
        self.rows.charge(excess, posted.rule.weight * minutes)

    def _count(
        self, lessons: tuple[Lesson, ...], value: Callable[[Meeting], int]
    ) -> tuple[dict[pulp.LpVariable, int], int, int]:
        """A sum of values as a row, with the least and the most it can be."""
        row: dict[pulp.LpVariable, int] = {}
        least = most = 0
        for group in self._groups_of(lessons):
            highest: list[int] = []
            lowest: list[int] = []
            for cell in self._cells[group.lessons[0].lesson_id]:
                seen = [_seen(c, value) for c in cell]
                highest += [max(v for _, _, v in part) for part in seen]
                lowest += [min(v for _, _, v in part) for part in seen]
                if highest[-1] and set(
                    highest[-len(cell) :] + lowest[-len(cell) :]
                ) == {highest[-1]}:
                    row[self._day_count(cell)] = highest[-1]
                else:
                    row |= {x: v for part in seen for x, _, v in part if v}
            most += _largest(highest, group.count)
            least -= _largest([-v for v in lowest], group.count)
        return row, least, most

    def _day_count(self, cell: tuple[Choice, ...]) -> pulp.LpVariable:
        """How many lessons of a group fall on one day: rules on days share it."""
        first = cell[0]
        key = (first.group.lessons[0].lesson_id, first.meeting.placement.week)
        known = self._day_counts.get((*key, first.meeting.day))
        if known is None:
            name = f"on_day_{key[0]}_{key[1]}_{first.meeting.day}"
            known = self.rows.variable(name, first.group.count, whole=True)
            origin, self.rows.origin = self.rows.origin, None
            self.rows.equal(name, {c.variable: 1 for c in cell} | {known: -1}, 0)
            self.rows.origin = origin
            self._day_counts[*key, first.meeting.day] = known
        return known

    def _count_cost(self, posted: PostedTerm, term: CountCost) -> None:
        row, least, most = self._count(term.lessons, term.value)
        self._price(posted, term.cost, row, least, most)

    def _columns(
        self, lessons: tuple[Lesson, ...]
    ) -> list[tuple[Meeting, pulp.LpVariable]]:
        return [(c.meeting, c.variable) for c in self._of(lessons)]

    def _price(
        self,
        posted: PostedTerm,
        cost: Callable[[int], int],
        row: dict[pulp.LpVariable, int],
        least: int,
        most: int,
    ) -> None:
        """Charge a row's value by a convex cost, or hold it where that is 0."""
        if not any(cost(n) for n in range(least, most + 1)):
            return
        if posted.hard:
            self._hold_at_zero(posted, cost, row, least, most)
            return
        self._price_steps(posted, cost, row, least, most)

    def _price_steps(
        self,
        posted: PostedTerm,
        cost: Callable[[int], int],
        row: dict[pulp.LpVariable, int],
        least: int,
        most: int,
    ) -> None:
        """Price a convex table as steps away from where it is cheapest.

        Each step is as long as its slope lasts, so one row for each side of the
        cheapest counts is enough and the row stays as sparse as the count itself.
        """
        costs = {n: cost(n) for n in range(least, most + 1)}
        floor = min(costs.values())
        cheapest = [n for n, cost in costs.items() if cost == floor]
        name, weight = posted.rule.name, posted.rule.weight
        self.rows.charge_constant(weight * floor)
        if cheapest[-1] < most:
            rises = [costs[n + 1] - costs[n] for n in range(cheapest[-1], most)]
            steps = self._steps(f"{name}_above", rises, weight)
            self.rows.at_most(f"{name}_above", row | steps, cheapest[-1])
        if cheapest[0] > least:
            falls = [costs[n - 1] - costs[n] for n in range(cheapest[0], least, -1)]
            steps = self._steps(f"{name}_below", falls, weight)
            mirrored = {v: -c for v, c in row.items()}
            self.rows.at_most(f"{name}_below", mirrored | steps, -cheapest[0])

    def _steps(
        self, name: str, slopes: list[int], weight: int
    ) -> dict[pulp.LpVariable, int]:
        """A variable for each stretch of equal slope, with coefficient -1."""
        found: dict[pulp.LpVariable, int] = {}
        for slope, stretch in groupby(slopes):
            step = self.rows.variable(f"{name}_{slope}", len(list(stretch)))
            self.rows.charge(step, slope * weight)
            found[step] = -1
        return found

    def _hold_at_zero(
        self,
        posted: PostedTerm,
        cost: Callable[[int], int],
        row: dict[pulp.LpVariable, int],
        least: int,
        most: int,
    ) -> None:
        """The counts at which a convex table is 0 form one interval, maybe empty."""
        free = [n for n in range(least, most + 1) if cost(n) == 0]
        name = posted.rule.name
        if not free:
            self.rows.at_most(
                f"{name}_impossible", {self.rows.variable("one", 1): 1}, -1
            )
            return
        if free[0] > least:
            self.rows.at_least(f"{name}_low", row, free[0])
        if free[-1] < most:
            self.rows.at_most(f"{name}_high", row, free[-1])

    def _pair_cost(self, posted: PostedTerm, term: PairCost) -> None:
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
        self, posted: PostedTerm, pairs: list[tuple[Choice, Choice]], amount: int
    ) -> None:
        """No two of these choices together, or at a price for each pair."""
        name = posted.rule.name
        for a, b in pairs:
            if a.group is b.group and a.group.count == 1:
                continue
            row = {a.variable: 1, b.variable: 1}
            if not posted.hard:
                pair = self._charge(posted, "pair", amount)
                row = {a.variable: amount, b.variable: amount, pair: -1}
            self.rows.at_most(name, row, 1 if posted.hard else amount)

    def _range_cost(self, posted: PostedTerm, term: RangeCost) -> None:
        counts = [self._count(group, term.value) for group in term.groups]
        widest = max(most for _, _, most in counts) - min(low for _, low, _ in counts)
        if widest <= term.allowance:
            return
        top = max(most for _, _, most in counts)
        highest = self.rows.variable(f"{posted.rule.name}_highest", top)
        lowest = self.rows.variable(f"{posted.rule.name}_lowest", top)
        for row, _, _ in counts:
            self.rows.at_most(f"{posted.rule.name}_below", row | {highest: -1}, 0)
            self.rows.at_least(f"{posted.rule.name}_above", row | {lowest: -1}, 0)
        amount = self._charge(posted, "range", widest - term.allowance)
        spread = {highest: 1, lowest: -1, amount: -1}
        self.rows.at_most(f"{posted.rule.name}_range", spread, term.allowance)

    def _same_choice(self, posted: PostedTerm, term: SameChoice) -> None:
        by_choice: dict[object, dict[pulp.LpVariable, int]] = defaultdict(dict)
        for choice in self._of(term.lessons):
            by_choice[term.choice(choice.meeting)][choice.variable] = 1
        chosen = [
            self.rows.variable(f"{posted.rule.name}_choice", 1, True) for _ in by_choice
        ]
        if len(chosen) < 2:
            return
        self.rows.equal(f"{posted.rule.name}_one", dict.fromkeys(chosen, 1), 1)
        amount = self._charge(posted, "differing", len(term.lessons))
        everyone = {v: 1 for row in by_choice.values() for v in row}
        count = len(term.lessons)
        for mine, row in zip(chosen, by_choice.values(), strict=True):
            others = {v: 1 for v in everyone if v not in row}
            self.rows.at_most(
                f"{posted.rule.name}_same", others | {mine: count, amount: -1}, count
            )


def _seen(
    choice: Choice, look: Callable[[Meeting], T]
) -> list[tuple[pulp.LpVariable, Meeting, T]]:
    """What a term sees of a choice: once, or layout by layout where they differ."""
    values = [look(m) for m in choice.meetings]
    if all(v == values[0] for v in values):
        return [(choice.variable, choice.meeting, values[0])]
    return list(zip(choice.seats, choice.meetings, values, strict=True))


def _by_day(choices: list[Choice]) -> tuple[tuple[Choice, ...], ...]:
    """A group's choices by week and day."""
    found: dict[tuple[Week, int], list[Choice]] = defaultdict(list)
    for choice in choices:
        found[choice.meeting.placement.week, choice.meeting.day].append(choice)
    return tuple(map(tuple, found.values()))


def _largest(values: list[int], count: int) -> int:
    """The most that at most ``count`` of the values can add up to."""
    return sum(sorted((v for v in values if v > 0), reverse=True)[:count])
