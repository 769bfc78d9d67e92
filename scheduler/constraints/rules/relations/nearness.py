"""Kinds on what lies between two lessons of one day: gaps, and lessons in a row."""

from collections.abc import Callable
from functools import lru_cache
from typing import ClassVar

from scheduler.constraints.base import Violation
from scheduler.constraints.rules.relations.grid import Grid
from scheduler.constraints.rules.relations.kind import Row
from scheduler.constraints.rules.relations.pairs import Event, PairAmount, PairKind
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.relations import Relation, RelationKind
from scheduler.model.text import Text


def rows_between(grid: Grid, a: Event, b: Event) -> int:
    """Lesson rows between two events of one day; 0 where they overlap."""
    first, second = sorted((a, b), key=_start)
    return grid.rows_between(first[0], first[2], second[1])


def are_adjacent(grid: Grid, a: Event, b: Event) -> bool:
    """Tell whether one follows the other on one day with only breaks between."""
    first, second = sorted((a, b), key=_start)
    if first[0] != second[0] or second[1] < first[2]:
        return False
    return not grid.dividing_between(first[0], first[2], second[1])


def are_next(grid: Grid, a: Event, b: Event) -> bool:
    """The same with breaks and big breaks between."""
    first, second = sorted((a, b), key=_start)
    if first[0] != second[0] or second[1] < first[2]:
        return False
    return not grid.parting_between(first[0], first[2], second[1])


def all_rows_between(grid: Grid, a: Event, b: Event) -> int:
    """Rows but breaks between two events of one day; 0 where they overlap."""
    first, second = sorted((a, b), key=_start)
    return grid.dividing_between(first[0], first[2], second[1])


def _start(event: Event) -> int:
    return int(event[1])


Between = Callable[[Grid, Event, Event], int]


@lru_cache(maxsize=256)
def _fewer_rows_than(grid: Grid, value: int, between: Between) -> PairAmount:
    def of(a: Event, b: Event) -> int:
        return max(0, value - between(grid, a, b)) if a[0] == b[0] else 0

    return of


@lru_cache(maxsize=256)
def _more_rows_than(grid: Grid, value: int, between: Between) -> PairAmount:
    def of(a: Event, b: Event) -> int:
        return max(0, between(grid, a, b) - value) if a[0] == b[0] else 0

    return of


@lru_cache(maxsize=256)
def _closer_or_apart(grid: Grid, days: int) -> PairAmount:
    def of(a: Event, b: Event) -> int:
        apart = a[0] == b[0] and not are_adjacent(grid, a, b)
        return max(0, days - abs(int(a[0] - b[0]))) + apart

    return of


@lru_cache(maxsize=256)
def _not_together(grid: Grid, periods: int) -> PairAmount:
    """Events carry their lesson's periods; what is left may lie between them."""

    def of(a: Event, b: Event) -> int:
        first, second = sorted((a, b), key=_start)
        if first[0] != second[0] or second[1] < first[2]:
            return 1
        between = grid.dividing_between(first[0], first[2], second[1])
        return int(between not in (0, periods - a[3] - b[3]))

    return of


def _sized_event(meeting: Meeting) -> Event:
    return (meeting.day, meeting.start, meeting.end, meeting.lesson.length)


class MinGap(PairKind):
    """Two of the lessons on one day have at least ``value`` lesson rows between them.

    Amount: rows missing, pair by pair.
    """

    kind: ClassVar[RelationKind] = RelationKind.MIN_GAP
    asks: ClassVar[Text] = Text(
        "同一天至少隔{v}节", "at least {v} periods between on a day"
    )

    def of(self, row: Row) -> PairAmount:
        """Rows missing."""
        return _fewer_rows_than(row.grid, row.value, rows_between)

    def number(self, row: Row, a: Event, b: Event) -> int:
        """Rows between."""
        return rows_between(row.grid, a, b)

    def sentence(self, problem: Problem, row: Relation, breach: Violation) -> Text:
        """Rows between, and how many they should be."""
        (rows,) = breach.numbers
        return Text(
            f"在同一天只隔{rows}节，至少应隔{row.value}节",
            f"have {rows} period(s) between them on one day, at least {row.value} "
            "are asked",
        )


class MaxGap(PairKind):
    """Two of the lessons on one day have at most ``value`` lesson rows between them.

    Amount: rows too many, pair by pair.
    """

    kind: ClassVar[RelationKind] = RelationKind.MAX_GAP
    asks: ClassVar[Text] = Text(
        "同一天最多隔{v}节", "at most {v} periods between on a day"
    )

    def of(self, row: Row) -> PairAmount:
        """Rows too many."""
        return _more_rows_than(row.grid, row.value, rows_between)

    def number(self, row: Row, a: Event, b: Event) -> int:
        """Rows between."""
        return rows_between(row.grid, a, b)

    def sentence(self, problem: Problem, row: Relation, breach: Violation) -> Text:
        """Rows between, and how many they may be."""
        (rows,) = breach.numbers
        return Text(
            f"在同一天隔了{rows}节，最多可隔{row.value}节",
            f"have {rows} period(s) between them on one day, at most {row.value} "
            "are allowed",
        )


