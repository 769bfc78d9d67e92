"""Computations of jobs: from the bytes of a work to the bytes of its result."""

from collections.abc import Callable
from time import monotonic
from typing import Any

from scheduler.constraints.evaluate import evaluate
from scheduler.formats.archive import plain
from scheduler.model.freezing import freeze
from scheduler.model.problem import Problem
from scheduler.model.targets import Target, TargetKind
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.jobs.contract import JobKind, Result, Tell, Work
from scheduler.services.jobs.covers import choice_from
from scheduler.services.jobs.filling import Filling
from scheduler.services.jobs.levelling import Levelling, proofs_of
from scheduler.services.jobs.peak_proofs import PeakProofs, prove_peaks
from scheduler.services.jobs.repairing import repair_facts
from scheduler.services.jobs.solving import solution_facts
from scheduler.services.jobs.what_if import cases_json, compare
from scheduler.solver.assignment.choosing import best_choice
from scheduler.solver.limits import SolveLimits
from scheduler.solver.progress import Progress
from scheduler.solver.rain.planning import rain_plan
from scheduler.solver.repair.repairing import RepairLimits, repair
from scheduler.solver.repair.result import Budget
from scheduler.solver.repair.running import Running
from scheduler.solver.solution import Solution, at_least_as_good
from scheduler.solver.solve import solve

# What one kind of job alone needs is imported there: every job starts a process.
USUAL_SECONDS = 60.0
_PROOF_SECONDS = 10.0
_KEEP_EVERY = 2.0
"""Seconds between two best timetables that are kept: writing one takes some ms."""


def compute(content: bytes, tell: Tell) -> bytes:
    """Do a job.

    Raises:
        InputError: the rule settings are wrong, or locks contradict the data.
        ValueError: another release wrote the work.
    """
    work = Work.of_bytes(content)
    return _COMPUTED[work.kind](work, tell).to_bytes()


class _Watch:
    """What a solve tells, passed on; the best timetable now and then."""

    def __init__(
        self,
        problem: Problem,
        tell: Tell,
        begun: float,
        start: Timetable | None = None,
    ) -> None:
        self._problem, self._tell, self._begun = problem, tell, begun
        # What a job goes on from is kept already; only what is better is worth more.
        report = None if start is None else evaluate(start)
        self._kept = None if report is None else (report.hard, report.soft)
        self._kept_at = 0.0
        self._left: int | None = None
        self.stopped = False

    def __call__(self, progress: Progress) -> bool:
        best = self._better(progress)
        facts = {
            "phase": progress.phase,
            "seconds": round(monotonic() - self._begun, 1),
            "soft": progress.soft,
            "bound": progress.bound,
            "hard": progress.hard,
            "moves": progress.moves,
            "unplaced": self._left,
        }
        self.stopped |= self._tell(facts, best)
        return self.stopped

    def end(self, solution: Solution) -> None:
        """Tell the figures of the result: the last ones told may be of one before."""
        if solution.report.conflicts:
            return
        self._left = len(solution.unplaced)
        soft, bound = solution.report.soft, solution.bound
        self(Progress("end", 0.0, soft, bound, 0, solution.iterations))

    def _better(self, progress: Progress) -> bytes | None:
        """The best timetable, where it is better than the last one kept."""
        if progress.soft is None or monotonic() < self._kept_at + _KEEP_EVERY:
            return None
        timetable = progress.best()
        if timetable is None:
            return None
        whole = Timetable(self._problem, timetable.placements)
        self._left = len(self._problem.lessons) - len(whole.placements)
        report = evaluate(whole)
        cost = report.hard, report.soft
        if self._kept is not None and cost >= self._kept:
            return None
        self._kept, self._kept_at = cost, monotonic()
        facts = {"hard": report.hard, "soft": report.soft}
        return Result(facts, whole).to_bytes()


def _solved(
    work: Work,
    tell: Tell,
    problem: Problem,
    start: Timetable | None,
    run: Callable[[Callable[[Problem, float, Timetable | None], Solution]], Solution],
) -> Solution:
    watch, given = _Watch(problem, tell, monotonic(), start), work.settings

    def solve_for(held: Problem, seconds: float, begin: Timetable | None) -> Solution:
        limits = SolveLimits(
            0.0 if watch.stopped else seconds,
            seed=int(given.get("seed", 0)),
            workers=int(given.get("workers", 2)),
            iterations=given.get("iterations"),
            prove=bool(given.get("prove", True)),
        )
        return solve(held, limits, begin, watch)

    found = at_least_as_good(run(solve_for), start)
    watch.end(found)
    return found


def _seconds(work: Work) -> float:
    return float(work.settings.get("seconds", USUAL_SECONDS))


def _start(work: Work) -> tuple[Problem, Timetable | None]:
    """The problem with its locks, and the timetable to begin with."""
    given = work.timetables[0]
    targets = [Target(TargetKind.LESSON, x) for x in work.settings.get("locked", ())]
    problem = freeze(given.problem, given, targets)
    start = Timetable(problem, given.placements) if given.placements else None
    return problem, start


