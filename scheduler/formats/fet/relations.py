"""Constraints between activities, and on slots they share, as relations."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

from scheduler.formats.fet.document import Activity, FetConstraint
from scheduler.formats.fet.mapping import (
    Handler,
    Mapping,
    Row,
    RowIds,
    level_of,
    weight_of,
)
from scheduler.formats.fet.report import Unsupported, whole
from scheduler.formats.fet.selecting import named_activities, selected_activities
from scheduler.model.relations import Relation, RelationKind
from scheduler.model.resources import Level

MOST_PAIRS = 5_000
"""Pairs of activities that tags keep apart; with more it is not supported."""


@dataclass(frozen=True, slots=True)
class Simple:
    """A type that is one row of one kind, with the element of its number."""

    kind: RelationKind
    number: str = ""
    selects: bool = False


_WITH_BREAKS = {
    RelationKind.MIN_GAP: RelationKind.MIN_ROWS_BETWEEN,
    RelationKind.MAX_GAP: RelationKind.MAX_ROWS_BETWEEN,
}
SIMPLE = {
    "MinDaysBetweenActivities": Simple(RelationKind.MIN_DAYS_BETWEEN, "MinDays"),
    "MaxDaysBetweenActivities": Simple(RelationKind.MAX_DAYS_BETWEEN, "MaxDays"),
    "MinGapsBetweenActivities": Simple(RelationKind.MIN_GAP, "MinGaps"),
    "MaxGapsBetweenActivities": Simple(RelationKind.MAX_GAP, "MaxGaps"),
    "ActivitiesSameStartingTime": Simple(RelationKind.SAME_START),
    "ActivitiesSameStartingDay": Simple(RelationKind.SAME_DAY),
    "ActivitiesSameStartingHour": Simple(RelationKind.SAME_TIME),
    "ActivitiesNotOverlapping": Simple(RelationKind.NOT_OVERLAPPING),
    "TwoActivitiesConsecutive": Simple(RelationKind.CONSECUTIVE),
    "TwoActivitiesGrouped": Simple(RelationKind.ADJACENT),
    "ThreeActivitiesGrouped": Simple(RelationKind.ADJACENT),
    "TwoActivitiesOrdered": Simple(RelationKind.ORDERED),
    "TwoActivitiesOrderedIfSameDay": Simple(RelationKind.ORDERED_IF_SAME_DAY),
    "ActivityEndsStudentsDay": Simple(RelationKind.ENDS_DAY),
    "ActivitiesEndStudentsDay": Simple(RelationKind.ENDS_DAY, selects=True),
    "ActivityBeginsStudentsDay": Simple(RelationKind.BEGINS_DAY),
    "ActivitiesBeginStudentsDay": Simple(RelationKind.BEGINS_DAY, selects=True),
    "ActivityEndsTeachersDay": Simple(RelationKind.ENDS_TEACHER_DAY),
    "ActivitiesEndTeachersDay": Simple(RelationKind.ENDS_TEACHER_DAY, selects=True),
    "ActivityBeginsTeachersDay": Simple(RelationKind.BEGINS_TEACHER_DAY),
    "ActivitiesBeginTeachersDay": Simple(RelationKind.BEGINS_TEACHER_DAY, selects=True),
    "ActivitiesOccupyMaxTimeSlotsFromSelection": Simple(
        RelationKind.MAX_USED_SLOTS, "Max_Number_of_Occupied_Time_Slots"
    ),
    "ActivitiesOccupyMinTimeSlotsFromSelection": Simple(
        RelationKind.MIN_USED_SLOTS, "Min_Number_of_Occupied_Time_Slots"
    ),
    "ActivitiesMaxSimultaneousInSelectedTimeSlots": Simple(
        RelationKind.MAX_AT_ONCE, "Max_Number_of_Simultaneous_Activities"
    ),
    "ActivitiesMinSimultaneousInSelectedTimeSlots": Simple(
        RelationKind.MIN_AT_ONCE, "Min_Number_of_Simultaneous_Activities"
    ),
    "MaxTotalActivitiesFromSetInSelectedTimeSlots": Simple(
        RelationKind.MAX_IN, "Max_Total_Number_of_Activities"
    ),
    "ActivitiesOccupyMaxDifferentRooms": Simple(
        RelationKind.MAX_LAYOUTS, "Max_Number_of_Different_Rooms"
    ),
    "ActivitiesSameRoomIfConsecutive": Simple(RelationKind.SAME_LAYOUT_IF_ADJACENT),
}
_OVER_BREAKS = {
    "TwoActivitiesConsecutive",
    "TwoActivitiesGrouped",
    "ThreeActivitiesGrouped",
}


def relation_rows(
    constraint: FetConstraint, mapping: Mapping, ids: RowIds
) -> Iterator[Row]:
    """Rows of a constraint of one of the simple types.

    Raises:
        Unsupported: it says what relations.csv cannot.
    """
    simple = SIMPLE[constraint.type]
    select = selected_activities if simple.selects else named_activities
    activities = select(mapping.document, constraint)
    sizes = simple.kind.sizes
    if len(activities) < (sizes[0] if sizes else 1 + simple.kind.is_of_several):
        return
    if constraint.type in _OVER_BREAKS and mapping.week.breaks and constraint.is_hard:
        yield from _grouped_over_breaks(constraint, mapping, ids, activities)
        return
    _say_what_differs(constraint, mapping)
    yield _row(simple, constraint, mapping, ids, activities)
    if _must_touch(constraint):
        yield _plain(
            RelationKind.ADJACENT_IF_SAME_DAY, constraint, mapping, ids, activities
        )


def _row(
    simple: Simple,
    constraint: FetConstraint,
    mapping: Mapping,
    ids: RowIds,
    activities: tuple[Activity, ...],
) -> Relation:
    kind, lessons = simple.kind, mapping.lessons
    if mapping.week.breaks:  # FET counts its break hours between lessons
        kind = _WITH_BREAKS.get(kind, kind)
    # Overlaps are counted in minutes, which FET counts in hours.
    units = mapping.week.minutes if kind is RelationKind.NOT_OVERLAPPING else 1
    in_order = lessons.one_by_one if kind.sizes else lessons.named
    slots: tuple[tuple[int, int], ...] = ()
    if kind.needs_slots:
        slots = mapping.week.periods_of(mapping.document.slots(constraint))
        if not slots:
            raise Unsupported("所选时间都是休息", "the slots selected are all breaks")
    if kind is RelationKind.MIN_AT_ONCE and constraint.flag("Allow_Empty_Slots", True):
        raise Unsupported("允许空时段", "empty slots are allowed")
    return Relation(
        ids.next(constraint),
        kind,
        in_order(activities),
        whole(constraint.text(simple.number)) if simple.number else None,
        slots,
        level=level_of(constraint),
        weight=weight_of(constraint, units),
        reason=constraint.type,
    )


def _plain(
    kind: RelationKind,
    constraint: FetConstraint,
    mapping: Mapping,
    ids: RowIds,
    activities: tuple[Activity, ...],
    value: int | None = None,
) -> Relation:
    """A hard row beside the constraint's own."""
    in_order = mapping.lessons.one_by_one if kind.sizes else mapping.lessons.named
    return Relation(
        ids.next(constraint),
        kind,
        in_order(activities),
        value,
        reason=constraint.type,
    )


