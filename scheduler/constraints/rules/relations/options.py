"""Kinds that each lesson keeps or breaks by itself: when it begins, where it is."""

from abc import abstractmethod
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import Violation
from scheduler.constraints.counting import placed
from scheduler.constraints.primitives import OptionCost, Primitive
from scheduler.constraints.rules.relations.kind import Breach, Kind, Row
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.relations import Relation, RelationKind, Slot
from scheduler.model.text import Text, joined
from scheduler.model.timetable import Timetable

Price = Callable[[Meeting], int]


class OptionKind(Kind):
    """A number of each meeting, counted in each week in which it takes place."""

    @abstractmethod
    def price(self, relation: Relation) -> Price:
        """What is wrong with a meeting in one week."""

    def breaches(self, row: Row, timetable: Timetable) -> Iterator[Breach]:
        """One for each lesson that breaks it."""
        price = self.price(row.relation)
        for meeting in placed(timetable, row.lessons):
            if amount := price(meeting):
                weeks = len(meeting.layers)
                yield Breach(weeks * amount, (meeting,), None, amount, meeting.day)

    def primitives(self, row: Row) -> Iterator[Primitive]:
        """One option cost."""
        yield OptionCost(row.lessons, _in_weeks(self.price(row.relation), row.weight))


@lru_cache(maxsize=1024)
def _in_weeks(price: Price, weight: int) -> Price:
    return lambda meeting: weight * len(meeting.layers) * price(meeting)


@lru_cache(maxsize=1024)
def _begins_outside(slots: frozenset[Slot]) -> Price:
    return lambda m: int((m.day, m.placement.period) not in slots)


@lru_cache(maxsize=1024)
def _rows_outside(slots: frozenset[Slot]) -> Price:
    return lambda m: sum((m.day, row.number) not in slots for row in m.rows)


@lru_cache(maxsize=1024)
def _elsewhere(layouts: frozenset[str]) -> Price:
    return lambda m: int(m.placement.layout_id not in layouts)


class StartsIn(OptionKind):
    """Each lesson begins in one of the ``slots``. Amount: one for each elsewhere."""

    kind: ClassVar[RelationKind] = RelationKind.STARTS_IN
    asks: ClassVar[Text] = Text("只能开始于{slots}", "beginning only on {slots}")

    def price(self, relation: Relation) -> Price:
        """1 where it does not."""
        return _begins_outside(frozenset(relation.slots))

    def sentence(self, problem: Problem, row: Relation, breach: Violation) -> Text:
        """Which slots there are."""
        allowed = slot_names(row.slots)
        return Text(f"没有在{allowed.zh}开始", f"does not begin on {allowed.en}")


class StaysIn(OptionKind):
    """Each lesson lies wholly in the ``slots``. Amount: its periods outside."""

    kind: ClassVar[RelationKind] = RelationKind.STAYS_IN
    asks: ClassVar[Text] = Text("只能排在{slots}", "only on {slots}")

    def price(self, relation: Relation) -> Price:
        """Periods outside."""
        return _rows_outside(frozenset(relation.slots))

    def sentence(self, problem: Problem, row: Relation, breach: Violation) -> Text:
        """How many periods are outside, and which slots there are."""
        (outside,) = breach.numbers
        allowed = slot_names(row.slots)
        return Text(
            f"有{outside}节不在{allowed.zh}",
            f"has {outside} period(s) outside {allowed.en}",
        )


class InLayouts(OptionKind):
    """Each lesson uses one of the ``layouts``. Amount: one for each elsewhere."""

    kind: ClassVar[RelationKind] = RelationKind.IN_LAYOUTS
    asks: ClassVar[Text] = Text("只能用{places}", "only at {places}")

    def price(self, relation: Relation) -> Price:
        """1 where it does not."""
        return _elsewhere(frozenset(relation.layouts))

    def sentence(self, problem: Problem, row: Relation, breach: Violation) -> Text:
        """Which layouts there are."""
        places = joined(describe.layout(problem, x) for x in row.layouts[:5])
        return Text(f"不在{places.zh}", f"is not at {places.en}")


def slot_names(slots: tuple[Slot, ...]) -> Text:
    """Slots in a sentence; after the fifth only their number."""
    shown = joined(describe.slot(*slot) for slot in slots[:5])
    if len(slots) <= 5:
        return shown
    more = len(slots) - 5
    return Text(f"{shown.zh}等{len(slots)}个时段", f"{shown.en} and {more} more")
