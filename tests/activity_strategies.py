"""Hypothesis strategies: activities of the schools of tests.strategies."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from scheduler.model.activities import Activity, ActivityKind, Waves
from scheduler.model.expansion import with_activities
from scheduler.model.problem import Problem
from tests.strategies import problems, some_of


@st.composite
def activity_rows(draw: st.DrawFn, problem: Problem, name: str) -> Activity:
    """A row of activities.csv for some of the problem's classes."""
    kind = draw(st.sampled_from(ActivityKind))
    per_week = draw(st.sampled_from(("1/2", "1", "2", "3/2")))
    class_ids = some_of([c.class_id for c in problem.classes], least=1)
    tokens = st.sampled_from((("school:S1",), ("grade:3",)))
    return Activity(
        name,
        name,
        kind,
        draw(st.one_of(class_ids, class_ids, tokens)),
        Fraction(per_week),
        pupils=draw(st.sampled_from((None, 12))),
        subject_id=draw(st.sampled_from(("", "RUN", "PE"))),
        teacher_ids=draw(some_of([t.teacher_id for t in problem.teachers])),
        waves=draw(st.sampled_from(Waves)),
        pe=draw(st.sampled_from((None, True, False))),
    )


@st.composite
def problems_with_activities(draw: st.DrawFn) -> Problem:
    """A small problem with up to two activities."""
    given = draw(problems(most=2, longest=3))
    rows = [
        draw(activity_rows(given, name))
        for name in ("HD1", "HD2")[: draw(st.integers(1, 2))]
    ]
    return with_activities(replace(given, activities=tuple(rows)))
