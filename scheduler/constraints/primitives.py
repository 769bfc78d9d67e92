"""The intermediate form between rules and solvers.

A rule lowers itself to these terms; every backend understands all of them. The
``amount`` methods are the reference evaluator: slow, obvious, no solver. All
functions held by terms are pure and read one meeting; they give 0 (or None) for
a meeting that does not concern the term.

Days and weeks: a term that speaks of one week of the cycle tests
``layer in meeting.layers`` itself.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from itertools import combinations

from scheduler.model.meeting import Meeting
from scheduler.model.requirements import Lesson
from scheduler.model.times import LAYERS, overlap


def _placed(
    lessons: tuple[Lesson, ...], meetings: Mapping[str, Meeting]
) -> list[Meeting]:
    ids = (x.lesson_id for x in lessons)
    return [meetings[i] for i in ids if i in meetings]


def convex(table: tuple[int, ...], low: int, n: int) -> int:
    """Cost of n by a table that begins at ``low`` and goes on with its end slopes."""
    k, last = n - low, len(table) - 1
    if k < 0:
        return table[0] + k * (table[1] - table[0])
    if k > last:
        return table[last] + (k - last) * (table[last] - table[last - 1])
    return table[k]


@dataclass(frozen=True, slots=True, eq=False)
class InWeek:
    """What a meeting has in one week of the cycle only.

    For lessons that always meet in both weeks backends may ask ``of``, once for both.
    """

    of: Callable[[Meeting], int]
    layer: int

    def __call__(self, meeting: Meeting) -> int:
        """0 in the other week."""
        return self.of(meeting) if self.layer in meeting.layers else 0


@dataclass(frozen=True, slots=True)
class OptionCost:
    """Each of these lessons, on this option, costs so much by itself.

    ``layouts``, where given, are the only ones on which it may differ from 0. Where
    not ``by_layout``, it is the same on every layout; where not ``by_time``, always
    with the same week, layout and teachers.
    """

    lessons: tuple[Lesson, ...]
    of: Callable[[Meeting], int]
    layouts: tuple[str, ...] | None = None
    by_layout: bool = True
    by_time: bool = True

    def amount(self, meetings: Mapping[str, Meeting]) -> int:
        """Sum over the placed lessons."""
        return sum(self.of(m) for m in _placed(self.lessons, meetings))


@dataclass(frozen=True, slots=True)
class Capacity:
    """At every moment the use of a resource stays within its limit.

    ``span`` gives the minutes in which a meeting uses the resource, or None;
    ``demand`` how much of it a lesson takes then. The amount is the excess times its
    minutes, summed over both weeks of the cycle. ``layouts``, where given, are the only
    ones on which a meeting may use it, so that backends need not ask elsewhere.
    """

    resource: tuple[str, ...]
    lessons: tuple[Lesson, ...]
    span: Callable[[Meeting], tuple[int, int] | None]
    demand: Callable[[Lesson], int]
    limit: int
    layouts: tuple[str, ...] | None = None

    def amount(self, meetings: Mapping[str, Meeting]) -> int:
        """Excess minute by minute."""
        use: Counter[tuple[int, int, int]] = Counter()
        for meeting in _placed(self.lessons, meetings):
            span = self.span(meeting)
            if span is None:
                continue
            for layer in meeting.layers:
                for minute in range(*span):
                    use[layer, meeting.day, minute] += self.demand(meeting.lesson)
        return sum(max(0, used - self.limit) for used in use.values())


@dataclass(frozen=True, slots=True)
class CountCost:
    """n is the sum of the meetings' values; the cost is a convex table of n.

    ``table[k]`` is the cost of n = ``low`` + k; beyond either end the table goes
    on with its last slope. It has at least two entries. ``day``, where given, is the
    only weekday on which a meeting's value may differ from 0, and ``minute`` one at
    which the lesson must be under way for that, so that backends need not ask others.
    Where not ``by_layout``, the value is the same on every layout.
    """

    lessons: tuple[Lesson, ...]
    value: Callable[[Meeting], int]
    table: tuple[int, ...]
    low: int = 0
    day: int | None = None
    minute: int | None = None
    by_layout: bool = True

    def cost(self, n: int) -> int:
        """Cost of a count."""
        return convex(self.table, self.low, n)

    def amount(self, meetings: Mapping[str, Meeting]) -> int:
        """Cost of the count reached."""
        return self.cost(sum(self.value(m) for m in _placed(self.lessons, meetings)))


@dataclass(frozen=True, slots=True)
class PatternCost:
    """The rows one resource is busy on one day of one week, as a bit mask.

    ``rows`` are intervals of minutes by start; ``mask`` gives the bits a meeting
    takes; ``table`` the cost of a whole day's mask; terms of the same shape share one
    function. ``day`` is as in CountCost. Where the rule named ``clash_rule`` holds, no
    two of the lessons take the same row. ``by_layout`` says that the mask depends on
    the layout.
    """

    resource: str
    lessons: tuple[Lesson, ...]
    rows: tuple[tuple[int, int], ...]
    mask: Callable[[Meeting], int]
    table: Callable[[int], int]
    day: int | None = None
    clash_rule: str = "AvoidTeacherClashes"
    by_layout: bool = False

    def amount(self, meetings: Mapping[str, Meeting]) -> int:
        """Cost of the day's mask."""
        whole = 0
        for meeting in _placed(self.lessons, meetings):
            whole |= self.mask(meeting)
        return self.table(whole)

    def masks(self) -> tuple[int, ...]:
        """All masks whose rows do not overlap, the empty one first."""
        found = [0]
        for bit, row in enumerate(self.rows):
            clashing = sum(1 << k for k in range(bit) if overlap(*row, *self.rows[k]))
            found += [m | 1 << bit for m in found if not m & clashing]
        return tuple(found)


