"""Making room for a lesson: chains of ejections, and insertion by force."""

from hypothesis import given
from hypothesis import strategies as st

from scheduler.constraints.rules.availability import RespectAvailability
from scheduler.constraints.rules.avoid_clashes import AvoidClassClashes
from scheduler.constraints.rules.place_every_lesson import PlaceEveryLesson
from scheduler.solver.annealing import Annealer
from scheduler.solver.incumbent import Incumbent
from scheduler.solver.kernel.search import Kernel, Search
from scheduler.solver.kernel.tally import put
from scheduler.solver.limits import SolveLimits
from scheduler.solver.lowering.lower import DEMAND
from scheduler.solver.options import compile_problem
from tests.builders import need, unavailable
from tests.impossible_five import school
from tests.solver.test_agreement import EVERY_RULE, examples
from tests.strategies import problems

FREE = {"T1": (1,), "T2": (1, 2), "T3": (2, 3)}
"""Periods of Monday in which each teacher of one class can come."""


def ring_of_three(free: dict[str, tuple[int, ...]]) -> Search:
    """One lesson of each teacher; those of the second and third are in the first
    period that they can come, so that the first one's is taken."""
    away = [
        unavailable("teacher", name, day, period=period)
        for name, periods in free.items()
        for day in range(1, 6)
        for period in range(1, 7)
        if day > 1 or period not in periods
    ]
    problem = school(
        *(need(f"R{t[1]}", "C1", "CN", "1", teacher_ids=(t,)) for t in free),
        unavailable=tuple(away),
    )
    rules = [AvoidClassClashes(), RespectAvailability(), PlaceEveryLesson()]
    search = Search(Kernel.of(compile_problem(problem, rules)), seed=1)
    first = search.kernel.arrays.option_first
    for lesson in (1, 2):
        option = int(first[lesson])
        search.state.cost[0] += put(search.kernel.arrays, search.state, lesson, option)
    return search


def test_a_chain_moves_two_lessons_to_make_room_for_a_third():
    """R2 from period 1 to 2, R3 from 2 to 3: nothing is left unplaced on the way."""
    search = ring_of_three(FREE)
    search.insert(1)
    assert search.unplaced == 0
    assert search.cost == (0, 0)


def test_where_no_chain_makes_room_the_lesson_is_placed_and_another_leaves():
    search = ring_of_three(FREE | {"T3": (2,)})
    before = search.cost
    search.insert(1)
    assert search.unplaced == 1
    assert search.state.option[0] >= 0
    assert search.cost == before
    assert not search.chain.frozen.any()


def test_replacing_takes_out_and_places_as_told():
    search = ring_of_three(FREE)
    before, cost = search.options, search.cost
    search.insert(1)
    search.replace(before)
    assert search.options.tolist() == before.tolist()
    assert search.cost == cost


def test_where_not_all_can_be_placed_most_are_and_nothing_clashes():
    """Annealing would place all three in two periods."""
    kernel = ring_of_three(FREE | {"T3": (2,)}).kernel
    line = Annealer(kernel, Incumbent(SolveLimits(iterations=2000)), 0)
    line.run()
    assert [len(x.placements) for x in line.timetables()] == [3, 2]
    assert line.best_cost[0] == DEMAND


@examples(25)
@given(st.data())
def test_cost_after_insertions_is_that_of_a_full_recount(data):
    problem = data.draw(problems(longest=3))
    kernel = Kernel.of(compile_problem(problem, EVERY_RULE))
    search = Search(kernel, seed=data.draw(st.integers(0, 9)))

    for _ in range(3):
        before = search.options
        search.insert(20)
        if data.draw(st.booleans()):
            search.replace(before)
    search.insert(20)

    recount = Search(kernel, seed=0)
    for lesson, option in enumerate(search.state.option.tolist()):
        if option >= 0:
            recount.state.cost[0] += put(kernel.arrays, recount.state, lesson, option)
    assert search.cost == recount.cost
    assert (search.state.counter["count"] == recount.state.counter["count"]).all()
    assert not search.chain.frozen.any()
