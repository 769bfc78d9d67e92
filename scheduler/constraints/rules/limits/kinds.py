"""All kinds of rows of limits.csv, by the name that a row gives."""

from scheduler.constraints.rules.limits.counted import (
    MaxPeriodsADay,
    MaxPeriodsADayWithin,
    MinPeriodsEveryDay,
)
from scheduler.constraints.rules.limits.daily import (
    MaxIdleADay,
    MaxRun,
    MaxSpanADay,
    MinPeriodsADay,
)
from scheduler.constraints.rules.limits.half_days import MinFreeHalfDays
from scheduler.constraints.rules.limits.kind import Kind
from scheduler.constraints.rules.limits.moves import MaxMovesADay
from scheduler.constraints.rules.limits.weekly import (
    MaxDays,
    MaxDaysWithin,
    MaxIdleAWeek,
    MaxLateStarts,
    MinDays,
)
from scheduler.model.limits import LimitKind

KINDS: dict[LimitKind, Kind] = {
    kind.kind: kind
    for kind in (
        MaxDays(),
        MinDays(),
        MaxDaysWithin(),
        MaxPeriodsADay(),
        MinPeriodsADay(),
        MinPeriodsEveryDay(),
        MaxRun(),
        MaxIdleAWeek(),
        MaxIdleADay(),
        MaxSpanADay(),
        MaxLateStarts(),
        MaxPeriodsADayWithin(),
        MinFreeHalfDays(),
        MaxMovesADay(),
    )
}
