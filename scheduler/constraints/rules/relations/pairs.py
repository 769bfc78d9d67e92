"""Kinds that compare lessons two by two, in each week in which both meet."""

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import combinations, product
from typing import Any, ClassVar

from scheduler.constraints.base import Violation
from scheduler.constraints.counting import meets_on, scaled
from scheduler.constraints.primitives import CountCost, PairCost, Primitive
from scheduler.constraints.rules.relations.kind import Breach, Kind, Row, in_week
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.relations import Relation, RelationKind
from scheduler.model.requirements import Lesson
from scheduler.model.text import Text
from scheduler.model.times import LAYERS
from scheduler.model.timetable import Timetable

# What a pair costs is a module's function, or kept by its numbers: solvers know such
# functions by identity. Events begin with the weekday, then the clock.
Event = tuple[Any, ...]
PairAmount = Callable[[Event, Event], int]


def day_event(meeting: Meeting) -> Event:
    """The weekday."""
    return (meeting.day,)


def clock_event(meeting: Meeting) -> Event:
    """Weekday, start and end."""
    return (meeting.day, meeting.start, meeting.end)


@lru_cache(maxsize=1024)
def weighted(of: PairAmount, weight: int) -> PairAmount:
    """The amount times a weight."""
    return of if weight == 1 else lambda a, b: weight * of(a, b)


class PairKind(Kind):
    """A relation that any two of its lessons keep or break."""

    by_layout: ClassVar[bool] = False

    def event(self, row: Row) -> Callable[[Meeting], Event]:
        """What matters of a meeting."""
        return clock_event

    @abstractmethod
    def of(self, row: Row) -> PairAmount:
        """The amount of two events."""

    def number(self, row: Row, a: Event, b: Event) -> int:
        """What the sentence tells of two events."""
        return 0

    def roles(self, row: Row) -> tuple[tuple[Lesson, ...], ...]:
        """Lessons that events tell apart."""
        return ()

    def breaches(self, row: Row, timetable: Timetable) -> Iterator[Breach]:
        """One for each pair and week; meetings of one event are compared once."""
        of, event = self.of(row), self.event(row)
        for layer in LAYERS:
            alike: dict[Event, list[Meeting]] = defaultdict(list)
            for meeting in in_week(row, timetable, layer):
                alike[event(meeting)].append(meeting)
            for (a, here), (b, there) in combinations(alike.items(), 2):
                if amount := of(a, b):
                    number = self.number(row, a, b)
                    for pair in product(here, there):
                        yield Breach(amount, pair, layer, number)
            for a, here in alike.items():
                if amount := of(a, a):
                    number = self.number(row, a, a)
                    for pair in combinations(here, 2):
                        yield Breach(amount, pair, layer, number)

    def primitives(self, row: Row) -> Iterator[Primitive]:
        """One pair cost."""
        yield PairCost(
            row.lessons,
            self.event(row),
            weighted(self.of(row), row.weight),
            self.roles(row),
            self.by_layout,
        )


@lru_cache(maxsize=64)
def closer_than(days: int) -> PairAmount:
    """Days missing to a distance."""
    return lambda a, b: max(0, days - abs(a[0] - b[0]))


@lru_cache(maxsize=64)
def farther_than(days: int) -> PairAmount:
    """Days beyond a distance."""
    return lambda a, b: max(0, abs(a[0] - b[0]) - days)


def differ(a: Event, b: Event) -> int:
    """1 for two events that are not the same."""
    return int(a != b)