class MinRowsBetween(PairKind):
    """Two of the lessons on one day have at least ``value`` rows between them.

    Rows of all kinds but breaks count, lunch and big breaks included. Amount: rows
    missing, pair by pair.
    """

    kind: ClassVar[RelationKind] = RelationKind.MIN_ROWS_BETWEEN
    asks: ClassVar[Text] = Text(
        "同一天至少隔{v}行（含休息行）",
        "at least {v} rows between on a day, breaks included",
    )

    def of(self, row: Row) -> PairAmount:
        """Rows missing."""
        return _fewer_rows_than(row.grid, row.value, all_rows_between)

    def number(self, row: Row, a: Event, b: Event) -> int:
        """Rows between."""
        return all_rows_between(row.grid, a, b)

    def sentence(self, problem: Problem, row: Relation, breach: Violation) -> Text:
        """Rows between, and how many they should be."""
        (rows,) = breach.numbers
        return Text(
            f"在同一天只隔{rows}行（含休息行），至少应隔{row.value}行",
            f"have {rows} row(s) between them on one day, breaks included; at least "
            f"{row.value} are asked",
        )


class MaxRowsBetween(PairKind):
    """Two of the lessons on one day have at most ``value`` rows between them.

    Rows of all kinds but breaks count, lunch and big breaks included. Amount: rows too
    many, pair by pair.
    """

    kind: ClassVar[RelationKind] = RelationKind.MAX_ROWS_BETWEEN
    asks: ClassVar[Text] = Text(
        "同一天最多隔{v}行（含休息行）",
        "at most {v} rows between on a day, breaks included",
    )

    def of(self, row: Row) -> PairAmount:
        """Rows too many."""
        return _more_rows_than(row.grid, row.value, all_rows_between)

    def number(self, row: Row, a: Event, b: Event) -> int:
        """Rows between."""
        return all_rows_between(row.grid, a, b)

    def sentence(self, problem: Problem, row: Relation, breach: Violation) -> Text:
        """Rows between, and how many they may be."""
        (rows,) = breach.numbers
        return Text(
            f"在同一天隔了{rows}行（含休息行），最多可隔{row.value}行",
            f"have {rows} row(s) between them on one day, breaks included; at most "
            f"{row.value} are allowed",
        )


class MinDaysBetweenOrAdjacent(PairKind):
    """As min_days_between; and two on one day follow one another.

    Only breaks lie between such two. Amount: days missing, pair by pair, and one more
    for two on one day that are apart.
    """

    kind: ClassVar[RelationKind] = RelationKind.MIN_DAYS_BETWEEN_OR_ADJACENT
    asks: ClassVar[Text] = Text(
        "至少相隔{v}天或连上", "at least {v} days apart or one right after the other"
    )

    def of(self, row: Row) -> PairAmount:
        """Days missing, and one more."""
        return _closer_or_apart(row.grid, row.value)

    def number(self, row: Row, a: Event, b: Event) -> int:
        """Days apart."""
        return int(abs(a[0] - b[0]))

    def sentence(self, problem: Problem, row: Relation, breach: Violation) -> Text:
        """Days apart, and what is asked."""
        (days,) = breach.numbers
        return Text(
            f"相隔{days}天，至少应隔{row.value}天，同一天则应连上",
            f"are {days} day(s) apart, at least {row.value} are asked, or else one "
            "right after the other",
        )


class AdjacentIfSameDay(PairKind):
    """Two of the lessons on one day follow one another with only breaks between.

    Amount: one for each pair on one day that does not.
    """

    kind: ClassVar[RelationKind] = RelationKind.ADJACENT_IF_SAME_DAY
    asks: ClassVar[Text] = Text(
        "同一天则连上", "one right after the other if on the same day"
    )
    wrong: ClassVar[Text] = Text(
        "在同一天却没有连上", "are on one day but not one right after the other"
    )

    def of(self, row: Row) -> PairAmount:
        """1 where they are on one day, and apart."""
        return _closer_or_apart(row.grid, 0)


class Adjacent(PairKind):
    """Two or three lessons are on one day, one right after another, in any order.

    Only breaks lie between them. Amount: one for each pair with more between them than
    the third lesson takes, or that overlaps or is on different days.
    """

    kind: ClassVar[RelationKind] = RelationKind.ADJACENT
    asks: ClassVar[Text] = Text("连在一起", "one right after the other")
    wrong: ClassVar[Text] = Text("没有连在一起", "are not one right after the other")

    def event(self, row: Row) -> Callable[[Meeting], Event]:
        """The clock, and the lesson's periods."""
        return _sized_event

    def of(self, row: Row) -> PairAmount:
        """1 where something else than the third lesson lies between."""
        return _not_together(row.grid, sum(x.length for x in row.lessons))


class SameLayoutIfAdjacent(PairKind):
    """Lessons that follow one another on one day use one layout.

    Only breaks lie between such lessons. Amount: one for each pair on two layouts.
    """

    kind: ClassVar[RelationKind] = RelationKind.SAME_LAYOUT_IF_ADJACENT
    asks: ClassVar[Text] = Text(
        "连上则同一场地", "at one place if one right after the other"
    )
    wrong: ClassVar[Text] = Text(
        "连上却不在同一场地", "follow one another at different places"
    )
    by_layout: ClassVar[bool] = True

    def event(self, row: Row) -> Callable[[Meeting], Event]:
        """The clock and the layout."""
        return _layout_event

    def of(self, row: Row) -> PairAmount:
        """1 where they follow one another on two layouts."""
        return _change_of_layout(row.grid)


def _layout_event(meeting: Meeting) -> Event:
    place = meeting.placement.layout_id
    return (meeting.day, meeting.start, meeting.end, place)


@lru_cache(maxsize=64)
def _change_of_layout(grid: Grid) -> PairAmount:
    def of(a: Event, b: Event) -> int:
        return int(a[3] != b[3] and are_adjacent(grid, a, b))

    return of
