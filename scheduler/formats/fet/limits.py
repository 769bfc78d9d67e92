"""Constraints on people's days and weeks as rows of limits.csv."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.formats.fet.document import FetConstraint
from scheduler.formats.fet.mapping import (
    Mapping,
    RowIds,
    level_of,
    weight_of,
)
from scheduler.formats.fet.report import Unsupported, whole
from scheduler.model.limits import Limit, LimitKind, LimitOn
from scheduler.model.resources import Level

SCOPES = {
    "Teachers": LimitOn.TEACHER,
    "Teacher": LimitOn.TEACHER,
    "StudentsSet": LimitOn.CLASS,
    "Students": LimitOn.CLASS,
}
"""Of these, Teachers and Students mean everybody."""
ALLOW_EMPTY = "Allow_Empty_Days"


@dataclass(frozen=True, slots=True)
class Family:
    """A family of FET's constraints: our kind, and the element with the number."""

    kind: LimitKind
    number: str
    by_tag: bool = False


FAMILIES = {
    "MaxDaysPerWeek": Family(LimitKind.MAX_DAYS, "Max_Days_Per_Week"),
    "MinDaysPerWeek": Family(LimitKind.MIN_DAYS, "Minimum_Days_Per_Week"),
    "IntervalMaxDaysPerWeek": Family(LimitKind.MAX_DAYS_WITHIN, "Max_Days_Per_Week"),
    "MaxHoursDaily": Family(LimitKind.MAX_PERIODS_A_DAY, "Maximum_Hours_Daily"),
    "MinHoursDaily": Family(LimitKind.MIN_PERIODS_A_DAY, "Minimum_Hours_Daily"),
    "MaxHoursDailyInInterval": Family(
        LimitKind.MAX_PERIODS_A_DAY_WITHIN, "Maximum_Hours_Daily"
    ),
    "MaxHoursContinuously": Family(LimitKind.MAX_RUN, "Maximum_Hours_Continuously"),
    "ActivityTagMaxHoursDaily": Family(
        LimitKind.MAX_PERIODS_A_DAY, "Maximum_Hours_Daily", by_tag=True
    ),
    "ActivityTagMinHoursDaily": Family(
        LimitKind.MIN_PERIODS_A_DAY, "Minimum_Hours_Daily", by_tag=True
    ),
    "ActivityTagMaxHoursContinuously": Family(
        LimitKind.MAX_RUN, "Maximum_Hours_Continuously", by_tag=True
    ),
    "MaxGapsPerWeek": Family(LimitKind.MAX_IDLE_A_WEEK, "Max_Gaps"),
    "MaxGapsPerDay": Family(LimitKind.MAX_IDLE_A_DAY, "Max_Gaps"),
    "MaxSpanPerDay": Family(LimitKind.MAX_SPAN_A_DAY, "Max_Span"),
    "EarlyMaxBeginningsAtSecondHour": Family(
        LimitKind.MAX_LATE_STARTS, "Max_Beginnings_At_Second_Hour"
    ),
}


def family_of(name: str) -> tuple[str, Family] | None:
    """Scope and family of a constraint's type."""
    for scope in SCOPES:
        rest = name.removeprefix(scope)
        if rest != name and rest in FAMILIES:
            return scope, FAMILIES[rest]
    return None


def limit_rows(
    constraint: FetConstraint, mapping: Mapping, ids: RowIds
) -> Iterator[Limit]:
    """Rows of one constraint; several where one row could not weigh people alike.

    Raises:
        Unsupported: it says what limits.csv cannot.
    """
    found = family_of(constraint.type)
    if found is None:
        raise Unsupported("没有对应的限制", "there is no such limit")
    scope, family = found
    tags = _tags(constraint, mapping) if family.by_tag else ()
    kind = _kind(constraint, family, scope)
    start, end = _clock(constraint, mapping, kind)
    _say_what_differs(constraint, mapping, kind)
    for people, size in _people(constraint, mapping, scope):
        yield Limit(
            ids.next(constraint),
            kind,
            SCOPES[scope],
            whole(constraint.text(family.number)),
            people,
            start,
            end,
            tags,
            level_of(constraint),
            1 if constraint.is_hard else size * weight_of(constraint),
            constraint.type,
        )


def _kind(constraint: FetConstraint, family: Family, scope: str) -> LimitKind:
    if constraint.flag("Allow_One_Day_Exception_of_Plus_One", default=False):
        raise Unsupported("允许一天例外", "one day is excepted")
    if family.kind is not LimitKind.MIN_PERIODS_A_DAY:
        return family.kind
    empty = constraint.flag(ALLOW_EMPTY, default=SCOPES[scope] is LimitOn.TEACHER)
    return family.kind if empty else LimitKind.MIN_PERIODS_EVERY_DAY


def _tags(constraint: FetConstraint, mapping: Mapping) -> tuple[str, ...]:
    return (mapping.names.tags[constraint.text("Activity_Tag", "Activity_Tag_Name")],)


def _clock(
    constraint: FetConstraint, mapping: Mapping, kind: LimitKind
) -> tuple[int | None, int | None]:
    """The interval's first and last minute; an empty end is the day's end."""
    if not kind.needs_clock:
        return None, None
    hours, week = mapping.document.hour_index, mapping.week
    last = constraint.text("Interval_End_Hour")
    first = hours[constraint.text("Interval_Start_Hour")]
    return week.start_of(first), week.start_of(hours[last] if last else week.hours)


def _people(
    constraint: FetConstraint, mapping: Mapping, scope: str
) -> Iterator[tuple[tuple[str, ...], int]]:
    """People of a row and how many of FET's each stands for; () means everybody."""
    match scope:
        case "Teachers":
            yield (), 1
            return
        case "Teacher":
            name = constraint.text("Teacher_Name", "Teacher")
            yield (mapping.names.teachers[name],), 1
            return
        case "StudentsSet":
            name = constraint.text("Students", "Students_Name", "Students_Set_Name")
            classes = mapping.classes.of_set(name)
        case _:
            classes = mapping.classes.real
    if constraint.is_hard:
        if classes:
            yield classes, 1
        return
    by_size: dict[int, list[str]] = defaultdict(list)
    for class_id in classes:
        by_size[mapping.classes.sizes[class_id]].append(class_id)
    yield from ((tuple(names), size) for size, names in sorted(by_size.items()))


def _say_what_differs(
    constraint: FetConstraint, mapping: Mapping, kind: LimitKind
) -> None:
    """FET counts a broken day once, we count by how much it is broken."""
    by_amount = (LimitKind.MAX_PERIODS_A_DAY, LimitKind.MAX_RUN)
    if level_of(constraint) is Level.SOFT and kind in by_amount:
        mapping.approximate(
            constraint,
            "FET 按天计一次，这里按超出的节数计",
            "FET counts a broken day once, here its periods too many count",
        )
    if kind is LimitKind.MAX_SPAN_A_DAY and mapping.week.breaks:
        mapping.approximate(
            constraint,
            "跨度不含休息行",
            "break hours are not counted in the span",
        )
