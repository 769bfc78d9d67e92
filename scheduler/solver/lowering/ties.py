"""Lessons that a move takes along: those that must begin together or choose alike."""

from collections.abc import Iterable

from scheduler.constraints.primitives import SameChoice
from scheduler.model.requirements import Lesson
from scheduler.solver.options import Compiled


def ties(compiled: Compiled) -> list[list[int]]:
    """By lesson, in the order of the groups: numbers of those tied to it.

    A hint for moves, not a rule: the relation's own terms tell what is broken.
    """
    rules = dict.fromkeys(x.rule for x in compiled.terms)
    sets = (s for rule in rules for s in rule.tied_lessons(compiled.problem))
    return _others(compiled, sets)


def mates(compiled: Compiled) -> list[list[int]]:
    """The same of those that must make its choice, of a teacher or of a week.

    One by one they would break the rule on the way, and hardly ever all change.
    """
    terms = (x.term for x in compiled.terms if x.hard)
    return _others(compiled, (t.lessons for t in terms if isinstance(t, SameChoice)))


def _others(compiled: Compiled, sets: Iterable[Iterable[Lesson]]) -> list[list[int]]:
    """By lesson: the others of the sets that it is in."""
    lessons = [x for group in compiled.groups for x in group.lessons]
    number = {x.lesson_id: k for k, x in enumerate(lessons)}
    found: list[list[int]] = [[] for _ in lessons]
    for together in sets:
        ids = (x.lesson_id for x in together)
        known = [number[i] for i in ids if i in number]
        for k in known:
            found[k] += [other for other in known if other != k]
    return found
