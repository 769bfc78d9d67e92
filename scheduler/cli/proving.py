"""check --bound: the certificate of a timetable, proven anew."""

from argparse import Namespace
from typing import Any

from scheduler.cli.solving import progress
from scheduler.constraints.evaluate import Report
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.solver.limits import SolveLimits
from scheduler.solver.solution import Solution, certificate, gap_of
from scheduler.solver.solve import solve
from scheduler.solver.status import Status

NOT_WITH_CONFLICTS = Text(
    "有硬性冲突的课表没有下界可言。",
    "There is nothing to bound: the timetable breaks hard rules.",
)


def prove(timetable: Timetable, report: Report, options: Namespace) -> dict[str, Any]:
    """Bound, gap and certificate of a timetable, from its problem alone.

    Nothing is taken from solution.json; the exact model is written and bounded again.
    """
    if report.conflicts:
        return {"bound": None, "gap": None, "certificate": NOT_WITH_CONFLICTS}
    limits = SolveLimits(
        options.time, seed=options.seed, workers=options.workers, search=False
    )
    with progress(options.lang) as on_progress:
        found = solve(timetable.problem, limits, timetable, on_progress)
    return _certified(found, report)


def _certified(found: Solution, report: Report) -> dict[str, Any]:
    """What the proof says of this timetable, which may not be the best found."""
    bound, soft = found.bound, report.soft
    closed = bound is not None and bound >= soft
    status = Status.OPTIMAL if closed else Status.FEASIBLE
    gap = gap_of(soft, bound)
    return {
        "bound": bound,
        "gap": gap,
        "certificate": certificate(status, soft, bound, gap),
    }
