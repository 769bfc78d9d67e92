"""Constraints on availability, fixed times and allowed times."""

from collections.abc import Iterator

from scheduler.formats.fet.document import Activity, FetConstraint, Slot
from scheduler.formats.fet.mapping import (
    Handler,
    Mapping,
    Row,
    RowIds,
    level_of,
    weight_of,
)
from scheduler.formats.fet.report import Unsupported
from scheduler.formats.fet.selecting import named_activities, selected_activities
from scheduler.model.relations import Relation, RelationKind
from scheduler.model.requirements import FixedLesson
from scheduler.model.resources import ResourceKind, Unavailability


def _unavailable(
    kind: ResourceKind, constraint: FetConstraint, mapping: Mapping, *ids: str
) -> Iterator[Unavailability]:
    slots = set(mapping.document.slots(constraint)) - mapping.week.breaks
    for resource_id in ids:
        for day, start, end in mapping.week.stretches(slots):
            yield Unavailability(
                kind, resource_id, day, None, start, end, level=level_of(constraint)
            )


def _teacher_times(
    constraint: FetConstraint, mapping: Mapping, ids: RowIds
) -> Iterator[Row]:
    name = constraint.text("Teacher", "Teacher_Name")
    teacher_id = mapping.names.teachers[name]
    yield from _unavailable(ResourceKind.TEACHER, constraint, mapping, teacher_id)


def _students_times(
    constraint: FetConstraint, mapping: Mapping, ids: RowIds
) -> Iterator[Row]:
    name = constraint.text("Students", "Students_Name")
    classes = mapping.classes.of_set(name)
    yield from _unavailable(ResourceKind.CLASS, constraint, mapping, *classes)


def _room_times(
    constraint: FetConstraint, mapping: Mapping, ids: RowIds
) -> Iterator[Row]:
    name = constraint.text("Room")
    if mapping.document.room[name].is_virtual:
        raise Unsupported("虚拟教室的不可用时间", "times of a virtual room")
    if not constraint.is_hard:
        mapping.approximate(
            constraint,
            "低于100%时按一条软性规则统一加权",
            "under 100 % all such wishes weigh the same",
        )
    zone_id = mapping.rooms.zone_of(name)
    yield from _unavailable(ResourceKind.ZONE, constraint, mapping, zone_id)


def _starts_in(
    constraint: FetConstraint, mapping: Mapping, ids: RowIds
) -> Iterator[Row]:
    """Starting times of activities named by id or by filters."""
    yield from _slots_row(
        RelationKind.STARTS_IN,
        constraint,
        mapping,
        ids,
        _activities(constraint, mapping),
    )


def _stays_in(
    constraint: FetConstraint, mapping: Mapping, ids: RowIds
) -> Iterator[Row]:
    """Time slots for all hours of activities named by id or by filters."""
    yield from _slots_row(
        RelationKind.STAYS_IN,
        constraint,
        mapping,
        ids,
        _activities(constraint, mapping),
    )


def _activities(constraint: FetConstraint, mapping: Mapping) -> tuple[Activity, ...]:
    if constraint.text("Activity_Id"):
        return named_activities(mapping.document, constraint)
    return selected_activities(mapping.document, constraint)


def _slots_row(
    kind: RelationKind,
    constraint: FetConstraint,
    mapping: Mapping,
    ids: RowIds,
    activities: tuple[Activity, ...],
    slots: tuple[Slot, ...] | None = None,
) -> Iterator[Relation]:
    given = mapping.document.slots(constraint) if slots is None else slots
    periods = mapping.week.periods_of(given)
    if not periods:
        raise Unsupported("没有可用的时间", "it leaves no time but breaks")
    if activities:
        yield Relation(
            ids.next(constraint),
            kind,
            mapping.lessons.named(activities),
            slots=periods,
            level=level_of(constraint),
            weight=weight_of(constraint),
            reason=constraint.type,
        )


class FixedTimes:
    """ActivityPreferredStartingTime: rows of fixed.csv, one for each lesson."""

    def __init__(self) -> None:
        self._fixed: dict[tuple[str, int], tuple[int, int]] = {}
        self._written: set[tuple[str, int]] = set()

    def rows(
        self, constraint: FetConstraint, mapping: Mapping, ids: RowIds
    ) -> Iterator[Row]:
        """A fixed lesson; a wish, or an hour or a day alone, is a relation."""
        activities = named_activities(mapping.document, constraint)
        slots = tuple(_preferred(constraint, mapping))
        if not activities:
            return
        if not constraint.is_hard or len(slots) != 1:
            kind = RelationKind.STARTS_IN
            yield from _slots_row(kind, constraint, mapping, ids, activities, slots)
            return
        period = mapping.week.period_of(slots[0])
        if period is None:
            raise Unsupported("固定在休息时间", "it fixes an activity on a break")
        place = mapping.lessons.place(activities[0])
        if self._fixed.setdefault(place, period) != period:
            kind = RelationKind.STARTS_IN
            yield from _slots_row(kind, constraint, mapping, ids, activities, slots)
        elif place not in self._written:
            self._written.add(place)
            yield FixedLesson(*place, *period)


def _preferred(constraint: FetConstraint, mapping: Mapping) -> Iterator[Slot]:
    """Slots of a preferred day and hour; either may be left open."""
    document = mapping.document
    day, hour = constraint.text("Preferred_Day"), constraint.text("Preferred_Hour")
    days = [document.day_index[day]] if day else range(len(document.days))
    hours = [document.hour_index[hour]] if hour else range(len(document.hours))
    yield from ((d, h) for d in days for h in hours)


def time_handlers() -> dict[str, Handler]:
    """Handlers by type; made anew for each import, since one remembers."""
    fixed = FixedTimes()
    return {
        "TeacherNotAvailableTimes": _teacher_times,
        "StudentsSetNotAvailableTimes": _students_times,
        "RoomNotAvailableTimes": _room_times,
        "ActivityPreferredStartingTime": fixed.rows,
        "ActivityPreferredDay": fixed.rows,
        "ActivityPreferredStartingTimes": _starts_in,
        "ActivitiesPreferredStartingTimes": _starts_in,
        "SubactivitiesPreferredStartingTimes": _starts_in,
        "ActivityPreferredTimeSlots": _stays_in,
        "ActivitiesPreferredTimeSlots": _stays_in,
        "SubactivitiesPreferredTimeSlots": _stays_in,
    }
