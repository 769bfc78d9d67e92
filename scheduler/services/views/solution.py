"""How good a solved timetable is, in words that claim no more than was proven."""

import json
from dataclasses import dataclass

from scheduler.constraints.evaluate import Report
from scheduler.formats.archive import digest
from scheduler.model.text import Text
from scheduler.solver.solution import certificate
from scheduler.solver.status import Status


@dataclass(frozen=True, slots=True)
class SolutionClaim:
    """What a ``solution.json`` says; ``bound`` and ``gap`` None where not proven."""

    status: Status
    hard: int
    soft: int
    bound: int | None = None
    gap: float | None = None
    problem: str = ""


OUTSIDE = Text(
    "这份课表手工改过，或不是由本系统求解得到的：只核对规则，不评价它离最优有多远。",
    "This timetable was not solved here: the rules are checked, but nothing is "
    "claimed about how far it is from the best.",
)
OTHER = Text(
    "求解记录与这份课表或现在的数据不一致（求解后改动过，或求解时有冻结的课），"
    "因此不作最优性结论。再排一次课可重新证明。",
    "The record of the solve does not match this timetable and its data (changed "
    "since, or solved with lessons frozen), so nothing is claimed about how good it "
    "is. Solving once more proves it anew.",
)
BROKEN = Text(
    "必须遵守的规则还没有全部满足，这份课表尚不能使用。",
    "Some rules that must hold are broken: this timetable cannot be used yet.",
)


def read_claim(solution_json: str) -> SolutionClaim | None:
    """Read a ``solution.json``; None where it claims nothing we understand.

    An unreadable record must not keep a timetable from being shown.
    """
    try:
        read = json.loads(solution_json)
        bound, gap = read["bound"], read["gap"]
        return SolutionClaim(
            Status(read["status"]),
            int(read["hard"]),
            int(read["soft"]),
            None if bound is None else int(bound),
            None if gap is None else float(gap),
            str(read["problem"]),
        )
    except (ValueError, KeyError, TypeError):
        return None


def with_reason(solution_json: str, reason: str) -> str:
    """The record of a solve, with why its timetable is published with conflicts."""
    try:
        read = json.loads(solution_json)
    except ValueError:
        read = {}
    return json.dumps({**(read if isinstance(read, dict) else {}), "reason": reason})


def read_reason(solution_json: str) -> str:
    """Why a timetable was published with conflicts; empty where nobody said so."""
    try:
        read = json.loads(solution_json)
    except ValueError:
        return ""
    return str(read.get("reason", "")) if isinstance(read, dict) else ""


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
    return certificate(claim.status, claim.soft, claim.bound, claim.gap)


def is_about(claim: SolutionClaim, report: Report) -> bool:
    """Whether the claim is about this very problem and the costs the report finds.

    A bound says nothing of a problem that has been changed since.
    """
    same_costs = (claim.hard, claim.soft) == (report.hard, report.soft)
    return same_costs and claim.problem == digest(report.problem)
