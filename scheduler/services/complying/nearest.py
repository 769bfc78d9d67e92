"""The nearest timetable in the time there is: a repair, else a whole solve.

Where a repair finds none in its share of the time, or proves that none is possible, a
solve begins with the placements there are. Lessons it cannot place are given to
stand-ins, who are free at any time, and all begins anew. Nothing is said of the result
but what was proven.
"""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from time import monotonic

from scheduler.audit.profile import Profile
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.complying.adjusting import Adjusted, with_stand_ins
from scheduler.services.complying.handing_over import Given
from scheduler.solver.limits import SolveLimits
from scheduler.solver.progress import OnProgress
from scheduler.solver.repair.changes import changes_of, touched_teachers
from scheduler.solver.repair.repairing import RepairLimits, repair
from scheduler.solver.repair.result import (
    Budget,
    OptionKind,
    Repair,
    RepairOption,
    Verdict,
)
from scheduler.solver.repair.running import Running, requirement_id
from scheduler.solver.solution import Solution
from scheduler.solver.solve import solve

_REPAIR_SHARE, _FIRST_SHARE = 0.6, 0.7
"""Of the time left: for a repair; of what it leaves, for a first solve, after which the
lessons that have no place are given to stand-ins and all begins anew."""
_SOLVED = Text(
    "修复没有在时间内找到方案，改为从现有课表出发重新求解，改动不一定最少",
    "No repair was found in its time; solved from the present timetable, the changes "
    "may not be the fewest",
)


def nearest(
    adjusted: Adjusted,
    profile: Profile,
    budget: Budget,
    limits: RepairLimits,
    on_progress: OnProgress,
) -> tuple[Adjusted, Repair]:
    """What was solved for, with stand-ins it took, and what was found.

    Raises:
        InputError: the rule settings are wrong.
        SolverMismatch: solver and rules disagree.
    """
    end = monotonic() + limits.seconds
    for share in (_FIRST_SHARE, 1.0):
        part = replace(limits, seconds=_REPAIR_SHARE * (end - monotonic()))
        found = repair(adjusted.running, budget, (), part, on_progress)
        if found.verdict not in (Verdict.UNKNOWN, Verdict.IMPOSSIBLE):
            break
        seconds = share * (end - monotonic())
        if seconds <= 0:
            break
        solved = _solved(adjusted, limits, seconds, on_progress)
        if not solved.report.hard:
            return adjusted, _as_repair(adjusted.running, budget, found, solved)
        given = _unplaced(adjusted.problem, solved.unplaced)
        if not given or share == 1.0:
            break
        adjusted = with_stand_ins(adjusted, profile, given)
    return adjusted, found


def _solved(
    adjusted: Adjusted,
    limits: RepairLimits,
    seconds: float,
    on_progress: OnProgress,
) -> Solution:
    run = SolveLimits(seconds, seed=limits.seed, workers=limits.workers, prove=False)
    return solve(adjusted.problem, run, adjusted.running.timetable, on_progress)


def _unplaced(problem: Problem, lessons: tuple[str, ...]) -> list[Given]:
    """Lessons without a place, as what their teachers give to stand-ins."""
    counts = Counter(requirement_id(x) for x in lessons)
    found = []
    for name, count in counts.items():
        need = problem.requirement[name]
        if len(need.teacher_ids) == 1 and not need.is_partial:
            amount = min(need.per_week, Fraction(count))
            if need.blocks or len(need.class_ids) > 1:
                amount = need.per_week
            found.append(Given(name, need.teacher_ids[0], amount))
    return found


def _as_repair(
    running: Running, budget: Budget, first: Repair, found: Solution
) -> Repair:
    """A solved timetable as a repair; nothing where it changes more than it may."""
    final = Timetable(running.problem, found.timetable.placements)
    changes = changes_of(running, final)
    teachers = touched_teachers(changes, running)
    option = RepairOption(
        OptionKind.FEWEST_CHANGES, final, found.report, changes, teachers
    )
    if budget.changes is not None and option.changed > budget.changes:
        return first
    return replace(
        first,
        verdict=Verdict.REPAIRED,
        options=(option,),
        stuck=(),
        reasons=(_SOLVED,),
    )
