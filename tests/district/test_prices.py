"""Prices of shared moments: what is paid, and bounds that hold whatever they are."""

from dataclasses import replace
from random import Random

import pytest

from scheduler.constraints.evaluate import evaluate
from scheduler.district.parts import part_of
from scheduler.district.prices import (
    TEACHER,
    VENUE,
    Moment,
    bound,
    capacities,
    priced,
    stepped,
    uses,
)
from scheduler.district.sharing.shares import share
from scheduler.model.times import Week
from scheduler.model.timetable import Timetable
from tests.builders import place
from tests.district.towns import town

PARK = Moment(VENUE, "PARK", 2, 800)
MUSIC = Moment(TEACHER, "TM", 2, 800)


def test_a_lesson_pays_for_each_week_class_and_moment_it_covers() -> None:
    problem = part_of(town(0, 3), "S1").problem
    dear = priced(problem, {PARK: 5, MUSIC: 3})
    at_park = {"S1C1-PE#1": place(2, 5, "LP", teachers=("S1PE1",))}
    music = {"S1C1-MUS#1": place(2, 5, week=Week.ODD, teachers=("TM",))}
    elsewhere = {"S1C1-PE#1": place(2, 6, "LP", teachers=("S1PE1",))}
    for placed, paid in ((at_park, 10), (music, 3), (elsewhere, 0)):
        report = evaluate(Timetable(dear, placed))
        costs = {r.name: r.cost for r in report.results}
        assert costs["ChargeMoments"] == paid


def test_moments_are_used_by_classes_and_teachers_in_both_weeks() -> None:
    problem = part_of(town(0, 3), "S1").problem
    placed = {
        "S1C1-PE#1": place(2, 5, "LP", teachers=("S1PE1",)),
        "S1C1-MUS#1": place(2, 5, teachers=("TM",), week=Week.ODD),
    }
    found = uses((PARK, MUSIC), Timetable(problem, placed))
    assert found == {PARK: 2, MUSIC: 1}


def test_prices_rise_where_more_is_wanted_than_there_is() -> None:
    held = {PARK: 2, MUSIC: 1}
    first = stepped({}, {PARK: 7, MUSIC: 1}, held, 4)
    assert first == {PARK: 12}
    assert stepped(first, {PARK: 3}, held, 4) == {PARK: 8}


def test_capacities_are_those_of_the_venue_and_of_one_person() -> None:
    held = capacities(share(town(0, 3), 30))
    assert held[Moment(VENUE, "PARK", 2, 800)] == 2
    assert held[Moment(TEACHER, "TM", 1, 500)] == 1


@pytest.mark.parametrize("seed", range(6))
def test_no_prices_make_the_bound_exceed_a_joint_timetable(seed: int) -> None:
    """Two schools with one placement each, priced at random: the joint cost is more."""
    random = Random(seed)
    district = town(0, 2, places=1)
    shares = share(district, 30)
    held = capacities(shares)
    prices = {m: random.randint(0, 6) for m in held}
    # One lesson each, in the park: at most one class at a time, so never both in a row.
    rows = [(day, period) for day in (2, 4) for period in (5, 6, 7)]
    options, costs = {}, {}
    for school in ("S1", "S2"):
        problem = part_of(district, school).problem
        own = replace(problem, requirements=problem.requirements[1:2])
        lesson = own.requirements[0].lessons[0].lesson_id
        teacher = own.requirements[0].teacher_ids
        for at in rows:
            found = Timetable(own, {lesson: place(*at, "LP", teachers=teacher)})
            paid = Timetable(priced(own, prices), found.placements)
            options[school, at] = evaluate(found).soft
            costs[school, at] = evaluate(paid).soft
    bounds = [min(costs[s, at] for at in rows) for s in ("S1", "S2")]
    joint = min(
        options["S1", a] + options["S2", b] for a in rows for b in rows if a != b
    )
    assert bound(bounds, prices, held) <= joint