class MinDaysBetween(PairKind):
    """Any two of the lessons are at least ``value`` days apart.

    Days are weekdays of one week, so Monday and Wednesday are two apart. Amount:
    days missing, pair by pair.
    """

    kind: ClassVar[RelationKind] = RelationKind.MIN_DAYS_BETWEEN
    asks: ClassVar[Text] = Text("至少相隔{v}天", "at least {v} days apart")

    def event(self, row: Row) -> Callable[[Meeting], Event]:
        """The weekday."""
        return day_event

    def of(self, row: Row) -> PairAmount:
        """Days missing."""
        return closer_than(row.value)

    def number(self, row: Row, a: Event, b: Event) -> int:
        """Days apart."""
        return int(abs(a[0] - b[0]))

    def primitives(self, row: Row) -> Iterator[Primitive]:
        """For one day a count of each day: n lessons on it are n(n-1)/2 pairs."""
        if row.value != 1:
            yield from super().primitives(row)
            return
        pairs = tuple(n * (n - 1) // 2 for n in range(max(2, len(row.lessons) + 1)))
        table = scaled(pairs, row.weight)
        bells = (row.problem.bell_of(x.requirement) for x in row.lessons)
        for day in sorted({day for bell in bells for day in bell.days}):
            for layer in LAYERS:
                yield CountCost(row.lessons, meets_on(day, layer), table, day=day)

    def sentence(self, problem: Problem, row: Relation, breach: Violation) -> Text:
        """Days apart, and how many they should be."""
        (days,) = breach.numbers
        return Text(
            f"只相隔{days}天，至少应隔{row.value}天",
            f"are {days} day(s) apart, at least {row.value} are asked",
        )


class MaxDaysBetween(PairKind):
    """Any two of the lessons are at most ``value`` days apart.

    Amount: days too many, pair by pair.
    """

    kind: ClassVar[RelationKind] = RelationKind.MAX_DAYS_BETWEEN
    asks: ClassVar[Text] = Text("最多相隔{v}天", "at most {v} days apart")

    def event(self, row: Row) -> Callable[[Meeting], Event]:
        """The weekday."""
        return day_event

    def of(self, row: Row) -> PairAmount:
        """Days too many."""
        return farther_than(row.value)

    def number(self, row: Row, a: Event, b: Event) -> int:
        """Days apart."""
        return int(abs(a[0] - b[0]))

    def sentence(self, problem: Problem, row: Relation, breach: Violation) -> Text:
        """Days apart, and how many they may be."""
        (days,) = breach.numbers
        return Text(
            f"相隔{days}天，最多可隔{row.value}天",
            f"are {days} day(s) apart, at most {row.value} are allowed",
        )


class SameStart(PairKind):
    """All lessons begin on the same day at the same time.

    Lessons that never meet in one week are not compared. Amount: one for each pair
    that does not.
    """

    kind: ClassVar[RelationKind] = RelationKind.SAME_START
    asks: ClassVar[Text] = Text("同时开始", "at the same time")
    wrong: ClassVar[Text] = Text("没有在同一时间开始", "do not begin at the same time")

    def event(self, row: Row) -> Callable[[Meeting], Event]:
        """Weekday and start."""
        return _start_event

    def of(self, row: Row) -> PairAmount:
        """1 where they differ."""
        return differ


class SameDay(PairKind):
    """All lessons are on the same weekday. Amount: one for each pair that is not."""

    kind: ClassVar[RelationKind] = RelationKind.SAME_DAY
    asks: ClassVar[Text] = Text("在同一天", "on the same day")
    wrong: ClassVar[Text] = Text("不在同一天", "are not on the same day")

    def event(self, row: Row) -> Callable[[Meeting], Event]:
        """The weekday."""
        return day_event

    def of(self, row: Row) -> PairAmount:
        """1 where they differ."""
        return differ


class SameTime(PairKind):
    """All lessons begin at the same time of day, on whatever days.

    Amount: one for each pair that does not.
    """

    kind: ClassVar[RelationKind] = RelationKind.SAME_TIME
    asks: ClassVar[Text] = Text("在每天的同一时刻", "at the same time of day")
    wrong: ClassVar[Text] = Text(
        "没有在一天中的同一时刻开始", "do not begin at the same time of day"
    )

    def event(self, row: Row) -> Callable[[Meeting], Event]:
        """The start."""
        return _time_event

    def of(self, row: Row) -> PairAmount:
        """1 where they differ."""
        return differ


def _start_event(meeting: Meeting) -> Event:
    return (meeting.day, meeting.start)


def _time_event(meeting: Meeting) -> Event:
    return (meeting.start,)
