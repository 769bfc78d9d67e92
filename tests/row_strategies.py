"""Random rows of limits.csv and relations.csv for the problems of tests/strategies."""

from dataclasses import replace

from hypothesis import strategies as st

from scheduler.model.limits import Limit, LimitKind, LimitOn
from scheduler.model.problem import Problem
from scheduler.model.resources import Level

TAGS = ("a", "b")


@st.composite
def limits(draw: st.DrawFn, problem: Problem, kind: LimitKind, level: Level) -> Limit:
    """A row of this kind for some or all teachers or classes."""
    on = draw(st.sampled_from(LimitOn))
    everybody = problem.teacher if on is LimitOn.TEACHER else problem.class_group
    ids = draw(st.lists(st.sampled_from(sorted(everybody)), max_size=2, unique=True))
    start, end = draw(st.sampled_from(((480, 530), (570, 640), (700, 860))))
    return Limit(
        *(kind.value, kind, on, draw(st.integers(0, 3)), tuple(ids)),
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
