"""Random rows of limits.csv and relations.csv for the problems of tests/strategies."""

from dataclasses import replace
from typing import TypeVar

from hypothesis import strategies as st

from scheduler.model.limits import Limit, LimitKind, LimitOn
from scheduler.model.problem import Problem
from scheduler.model.relations import Relation, RelationKind, Slot
from scheduler.model.requirements import HOME
from scheduler.model.resources import Level

T = TypeVar("T")
TAGS = ("a", "b")
SMALL = st.sampled_from((0, 0, 1, 2, 3))


@st.composite
def limits(draw: st.DrawFn, problem: Problem, kind: LimitKind, level: Level) -> Limit:
    """A row of this kind for some or all teachers or classes."""
    on = draw(st.sampled_from(LimitOn))
    everybody = {
        LimitOn.TEACHER: problem.teacher,
        LimitOn.CLASS: problem.class_group,
        LimitOn.GROUP: problem.teachers_of_group or ("体育组",),
    }[on]
    ids = draw(st.lists(st.sampled_from(sorted(everybody)), max_size=2, unique=True))
    start, end = draw(st.sampled_from(((480, 530), (570, 640), (700, 860))))
    return Limit(
        *(kind.value, kind, on, draw(SMALL), tuple(ids)),
        *((start, end) if kind.needs_clock else (None, None)),
        draw(st.sampled_from(((), (), ("a",), TAGS))),
        level,
        draw(st.integers(1, 3)),
    )


@st.composite
def tagged(draw: st.DrawFn, problem: Problem) -> Problem:
    """The problem with tags on its requirements; now and then nobody teaches one."""
    found = []
    for requirement in problem.requirements:
        tags = draw(st.sampled_from(((), ("a",), ("b",), TAGS)))
        people = {}
        if not draw(st.integers(0, 5)):
            people = {"teacher_ids": (), "teacher_pool": (), "no_teacher": True}
        found.append(replace(requirement, tags=tags, **people))
    return replace(problem, requirements=tuple(found))


@st.composite
def relations(
    draw: st.DrawFn, problem: Problem, kind: RelationKind, level: Level
) -> Relation | None:
    """A row of this kind; None where the problem has too few lessons for it."""
    if kind.needs_subjects:
        taught = sorted({r.subject_id for r in problem.requirements})
        if len(taught) < 2:
            return None
        return Relation(
            *(kind.value, kind),
            level=level,
            weight=draw(st.integers(1, 3)),
            subjects=tuple(draw(st.permutations(taught))[:2]),
            classes=draw(st.sampled_from(((), (), tuple(problem.class_group)[:1]))),
        )
    ids = [x.lesson_id for x in problem.lessons]
    if kind.sizes and len(ids) < min(kind.sizes):
        return None
    sizes = [n for n in kind.sizes or (1, 2, 4, 8) if n <= len(ids)]
    some = draw(st.permutations(ids))[: draw(st.sampled_from(sizes))]
    if not kind.sizes and draw(st.booleans()):
        some = [x.partition("#")[0] for x in some]
    layouts = [HOME, *(x.layout_id for x in problem.layouts)]
    return Relation(
        *(kind.value, kind, tuple(dict.fromkeys(some))),
        draw(SMALL) if kind.needs_value else None,
        _some(draw, _slots(problem)) if kind.needs_slots else (),
        _some(draw, layouts) if kind.needs_layouts else (),
        level,
        draw(st.integers(1, 3)),
    )


def _slots(problem: Problem) -> list[Slot]:
    return sorted({(p.day, p.number) for bell in problem.bells for p in bell.periods})


def _some(draw: st.DrawFn, values: list[T]) -> tuple[T, ...]:
    found = st.lists(st.sampled_from(values), min_size=2, max_size=8, unique=True)
    return tuple(draw(found))


@st.composite
def with_rows(draw: st.DrawFn, problem: Problem) -> Problem:
    """The problem with up to two limits and three relations of any kind."""
    given = draw(tagged(problem))
    levels = st.sampled_from(Level)
    found = []
    for number in range(draw(st.integers(0, 2))):
        row = draw(limits(given, draw(st.sampled_from(LimitKind)), draw(levels)))
        found.append(replace(row, limit_id=f"X{number}"))
    related = []
    for number in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(RelationKind))
        if (row := draw(relations(given, kind, draw(levels)))) is not None:
            related.append(replace(row, relation_id=f"G{number}"))
    return replace(given, limits=tuple(found), relations=tuple(related))
