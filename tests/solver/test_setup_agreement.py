"""Set-up between layouts: definition, terms, exact model and kernel say the same.

Four lessons of two classes on one morning and one field, so that most timetables have
a pair that is too close: in random weeks that hardly ever happens.
"""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scheduler.constraints.rules.places.allow_setup import AllowSetup
from scheduler.model.resources import Level
from tests.builders import LAYOUTS, ZONES, need, place, problem, timetable
from tests.solver.test_agreement import examples, said_by_model
from tests.solver.test_kernel import kernel_of, placed

FIELD = ("L1", "L2", "L12")
MINUTES = st.sampled_from((0, 10, 11, 60, 100))


@st.composite
def mornings(draw):
    """Four PE lessons on Monday on L1, L2 or both halves; any may need set-up."""
    needs = (
        need(f"R{k}", name, "PE", teacher_ids=(f"T{1 + k % 3}",), layouts=FIELD)
        for k, name in enumerate(("C1", "C2", "C1", "C2"), start=1)
    )
    layouts = tuple(replace(x, setup_minutes=draw(MINUTES)) for x in LAYOUTS)
    zones = tuple(replace(z, max_classes=4, max_pupils=None) for z in ZONES)
    given_problem = problem(*needs, layouts=layouts, zones=zones)
    places = {
        f"R{k}": place(
            1,
            draw(st.integers(1, 4)),
            draw(st.sampled_from(FIELD)),
            teachers=(f"T{1 + k % 3}",),
        )
        for k in range(1, 5)
    }
    return timetable(given_problem, **places)


@examples(15)
@given(mornings())
def test_definition_terms_model_and_kernel_agree(table):
    rule = AllowSetup()
    amount = rule.amount(table)
    soft, hard = AllowSetup(Level.SOFT, 1), AllowSetup(Level.HARD, 1)

    assert (
        sum(t.amount(table.meeting) for t in rule.primitives(table.problem)) == amount
    )
    assert said_by_model(table, soft) == amount
    assert (said_by_model(table, hard) is not None) == (amount == 0)
    assert placed(kernel_of(table, soft), table).cost == (0, amount)
    assert placed(kernel_of(table, hard), table).cost == (amount, 0)


def test_such_mornings_do_have_pairs_that_are_too_close():
    layouts = tuple(replace(x, setup_minutes=11) for x in LAYOUTS)
    table = timetable(
        problem(need("R1", "C1", "PE"), need("R2", "C2", "PE"), layouts=layouts),
        R1=place(1, 1, "L1"),
        R2=place(1, 2, "L12"),
    )

    # Ten minutes between periods 1 and 2, in both weeks.
    assert AllowSetup().amount(table) == 2
