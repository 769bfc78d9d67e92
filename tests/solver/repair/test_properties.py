"""Repairs of random problems: sound, counted aright, and as few changes as can be."""

from dataclasses import replace
from math import prod

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduler.constraints.catalogue import rules_in_force
from scheduler.constraints.evaluate import evaluate
from scheduler.model.freezing import frozen_lessons
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.targets import Target, TargetKind
from scheduler.model.timetable import Timetable
from scheduler.solver.exact.exact_model import ExactModel
from scheduler.solver.exact.highs import RunLimits, run
from scheduler.solver.options import compile_problem
from scheduler.solver.reading import read_timetable
from scheduler.solver.repair.repairing import RepairLimits, repair
from scheduler.solver.repair.result import Verdict
from scheduler.solver.repair.running import Running
from tests.solver.repair.counting import changed, touched
from tests.solver.test_optimum import complete, options
from tests.strategies import TINY_BELLS, any_timetables, problems, unavailabilities
from tests.thorough import times

LIMITS = RepairLimits(seconds=30, workers=1)


@settings(max_examples=times(9), suppress_health_check=list(HealthCheck))
@given(st.data())
def test_fewest_changes_are_those_of_the_nearest_of_all_timetables(data):
    problem = data.draw(problems(most=3, longest=2, bells=TINY_BELLS))
    choices = options(problem)
    assume(len(choices) <= 4)
    assume(prod(map(len, choices)) <= 300)
    before = data.draw(any_timetables(problem)).placements
    sound = [t for t in complete(problem, choices) if not evaluate(t).hard]
    nearest = min((changed(before, t) for t in sound), default=None)

    found = repair(Running(problem, before), limits=LIMITS)

    if nearest is None:
        assert found.verdict is Verdict.IMPOSSIBLE
    else:
        assert (found.verdict, found.least) == (Verdict.REPAIRED, nearest)
        assert found.options[0].changed == nearest


def sound(problem: Problem) -> Timetable | None:
    """Any timetable that keeps the hard rules."""
    hard = [r for r in rules_in_force(problem) if r.level is Level.HARD]
    model = ExactModel(compile_problem(problem, hard, aggregate=False))
    found = run(model.problem, RunLimits(10, first_solution=True, threads=1))
    return None if found.objective is None else read_timetable(model)


@st.composite
def troubled(draw: st.DrawFn) -> Running:
    """A sound timetable, and a week in which some things have become impossible."""
    drawn = draw(problems(most=4, longest=3))
    whole = replace(drawn, unavailable=(), fixed=())
    solved = sound(whole)
    assume(solved is not None)
    tables = {name: getattr(whole, name) for name in ("teachers", "classes", "venues")}
    rows = tuple(draw(unavailabilities(tables)) for _ in range(4))
    now = replace(whole, unavailable=rows)
    return Running(now, solved.placements)


@settings(max_examples=times(5), suppress_health_check=list(HealthCheck))
@given(troubled())
def test_options_keep_hard_rules_and_count_what_a_recount_counts(running):
    before = running.placements

    found = repair(running, limits=LIMITS)

    assert found.verdict in (Verdict.REPAIRED, Verdict.IMPOSSIBLE)
    for option in found.options:
        assert evaluate(option.timetable).hard == 0
        assert option.changed == changed(before, option.timetable)
        assert set(option.teacher_ids) == touched(before, option.timetable)
        assert option.changed >= found.options[0].changed == found.least


@settings(max_examples=times(5), suppress_health_check=list(HealthCheck))
@given(troubled(), st.integers(1, 2))
def test_frozen_lessons_stay_and_nothing_enters_a_frozen_day(running, day):
    problem = running.problem
    targets = [
        Target(TargetKind.CLASS, problem.classes[0].class_id),
        Target(TargetKind.DAY, str(day)),
    ]
    held = {x.lesson_id for x in frozen_lessons(problem, running.timetable, targets)}

    found = repair(running, frozen=targets, limits=LIMITS)

    for option in found.options:
        for lesson_id, old in running.placements.items():
            new = option.timetable.placements[lesson_id]
            if lesson_id in held:
                where = (new.week, new.day, new.period, new.layout_id)
                assert where == (old.week, old.day, old.period, old.layout_id)
            else:
                assert new.day != day
