"""The search kernel's costs are those of the rules, in full and step by step."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scheduler.constraints.base import Constraint
from scheduler.constraints.catalogue import check_settings, rules_in_force
from scheduler.constraints.rules.avoid_clashes import AvoidClassClashes
from scheduler.constraints.rules.relations.rules import KeepRelations
from scheduler.constraints.rules.teachers.staff_lessons import StaffLessons
from scheduler.formats.problem.reading import read_problem
from scheduler.model.relations import Relation, RelationKind
from scheduler.model.resources import Level
from scheduler.model.timetable import Timetable
from scheduler.solver.kernel.moves import breaks, hard_part, plan, swing
from scheduler.solver.kernel.search import LONGEST_CHAIN, Kernel, Search
from scheduler.solver.kernel.tally import put, take
from scheduler.solver.kernel.trouble import find_troubled
from scheduler.solver.options import classes_clash_free, compile_problem
from tests.builders import need
from tests.formats.primary_school import EXAMPLE
from tests.impossible_five import school
from tests.row_strategies import tagged
from tests.solver.test_agreement import EVERY_RULE, examples
from tests.solver.test_rows_agreement import rows_of_every_kind
from tests.strategies import model_timetables, problems


def kernel_of(timetable: Timetable, *rules: Constraint) -> Kernel:
    """Every lesson and layout by itself, hard rules at the price of their amounts."""
    compiled = compile_problem(timetable.problem, rules, aggregate=False)
    return Kernel.of(compiled, exact=True)


def placed(kernel: Kernel, timetable: Timetable) -> Search | None:
    """A search that stands at a timetable; None where an option is struck out."""
    options = kernel.options_of(timetable)
    if np.count_nonzero(options >= 0) != len(timetable.placements):
        return None
    search = Search(kernel, seed=0)
    for lesson, option in enumerate(options.tolist()):
        if option >= 0:
            search.state.cost[0] += put(kernel.arrays, search.state, lesson, option)
    return search


@examples(6)
@given(st.data())
def test_kernel_charges_what_each_soft_rule_says(data):
    problem = data.draw(problems())
    timetable = data.draw(model_timetables(problem))
    rules = [replace(rule, level=Level.SOFT, weight=1) for rule in EVERY_RULE]

    costs = {r: placed(kernel_of(timetable, r), timetable).cost for r in rules}

    assert costs == {rule: (0, rule.amount(timetable)) for rule in rules}


@examples(6)
@given(st.data())
def test_kernel_charges_what_each_hard_rule_says(data):
    """A rule that strikes the option out has been broken by the timetable.

    Caps on pupils that follow from those on classes are left out when compiled.
    """
    problem = data.draw(problems())
    timetable = data.draw(model_timetables(problem))
    rules = [replace(rule, level=Level.HARD, weight=1) for rule in EVERY_RULE]

    searches = {r: placed(kernel_of(timetable, r), timetable) for r in rules}

    for rule, search in searches.items():
        amount = rule.amount(timetable)
        if search is None:
            assert amount > 0
            continue
        terms = search.kernel.compiled.terms
        posted = sum(t.term.amount(timetable.meeting) for t in terms)
        assert search.cost == (posted, 0)
        assert (posted == 0) == (amount == 0)


@examples(6)
@given(st.data(), st.sampled_from(Level))
def test_kernel_charges_what_rows_of_every_kind_say(data, level):
    problem = data.draw(problems(longest=3).flatmap(tagged))
    timetable = data.draw(model_timetables(problem))
    judged = rows_of_every_kind(data.draw, timetable, level)

    for rule, table in judged.values():
        search = placed(kernel_of(table, rule), table)
        amount = rule.amount(table)
        if search is None:
            assert amount > 0
        else:
            assert search.cost == ((amount, 0) if level is Level.HARD else (0, amount))


def guided(timetable: Timetable, rule: Constraint) -> Search | None:
    """A search with its own prices at a timetable whose missing lessons are placed."""
    compiled = compile_problem(timetable.problem, [rule], aggregate=False)
    search = placed(Kernel.of(compiled), timetable)
    if search is not None:
        search.start()
    return search


@examples(6)
@given(st.data())
def test_search_prices_a_broken_hard_rule_and_no_other(data):
    """Its prices count lessons outside the fullest days, and gaps that lessons to come
    may fill; where all are placed there is a price just when a rule is broken."""
    problem = data.draw(problems(longest=3).flatmap(tagged))
    timetable = data.draw(model_timetables(problem))
    judged = [*rows_of_every_kind(data.draw, timetable, Level.HARD).values()]
    hard = [replace(rule, level=Level.HARD, weight=1) for rule in EVERY_RULE]

    for rule, table in [*judged, *((rule, timetable) for rule in hard)]:
        search = guided(table, rule)
        if search is None or search.unplaced or (search.state.option < 0).any():
            continue
        whole = search.kernel.timetable(search.state.option)
        assert (search.cost[0] > 0) == (rule.amount(whole) > 0)
        found = np.zeros(len(search.state.option), np.int32)
        count = find_troubled(search.kernel.arrays, search.state, found)
        assert count <= len(found) * (search.cost[0] > 0)


@examples(6)
@given(st.data())
def test_cost_after_any_steps_is_that_of_a_full_recount(data):
    problem = data.draw(problems())
    rules = [
        replace(r, level=level, weight=1)
        for r in EVERY_RULE
        for level in (data.draw(st.sampled_from(Level)),)
    ]
    timetable = Timetable(problem, {})
    kernel = kernel_of(timetable, *rules)
    search = Search(kernel, seed=data.draw(st.integers(0, 9)))
    search.start()

    search.anneal(200, hot=50.0, cold=5.0, weight=1.0)

    recount = Search(kernel, seed=0)
    for lesson, option in enumerate(search.state.option.tolist()):
        if option >= 0:
            recount.state.cost[0] += put(kernel.arrays, recount.state, lesson, option)
    assert search.cost == recount.cost
    assert (search.state.counter["count"] == recount.state.counter["count"]).all()
    assert (search.state.masks == recount.state.masks).all()


@examples(6)
@given(st.data())
def test_best_timetable_costs_what_the_rules_say(data):
    """With alike lessons and layouts taken together, as a search has them."""
    problem = data.draw(problems())
    soft = [replace(r, level=Level.SOFT, weight=2) for r in EVERY_RULE]
    compiled = compile_problem(problem, soft, aggregate=False)
    search = Search(Kernel.of(compiled), seed=1)
    search.start()

    search.anneal(300, hot=20.0, cold=1.0, weight=1.0)

    timetable = search.kernel.timetable(search.best)
    assert search.best_cost == (0, sum(rule.cost(timetable) for rule in soft))


def test_a_chain_told_to_break_a_count_costs_hard_when_it_is_moved():
    problem = read_problem(EXAMPLE, check_settings).problem
    rules = [r for r in rules_in_force(problem) if r.name != "FillClassDays"]
    kernel = Kernel.of(compile_problem(problem, rules, classes_clash_free(rules)))
    search = Search(kernel, seed=1)
    search.insert(5000)
    assert search.cost[0] == 0
    arrays, state, told = kernel.arrays, search.state, {False: [], True: []}

    for lesson in range(len(state.option)):
        group = arrays.lesson_group[lesson]
        for option in range(*arrays.option_first[group : group + 2].tolist()):
            depth = plan(arrays, state, lesson, option, LONGEST_CHAIN)
            by = told[breaks(arrays, state, depth)]
            by.append(swing(arrays, state, depth))
            assert swing(arrays, state, depth) == -by[-1]

    assert all(hard_part(change) > 0 for change in told[True])
    assert len(told[True]) > len(told[False]) / 4


@examples(6)
@given(st.data())
def test_taking_every_lesson_away_leaves_an_empty_timetable(data):
    problem = data.draw(problems())
    timetable = data.draw(model_timetables(problem))
    rules = [replace(r, level=Level.SOFT, weight=3) for r in EVERY_RULE]
    kernel = kernel_of(timetable, *rules)
    search, empty = placed(kernel, timetable), Search(kernel, seed=0)

    for lesson in np.flatnonzero(search.state.option >= 0).tolist():
        search.state.cost[0] += take(kernel.arrays, search.state, lesson)

    assert search.cost == empty.cost
    assert (search.state.counter == empty.state.counter).all()
    assert (search.state.row == empty.state.row).all()
    assert not search.state.event_counts.any()


def test_lessons_that_begin_together_move_together():
    """Moved alone, each would break the rule, which is refused at this temperature."""
    problem = school(
        need("R1", "C1", "CN", "1", teacher_ids=("T1",)),
        need("R2", "C2", "CN", "1", teacher_ids=("T2",)),
        relations=(Relation("X", RelationKind.SAME_START, ("R1", "R2")),),
    )
    rules = [AvoidClassClashes(), KeepRelations()]
    kernel = Kernel.of(compile_problem(problem, rules))
    search = Search(kernel, seed=1)
    search.place(kernel.arrays.option_first[:2])
    assert search.cost == (0, 0)

    search.anneal(50, hot=1e-3, cold=1e-3, weight=1.0)

    moves, accepted = search.state.tally[:2]
    assert accepted == moves > 0
    assert search.cost == (0, 0)


def test_lessons_that_choose_one_teacher_of_a_pool_change_together():
    """Three lessons, each moved alone with another teacher, would break the rule."""
    pool = {"teacher_ids": (), "teacher_pool": ("T1", "T2")}
    problem = school(need("R1", "C1", "CN", "3", **pool))
    kernel = Kernel.of(compile_problem(problem, [AvoidClassClashes(), StaffLessons()]))
    search = Search(kernel, seed=1)
    search.start()
    assert search.cost == (0, 0)
    seen = set()

    for _ in range(50):
        search.anneal(20, hot=1e-3, cold=1e-3, weight=1.0)
        assert search.cost == (0, 0)
        choice = kernel.arrays.key_choice[kernel.arrays.option["key"]]
        seen |= {tuple(choice[search.state.option])}

    assert len(seen) == 2
    assert all(len(set(choices)) == 1 for choices in seen)
