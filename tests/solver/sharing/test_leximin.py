"""Leximin divisions are those that trying all of them finds."""

from fractions import Fraction
from itertools import product
from random import Random

import pytest

from scheduler.solver.sharing.division import Claim, Divided, Division, Level, Row
from scheduler.solver.sharing.leximin import in_turn, leximin


def _sorted_values(division: Division, amounts: tuple[int, ...]) -> list[Fraction]:
    return sorted(c.value(sum(amounts[p] for p in c.parts)) for c in division.claims)


def _is_allowed(division: Division, amounts: tuple[int, ...]) -> bool:
    for row in division.rows:
        total = sum(amounts[k] * times for k, times in row.terms.items())
        if row.most is not None and total > row.most:
            return False
        if row.least is not None and total < row.least:
            return False
    return True


def _by_hand(division: Division) -> list[Fraction]:
    """The best sorted values over all divisions."""
    everything = product(*(range(most + 1) for most in division.most))
    return max(
        _sorted_values(division, amounts)
        for amounts in everything
        if _is_allowed(division, amounts)
    )


def _drawn(seed: int) -> Division:
    """Claims on slots of two places, each slot with a capacity, some not for all."""
    random = Random(seed)
    claims, slots = random.randint(2, 4), random.randint(2, 3)
    most, at = [], {}
    for k in range(claims):
        for s in range(slots):
            if random.random() < 0.75:
                at[k, s] = len(most)
                most.append(random.randint(1, 2))
    rows = [
        Row(
            {n: 1 for (_, slot), n in at.items() if slot == s},
            most=random.randint(1, 3),
        )
        for s in range(slots)
    ]
    made = tuple(
        Claim(
            str(k),
            tuple(n for (claim, _), n in at.items() if claim == k),
            random.randint(1, 4),
            random.choice((1, 1, 2)),
        )
        for k in range(claims)
    )
    return Division(most, rows, made)


@pytest.mark.parametrize("seed", range(12))
def test_level_by_level_is_the_best_of_all_divisions(seed: int) -> None:
    division = _drawn(seed)
    found = leximin(division, 30)
    assert found.proven
    assert _is_allowed(division, found.amounts)
    assert _sorted_values(division, found.amounts) == _by_hand(division)


def test_levels_say_what_was_proven() -> None:
    # Three things for needs of 2, 2 and 1: everybody can have half, or the third all.
    claims = (Claim("a", (0,), 2), Claim("b", (1,), 2), Claim("c", (2,), 1))
    found = leximin(Division((2, 2, 1), (Row({0: 1, 1: 1, 2: 1}, most=3),), claims), 30)
    assert found.met == (1, 1, 1)
    first, second = found.levels
    assert (first.value, first.stuck, first.excluded) == (
        Fraction(1, 2),
        2,
        Fraction(1),
    )
    assert (second.value, second.stuck, second.excluded) == (Fraction(1), 1, None)


def test_who_has_priority_is_served_before_an_equal() -> None:
    claims = (Claim("weak", (0,), 4, 2), Claim("strong", (1,), 4))
    found = leximin(Division((4, 4), (Row({0: 1, 1: 1}, most=6),), claims), 30)
    assert found.met == (4, 2)


def test_a_promise_is_kept_before_anybody_is_served() -> None:
    claims = (Claim("a", (0,), 4), Claim("b", (1,), 4))
    rows = (Row({0: 1, 1: 1}, most=4), Row({0: 1}, least=3))
    assert leximin(Division((4, 4), rows, claims), 30).met == (3, 1)


def test_contradicting_promises_are_refused() -> None:
    claims = (Claim("a", (0,), 4),)
    rows = (Row({0: 1}, most=2), Row({0: 1}, least=3))
    with pytest.raises(ValueError, match="contradicts"):
        leximin(Division((4,), rows, claims), 30)


def test_what_nothing_ties_is_divided_as_if_alone() -> None:
    """Two who share three, one alone who can have half, and a promise to nobody."""
    claims = (Claim("a", (0,), 2), Claim("lone", (2,), 2), Claim("b", (1,), 2))
    rows = (Row({0: 1, 1: 1}, most=3), Row({3: 1}, least=1))
    charges = {0: 1, 3: 5}
    found = leximin(Division((2, 2, 1, 4), rows, claims, charges), 30)
    assert found.proven
    assert (found.met, found.amounts[3]) == ((1, 1, 2), 1)
    assert [(x.value, x.stuck, x.excluded) for x in found.levels] == [
        (Fraction(1, 2), 2, Fraction(1)),
        (Fraction(1), 1, None),
    ]
    assert in_turn(Division((2, 2, 1, 4), rows, claims), 30) == (2, 1, 1)


@pytest.mark.parametrize("seed", range(4))
def test_two_divisions_side_by_side_are_divided_as_each_alone(seed: int) -> None:
    one, other = _drawn(seed), _drawn(seed + 20)
    first = len(one.most)
    beside = [
        Row({k + first: n for k, n in row.terms.items()}, row.least, row.most)
        for row in other.rows
    ]
    claims = tuple(
        Claim(c.name, tuple(p + first for p in c.parts), c.need, c.priority)
        for c in other.claims
    )
    rows = [*one.rows, *beside]
    both = Division([*one.most, *other.most], rows, one.claims + claims)
    found = leximin(both, 30)
    assert sorted(_sorted_values(both, found.amounts)) == sorted(
        _by_hand(one) + _by_hand(other)
    )
    assert sum(level.stuck for level in found.levels) == len(both.claims)
    assert found.proven


def test_a_division_that_time_left_unfinished_is_not_proven() -> None:
    """One of two claims is at a proven level; of the other nothing was shown."""
    level = Level(Fraction(1, 2), 1, Fraction(1), proven=True)
    assert not Divided((1, 1), (1, 1), (level,)).proven
