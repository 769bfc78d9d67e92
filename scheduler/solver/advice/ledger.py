"""What each rule says of a few moves: the terms of the lessons moved, then and now."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from scheduler.constraints.base import Constraint
from scheduler.constraints.primitives import (
    Capacity,
    CountCost,
    OptionCost,
    PairCost,
    PatternCost,
    PatternSumCost,
    Primitive,
    RangeCost,
    SameChoice,
    day_of,
)
from scheduler.model.meeting import Meeting
from scheduler.model.times import LAYERS, stretches
from scheduler.solver.options import Posted

Moves = Mapping[str, Meeting]
"""New meetings by lesson id."""
Use = tuple[int, int, int, str]
"""Start, end, demand, lesson id."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term's amount changes; ``breaks`` says that it is exceeded where it was not,
    though elsewhere it may be less so."""

    number: int
    posted: Posted
    change: int
    breaks: bool


class Ledger:
    """The terms by lesson, and what each counts in one timetable.

    Attributes:
        meetings: The placed lessons by id.
    """

    def __init__(self, terms: Iterable[Posted], meetings: Moves) -> None:
        self.meetings = dict(meetings)
        self._terms = tuple(terms)
        self._days = [day_of(t.term) for t in self._terms]
        self._of: dict[str, list[int]] = defaultdict(list)
        for number, posted in enumerate(self._terms):
            for lesson in dict.fromkeys(posted.term.lessons):
                self._of[lesson.lesson_id].append(number)
        # What each term sees of the timetable, worked out when first asked for.
        self._values: dict[int, dict[str, int]] = {}
        self._amounts: dict[int, int] = {}
        self._uses: dict[int, dict[tuple[int, int], list[Use]]] = {}

    def move(self, lesson_id: str, meeting: Meeting | None) -> None:
        """Take a lesson elsewhere, or away; its terms are looked at anew later."""
        self.meetings.pop(lesson_id, None)
        if meeting is not None:
            self.meetings[lesson_id] = meeting
        for number in self._of[lesson_id]:
            self._values.pop(number, None)
            self._amounts.pop(number, None)
            self._uses.pop(number, None)

    def do(self, changes: Mapping[str, Meeting | None]) -> Iterator[Entry]:
        """Take lessons away, then to where they go, and say what each step changes."""
        for x in changes:
            meeting = self.meetings.get(x)
            if meeting is not None:
                self.move(x, None)
                for entry in self.entries({x: meeting}):
                    yield replace(entry, change=-entry.change)
        for x, new in changes.items():
            if new is not None:
                yield from self.entries({x: new})
                self.move(x, new)

    def term(self, number: int) -> Primitive:
        """A term by its number."""
        return self._terms[number].term

    def terms_of(self, lesson_id: str) -> list[tuple[int, Posted]]:
        """Terms that speak of a lesson, with their numbers."""
        return [(k, self._terms[k]) for k in self._of[lesson_id]]

    def before(self, moves: Moves) -> dict[str, Meeting]:
        """The moved lessons where they are now, as far as they are placed."""
        return {x: self.meetings[x] for x in moves if x in self.meetings}

    def around(self, rule: Constraint, moves: Moves) -> dict[str, Meeting]:
        """All lessons that the rule compares with those moved, these left out."""
        found: dict[str, Meeting] = {}
        for number in sorted({k for x in moves for k in self._of[x]}):
            if self._terms[number].rule is rule:
                found |= self.concerned(self._terms[number].term)
        return {x: m for x, m in found.items() if x not in moves}

    def entries(self, moves: Moves) -> list[Entry]:
        """Every term that some moves change, in the order of the rules."""
        before = self.before(moves)
        concerned: dict[int, list[str]] = defaultdict(list)
        for lesson_id, meeting in moves.items():
            now = before.get(lesson_id, meeting)
            days = (None, meeting.day, now.day)
            for number in self._of[lesson_id]:
                if self._days[number] in days:
                    concerned[number].append(lesson_id)
        found = []
        for number in sorted(concerned):
            own = {x: moves[x] for x in concerned[number]}
            old = {x: before[x] for x in own if x in before}
            change, breaks = self._change(number, own, old)
            if change or breaks:
                found.append(Entry(number, self._terms[number], change, breaks))
        return found

    def _change(self, number: int, moves: Moves, before: Moves) -> tuple[int, bool]:
        """Change of a term's amount, and whether something is exceeded anew."""
        term = self._terms[number].term
        match term:
            case OptionCost():
                change = sum(map(term.of, moves.values()))
                change -= sum(map(term.of, before.values()))
            case Capacity():
                return self._crowding(number, term, moves, before)
            case CountCost():
                change = self._counted(number, term, moves)
            case PatternCost():
                change = self._masked(number, term, moves)
            case PatternSumCost() | PairCost() | RangeCost() | SameChoice():
                change = self._recounted(number, term, moves)
            case _:
                assert_never(term)
        return change, change > 0

    def concerned(self, term: Primitive) -> dict[str, Meeting]:
        """The placed lessons of a term."""
        ids = (x.lesson_id for x in term.lessons)
        return {x: self.meetings[x] for x in ids if x in self.meetings}

    def _seen(
        self, number: int, term: Primitive, look: Callable[[Meeting], int]
    ) -> dict[str, int]:
        """What a term sees of its placed lessons, where that is not 0."""
        if number not in self._values:
            seen = {x: look(m) for x, m in self.concerned(term).items()}
            self._values[number] = {x: value for x, value in seen.items() if value}
        return self._values[number]

    def _counted(self, number: int, term: CountCost, moves: Moves) -> int:
        seen = self._seen(number, term, term.value)
        more = sum(term.value(m) - seen.get(x, 0) for x, m in moves.items())
        if not more:
            return 0
        n = sum(seen.values())
        return term.cost(n + more) - term.cost(n)

    def _masked(self, number: int, term: PatternCost, moves: Moves) -> int:
        now = then = 0
        for lesson_id, mask in self._seen(number, term, term.mask).items():
            now |= mask
            then |= 0 if lesson_id in moves else mask
        for meeting in moves.values():
            then |= term.mask(meeting)
        return term.table(then) - term.table(now) if now != then else 0

    def _recounted(self, number: int, term: Primitive, moves: Moves) -> int:
        """By the term itself, in full."""
        concerned = self.concerned(term)
        if number not in self._amounts:
            self._amounts[number] = term.amount(concerned)
        return term.amount({**concerned, **moves}) - self._amounts[number]

    def _crowding(
        self, number: int, term: Capacity, moves: Moves, before: Moves
    ) -> tuple[int, bool]:
        """Minute by minute, while lessons come and go."""
        coming = list(_used(term, moves))
        going = list(_used(term, before))
        if coming == going:
            return 0, False
        change, breaks = 0, False
        for day, layer in {(day, layer) for day, layer, _ in (*coming, *going)}:
            new = [u for d, x, u in coming if (d, x) == (day, layer)]
            old = [u for d, x, u in going if (d, x) == (day, layer)]
            others = [u for u in self._uses_on(number, day, layer) if u[3] not in moves]
            for minutes, more in _more(old, new, others, term.limit):
                change += minutes * more
                breaks |= more > 0
        return change, breaks

    def _uses_on(self, number: int, day: int, layer: int) -> list[Use]:
        """Who uses a capacity's resource on a day of a week."""
        if number not in self._uses:
            term = self._terms[number].term
            assert isinstance(term, Capacity)
            found: dict[tuple[int, int], list[Use]] = defaultdict(list)
            for a_day, a_layer, use in _used(term, self.concerned(term)):
                found[a_day, a_layer].append(use)
            self._uses[number] = found
        return self._uses[number].get((day, layer), [])


def _used(term: Capacity, meetings: Moves) -> Iterator[tuple[int, int, Use]]:
    """(day, week, use) of meetings that use a resource."""
    for lesson_id, meeting in meetings.items():
        span = term.span(meeting)
        if span is not None:
            use = (*span, term.demand(meeting.lesson), lesson_id)
            for layer in LAYERS:
                if layer in meeting.layers:
                    yield meeting.day, layer, use


def _more(
    old: list[Use], new: list[Use], others: list[Use], limit: int
) -> Iterator[tuple[int, int]]:
    """(minutes, change of the excess) of stretches in which nothing begins or ends."""
    moved = (*old, *new)
    near = [u for u in others if any(u[0] < m[1] and m[0] < u[1] for m in moved)]
    for start, end in stretches((start, end) for start, end, *_ in (*near, *moved)):
        use, gone, come = (
            sum(d for a, b, d, _ in uses if a <= start and end <= b)
            for uses in (near, old, new)
        )
        more = max(0, use + come - limit) - max(0, use + gone - limit)
        if more:
            yield end - start, more
