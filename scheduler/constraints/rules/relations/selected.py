"""Kinds on a selection of slots: how many are used, by how many lessons."""

from collections.abc import Callable, Iterator
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import Violation
from scheduler.constraints.counting import (
    excess_table,
    on_day,
    scaled,
    shortage_table,
)
from scheduler.constraints.primitives import (
    CountCost,
    PatternCost,
    PatternSumCost,
    Primitive,
)
from scheduler.constraints.rules.relations.kind import Breach, Kind, Row, in_week
from scheduler.constraints.rules.relations.options import slot_names
from scheduler.constraints.uses import ONE_ROW, is_used
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.relations import Relation, RelationKind, Slot
from scheduler.model.text import Text
from scheduler.model.times import LAYERS
from scheduler.model.timetable import Timetable


class BoundKind(Kind):
    """A number against the row's value, from above or from below."""

    at_most: ClassVar[bool]

    def table(self, row: Row) -> tuple[int, ...]:
        """Cost of 0, 1, 2, …"""
        bound = excess_table if self.at_most else shortage_table
        return scaled(bound(row.value), row.weight)

    def amount(self, row: Row, number: int) -> int:
        """The same as a formula, unweighted."""
        excess = number - row.value
        return max(0, excess if self.at_most else -excess)

    def bound(self, row: Relation) -> Text:
        """The bound in words."""
        if self.at_most:
            return Text(f"最多{row.value}", f"at most {row.value}")
        return Text(f"至少{row.value}", f"at least {row.value}")


def takes(slot: Slot, layer: int) -> Callable[[Meeting], int]:
    """1 for a meeting that takes the slot in this week."""
    day, period = slot

    def value(meeting: Meeting) -> int:
        there = on_day(meeting, day, layer)
        return int(there and any(row.number == period for row in meeting.rows))

    return value


class UsedSlotsKind(BoundKind):
    """The number of slots that any of the lessons takes."""

    def breaches(self, row: Row, timetable: Timetable) -> Iterator[Breach]:
        """One for each week with too many or too few."""
        slots = set(row.relation.slots)
        for layer in LAYERS:
            week = in_week(row, timetable, layer)
            used = {(m.day, x.number) for m in week for x in m.rows} & slots
            if amount := self.amount(row, len(used)):
                yield Breach(amount, tuple(week), layer, len(used))

    def primitives(self, row: Row) -> Iterator[Primitive]:
        """One sum over the slots, each a pattern of one row."""
        name = f"relation_{row.relation.relation_id}"
        for layer in LAYERS:
            used = tuple(
                PatternCost(
                    *(name, row.lessons, ONE_ROW, takes(slot, layer), is_used),
                    day=slot[0],
                    clash_rule="",
                )
                for slot in dict.fromkeys(row.relation.slots)
            )
            yield PatternSumCost(name, used, self.table(row))

    def sentence(self, problem: Problem, row: Relation, breach: Violation) -> Text:
        """Slots used, and the bound."""
        (used,) = breach.numbers
        slots, bound = slot_names(row.slots), self.bound(row)
        return Text(
            f"占用了{slots.zh}中的{used}个，{bound.zh}个",
            f"use {used} of {slots.en}, {bound.en}",
        )


class MaxUsedSlots(UsedSlotsKind):
    """Of the ``slots``, at most ``value`` are taken by any of the lessons.

    Amount: slots too many.
    """

    kind: ClassVar[RelationKind] = RelationKind.MAX_USED_SLOTS
    asks: ClassVar[Text] = Text(
        "最多占用{slots}中的{v}个", "using at most {v} of {slots}"
    )
    at_most: ClassVar[bool] = True


class MinUsedSlots(UsedSlotsKind):
    """Of the ``slots``, at least ``value`` are taken by any of the lessons.

    Amount: slots missing.
    """

    kind: ClassVar[RelationKind] = RelationKind.MIN_USED_SLOTS
    asks: ClassVar[Text] = Text(
        "至少占用{slots}中的{v}个", "using at least {v} of {slots}"
    )
    at_most: ClassVar[bool] = False


class AtOnceKind(BoundKind):
    """The number of lessons in each slot."""

    def breaches(self, row: Row, timetable: Timetable) -> Iterator[Breach]:
        """One for each slot and week with too many or too few."""
        for layer in LAYERS:
            week = in_week(row, timetable, layer)
            for slot in dict.fromkeys(row.relation.slots):
                here = tuple(m for m in week if takes(slot, layer)(m))
                if amount := self.amount(row, len(here)):
                    period = (str(slot[1]),)
                    yield Breach(amount, here, layer, len(here), slot[0], period)

    def primitives(self, row: Row) -> Iterator[Primitive]:
        """One count for each slot and week."""
        table = self.table(row)
        for layer in LAYERS:
            for slot in dict.fromkeys(row.relation.slots):
                yield CountCost(row.lessons, takes(slot, layer), table, day=slot[0])

    def sentence(self, problem: Problem, row: Relation, breach: Violation) -> Text:
        """The slot, the lessons in it, and the bound."""
        (count,) = breach.numbers
        slot = describe.slot(breach.day or 0, int(breach.resource_ids[1]))
        bound = self.bound(row)
        return Text(
            f"{slot.zh}有{count}节同时进行，{bound.zh}节",
            f"{count} lesson(s) take place on {slot.en}, {bound.en}",
        )


