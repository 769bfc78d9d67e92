"""Lessons that can only meet at one time, and clash there."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.constraints import describe
from scheduler.constraints.base import CapacityRule, Constraint
from scheduler.constraints.primitives import Capacity
from scheduler.model.text import Text, joined
from scheduler.model.times import LAYERS, stretches
from scheduler.solver.explain.sentences.explanation import Kind, Statement
from scheduler.solver.hard_view import HardView
from scheduler.solver.options import LessonGroup


@dataclass(frozen=True, slots=True)
class Pinned:
    """What a lesson takes of a resource wherever it is placed."""

    lesson_id: str
    day: int
    start: int
    end: int
    layers: tuple[int, ...]
    demand: int


@dataclass(frozen=True, slots=True)
class _Shared:
    rule: Constraint
    resource: tuple[str, ...]
    need: int
    limit: int


def pinned_together(view: HardView) -> Iterator[Statement]:
    """One statement for each set of pinned lessons, naming all that they share."""
    found: dict[tuple[Pinned, ...], list[_Shared]] = defaultdict(list)
    names: dict[tuple[str, ...], tuple[Pinned, ...]] = {}
    for posted in view.compiled.terms:
        term = posted.term
        if not isinstance(posted.rule, CapacityRule) or not isinstance(term, Capacity):
            continue
        limit = view.compiled.limit(posted)
        for inside in _excesses(view, term, limit):
            key = names.setdefault(tuple(p.lesson_id for p in inside), inside)
            need = sum(p.demand for p in inside)
            found[key].append(_Shared(posted.rule, term.resource, need, limit))
    for inside, shared in found.items():
        yield _statement(view, inside, shared)


def _excesses(
    view: HardView, term: Capacity, limit: int
) -> Iterator[tuple[Pinned, ...]]:
    """Sets of pinned lessons that exceed the limit at one moment, each once."""
    groups = view.groups(x for x in term.lessons if x.lesson_id in view.pinned_ids)
    pinned = [p for g in groups if (p := _pin(g, term))]
    if sum(p.demand for p in pinned) <= limit:
        return
    seen = set()
    for layer in LAYERS:
        for day in sorted({p.day for p in pinned}):
            here = [p for p in pinned if p.day == day and layer in p.layers]
            for start, end in stretches((p.start, p.end) for p in here):
                inside = tuple(p for p in here if p.start <= start and end <= p.end)
                ids = tuple(p.lesson_id for p in inside)
                if sum(p.demand for p in inside) > limit and ids not in seen:
                    seen.add(ids)
                    yield inside


def _pin(group: LessonGroup, term: Capacity) -> Pinned | None:
    """What the group's one lesson takes in every option of it."""
    spans = [term.span(m) for m in group.options]
    known = [s for s in spans if s is not None]
    if len(known) < len(spans):
        return None
    start, end = max(s[0] for s in known), min(s[1] for s in known)
    layers = tuple(x for x in LAYERS if all(x in m.layers for m in group.options))
    demand = term.demand(group.lessons[0])
    if start >= end or not layers:
        return None
    return Pinned(
        group.lessons[0].lesson_id, group.options[0].day, start, end, layers, demand
    )


def _statement(
    view: HardView, inside: tuple[Pinned, ...], shared: list[_Shared]
) -> Statement:
    problem = view.problem
    ids = tuple(p.lesson_id for p in inside)
    lessons = joined(describe.lesson(problem, x) for x in ids)
    # A place without parts is called like its only zone.
    names = dict.fromkeys(s.rule.resource_name(problem, s.resource) for s in shared)
    what = joined(list(names)[:4])
    time = describe.when(
        inside[0].day, max(p.start for p in inside), min(p.end for p in inside)
    )
    first = shared[0]
    unit = describe.unit(first.resource)
    return Statement(
        Kind.FIXED_TOGETHER,
        Text(
            f"{lessons.zh}只能排在同一时间（{time.zh}），却共用{what.zh}，"
            f"同时需要{first.need}{unit.zh}、最多{first.limit}{unit.zh}。",
            f"{lessons.en} can only meet at the same time ({time.en}) but share "
            f"{what.en}: {first.need} {unit.en}".rstrip()
            + f" needed at once, at most {first.limit}.",
        ),
        Text(
            "至少把其中一节改到别的时间，或换掉所共用的。",
            "Move at least one of them to another time, or change what they share.",
        ),
        tuple(dict.fromkeys(s.resource[0] for s in shared)),
        ids,
        first.need,
        first.limit,
    )
