"""Repair a running timetable: options near it, and proof of how near any can be."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from scheduler.constraints.catalogue import rules_in_force
from scheduler.constraints.evaluate import evaluate
from scheduler.model.freezing import freeze
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.targets import Target
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.solver.exact.highs import RunLimits
from scheduler.solver.explain.counting.checks import count
from scheduler.solver.hard_view import HardView
from scheduler.solver.mismatch import SolverMismatch
from scheduler.solver.options import (
    LessonGroup,
    classes_clash_free,
    compile_problem,
)
from scheduler.solver.progress import Clock, OnProgress, silent
from scheduler.solver.repair.changes import (
    changes_of,
    keep_numbers,
    touched_teachers,
)
from scheduler.solver.repair.options import find_options
from scheduler.solver.repair.repair_model import Measure
from scheduler.solver.repair.result import (
    Budget,
    OptionKind,
    Repair,
    RepairOption,
    Verdict,
)
from scheduler.solver.repair.running import Running
from scheduler.solver.repair.search import Least, least

_SHARE = 0.7
"""Share of the time for finding and proving the fewest changes."""
_MODELS = 3
"""How many times the writing of a model what it takes to begin with options is."""
_COUNT_SECONDS = 3.0
"""What must be left for counting why there is no timetable at all."""


@dataclass(frozen=True, slots=True)
class RepairLimits:
    """When to stop, and how many options to look for."""

    seconds: float = 60.0
    options: int = 3
    seed: int = 0
    workers: int = 2


def repair(
    running: Running,
    budget: Budget | None = None,
    frozen: Iterable[Target] = (),
    limits: RepairLimits | None = None,
    on_progress: OnProgress = silent,
) -> Repair:
    """Find timetables near the running one that keep all hard rules of its problem.

    Raises:
        InputError: the rule settings are wrong, or a frozen lesson is fixed elsewhere.
        SolverMismatch: model and rules disagree: a bug.
    """
    limits = limits or RepairLimits()
    run = RunLimits(limits.seconds, threads=limits.workers, seed=limits.seed)
    clock = Clock(run, on_progress)
    clock.tell("compile")
    problem = freeze(running.problem, running.timetable, frozen)
    return _Run(running, problem, budget or Budget(), clock).repair(limits.options)


class _Run:
    """One repair. ``problem`` is the running one's with what is frozen."""

    def __init__(
        self, running: Running, problem: Problem, budget: Budget, clock: Clock
    ) -> None:
        self.running, self.budget, self.clock = running, budget, clock
        self.held = running.beside(problem)
        rules = rules_in_force(problem)
        hard = [r for r in rules if r.level is Level.HARD]
        alike = classes_clash_free(hard)
        self.rules, self.alike = rules, alike
        self.hard = compile_problem(problem, hard, alike, pool=False)

    def repair(self, options: int) -> Repair:
        """Fewest changes first, then options within the budget."""
        few = self._least(Measure.CHANGES, self.budget.changes, self._teachers())
        if few.impossible:
            return self._none()
        most = self.budget.changes
        if most is not None and few.bound > most:
            return self._result(Verdict.TOO_MANY_CHANGES, few)
        if few.found is None or (most is not None and few.found > most):
            return self._result(Verdict.UNKNOWN, few)
        if few.timetable is not None and self.clock.left < _MODELS * few.writing:
            # Writing two models more would take longer than there is time.
            kind, groups = OptionKind.FEWEST_CHANGES, self.hard.groups
            one = self._option(kind, few.timetable, few, groups)
            return self._result(Verdict.REPAIRED, few, (one,))
        self.clock.tell("options", few.found, few.bound)
        # The soft rules' terms are many; the fewest changes need not wait for them.
        problem = self.held.problem
        whole = compile_problem(problem, self.rules, self.alike, pool=False)
        found = find_options(
            whole, self.hard, self.held, few, self.budget, options, self.clock
        )
        made = [
            self._option(kind, timetable, few, whole.groups)
            for kind, timetable in found
        ]
        return self._result(Verdict.REPAIRED, few, tuple(made))

    def _teachers(self) -> dict[Measure, int]:
        most = self.budget.teachers
        return {} if most is None else {Measure.TEACHERS: most}

    def _least(
        self, measure: Measure, most: int | None, caps: dict[Measure, int]
    ) -> Least:
        run = replace(self.clock.run, seconds=_SHARE * self.clock.run.seconds)
        clock = replace(self.clock, run=run)
        found = least(self.hard, self.held, measure, caps, clock, most)
        self.clock.stopped = clock.stopped
        return found

    def _none(self) -> Repair:
        """Why there is no repair: the teachers' budget, or the problem itself."""
        most = self.budget.teachers
        if most is not None:
            few = self._least(Measure.TEACHERS, most, {})
            if not few.impossible:
                made = self._result(Verdict.TOO_MANY_TEACHERS, None)
                return replace(made, least_teachers=max(few.bound, most + 1))
        stuck = self.hard.lessons_without_option()
        reasons: tuple[Text, ...] = ()
        if self.clock.left > _COUNT_SECONDS and not stuck:
            reasons = tuple(s.text for s in count(HardView.of(self.held.problem)))
        return replace(
            self._result(Verdict.IMPOSSIBLE, None),
            stuck=tuple(x.lesson_id for x in stuck),
            reasons=reasons,
        )

    def _result(
        self,
        verdict: Verdict,
        few: Least | None,
        options: tuple[RepairOption, ...] = (),
    ) -> Repair:
        before = evaluate(self.running.timetable)
        bound = few.bound if few else None
        seconds = self.clock.elapsed
        return Repair(verdict, self.budget, before, options, bound, seconds=seconds)

    def _option(
        self,
        kind: OptionKind,
        timetable: Timetable,
        few: Least,
        groups: tuple[LessonGroup, ...],
    ) -> RepairOption:
        """Judge a timetable anew, by rules and by a count that knows no model.

        Raises:
            SolverMismatch: it is not what the model said.
        """
        alike = (tuple(x.lesson_id for x in g.lessons) for g in groups)
        numbered = keep_numbers(timetable, self.running, alike)
        final = Timetable(self.running.problem, numbered.placements)
        report = evaluate(final)
        changes = changes_of(self.running, final)
        teachers = touched_teachers(changes, self.running)
        option = RepairOption(kind, final, report, changes, teachers)
        self._verify(option, few)
        return option

    def _verify(self, option: RepairOption, few: Least) -> None:
        most, people = self.budget.changes, self.budget.teachers
        broken = [
            r.name for r in option.report.results if r.level is Level.HARD and r.amount
        ]
        wrong = {
            "hard rules": bool(broken),
            "bound": option.changed < few.bound,
            "changes": most is not None and option.changed > most,
            "teachers": people is not None and len(option.teacher_ids) > people,
        }
        if any(wrong.values()):
            raise SolverMismatch(
                f"a repair is not what the model says: {wrong} {broken}"
            )
