"""Limits on people's days and weeks, row by row (limits.csv)."""

from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.resources import Level


class LimitKind(StrEnum):
    """What a limit counts; its meaning stands with the rule that keeps it."""

    MAX_DAYS = "max_days"
    MIN_DAYS = "min_days"
    MAX_DAYS_WITHIN = "max_days_within"
    MAX_PERIODS_A_DAY = "max_periods_a_day"
    MIN_PERIODS_A_DAY = "min_periods_a_day"
    MIN_PERIODS_EVERY_DAY = "min_periods_every_day"
    MAX_RUN = "max_run"
    MAX_IDLE_A_WEEK = "max_idle_a_week"
    MAX_IDLE_A_DAY = "max_idle_a_day"
    MAX_SPAN_A_DAY = "max_span_a_day"
    MAX_LATE_STARTS = "max_late_starts"
    MAX_PERIODS_A_DAY_WITHIN = "max_periods_a_day_within"
    MIN_FREE_HALF_DAYS = "min_free_half_days"
    MAX_MOVES_A_DAY = "max_moves_a_day"

    @property
    def needs_clock(self) -> bool:
        """Whether the row gives clock times."""
        return self in (LimitKind.MAX_DAYS_WITHIN, LimitKind.MAX_PERIODS_A_DAY_WITHIN)

    @property
    def demands_lessons(self) -> bool:
        """Whether an empty week breaks it."""
        return self in (LimitKind.MIN_DAYS, LimitKind.MIN_PERIODS_EVERY_DAY)


class LimitOn(StrEnum):
    """Whose days a limit speaks of; of a group all lessons of its teachers count."""

    TEACHER = "teacher"
    CLASS = "class"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Limit:
    """One row of limits.csv.

    No ``ids`` means all teachers (classes, teaching-research groups), no ``tags`` all
    their lessons. ``start`` and ``end`` are clock minutes. ``weight`` multiplies the
    amount of a soft row.
    """

    limit_id: str
    kind: LimitKind
    on: LimitOn
    value: int
    ids: tuple[str, ...] = ()
    start: int | None = None
    end: int | None = None
    tags: tuple[str, ...] = ()
    level: Level = Level.HARD
    weight: int = 1
    reason: str = ""
