"""Rows of limits.csv and relations.csv in FET's words, by the import's own tables."""

from collections import Counter
from collections.abc import Iterator, Mapping

from scheduler.formats.fet.export.activities import ExportedActivity
from scheduler.formats.fet.export.elements import (
    constraint,
    counted,
    leaf,
    slots_of,
)
from scheduler.formats.fet.export.grid import Grid, Slot
from scheduler.formats.fet.limits import FAMILIES, Family
from scheduler.formats.fet.relations import SIMPLE
from scheduler.formats.fet.xml_tree import Node
from scheduler.model.limits import Limit, LimitKind, LimitOn
from scheduler.model.problem import Problem
from scheduler.model.relations import Relation, RelationKind
from scheduler.model.resources import Level
from scheduler.model.text import Text

_ONE_SCOPE = {
    LimitOn.TEACHER: ("Teacher", "Teachers", "Teacher_Name"),
    LimitOn.CLASS: ("StudentsSet", "Students", "Students"),
}
_OF_HOURS = frozenset(LimitKind) - {LimitKind.MAX_DAYS, LimitKind.MIN_DAYS}
"""Kinds that count rows, which are hours only where all bells ring alike."""
_NOT_SAYABLE = (LimitKind.MIN_FREE_HALF_DAYS, LimitKind.MAX_MOVES_A_DAY)
_SAYABLE = {
    RelationKind.MIN_DAYS_BETWEEN: "MinDaysBetweenActivities",
    RelationKind.MAX_DAYS_BETWEEN: "MaxDaysBetweenActivities",
    RelationKind.MIN_GAP: "MinGapsBetweenActivities",
    RelationKind.MIN_ROWS_BETWEEN: "MinGapsBetweenActivities",
    RelationKind.MAX_ROWS_BETWEEN: "MaxGapsBetweenActivities",
    RelationKind.SAME_START: "ActivitiesSameStartingTime",
    RelationKind.SAME_DAY: "ActivitiesSameStartingDay",
    RelationKind.SAME_TIME: "ActivitiesSameStartingHour",
    RelationKind.NOT_OVERLAPPING: "ActivitiesNotOverlapping",
    RelationKind.MAX_USED_SLOTS: "ActivitiesOccupyMaxTimeSlotsFromSelection",
    RelationKind.MIN_USED_SLOTS: "ActivitiesOccupyMinTimeSlotsFromSelection",
    RelationKind.MAX_AT_ONCE: "ActivitiesMaxSimultaneousInSelectedTimeSlots",
    RelationKind.MAX_IN: "MaxTotalActivitiesFromSetInSelectedTimeSlots",
}
"""Kinds whose rows say of a list of activities what FET's type says."""
_OF_ORDER = {
    RelationKind.CONSECUTIVE: "TwoActivitiesConsecutive",
    RelationKind.ORDERED: "TwoActivitiesOrdered",
    RelationKind.ORDERED_IF_SAME_DAY: "TwoActivitiesOrderedIfSameDay",
}
_OF_ONE = {RelationKind.ENDS_DAY: "ActivityEndsStudentsDay"}
_OF_TIMES = {
    RelationKind.STARTS_IN: (
        "ActivityPreferredStartingTimes",
        "Preferred_Starting_Time",
        ("Preferred_Starting_Day", "Preferred_Starting_Hour"),
    ),
    RelationKind.STAYS_IN: (
        "ActivityPreferredTimeSlots",
        "Preferred_Time_Slot",
        ("Preferred_Day", "Preferred_Hour"),
    ),
}


def limit_elements(problem: Problem, grid: Grid, notes: list[Text]) -> Iterator[Node]:
    """Hard limits as constraints; the others are counted in a note."""
    left: Counter[str] = Counter()
    for limit in problem.limits:
        hours_differ = limit.kind in _OF_HOURS and not grid.is_plain
        if limit.level is Level.SOFT or hours_differ or len(limit.tags) > 1:
            left[limit.kind] += 1
            continue
        if limit.on is LimitOn.GROUP or limit.kind in _NOT_SAYABLE:
            left[limit.kind] += 1
            continue
        yield from _limit(limit, grid)
    _note(left, notes, Text("限制", "limit"))


