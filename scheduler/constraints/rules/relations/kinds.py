"""All kinds of rows of relations.csv, by the name that a row gives."""

from scheduler.constraints.rules.relations.ends import (
    BeginsDay,
    BeginsTeacherDay,
    EndsDay,
    EndsTeacherDay,
)
from scheduler.constraints.rules.relations.kind import Kind
from scheduler.constraints.rules.relations.nearness import (
    Adjacent,
    AdjacentIfSameDay,
    MaxGap,
    MaxRowsBetween,
    MinDaysBetweenOrAdjacent,
    MinGap,
    MinRowsBetween,
    SameLayoutIfAdjacent,
)
from scheduler.constraints.rules.relations.options import InLayouts, StartsIn, StaysIn
from scheduler.constraints.rules.relations.order import (
    Consecutive,
    Ordered,
    OrderedIfSameDay,
)
from scheduler.constraints.rules.relations.overlaps import NotOverlapping
from scheduler.constraints.rules.relations.pairs import (
    MaxDaysBetween,
    MinDaysBetween,
    SameDay,
    SameStart,
    SameTime,
)
from scheduler.constraints.rules.relations.selected import (
    MaxAtOnce,
    MaxIn,
    MaxLayouts,
    MaxUsedSlots,
    MinAtOnce,
    MinUsedSlots,
)
from scheduler.constraints.rules.relations.subjects import (
    SubjectsNotAdjacent,
    SubjectsNotBefore,
    SubjectsNotSameDay,
)
from scheduler.model.relations import RelationKind

KINDS: dict[RelationKind, Kind] = {
    kind.kind: kind
    for kind in (
        MinDaysBetween(),
        MinDaysBetweenOrAdjacent(),
        MaxDaysBetween(),
        MinGap(),
        MaxGap(),
        SameStart(),
        SameDay(),
        SameTime(),
        NotOverlapping(),
        Consecutive(),
        Adjacent(),
        AdjacentIfSameDay(),
        Ordered(),
        OrderedIfSameDay(),
        EndsDay(),
        BeginsDay(),
        EndsTeacherDay(),
        BeginsTeacherDay(),
        StartsIn(),
        StaysIn(),
        InLayouts(),
        MaxUsedSlots(),
        MinUsedSlots(),
        MaxAtOnce(),
        MinAtOnce(),
        MaxIn(),
        MaxLayouts(),
        SameLayoutIfAdjacent(),
        MinRowsBetween(),
        MaxRowsBetween(),
        SubjectsNotSameDay(),
        SubjectsNotAdjacent(),
        SubjectsNotBefore(),
    )
}
