"""Grades that share a place: definition, terms, exact model and kernel say the same.

Four lessons of classes two grades apart on one morning and one field, so that most
timetables have a pair that should not be there at once.
"""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scheduler.constraints.rules.places.keep_grades_together import KeepGradesTogether
from scheduler.model.resources import Level
from tests.builders import CLASSES, LAYOUTS, ZONES, need, place, problem, timetable
from tests.solver.test_agreement import examples, said_by_model
from tests.solver.test_kernel import kernel_of, placed

FIELD = ("L1", "L2", "L12")
APART = st.sampled_from((None, 0, 1, 2))


@st.composite
def mornings(draw):
    """Four PE lessons of grades 3 and 5 on Monday on L1, L2 or both halves."""
    needs = (
        need(f"R{k}", name, "PE", teacher_ids=(f"T{1 + k % 3}",), layouts=FIELD)
        for k, name in enumerate(("C1", "C2", "C1", "C2"), start=1)
    )
    given_problem = problem(
        *needs,
        classes=tuple(
            replace(c, grade=5 if c.class_id == "C2" else 3) for c in CLASSES
        ),
        layouts=tuple(replace(x, max_grades_apart=draw(APART)) for x in LAYOUTS),
        zones=tuple(
            replace(z, max_classes=4, max_pupils=None, max_grades_apart=draw(APART))
            for z in ZONES
        ),
    )
    places = {
        f"R{k}": place(
            1,
            draw(st.integers(1, 2)),
            draw(st.sampled_from(FIELD)),
            teachers=(f"T{1 + k % 3}",),
        )
        for k in range(1, 5)
    }
    return timetable(given_problem, **places)


@examples(40)
@given(mornings())
def test_definition_terms_model_and_kernel_agree(table):
    rule = KeepGradesTogether()
    amount = rule.amount(table)
    soft, hard = (KeepGradesTogether(level, 1) for level in (Level.SOFT, Level.HARD))

    assert (
        sum(t.amount(table.meeting) for t in rule.primitives(table.problem)) == amount
    )
    assert said_by_model(table, soft) == amount
    assert (said_by_model(table, hard) is not None) == (amount == 0)
    assert placed(kernel_of(table, soft), table).cost == (0, amount)
    assert placed(kernel_of(table, hard), table).cost == (amount, 0)