@dataclass(frozen=True, slots=True)
class PatternSumCost:
    """n is the sum of several days' values; the cost is a convex table of n.

    ``days`` give each day's value as their ``table`` (idle periods, 1 for a day with
    a lesson, ...); in place of days they may be classes at one bell, each with lessons
    of its own. ``table`` and ``low`` are as in CountCost.
    """

    resource: str
    days: tuple[PatternCost, ...]
    table: tuple[int, ...]
    low: int = 0

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """Lessons of all days."""
        first = self.days[0].lessons
        if all(day.lessons is first for day in self.days):
            return first
        return tuple(dict.fromkeys(x for day in self.days for x in day.lessons))

    def cost(self, n: int) -> int:
        """Cost of a sum."""
        return convex(self.table, self.low, n)

    def amount(self, meetings: Mapping[str, Meeting]) -> int:
        """Cost of the sum reached."""
        return self.cost(sum(day.amount(meetings) for day in self.days))


@dataclass(frozen=True, slots=True)
class PairCost:
    """Two meetings placed so-and-so relative to each other.

    ``event`` reduces a meeting to what matters (None: nothing); the amount is
    summed over all unordered pairs of the lessons' events and both weeks. ``roles``,
    where given, are the lessons that events tell apart; ``by_layout`` says that
    events depend on the layout.
    """

    lessons: tuple[Lesson, ...]
    event: Callable[[Meeting], tuple[Hashable, ...] | None]
    of: Callable[[tuple[Hashable, ...], tuple[Hashable, ...]], int]
    roles: tuple[tuple[Lesson, ...], ...] = ()
    by_layout: bool = False

    def amount(self, meetings: Mapping[str, Meeting]) -> int:
        """Sum over pairs that meet in the same week."""
        placed = _placed(self.lessons, meetings)
        total = 0
        for layer in LAYERS:
            events = [self.event(m) for m in placed if layer in m.layers]
            known = [e for e in events if e is not None]
            total += sum(self.of(a, b) for a, b in combinations(known, 2))
        return total


@dataclass(frozen=True, slots=True)
class RangeCost:
    """Several counts stay together: cost is (largest - smallest) - allowance.

    ``groups`` are the counts' lessons; ``value`` and ``by_layout`` as in CountCost.
    """

    groups: tuple[tuple[Lesson, ...], ...]
    value: Callable[[Meeting], int]
    allowance: int
    by_layout: bool = True

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """Lessons of all groups."""
        return tuple(x for group in self.groups for x in group)

    def amount(self, meetings: Mapping[str, Meeting]) -> int:
        """Excess of the range over the allowance."""
        counts = [
            sum(self.value(m) for m in _placed(group, meetings))
            for group in self.groups
        ]
        return max(0, max(counts) - min(counts) - self.allowance)


@dataclass(frozen=True, slots=True)
class SameChoice:
    """All these lessons make the same choice (their week, their pool teacher).

    The amount is the number of placed lessons that differ from the commonest
    choice.
    """

    lessons: tuple[Lesson, ...]
    choice: Callable[[Meeting], Hashable]

    def amount(self, meetings: Mapping[str, Meeting]) -> int:
        """Lessons to change until all agree."""
        chosen = Counter(self.choice(m) for m in _placed(self.lessons, meetings))
        return chosen.total() - max(chosen.values(), default=0)


Primitive = (
    OptionCost
    | Capacity
    | CountCost
    | PatternCost
    | PatternSumCost
    | PairCost
    | RangeCost
    | SameChoice
)


def day_of(term: Primitive) -> int | None:
    """The only weekday that a term speaks of; None where it may be any."""
    return term.day if isinstance(term, CountCost | PatternCost) else None
