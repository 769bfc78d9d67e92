"""How good a solved timetable is, in words that claim no more than was proven."""

import json
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from scheduler.constraints.evaluate import Report
from scheduler.model.text import Text


class ClaimStatus(StrEnum):
    """What a solve says of its timetable (solution.json, ``status``)."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SolutionClaim:
    """Status, cost and bound of a solve; ``bound`` is None where none was proven."""

    status: ClaimStatus
    hard: int
    soft: int
    bound: float | None = None


OUTSIDE = Text(
    "这份课表不是由本系统求解得到的：只核对规则，不评价它离最优有多远。",
    "This timetable was not solved here: the rules are checked, but nothing is "
    "claimed about how far it is from the best.",
)
OTHER = Text(
    "求解记录与这份课表的代价不一致（课表可能改动过），因此不作最优性结论。",
    "The record of the solve does not match this timetable (it may have been "
    "changed since), so nothing is claimed about how good it is.",
)
BROKEN = Text(
    "必须遵守的规则还没有全部满足，这份课表尚不能使用。",
    "Some rules that must hold are broken: this timetable cannot be used yet.",
)
OPTIMAL = Text(
    "已证明最优：在这些规则下，没有更好的课表。",
    "Proven optimal: under these rules no timetable is better.",
)
NO_BOUND = Text(
    "课表可行；离最优还有多远，尚未证明。",
    "The timetable is feasible; how far it is from the best has not been proven.",
)


def read_claim(solution_json: str) -> SolutionClaim | None:
    """Read a ``solution.json``; None where it claims nothing we understand.

    An unreadable record must not keep a timetable from being shown.
    """
    try:
        read = json.loads(solution_json)
        bound = read["bound"]
        return SolutionClaim(
            ClaimStatus(read["status"]),
            int(read["hard"]),
            int(read["soft"]),
            None if bound is None else float(bound),
        )
    except (ValueError, KeyError, TypeError):
        return None


def quality(claim: SolutionClaim | None, report: Report) -> Text:
    """One sentence on how good the timetable is.

    The report is the judge: a claim counts only where it is about the very costs
    the report finds.
    """
    if report.hard:
        return BROKEN
    if claim is None:
        return OUTSIDE
    if not is_about(claim, report):
        return OTHER
    if claim.status is ClaimStatus.OPTIMAL or _closed(claim):
        return OPTIMAL
    if claim.bound is None or claim.bound <= 0:
        return NO_BOUND
    return _within(claim.soft, claim.bound)


def is_about(claim: SolutionClaim, report: Report) -> bool:
    """Whether the claim is about a timetable of the very costs the report finds."""
    return (claim.hard, claim.soft) == (report.hard, report.soft)


def _closed(claim: SolutionClaim) -> bool:
    """Costs are whole numbers: a bound above soft - 1 leaves nothing between.

    The hundredth allows for a solver's rounding.
    """
    return claim.bound is not None and claim.bound > claim.soft - 1 + 0.01


def _within(soft: int, bound: float) -> Text:
    best = ceil(bound - 0.01)
    percent = ceil(1000 * (soft - best) / soft) / 10
    shown = f"{percent:g}"
    return Text(
        f"在这些规则下，任何课表最多再好 {shown} %。",
        f"Under these rules no timetable is more than {shown} % better.",
    )