def _must_touch(constraint: FetConstraint) -> bool:
    """Lessons on one day too close must follow one another, whatever the weight."""
    consecutive = constraint.flag("Consecutive_If_Same_Day", default=False)
    return (
        constraint.type == "MinDaysBetweenActivities"
        and consecutive
        and level_of(constraint) is Level.SOFT
    )


def _grouped_over_breaks(
    constraint: FetConstraint,
    mapping: Mapping,
    ids: RowIds,
    activities: tuple[Activity, ...],
) -> Iterator[Relation]:
    """Together on one day, though FET's break hours may lie between them.

    A gap of max_gap counts lesson rows only; of three, the one between fills it.
    """
    yield _plain(RelationKind.SAME_DAY, constraint, mapping, ids, activities)
    between = sum(a.duration for a in activities)
    for pair in combinations(activities, 2):
        gap = between - sum(a.duration for a in pair)
        yield _plain(RelationKind.MAX_GAP, constraint, mapping, ids, pair, gap)
        if not mapping.share_people(*pair):
            yield _plain(RelationKind.NOT_OVERLAPPING, constraint, mapping, ids, pair)
    if constraint.type == "TwoActivitiesConsecutive":
        kind = RelationKind.ORDERED_IF_SAME_DAY
        yield _plain(kind, constraint, mapping, ids, activities)


def _say_what_differs(constraint: FetConstraint, mapping: Mapping) -> None:
    if not mapping.week.breaks:
        return
    if constraint.type in _OVER_BREAKS:
        zh, en = "不能隔着休息行相邻", "a break hour between counts as apart"
        mapping.approximate(constraint, zh, en)


def _tags_apart(
    constraint: FetConstraint, mapping: Mapping, ids: RowIds
) -> Iterator[Row]:
    """Activities of different tags do not overlap; those of one tag may."""
    tags = constraint.texts("Activity_Tag")
    by_tag = [[a for a in mapping.document.active if t in a.tags] for t in tags]
    pairs = {
        (a.activity_id, b.activity_id): (a, b)
        for first, second in combinations(by_tag, 2)
        for a, b in product(first, second)
        if a is not b and not mapping.share_people(a, b)
    }
    if len(pairs) > MOST_PAIRS:
        raise Unsupported("涉及的活动对太多", "it keeps too many pairs apart")
    for pair in pairs.values():
        yield Relation(
            ids.next(constraint),
            RelationKind.NOT_OVERLAPPING,
            mapping.lessons.one_by_one(pair),
            level=level_of(constraint),
            weight=weight_of(constraint, mapping.week.minutes),
            reason=constraint.type,
        )


def relation_handlers() -> dict[str, Handler]:
    """Handlers by type."""
    simple: dict[str, Handler] = dict.fromkeys(SIMPLE, relation_rows)
    return {**simple, "ActivityTagsNotOverlapping": _tags_apart}