def _quiet(_: object) -> None:
    """Nobody reads the notes of a job; its progress is seen."""


def _solve(work: Work, tell: Tell) -> Result:
    problem, start = _start(work)
    once = bool(work.settings.get("once"))

    def run(solve_for: Any) -> Solution:
        filling = Filling(problem, _seconds(work), solve_for, _quiet)
        return filling.once(start) if once else filling.run(start)

    return _result(work, _solved(work, tell, problem, start, run))


def _level(work: Work, tell: Tell) -> Result:
    problem, start = _start(work)

    def run(solve_for: Any) -> Solution:
        return Levelling(problem, _seconds(work), solve_for, _quiet).run(start)

    solution = _solved(work, tell, problem, start, run)
    proofs = proofs_of(problem, solution, _seconds(work))
    return _result(work, solution, proofs)


def _result(work: Work, solution: Solution, proofs: PeakProofs | None = None) -> Result:
    """The solution as one of the problem without locks and ceilings."""
    facts = solution_facts(solution)
    if held := len(work.settings.get("locked", ())):
        facts["certificate"] = _while_held(held, solution.certificate)
    if proofs is not None:
        facts["peaks"] = plain(proofs)
    problem = work.timetables[0].problem
    return Result(facts, Timetable(problem, solution.timetable.placements))


def _while_held(held: int, proven: Text) -> dict[str, str]:
    """What was proven of the timetables alone that leave the locked lessons."""
    zh = f"以{held}节课不动为前提，{proven.zh}"
    return {"zh": zh, "en": f"With {held} lesson(s) held where they are: {proven.en}"}


def _peaks(work: Work, tell: Tell) -> Result:
    seconds = float(work.settings.get("seconds", _PROOF_SECONDS))
    proofs = prove_peaks(work.timetables[0], seconds, _counting("proof", tell))
    return Result({"peaks": plain(proofs)})


def _rain(work: Work, tell: Tell) -> Result:
    counting = _counting("rain", tell)
    plan = rain_plan(work.timetables[0], _seconds(work), counting)
    return Result({"plan": plain(plan)})


def _counting(phase: str, tell: Tell) -> Callable[[int, int], object]:
    """Progress of what has so many parts."""
    return lambda done, of: tell({"phase": phase, "done": done, "of": of}, None)


def _repair(work: Work, tell: Tell) -> Result:
    given, settings = work.timetables[0], work.settings
    frozen = [Target(TargetKind.LESSON, x) for x in settings.get("locked", ())]
    begun = monotonic()
    found = repair(
        Running(given.problem, given.placements),
        Budget(settings.get("changes"), settings.get("teachers")),
        frozen,
        RepairLimits(_seconds(work), seed=int(settings.get("seed", 0))),
        _Watch(given.problem, tell, begun),
    )
    best = found.options[0].timetable if found.options else None
    whole = best and Timetable(given.problem, best.placements)
    return Result(repair_facts(found), whole)


def _what_if(work: Work, tell: Tell) -> Result:
    problems = [x.problem for x in work.timetables]
    named = list(zip(work.names, problems, strict=True))

    def solve_case(name: str, problem: Problem) -> Solution:
        tell({"phase": "case", "name": name}, None)

        def run(solve_for: Any) -> Solution:
            return Filling(problem, _seconds(work), solve_for, _quiet).run()

        return _solved(work, tell, problem, None, run)

    return Result({"record": cases_json(compare(named, solve_case))})


def _cover(work: Work, tell: Tell) -> Result:
    return Result({"chosen": best_choice(choice_from(work.settings))})


def _explain(work: Work, tell: Tell) -> Result:
    from scheduler.services.jobs.explaining import explained

    (problem, _), given = _start(work), work.timetables[0]
    start = Timetable(problem, given.placements)
    return explained(given.problem, start, _seconds(work), tell)


def _audit(work: Work, tell: Tell) -> Result:
    from scheduler.services.jobs.auditing import audited

    counting = _counting("audit", tell)
    report = audited(work.timetables[0], work.settings, counting)
    return Result({"report": report, "version": work.settings.get("version")})


def _district(work: Work, tell: Tell) -> Result:
    from scheduler.services.jobs.districts import district_facts

    return Result(district_facts(work, tell))


_COMPUTED: dict[JobKind, Callable[[Work, Tell], Result]] = {
    JobKind.SOLVE: _solve,
    JobKind.LEVEL: _level,
    JobKind.PEAKS: _peaks,
    JobKind.RAIN: _rain,
    JobKind.REPAIR: _repair,
    JobKind.WHAT_IF: _what_if,
    JobKind.COVER: _cover,
    JobKind.EXPLAIN: _explain,
    JobKind.AUDIT: _audit,
    JobKind.DISTRICT: _district,
}
