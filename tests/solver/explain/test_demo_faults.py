"""One fault planted in the demo schools; numbers as their README counts them."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.formats.problem.reading import read_problem
from scheduler.model.problem import Problem
from scheduler.model.resources import ResourceKind, Unavailability
from scheduler.solver.explain.counting.checks import count
from scheduler.solver.explain.sentences.explanation import Kind
from scheduler.solver.hard_view import HardView

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="module")
def school() -> Problem:
    return read_problem(DATA / "demo-school").problem


def closed(kind: ResourceKind, name: str) -> Callable[[Problem], Problem]:
    """The place is unavailable on all days."""
    rows = tuple(Unavailability(kind, name, day) for day in range(1, 6))
    return lambda p: replace(p, unavailable=p.unavailable + rows)


def deleted(zone_id: str) -> Callable[[Problem], Problem]:
    """The zone's row, and layouts that name it, are gone from the tables."""

    def apply(problem: Problem) -> Problem:
        layouts = tuple(x for x in problem.layouts if zone_id not in x.zones)
        left = {x.layout_id for x in layouts} | {"home"}
        return replace(
            problem,
            zones=tuple(z for z in problem.zones if z.zone_id != zone_id),
            layouts=layouts,
            requirements=tuple(
                replace(r, layouts=tuple(x for x in r.layouts if x in left))
                for r in problem.requirements
            ),
        )

    return apply


def without_agreement(name: str) -> Callable[[Problem], Problem]:
    """Without grades 1 and 2's 阳光体育, too, which may be a day's PE elsewhere."""
    return lambda p: replace(
        p,
        agreements=tuple(a for a in p.agreements if a.agreement_id != name),
        requirements=tuple(r for r in p.requirements if r.activity_id != "SUN"),
    )


def same_escort(problem: Problem) -> Problem:
    """G6C04's park lessons get the escort of G6C01's."""
    escorts = problem.requirement["G6C01-PEA"].escort_ids
    return replace(
        problem,
        requirements=tuple(
            replace(r, escort_ids=escorts) if r.requirement_id == "G6C04-PEA" else r
            for r in problem.requirements
        ),
    )


ZONE, VENUE = ResourceKind.ZONE, ResourceKind.VENUE


@pytest.mark.parametrize(
    ("fault", "statement"),
    [
        (closed(ZONE, "Z-T1"), (Kind.PLACES, 120, 97)),
        (deleted("Z-T1"), (Kind.PLACES, 120, 97)),
        (deleted("Z-GYM"), (Kind.PLACES, 120, 103)),
        (closed(VENUE, "V-MUS1"), (Kind.PLACES, 48, 29)),
        (closed(VENUE, "V-FA2"), (Kind.PLACES, 48, 29)),
        (closed(VENUE, "V-SC1"), (Kind.PLACES, 32, 29)),
        (without_agreement("YW2"), (Kind.PLACES_ON_DAY, 24, 23)),
        (same_escort, (Kind.TEACHER_ROWS, 4, 3)),
    ],
    ids=["Z-T1 closed", "Z-T1", "Z-GYM", "V-MUS1", "V-FA2", "V-SC1", "YW2", "escort"],
)
def test_count_of_one_fault_finds_just_that(
    school: Problem,
    fault: Callable[[Problem], Problem],
    statement: tuple[Kind, int, int],
) -> None:
    found = count(HardView.of(fault(school)))
    assert [(s.kind, s.need, s.supply) for s in found] == [statement]


def test_count_of_demo_school_finds_nothing(school: Problem) -> None:
    assert count(HardView.of(school)) == ()


def test_count_of_the_second_term_finds_nothing(tmp_path: Path) -> None:
    """Its bells, agreements and calendar beside the other tables."""
    folder = tmp_path / "spring"
    shutil.copytree(DATA / "demo-school", folder)
    shutil.copytree(DATA / "demo-school-spring", folder, dirs_exist_ok=True)
    problem = read_problem(folder).problem
    assert problem.term.name.endswith("第二学期")
    assert problem.bell["bell-high"].find(1, 5).start == 14 * 60 + 20
    assert count(HardView.of(problem)) == ()


def test_count_of_junior_school_without_its_agreement_finds_friday() -> None:
    problem = read_problem(DATA / "demo-junior").problem
    found = count(HardView.of(without_agreement("BAD5")(problem)))
    assert [(s.kind, s.need, s.supply) for s in found] == [(Kind.PLACES_ON_DAY, 30, 28)]
