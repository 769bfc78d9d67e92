"""Names of what hard rules speak of."""

from datetime import date

from scheduler.constraints import describe
from scheduler.constraints.base import Constraint
from scheduler.constraints.rules.avoid_clashes import (
    AvoidClassClashes,
    AvoidTeacherClashes,
)
from scheduler.constraints.rules.places.agreements import FitAgreementCaps
from scheduler.constraints.rules.places.capacities import (
    FitLayoutCapacity,
    FitZoneCapacity,
)
from scheduler.constraints.rules.places.keep_venue_ceilings import (
    KeepVenueCeilings,
    target_name,
)
from scheduler.model.problem import Problem
from scheduler.model.text import Text, weekday
from scheduler.model.venues import Agreement
from scheduler.solver.explain import words


def capacity_name(problem: Problem, rule: Constraint, ids: tuple[str, ...]) -> Text:
    """Whom or what a capacity of this rule limits."""
    name = ids[0]
    match rule:
        case AvoidTeacherClashes():
            who = describe.teacher(problem, name)
            return Text(f"教师{who}", who)
        case AvoidClassClashes():
            known = problem.class_name.get(name) if len(ids) == 1 else None
            return describe.same(known or name)
        case FitZoneCapacity():
            return describe.same(describe.zone(problem, name))
        case FitLayoutCapacity():
            return describe.layout(problem, name)
        case FitAgreementCaps():
            return Text(f"协议{name}", f"agreement {name}")
        case KeepVenueCeilings():
            return target_name(problem, ids)
    return rule.title


def uncovered_dates(problem: Problem, agreement: Agreement) -> tuple[date, ...]:
    """Dates of the agreement's weekday in the term on which it is not valid.

    Holidays are left out, unless nothing else is uncovered.
    """
    missing = tuple(
        d
        for d in problem.term.weekday_dates(agreement.day)
        if not agreement.valid_from <= d <= agreement.valid_to
    )
    closed = problem.term.closed
    taught = tuple(
        d for d in missing if not any(c.first <= d <= c.last for c in closed)
    )
    return taught or missing


def too_short(problem: Problem, agreement: Agreement) -> Text:
    """That an agreement does not cover the term, and by how much."""
    count = len(uncovered_dates(problem, agreement))
    day = weekday(agreement.day)
    name, first, last = agreement.agreement_id, agreement.valid_from, agreement.valid_to
    return Text(
        f"协议{name}有效期为{first}至{last}，未覆盖学期内{count}个{day.zh}",
        f"agreement {name} runs from {first} to {last} and misses "
        f"{words.plural(count, day.en)} of the term",
    )