def _limit(limit: Limit, grid: Grid) -> Iterator[Node]:
    name, family = _family(limit)
    one, all_of_them, tag = _ONE_SCOPE[limit.on]
    number = leaf(family.number, limit.value)
    more = [number]
    if limit.tags:
        more.insert(0, leaf("Activity_Tag_Name", limit.tags[0]))
    if "Min" in name and "Hours" in name:
        empty = limit.kind is LimitKind.MIN_PERIODS_A_DAY
        more.append(leaf("Allow_Empty_Days", empty))
    if limit.kind.needs_clock:
        hours = grid.inside(limit.start or 0, limit.end or 0)
        if not hours:
            return
        ends_day = hours[-1] == grid.hours[-1]
        after = grid.hours[grid.hours.index(hours[-1]) + 1] if not ends_day else None
        more = [
            leaf("Interval_Start_Hour", grid.hour_name[hours[0]]),
            leaf("Interval_End_Hour", grid.hour_name[after] if after else ""),
            number,
        ]
    if not limit.ids:
        yield constraint(all_of_them + name, *more)
    for person in limit.ids:
        yield constraint(one + name, leaf(tag, person), *more)


def _family(limit: Limit) -> tuple[str, Family]:
    """FET's family of a kind of limit."""
    kind = limit.kind
    if kind is LimitKind.MIN_PERIODS_EVERY_DAY:
        kind = LimitKind.MIN_PERIODS_A_DAY
    return next(
        (name, family)
        for name, family in FAMILIES.items()
        if family.kind is kind and family.by_tag == bool(limit.tags)
    )


def relation_elements(
    problem: Problem,
    grid: Grid,
    activities: tuple[ExportedActivity, ...],
    notes: list[Text],
) -> Iterator[Node]:
    """Hard relations as constraints; the others are counted in a note."""
    ids = {x.lesson_id: a.activity_id for a in activities for x in a.lessons}
    left: Counter[str] = Counter()
    for relation in problem.relations:
        found = ()
        if relation.level is Level.HARD:
            found = tuple(_relation(relation, problem, grid, ids))
        if not found:
            left[relation.kind] += 1
        yield from found
    _note(left, notes, Text("关系", "relation"))


def _relation(
    relation: Relation, problem: Problem, grid: Grid, ids: Mapping[str, int]
) -> Iterator[Node]:
    lessons = problem.related_lessons(relation)
    named = list(dict.fromkeys(ids[x.lesson_id] for x in lessons))
    slots = tuple(
        slot
        for day, number in relation.slots
        if (row := problem.bell_of(lessons[0].requirement).find(day, number))
        for slot in grid.slots(day, row.start, row.end)
    )
    kind = relation.kind
    # Gaps are counted in hours and slots in rows, which agree in a plain grid only.
    if not grid.is_plain and (slots or kind is RelationKind.MIN_GAP):
        return
    if kind in _OF_TIMES:
        name, tag, inner = _OF_TIMES[kind]
        for one in named:
            times = slots_of(f"Number_of_{tag}s", tag, inner, slots)
            yield constraint(name, leaf("Activity_Id", one), *times)
    elif kind in _OF_ONE:
        for one in named:
            yield constraint(_OF_ONE[kind], leaf("Activity_Id", one))
    elif kind in _OF_ORDER and len(named) == 2:
        pair = (
            leaf("First_Activity_Id", named[0]),
            leaf("Second_Activity_Id", named[1]),
        )
        yield constraint(_OF_ORDER[kind], *pair)
    elif kind is RelationKind.ADJACENT and len(named) in (2, 3):
        ordinals = ("First", "Second", "Third")
        members = [
            leaf(f"{ordinal}_Activity_Id", one)
            for ordinal, one in zip(ordinals, named, strict=False)
        ]
        count = "Two" if len(named) == 2 else "Three"
        yield constraint(f"{count}ActivitiesGrouped", *members)
    elif kind in _SAYABLE and len(named) > 1:
        yield constraint(_SAYABLE[kind], *_list(relation, named, slots))


def _list(relation: Relation, named: list[int], slots: tuple[Slot, ...]) -> list[Node]:
    name = _SAYABLE[relation.kind]
    found = list(counted("Number_of_Activities", "Activity_Id", named))
    if relation.kind is RelationKind.MIN_DAYS_BETWEEN:
        found.insert(0, leaf("Consecutive_If_Same_Day", text=False))
    if relation.kind.needs_slots:
        inner = ("Selected_Day", "Selected_Hour")
        counter = "Number_of_Selected_Time_Slots"
        found += slots_of(counter, "Selected_Time_Slot", inner, slots)
    if SIMPLE[name].number:
        found.append(leaf(SIMPLE[name].number, relation.value or 0))
    return found


def _note(left: Counter[str], notes: list[Text], what: Text) -> None:
    if left:
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(left.items()))
        notes.append(
            Text(
                f"软性的或 FET 无法表达的{what.zh}未写出：{kinds}",
                f"{what.en}s that are soft or FET cannot say are left out: {kinds}",
            )
        )
