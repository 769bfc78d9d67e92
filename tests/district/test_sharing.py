"""Shares of venues and teachers: the fairest divisions, and never two at once."""

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from itertools import permutations, product

import pytest

from scheduler.district.parts import parts_of
from scheduler.district.sharing.needs import Need
from scheduler.district.sharing.shares import Shares, share
from tests.builders import fixed
from tests.district.towns import PARK_ROWS, town, with_schools

DAYS = (2, 4)


def _values(shares: Shares) -> list[Fraction]:
    divided = shares.venues.divided
    assert divided is not None
    assert divided.proven
    needs = [n for n in shares.venues.needs if n.lacking]
    return sorted(
        Fraction(met, need.lacking)
        for met, need in zip(divided.met, needs, strict=True)
    )


def _met(need: Need, given: list[tuple[int, int]]) -> int:
    """Lessons of a need that classes at once, by day, can be."""
    by_day: dict[int, int] = defaultdict(int)
    for day, classes in given:
        by_day[day] += classes
    a_day = sum(g.a_day for g in need.groups)
    lessons = sum(g.lessons for g in need.groups)
    assert not sum(need.by_day.values())  # no class has a lesson every day
    total = sum(min(n, a_day) for n in by_day.values())
    return min(total, lessons, need.lacking)


def _at_once(need: Need) -> int:
    """Teachers of the lessons in question."""
    return len({r.teacher_ids for g in need.groups for r in g.requirements})


def _by_hand(shares: Shares, places: int) -> list[Fraction]:
    """The best sorted values over all ways to let classes into the park."""
    whole = shares.district.problem
    needs = [n for n in shares.venues.needs if n.lacking]
    most = [
        {
            a.day: min(a.max_classes, _at_once(need))
            for a in whole.agreements
            if a.school_id in need.part.school_ids
        }
        for need in needs
    ]
    slots = [(day, k) for day in DAYS for k in range(2)]
    ways = [
        [
            given
            for given in product(*(range(m[day] + 1) for m in most))
            if sum(given) <= places
        ]
        for day, _ in slots
    ]
    best: list[Fraction] = []
    for division in product(*ways):
        values = sorted(
            Fraction(
                _met(
                    need,
                    [(day, g[n]) for (day, _), g in zip(slots, division, strict=True)],
                ),
                need.lacking,
            )
            for n, need in enumerate(needs)
        )
        best = max(best, values)
    return best


def _two_rows(seed: int, schools: int, places: int) -> Shares:
    """A town whose park is open for two periods of each afternoon."""
    district = town(seed, schools, places=places, days=DAYS)
    whole = district.problem
    shorter = tuple(replace(a, end=PARK_ROWS[1][1]) for a in whole.agreements)
    return share(district.with_problem(replace(whole, agreements=shorter)), 30)


@pytest.mark.parametrize("seed", range(10))
def test_a_division_is_the_fairest_of_all(seed: int) -> None:
    shares = _two_rows(seed, 2 + seed % 2, 1 + seed % 2)
    assert _values(shares) == _by_hand(shares, 1 + seed % 2)


@pytest.mark.parametrize("seed", range(2))
def test_no_order_of_schools_serves_the_worst_off_better(seed: int) -> None:
    shares = share(town(seed, 5), 30)
    needs = [n for n in shares.venues.needs if n.lacking]
    whole = shares.district.problem
    worst = _values(shares)[0]
    for order in permutations(needs):
        left = {(day, row): 2 for day in DAYS for row in PARK_ROWS}
        values = []
        for need in order:
            taken: list[tuple[int, int]] = []
            for (day, row), room in left.items():
                most = next(
                    min(a.max_classes, _at_once(need))
                    for a in whole.agreements
                    if a.school_id in need.part.school_ids and a.day == day
                )
                for _ in range(min(room, most)):
                    if _met(need, [*taken, (day, 1)]) > _met(need, taken):
                        taken.append((day, 1))
                        left[day, row] -= 1
            values.append(Fraction(_met(need, taken), need.lacking))
        assert worst >= min(values)


def test_no_more_classes_are_granted_at_once_than_the_park_holds() -> None:
    shares = share(town(3, 4), 30)
    at: dict[tuple[int, int], int] = defaultdict(int)
    for grant in shares.venues.grants:
        at[grant.window.day, grant.window.start] += grant.classes
    assert 1 <= max(at.values()) <= 2
    for part in shares.parts:
        for agreement in shares.problem_of(part).agreements:
            assert agreement.day in DAYS
            assert agreement.school_id in part.school_ids


def test_a_teacher_is_at_one_school_at_a_time_and_travels_in_time() -> None:
    shares = share(town(1, 5), 30)
    (teacher,) = shares.teachers
    assert teacher.met == teacher.needs == (2, 2, 2, 2, 2)
    halves = [
        (half.day, half.half, key)
        for key, own in zip(teacher.parts, teacher.halves, strict=True)
        for half in own
    ]
    assert len({(day, half) for day, half, _ in halves}) == len(halves)


def test_a_weak_school_with_priority_is_served_first() -> None:
    district = town(0, 3, places=1, own=False)
    equal = share(district, 30).venues
    first = share(with_schools(district, S3={"priority": 3}), 30).venues
    assert first.met(2) > equal.met(2)


def test_a_firm_agreement_is_kept_in_full() -> None:
    district = town(0, 3, places=1, own=False, days=(2,))
    whole = district.problem
    firm = tuple(
        replace(a, firm=a.school_id == "S2", max_classes=1) for a in whole.agreements
    )
    shares = share(district.with_problem(replace(whole, agreements=firm)), 30)
    granted = [
        (g.window.agreement.school_id, g.window.start) for g in shares.venues.grants
    ]
    assert sorted(granted) == [("S2", start) for start, _ in PARK_ROWS]


def test_fixed_lessons_of_a_shared_teacher_are_where_the_teacher_is() -> None:
    district = town(2, 3)
    whole = district.problem
    held = (fixed("S2C1-MUS", 3, 1),)
    shares = share(district.with_problem(replace(whole, fixed=held)), 30)
    (teacher,) = shares.teachers
    own = teacher.halves[teacher.parts.index("S2")]
    assert (3, 0) in {(h.day, h.half) for h in own}


def test_parts_are_single_schools_unless_lessons_tie_them() -> None:
    district = town(0, 3)
    whole = district.problem
    joint = replace(
        whole.requirements[0], requirement_id="J", class_ids=("S1C1", "S2C1")
    )
    tied = replace(whole, requirements=(*whole.requirements, joint))
    assert [p.school_ids for p in parts_of(district.with_problem(tied))] == [
        ("S1", "S2"),
        ("S3",),
    ]
