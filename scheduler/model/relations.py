"""Relations of lessons to each other and to times and places (relations.csv)."""

from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.resources import Level

Slot = tuple[int, int]
"""Weekday and period number."""


class RelationKind(StrEnum):
    """What a relation demands; its meaning stands with the rule that keeps it."""

    MIN_DAYS_BETWEEN = "min_days_between"
    MIN_DAYS_BETWEEN_OR_ADJACENT = "min_days_between_or_adjacent"
    MAX_DAYS_BETWEEN = "max_days_between"
    MIN_GAP = "min_gap"
    MAX_GAP = "max_gap"
    SAME_START = "same_start"
    SAME_DAY = "same_day"
    SAME_TIME = "same_time"
    NOT_OVERLAPPING = "not_overlapping"
    CONSECUTIVE = "consecutive"
    ADJACENT = "adjacent"
    ADJACENT_IF_SAME_DAY = "adjacent_if_same_day"
    ORDERED = "ordered"
    ORDERED_IF_SAME_DAY = "ordered_if_same_day"
    ENDS_DAY = "ends_day"
    BEGINS_DAY = "begins_day"
    ENDS_TEACHER_DAY = "ends_teacher_day"
    BEGINS_TEACHER_DAY = "begins_teacher_day"
    STARTS_IN = "starts_in"
    STAYS_IN = "stays_in"
    IN_LAYOUTS = "in_layouts"
    MAX_USED_SLOTS = "max_used_slots"
    MIN_USED_SLOTS = "min_used_slots"
    MAX_AT_ONCE = "max_at_once"
    MIN_AT_ONCE = "min_at_once"
    MAX_IN = "max_in"
    MAX_LAYOUTS = "max_layouts"
    SAME_LAYOUT_IF_ADJACENT = "same_layout_if_adjacent"
    MIN_ROWS_BETWEEN = "min_rows_between"
    MAX_ROWS_BETWEEN = "max_rows_between"
    SUBJECTS_NOT_SAME_DAY = "subjects_not_same_day"
    SUBJECTS_NOT_ADJACENT = "subjects_not_adjacent"
    SUBJECTS_NOT_BEFORE = "subjects_not_before"

    @property
    def needs_value(self) -> bool:
        """Whether the row gives a number."""
        return self in _WITH_VALUE

    @property
    def needs_slots(self) -> bool:
        """Whether the row lists slots."""
        return self in _WITH_SLOTS

    @property
    def needs_layouts(self) -> bool:
        """Whether the row lists layouts."""
        return self is RelationKind.IN_LAYOUTS

    @property
    def needs_subjects(self) -> bool:
        """Whether the row names two subjects of every class instead of lessons."""
        return self in _OF_SUBJECTS

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many lessons the row may have; any number where empty."""
        return _SIZES.get(self, ())

    @property
    def demands_lessons(self) -> bool:
        """Whether an empty week breaks it."""
        return self in (RelationKind.MIN_USED_SLOTS, RelationKind.MIN_AT_ONCE)

    @property
    def is_of_several(self) -> bool:
        """Whether it compares lessons, so that one alone cannot break it."""
        return self in _OF_SEVERAL

    @property
    def tells_layouts_apart(self) -> bool:
        """Whether it matters which of several alike layouts a lesson has."""
        return self in _OF_LAYOUTS


_OF_SUBJECTS = frozenset(
    {
        RelationKind.SUBJECTS_NOT_SAME_DAY,
        RelationKind.SUBJECTS_NOT_ADJACENT,
        RelationKind.SUBJECTS_NOT_BEFORE,
    }
)
_WITH_SLOTS = frozenset(
    {
        RelationKind.STARTS_IN,
        RelationKind.STAYS_IN,
        RelationKind.MAX_USED_SLOTS,
        RelationKind.MIN_USED_SLOTS,
        RelationKind.MAX_AT_ONCE,
        RelationKind.MIN_AT_ONCE,
        RelationKind.MAX_IN,
    }
)
_WITH_VALUE = frozenset(
    {
        RelationKind.MIN_DAYS_BETWEEN,
        RelationKind.MIN_DAYS_BETWEEN_OR_ADJACENT,
        RelationKind.MAX_DAYS_BETWEEN,
        RelationKind.MIN_GAP,
        RelationKind.MAX_GAP,
        RelationKind.MIN_ROWS_BETWEEN,
        RelationKind.MAX_ROWS_BETWEEN,
        RelationKind.MAX_USED_SLOTS,
        RelationKind.MIN_USED_SLOTS,
        RelationKind.MAX_AT_ONCE,
        RelationKind.MIN_AT_ONCE,
        RelationKind.MAX_IN,
        RelationKind.MAX_LAYOUTS,
    }
)
_SIZES = {
    RelationKind.CONSECUTIVE: (2,),
    RelationKind.ADJACENT: (2, 3),
    RelationKind.ORDERED: (2,),
    RelationKind.ORDERED_IF_SAME_DAY: (2,),
}
_OF_SEVERAL = frozenset(
    {
        RelationKind.MIN_DAYS_BETWEEN,
        RelationKind.MIN_DAYS_BETWEEN_OR_ADJACENT,
        RelationKind.MAX_DAYS_BETWEEN,
        RelationKind.MIN_GAP,
        RelationKind.MAX_GAP,
        RelationKind.MIN_ROWS_BETWEEN,
        RelationKind.MAX_ROWS_BETWEEN,
        RelationKind.SAME_START,
        RelationKind.SAME_DAY,
        RelationKind.SAME_TIME,
        RelationKind.NOT_OVERLAPPING,
        RelationKind.ADJACENT_IF_SAME_DAY,
        RelationKind.SAME_LAYOUT_IF_ADJACENT,
    }
)
_OF_LAYOUTS = frozenset(
    {RelationKind.MAX_LAYOUTS, RelationKind.SAME_LAYOUT_IF_ADJACENT}
)


@dataclass(frozen=True, slots=True)
class Relation:
    """One row of relations.csv.

    ``lessons`` name lessons (``R1#2``) or all lessons of a requirement (``R1``), in
    an order that matters where the kind has one. Instead, ``subjects`` are two subjects
    whose lessons are compared in each of ``classes`` (none: in all).
    ``slots`` count in the bell of each lesson's first class; ``layouts`` may hold
    ``home``. ``weight`` multiplies the amount of a soft row.
    """

    relation_id: str
    kind: RelationKind
    lessons: tuple[str, ...] = ()
    value: int | None = None
    slots: tuple[Slot, ...] = ()
    layouts: tuple[str, ...] = ()
    level: Level = Level.HARD
    weight: int = 1
    reason: str = ""
    subjects: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
