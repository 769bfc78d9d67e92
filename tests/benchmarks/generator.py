"""Generate a school whose timetable is known to exist.

    python -m tests.benchmarks.generator --classes 36 --stage primary --seed 1 --out DIR

writes the problem's tables and, beside them, the planted ``timetable.csv``.
"""

import argparse
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from scheduler.constraints.evaluate import evaluate
from scheduler.formats.tables.files.writing import write_folder
from scheduler.formats.tables.timetable_writing import write_timetable
from scheduler.model.meeting import Placement
from scheduler.model.problem import Problem
from scheduler.model.requirements import FixedLesson
from scheduler.model.resources import School, Stage
from scheduler.model.term import Term
from scheduler.model.timetable import Timetable
from tests.benchmarks.planted.people import describe_teachers, wishes
from tests.benchmarks.planted.places import Grounds, lay_out
from tests.benchmarks.planted.placing import Sown, settle, sow
from tests.benchmarks.planted.plans import plan_of
from tests.benchmarks.planted.planting import Unplantable
from tests.benchmarks.planted.staffing import SCHOOL, Staffing, make_classes, staff

ATTEMPTS = 200
_LARGE, _BLIND = 60, 40
"""Larger schools look ahead from the first attempt, others after so many without:
where these lead to a school, it is the one that was published before."""
_FIXED_EVERY = 6
"""One class in so many has its class meeting fixed."""
_TERM = Term(
    name="2026-2027学年第一学期",
    first_day=date(2026, 9, 1),
    last_day=date(2027, 1, 22),
    timezone="Asia/Shanghai",
    week_one=date(2026, 9, 1),
)


def generate(
    classes: int, stage: Stage, seed: int, periods: int | None = None
) -> Timetable:
    """A school with a planted timetable that keeps every hard rule.

    Parameters:
        classes: Number of classes, spread over the stage's grades.
        periods: Periods a week of every class; by default one or two are free.

    Raises:
        ValueError: no plan for so many periods.
        RuntimeError: no attempt led to a timetable, or the rules object to it.
    """
    plan = plan_of(stage)
    periods = periods or plan.periods
    week = sum(map(len, plan.week.columns))
    if periods > week:
        raise ValueError(f"{periods} periods do not fit into a week of {week}")
    for attempt in range(ATTEMPTS):
        random = Random(f"{classes} {stage} {seed} {periods} {attempt}")
        groups = make_classes(plan, classes, random)
        school = staff(plan, groups, periods)
        grounds = lay_out(plan, school, random)
        try:
            sown = sow(school, grounds, random, classes > _LARGE or attempt >= _BLIND)
        except Unplantable:
            continue
        placements = settle(school, grounds, sown, random)
        problem = _problem(school, grounds, sown, placements, random)
        return _judged(Timetable(problem, placements))
    raise RuntimeError(f"no timetable for {classes} classes in {ATTEMPTS} attempts")


def _judged(timetable: Timetable) -> Timetable:
    report = evaluate(timetable)
    if report.conflicts:
        broken = {r.name: r.amount for r in report.results if r.level == "hard"}
        raise RuntimeError(f"the planted timetable breaks hard rules: {broken}")
    return timetable


def _problem(
    school: Staffing,
    grounds: Grounds,
    sown: Sown,
    placements: dict[str, Placement],
    random: Random,
) -> Problem:
    """The tables round the planted timetable."""
    plan = school.plan
    problem = Problem(
        schools=(School(SCHOOL, plan.name, plan.stage, "", SCHOOL),),
        bells=(plan.bell,),
        classes=school.classes,
        subjects=plan.subjects,
        teachers=describe_teachers(school, sown, random),
        requirements=tuple(school.requirements),
        term=_TERM,
        venues=tuple(grounds.venues),
        zones=tuple(grounds.zones),
        layouts=tuple(grounds.layouts),
        unavailable=(*grounds.closings, *wishes(school, sown, random)),
        fixed=_fixed(school, placements),
    )
    return _with_small_court(problem, placements)


def _fixed(
    school: Staffing, placements: dict[str, Placement]
) -> tuple[FixedLesson, ...]:
    """Some class meetings stay where they were planted."""
    names = [f"{c.class_id}-CLS" for c in school.classes[::_FIXED_EVERY]]
    at = {name: placements[f"{name}#1"] for name in names}
    return tuple(FixedLesson(n, 1, p.day, p.period) for n, p in at.items())


def _with_small_court(problem: Problem, placements: dict[str, Placement]) -> Problem:
    """The first court holds no more pupils than were planted there."""
    here = [
        problem.pupils(problem.lesson[key].requirement.class_ids)
        for key, p in placements.items()
        if p.layout_id == "L-COURT1"
    ]
    zones = tuple(
        replace(z, max_pupils=max(here)) if z.zone_id == "Z-B1" and here else z
        for z in problem.zones
    )
    return replace(problem, zones=zones)


def main() -> None:
    """Write one school."""
    parser = argparse.ArgumentParser(description="Write a generated school.")
    parser.add_argument("--classes", type=int, required=True)
    parser.add_argument("--stage", type=Stage, choices=(Stage.PRIMARY, Stage.JUNIOR))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--periods", type=int, help="periods a week of every class (fullness)"
    )
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    stage = options.stage or Stage.PRIMARY
    timetable = generate(options.classes, stage, options.seed, options.periods)
    write_folder(timetable.problem, options.out)
    write_timetable(timetable, options.out / "timetable.csv")
    report = evaluate(timetable)
    problem = timetable.problem
    sys.stdout.write(
        f"{len(problem.classes)} classes, {len(problem.teachers)} teachers, "
        f"{len(problem.lessons)} lessons; planted: hard {report.hard}, "
        f"soft {report.soft}\n"
    )


if __name__ == "__main__":
    main()
