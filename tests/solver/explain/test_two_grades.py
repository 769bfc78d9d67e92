"""Two grades in one room (复式教学): a teacher gives two subjects at a time.

The lesson that the teacher gives has the teacher; the other grade's, which goes on
beside it, has none, and a row of relations.csv ties the two.
"""

from dataclasses import replace

import pytest

from scheduler.audit.taught import taught_in
from scheduler.constraints.rules.relations.rules import KeepRelations
from scheduler.model.relations import Relation, RelationKind
from scheduler.model.timetable import Timetable
from scheduler.solver.explain.explaining import explain
from scheduler.solver.explain.sentences.explanation import Verdict
from tests.builders import need, place, problem, timetable
from tests.cases import case

PAIRS = (("CN1", "MA2"), ("MA1", "CN2"))


def two_grades(pairs=PAIRS):
    """The case, with the second grade's lessons beside the first's."""
    given = case("two-grades-one-room")
    beside = {name for _, name in PAIRS}
    return replace(
        given,
        requirements=tuple(
            replace(r, teacher_ids=(), no_teacher=True)
            if r.requirement_id in beside
            else r
            for r in given.requirements
        ),
        relations=tuple(
            Relation(f"F{k}", RelationKind.SAME_START, pair)
            for k, pair in enumerate(pairs)
        ),
    )


def test_four_lessons_of_one_teacher_do_not_fit_into_two_periods_one_by_one():
    assert explain(case("two-grades-one-room"), 20.0).verdict is Verdict.INFEASIBLE


def test_two_grades_have_different_subjects_at_one_time():
    given = two_grades()
    assert explain(given, 20.0).verdict is Verdict.FEASIBLE
    for class_id in ("G1", "G2"):
        hours = taught_in(Timetable(given, {}), class_id)
        assert {s: x.planned.lessons for s, x in hours.items()} == {"CN": 1, "MA": 1}


@pytest.mark.parametrize(("period", "broken"), [(1, 0), (2, 2)])
def test_the_grades_are_held_together(period, broken):
    given = problem(
        need("R1", "C1", "CN"),
        need("R2", "C2", "MUS", teacher_ids=(), no_teacher=True),
        relations=(Relation("F", RelationKind.SAME_START, ("R1", "R2")),),
    )
    table = timetable(given, R1=place(1, 1), R2=place(1, period, teachers=()))
    assert KeepRelations().amount(table) == broken
