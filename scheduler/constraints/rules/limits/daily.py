"""Kinds that look at the shape of each day by itself."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from typing import ClassVar

from scheduler.constraints.day_rows import Row, taken
from scheduler.constraints.primitives import Primitive
from scheduler.constraints.rules.limits import shapes
from scheduler.constraints.rules.limits.kind import Excess, Kind, Said, Week
from scheduler.constraints.rules.limits.people import Calendar, Person
from scheduler.constraints.rules.limits.shapes import Shape
from scheduler.model.limits import Limit, LimitKind
from scheduler.model.meeting import Meeting
from scheduler.model.text import Text


def rows_used(meetings: Iterable[Meeting]) -> list[Row]:
    """Rows that these meetings take, by start, each once."""
    return sorted({row for m in meetings for row in taken(m)})


class ShapeKind(Kind):
    """A number that the used rows of a day have, against a limit."""

    @abstractmethod
    def number(self) -> Shape:
        """The number that is limited."""

    @abstractmethod
    def excess(self, value: int) -> Shape:
        """The amount of a day."""

    def excesses(
        self, limit: Limit, person: Person, calendar: Calendar, layer: int, week: Week
    ) -> Iterator[Excess]:
        """One for each day of an unwelcome shape."""
        for day, here in week.items():
            used, frame = rows_used(here), calendar.frame(person, day, layer)
            if amount := self.excess(limit.value)(used, frame):
                yield Excess(amount, self.number()(used, frame), tuple(here), day)

    def primitives(
        self, limit: Limit, person: Person, calendar: Calendar, layer: int, weight: int
    ) -> Iterator[Primitive]:
        """One pattern for each day."""
        excess = self.excess(limit.value)
        yield from shapes.day_patterns(excess, weight, person, calendar, layer)


class MinPeriodsADay(ShapeKind):
    """At least ``value`` rows used on a day with any. Amount: rows missing."""

    kind: ClassVar[LimitKind] = LimitKind.MIN_PERIODS_A_DAY
    asks: ClassVar[Text] = Text(
        "有课的日子至少{v}节", "at least {v} periods on a day with any"
    )

    def number(self) -> Shape:
        """Rows used."""
        return shapes.count

    def excess(self, value: int) -> Shape:
        """Rows missing."""
        return shapes.under(shapes.count, value)

    def sentence(self, limit: Limit, said: Said) -> Text:
        """Periods and limit."""
        return Text(
            f"只有{said.number}节课，有课的日子至少{limit.value}节",
            f"has {said.number} periods, at least {limit.value} on a day with any",
        )


class MaxRun(ShapeKind):
    """At most ``value`` periods in a row, nothing but breaks between them.

    Amount: periods of each run beyond the limit.
    """

    kind: ClassVar[LimitKind] = LimitKind.MAX_RUN
    asks: ClassVar[Text] = Text("最多连上{v}节", "at most {v} periods in a row")

    def number(self) -> Shape:
        """The longest run."""
        return shapes.longest_run

    def excess(self, value: int) -> Shape:
        """Run by run."""
        return shapes.runs_over(value)

    def sentence(self, limit: Limit, said: Said) -> Text:
        """Run and limit."""
        return Text(
            f"连上{said.number}节课，最多连上{limit.value}节",
            f"has {said.number} periods in a row, at most {limit.value}",
        )


class MaxIdleADay(ShapeKind):
    """At most ``value`` idle rows between the lessons of a day.

    Idle are lesson rows of the person's bells on which the person is available.
    Amount: idle rows too many.
    """

    kind: ClassVar[LimitKind] = LimitKind.MAX_IDLE_A_DAY
    asks: ClassVar[Text] = Text("每天最多{v}节空堂", "at most {v} idle periods a day")

    def number(self) -> Shape:
        """Idle rows."""
        return shapes.idle

    def excess(self, value: int) -> Shape:
        """Idle rows too many."""
        return shapes.over(shapes.idle, value)

    def sentence(self, limit: Limit, said: Said) -> Text:
        """Idle rows and limit."""
        return Text(
            f"有{said.number}节空堂，每天最多{limit.value}节",
            f"has {said.number} idle periods, at most {limit.value} a day",
        )


class MaxSpanADay(ShapeKind):
    """At most ``value`` rows from the first lesson of a day to the last.

    Lesson rows between count, whether used, idle or unavailable. Amount: rows too
    many.
    """

    kind: ClassVar[LimitKind] = LimitKind.MAX_SPAN_A_DAY
    asks: ClassVar[Text] = Text(
        "每天首尾最多跨{v}节", "at most {v} periods from the first to the last of a day"
    )

    def number(self) -> Shape:
        """Rows from first to last."""
        return shapes.span

    def excess(self, value: int) -> Shape:
        """Rows too many."""
        return shapes.over(shapes.span, value)

    def sentence(self, limit: Limit, said: Said) -> Text:
        """Span and limit."""
        return Text(
            f"从第一节课到最后一节共{said.number}节，最多{limit.value}节",
            f"has {said.number} periods from first to last, at most {limit.value}",
        )
