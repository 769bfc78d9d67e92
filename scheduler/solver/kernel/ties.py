"""Lessons that must begin together, so that a move takes all of them along."""

from scheduler.constraints.rules.relations.rules import KeepRelations
from scheduler.model.relations import RelationKind
from scheduler.model.resources import Level
from scheduler.solver.options import Compiled


def ties(compiled: Compiled) -> list[list[int]]:
    """By lesson, in the order of the groups: numbers of those tied to it.

    A hint for moves, not a rule: the relation's own terms tell what is broken.
    """
    lessons = [x for group in compiled.groups for x in group.lessons]
    number = {x.lesson_id: k for k, x in enumerate(lessons)}
    found: list[list[int]] = [[] for _ in lessons]
    if not any(isinstance(x.rule, KeepRelations) for x in compiled.terms):
        return found
    problem = compiled.problem
    for row in problem.relations:
        if row.level is Level.HARD and row.kind is RelationKind.SAME_START:
            ids = (x.lesson_id for x in problem.related_lessons(row))
            tied = [number[i] for i in ids if i in number]
            for k in tied:
                found[k] += [other for other in tied if other != k]
    return found
