"""Definition, terms and exact model agree on rows of every kind, hard and soft."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from scheduler.constraints.base import Constraint
from scheduler.constraints.rules.avoid_clashes import (
    AvoidClassClashes,
    AvoidTeacherClashes,
)
from scheduler.constraints.rules.limits.rules import KeepLimits, PreferLimits
from scheduler.constraints.rules.relations.rules import KeepRelations, PreferRelations
from scheduler.model.limits import LimitKind
from scheduler.model.relations import RelationKind
from scheduler.model.resources import Level
from scheduler.model.timetable import Timetable
from tests.row_strategies import limits, relations, tagged
from tests.solver.test_agreement import examples, on_allowed_layouts, said_by_model
from tests.strategies import any_timetables, model_timetables, problems

Judged = dict[str, tuple[Constraint, Timetable]]


def rows_of_every_kind(draw, timetable: Timetable, level: Level) -> Judged:
    """For each kind the rule and the timetable of a problem with one such row."""
    problem = timetable.problem
    found: Judged = {}
    for kind in LimitKind:
        row = draw(limits(problem, kind, level))
        rule = KeepLimits() if level is Level.HARD else PreferLimits()
        found[kind] = (
            rule,
            Timetable(replace(problem, limits=(row,)), timetable.placements),
        )
    for kind in RelationKind:
        row = draw(relations(problem, kind, level))
        if row is not None:
            rule = KeepRelations() if level is Level.HARD else PreferRelations()
            table = replace(problem, relations=(row,))
            found[kind] = rule, Timetable(table, timetable.placements)
    return found


@examples(15)
@given(st.data(), st.sampled_from(Level))
def test_amount_of_every_kind_is_the_sum_of_its_terms(data, level):
    problem = data.draw(problems().flatmap(tagged))
    timetable = on_allowed_layouts(data.draw(any_timetables(problem)))
    judged = rows_of_every_kind(data.draw, timetable, level)

    by_terms = {
        kind: sum(t.amount(table.meeting) for t in rule.primitives(table.problem))
        for kind, (rule, table) in judged.items()
    }

    assert by_terms == {kind: r.amount(table) for kind, (r, table) in judged.items()}


@examples(4)
@given(st.data())
def test_exact_model_of_a_hard_row_is_infeasible_just_when_it_is_broken(data):
    problem = data.draw(problems(longest=3).flatmap(tagged))
    timetable = data.draw(model_timetables(problem))
    judged = rows_of_every_kind(data.draw, timetable, Level.HARD)

    feasible = {
        kind: said_by_model(table, rule) is not None
        for kind, (rule, table) in judged.items()
    }

    assert feasible == {k: r.amount(table) == 0 for k, (r, table) in judged.items()}


@examples(4)
@given(st.data())
def test_exact_model_of_a_soft_row_costs_what_the_rule_says(data):
    problem = data.draw(problems(longest=3).flatmap(tagged))
    timetable = data.draw(model_timetables(problem))
    judged = rows_of_every_kind(data.draw, timetable, Level.SOFT)

    costs = {kind: said_by_model(table, rule) for kind, (rule, table) in judged.items()}

    assert costs == {kind: r.amount(table) for kind, (r, table) in judged.items()}


@examples(5)
@given(st.data())
def test_day_shapes_of_people_without_clashes_cost_what_the_rows_say(data):
    """Without clashes the model adds up a row's lessons; with them it may not."""
    problem = data.draw(problems(most=2, longest=3).flatmap(tagged))
    timetable = data.draw(model_timetables(problem))
    clashes = (AvoidTeacherClashes(), AvoidClassClashes())
    assume(not any(rule.amount(timetable) for rule in clashes))
    judged = rows_of_every_kind(data.draw, timetable, Level.SOFT)

    costs = {
        kind: said_by_model(judged[kind][1], *clashes, judged[kind][0])
        for kind in LimitKind
    }

    assert costs == {k: judged[k][0].amount(judged[k][1]) for k in LimitKind}
