"""The best choice for several needs at once, against all choices tried."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.solver.assignment.choosing import Choice, Count, best_choice


def tried(choice):
    """Cost and ties of the best allowed choice, by trying every one."""
    options = [range(len(row)) for row in choice.costs]
    allowed = [x for x in product(*options) if choice.allows(x)]
    return min(((choice.cost(x), choice.tie(x)) for x in allowed), default=None)


@st.composite
def choices(draw):
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
    numbers = st.integers(0, 6)
    costs = [draw(st.lists(numbers, min_size=n, max_size=n)) for n in sizes]
    ties = [draw(st.lists(numbers, min_size=n, max_size=n)) for n in sizes]
    picks = [(n, o) for n, size in enumerate(sizes) for o in range(size)]
    counts = []
    for _ in range(draw(st.integers(0, 3))):
        some = tuple(draw(st.lists(st.sampled_from(picks), unique=True, min_size=1)))
        limit = draw(st.none() | st.integers(0, 3))
        amounts = tuple(draw(st.integers(1, 2)) for _ in some)
        counts.append(Count(some, draw(st.integers(0, 4)), limit, amounts))
    return Choice(costs, ties, tuple(counts))


@settings(max_examples=60, deadline=None)
@given(choices())
def test_no_choice_is_better_than_the_one_found(choice):
    found, best = best_choice(choice), tried(choice)
    if best is None:
        assert found is None
    else:
        assert choice.allows(found)
        assert (choice.cost(found), choice.tie(found)) == best


def test_second_cover_of_one_person_costs_its_step_more():
    """Both to the first person: 1 + 1 + 3; one each: 1 + 3. Two persons are better."""
    costs = [[1, 3], [1, 3]]
    counts = (Count(((0, 0), (1, 0)), step=3), Count(((0, 1), (1, 1)), step=3))
    choice = Choice(costs, [[0, 0], [0, 1]], counts)
    assert best_choice(choice) == (1, 0)
    assert choice.cost((1, 0)) == 4
    assert choice.cost((0, 0)) == 5


def test_without_needs_nothing_is_chosen():
    assert best_choice(Choice([], [])) == ()
