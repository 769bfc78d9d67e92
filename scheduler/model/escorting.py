"""How many adults go along to the venues of others."""

from scheduler.model.problem import Problem
from scheduler.model.requirements import Requirement
from scheduler.model.venues import Agreement

CROWDED = 45
"""Pupils of a class up to whom nobody more is needed."""
AT_LEAST = 1
"""Adults for each class where an agreement asks for none."""


def escorts_needed(
    problem: Problem,
    requirement: Requirement,
    agreement: Agreement,
    class_ids: tuple[str, ...],
    at_least: int = AT_LEAST,
) -> int:
    """Adults beside the teacher that classes of one school need on their way.

    For each class the agreement's ``escorts``, at least ``at_least``, and one more
    where a road is crossed or the class is large; some pupils of several classes walk
    as one class. Source: regulations.md 3.3.
    """
    groups = [class_ids] if requirement.is_partial else [(name,) for name in class_ids]
    base = max(at_least, agreement.escorts)
    crossing = bool(agreement.road_crossings)
    sizes = (problem.pupils_in(requirement, group) for group in groups)
    return sum(base + (crossing or size > CROWDED) for size in sizes)


def escorts_named(requirement: Requirement) -> int:
    """Adults beside one teacher: those named to go along, and further teachers."""
    given = {*requirement.teacher_ids}
    chosen = bool({*requirement.teacher_pool} - given)
    return max(0, len(given) + chosen - 1) + len({*requirement.escort_ids} - given)