class MaxAtOnce(AtOnceKind):
    """In each of the ``slots`` at most ``value`` of the lessons take place.

    Amount: lessons too many, slot by slot.
    """

    kind: ClassVar[RelationKind] = RelationKind.MAX_AT_ONCE
    asks: ClassVar[Text] = Text(
        "在{slots}同时最多{v}节", "at most {v} at once on {slots}"
    )
    at_most: ClassVar[bool] = True


class MinAtOnce(AtOnceKind):
    """In each of the ``slots`` at least ``value`` of the lessons take place.

    Amount: lessons missing, slot by slot.
    """

    kind: ClassVar[RelationKind] = RelationKind.MIN_AT_ONCE
    asks: ClassVar[Text] = Text(
        "在{slots}同时至少{v}节", "at least {v} at once on {slots}"
    )
    at_most: ClassVar[bool] = False


class MaxIn(BoundKind):
    """At most ``value`` of the lessons take any of the ``slots``.

    Amount: lessons too many.
    """

    kind: ClassVar[RelationKind] = RelationKind.MAX_IN
    asks: ClassVar[Text] = Text("最多{v}节在{slots}", "at most {v} on {slots}")
    at_most: ClassVar[bool] = True

    def breaches(self, row: Row, timetable: Timetable) -> Iterator[Breach]:
        """One for each week with too many."""
        slots = set(row.relation.slots)
        for layer in LAYERS:
            week = in_week(row, timetable, layer)
            inside = [m for m in week if {(m.day, x.number) for x in m.rows} & slots]
            if amount := self.amount(row, len(inside)):
                yield Breach(amount, tuple(inside), layer, len(inside))

    def primitives(self, row: Row) -> Iterator[Primitive]:
        """One count for each week."""
        slots = frozenset(row.relation.slots)
        for layer in LAYERS:
            yield CountCost(row.lessons, _touches(slots, layer), self.table(row))

    def sentence(self, problem: Problem, row: Relation, breach: Violation) -> Text:
        """Lessons inside, and the bound."""
        (count,) = breach.numbers
        slots, bound = slot_names(row.slots), self.bound(row)
        return Text(
            f"有{count}节在{slots.zh}，{bound.zh}节",
            f"{count} of them are on {slots.en}, {bound.en}",
        )


def _touches(slots: frozenset[Slot], layer: int) -> Callable[[Meeting], int]:
    def value(meeting: Meeting) -> int:
        inside = any((meeting.day, row.number) in slots for row in meeting.rows)
        return int(inside and layer in meeting.layers)

    return value


class MaxLayouts(BoundKind):
    """The lessons use at most ``value`` different layouts a week.

    Amount: layouts too many.
    """

    kind: ClassVar[RelationKind] = RelationKind.MAX_LAYOUTS
    asks: ClassVar[Text] = Text("最多用{v}个场地", "at most {v} places")
    at_most: ClassVar[bool] = True

    def breaches(self, row: Row, timetable: Timetable) -> Iterator[Breach]:
        """One for each week with too many."""
        for layer in LAYERS:
            week = in_week(row, timetable, layer)
            used = {m.placement.layout_id for m in week}
            if amount := self.amount(row, len(used)):
                yield Breach(amount, tuple(week), layer, len(used))

    def primitives(self, row: Row) -> Iterator[Primitive]:
        """One sum over the layouts that the lessons may use."""
        name = f"relation_{row.relation.relation_id}"
        allowed = dict.fromkeys(
            layout_id
            for x in row.lessons
            for layout_id in row.problem.allowed_layouts(x.requirement)
        )
        for layer in LAYERS:
            used = tuple(
                PatternCost(
                    *(name, row.lessons, ONE_ROW, _is_at(layout_id, layer), is_used),
                    clash_rule="",
                    by_layout=True,
                )
                for layout_id in allowed
            )
            yield PatternSumCost(name, used, self.table(row))

    def sentence(self, problem: Problem, row: Relation, breach: Violation) -> Text:
        """Layouts used, and the bound."""
        (count,) = breach.numbers
        bound = self.bound(row)
        return Text(
            f"用了{count}种场地用法，{bound.zh}种",
            f"use {count} layouts, {bound.en}",
        )


def _is_at(layout_id: str, layer: int) -> Callable[[Meeting], int]:
    def mask(meeting: Meeting) -> int:
        there = meeting.placement.layout_id == layout_id
        return int(there and layer in meeting.layers)

    return mask
