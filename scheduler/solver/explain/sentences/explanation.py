"""What an explanation consists of."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable


class Verdict(StrEnum):
    """What was proven of a problem; ``unknown`` where the time ran out before."""

    INFEASIBLE = "infeasible"
    FEASIBLE = "feasible"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What a statement counts."""

    NO_OPTION = "no_option"
    FIXED_TOGETHER = "fixed_together"
    CLASS_ROWS = "class_rows"
    CLASS_LIMIT = "class_limit"
    TEACHER_ROWS = "teacher_rows"
    TEACHER_LIMIT = "teacher_limit"
    POOL = "pool"
    DAILY_PE = "daily_pe"
    DAILY_LIMIT = "daily_limit"
    HOLES = "holes"
    PLACES = "places"
    PLACES_ON_DAY = "places_on_day"
    RULES_TOGETHER = "rules_together"


@dataclass(frozen=True, slots=True)
class Statement:
    """One proof that no timetable exists: more is needed than there can be.

    ``need`` and ``supply`` are in periods (lessons or days where the text says so);
    for rules that cannot hold together they are lessons to place and the most that
    can be, both 0 where that was not worked out. ``advice`` quantifies only what
    is necessary; it may not be sufficient. ``remedies`` are changes of which any one
    leaves nothing of the statement; each was tried, and ``changes`` make them.
    ``days`` are those on which too little fits, where single days are. ``proven`` is
    always true: anything else is a hint of the explanation.
    """

    kind: Kind
    text: Text
    advice: Text
    resource_ids: tuple[str, ...]
    lesson_ids: tuple[str, ...]
    need: int
    supply: int
    proven: bool = True
    days: tuple[int, ...] = ()
    remedies: tuple[Text, ...] = ()
    changes: tuple[Callable[[Problem], Problem], ...] = ()

    @property
    def deficit(self) -> int:
        """How much is missing at least."""
        return self.need - self.supply


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether a timetable exists, and the proofs if not; smallest proofs first.

    ``summary`` says in one sentence what was shown and how. ``hints`` are worth
    knowing but prove nothing by themselves. ``timetable`` is one that was found.
    """

    verdict: Verdict
    summary: Text
    statements: tuple[Statement, ...]
    hints: tuple[Text, ...]
    seconds: float
    timetable: Timetable | None = None
