"""Which requirements may change; all others are held where they are."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator
from dataclasses import dataclass, replace

from scheduler.constraints.evaluate import evaluate
from scheduler.constraints.primitives import Capacity, OptionCost
from scheduler.constraints.rules.keep_placements import KeepPlacements
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Requirement
from scheduler.model.resources import Level
from scheduler.solver.options import Compiled, LessonGroup
from scheduler.solver.repair.running import Running, requirement_id

_STEPS = 3
"""How often to grow before everything is free."""


@dataclass(frozen=True)
class Neighbourhood:
    """A compiled problem of which only the free requirements may change."""

    compiled: Compiled
    running: Running
    free: frozenset[str]


def held(compiled: Compiled, running: Running, free: Collection[str]) -> Neighbourhood:
    """Hold all but the free requirements; whatever cannot be held is free as well.

    Terms that speak of held lessons only are left out, for they cannot change. What
    is possible here is possible in the whole problem.
    """
    kept = {
        id(group): options
        for group in compiled.groups
        if _name(group) not in free
        and (options := kept_options(group, running)) is not None
    }
    loose = frozenset(_name(g) for g in compiled.groups if id(g) not in kept)
    groups = tuple(
        g if _name(g) in loose else replace(g, options=kept[id(g)])
        for g in compiled.groups
    )
    terms = tuple(
        t
        for t in compiled.terms
        if any(x.requirement.requirement_id in loose for x in t.term.lessons)
    )
    return Neighbourhood(replace(compiled, groups=groups, terms=terms), running, loose)


def alone(compiled: Compiled, running: Running, free: Collection[str]) -> Neighbourhood:
    """The free requirements as if nothing else were taught.

    Only what remains true without the others is kept: caps, and terms that speak of
    free lessons only. What is impossible here is impossible in the whole problem, and
    a least number of changes here is a lower bound on that of the whole.
    """
    groups = tuple(g for g in compiled.groups if _name(g) in free)
    terms = tuple(
        t
        for t in compiled.terms
        if isinstance(t.term, OptionCost | Capacity)
        or all(x.requirement.requirement_id in free for x in t.term.lessons)
    )
    part = replace(compiled, groups=groups, terms=terms)
    return Neighbourhood(part, running, frozenset(free))


def kept_options(group: LessonGroup, running: Running) -> tuple[Meeting, ...] | None:
    """Options at which the group's lessons stay; None where they are not as many."""
    key = KeepPlacements().key
    placed = running.by_requirement.get(_name(group), {})
    kept = {key(placed[x.lesson_id]) for x in group.lessons if x.lesson_id in placed}
    options = tuple(m for m in group.options if key(m.placement) in kept)
    return options if len(options) == group.count else None


def certain_losses(compiled: Compiled, running: Running) -> int:
    """Placements that no option of their requirement is, less those to be removed."""
    key = KeepPlacements().key
    options: dict[str, set[Hashable]] = defaultdict(set)
    for group in compiled.groups:
        options[_name(group)] |= {key(m.placement) for m in group.options}
    lost = 0
    for requirement in compiled.problem.requirements:
        possible = options[requirement.requirement_id]
        gone = sum(key(p) not in possible for p in running.of(requirement))
        lost += max(0, gone - running.surplus(requirement))
    return lost


def growing(compiled: Compiled, running: Running) -> Iterator[frozenset[str]]:
    """Ever larger sets of requirement ids, from what must change to all there are."""
    problem = compiled.problem
    everything = frozenset(problem.requirement)
    now = unfit(compiled, running)
    for _ in range(_STEPS):
        yield now
        grown = _neighbours(problem, now)
        if len(grown) in (len(now), len(everything)):
            break
        now = grown
    if now != everything:
        yield everything


def unfit(compiled: Compiled, running: Running) -> frozenset[str]:
    """Requirements that cannot stay as they are, or that break a hard rule."""
    found = {_name(g) for g in compiled.groups if kept_options(g, running) is None}
    nameless = set()
    for result in evaluate(running.timetable).results:
        for violation in result.violations if result.level is Level.HARD else ():
            found |= set(map(requirement_id, violation.lesson_ids))
            if not violation.lesson_ids:
                nameless.add(result.name)
    meetings = running.timetable.meeting
    for posted in compiled.terms:
        if posted.rule.name in nameless and posted.term.amount(meetings):
            found |= {x.requirement.requirement_id for x in posted.term.lessons}
    return frozenset(found)


def _neighbours(problem: Problem, now: frozenset[str]) -> frozenset[str]:
    """And all requirements of their classes and of their people."""
    known = [problem.requirement[name] for name in now]
    classes = {c for r in known for c in r.class_ids}
    people = {t for r in known for t in _people(r)}
    return now | {
        r.requirement_id
        for r in problem.requirements
        if not classes.isdisjoint(r.class_ids) or not people.isdisjoint(_people(r))
    }


def _people(requirement: Requirement) -> tuple[str, ...]:
    r = requirement
    return r.teacher_ids + r.teacher_pool + r.escort_ids


def _name(group: LessonGroup) -> str:
    return group.lessons[0].requirement.requirement_id
