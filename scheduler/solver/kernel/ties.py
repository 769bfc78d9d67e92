"""Lessons that must begin together, so that a move takes all of them along."""

from scheduler.solver.options import Compiled


def ties(compiled: Compiled) -> list[list[int]]:
    """By lesson, in the order of the groups: numbers of those tied to it.

    A hint for moves, not a rule: the relation's own terms tell what is broken.
    """
    lessons = [x for group in compiled.groups for x in group.lessons]
    number = {x.lesson_id: k for k, x in enumerate(lessons)}
    found: list[list[int]] = [[] for _ in lessons]
    for rule in dict.fromkeys(x.rule for x in compiled.terms):
        for together in rule.tied_lessons(compiled.problem):
            ids = (x.lesson_id for x in together)
            tied = [number[i] for i in ids if i in number]
            for k in tied:
                found[k] += [other for other in tied if other != k]
    return found
