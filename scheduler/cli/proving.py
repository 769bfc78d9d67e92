"""check --bound: how far from the best a timetable can be, recounted or proven anew."""

from argparse import Namespace
from typing import Any

from scheduler.cli.progress import progress
from scheduler.constraints.evaluate import Report
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.jobs.recounting import recount_beside
from scheduler.solver.limits import SolveLimits
from scheduler.solver.solution import certificate, gap_of
from scheduler.solver.solve import solve
from scheduler.solver.status import Status

NOT_WITH_CONFLICTS = Text(
    "课表有冲突，谈不上还能改进多少。",
    "There is nothing to bound: the timetable breaks hard rules.",
)


def prove(timetable: Timetable, report: Report, options: Namespace) -> dict[str, Any]:
    """Bound, gap and certificate of a timetable.

    Nothing is taken from solution.json. A certificate.json beside the timetable is
    added up again; without one the exact model is written and bounded again.
    """
    if report.conflicts:
        return {"bound": None, "gap": None, "certificate": NOT_WITH_CONFLICTS}
    again = recount_beside(timetable.problem, options.timetable, options.time)
    if again is not None and again.found is not None:
        return _certified(again.found.bound, report) | {
            "recount": again.text,
            "blocks": {
                "exact": len(again.found.exact),
                "solved_again": len(again.found.solved),
                "trusted": len(again.found.trusted),
            },
        }
    limits = SolveLimits(
        options.time, seed=options.seed, workers=options.workers, search=False
    )
    with progress(options.lang) as on_progress:
        found = solve(timetable.problem, limits, timetable, on_progress)
    proof = _certified(found.bound, report)
    return proof if again is None else proof | {"recount": again.text}


def _certified(bound: int | None, report: Report) -> dict[str, Any]:
    """What the proof says of this timetable, which may not be the best found."""
    soft = report.soft
    closed = bound is not None and bound >= soft
    status = Status.OPTIMAL if closed else Status.FEASIBLE
    gap = gap_of(soft, bound)
    return {
        "bound": bound,
        "gap": gap,
        "certificate": certificate(status, soft, bound, gap),
    }
