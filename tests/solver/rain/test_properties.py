"""Any slot: within its rows, never worse than all assignments tried, fair."""

from itertools import pairwise, product

import highspy
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scheduler.model.requirements import HOME
from scheduler.model.times import Week
from scheduler.solver.exact.handing_over import new_highs
from scheduler.solver.rain.choice import Row, SlotChoice, without_implied
from scheduler.solver.rain.planning import Rotation, _ranks, rain_plan
from tests.builders import agreement, need, place, timetable
from tests.solver.rain.builders import (
    FAR_AWAY,
    IN_CENTRE,
    IN_GYM,
    IN_HALL,
    hard_cost,
    on_field,
    pe,
    problem,
    wet,
)

TURNS = 6


@st.composite
def choices(draw):
    """Up to five lessons, up to three places, random rows."""
    count = draw(st.integers(1, 5))
    places = ("P0", "P1", "P2")
    layouts = tuple(
        tuple(p for p in places if draw(st.integers(0, 3))) for _ in range(count)
    )
    cost = {p: draw(st.integers(0, 4)) for p in places}
    classes = tuple(draw(st.sampled_from((1, 1, 1, 2))) for _ in range(count))
    sizes = tuple(draw(st.sampled_from((40, 40, 45))) * n for n in classes)
    rows = []
    for p in places:
        users = [(u, x.index(p)) for u, x in enumerate(layouts) if p in x]
        cap, pupils = draw(st.integers(1, 2)), draw(st.integers(40, 100))
        rows.append(Row(tuple((x, classes[x[0]]) for x in users), cap))
        rows.append(Row(tuple((x, sizes[x[0]]) for x in users), pupils))
    picks = [(u, k) for u, x in enumerate(layouts) for k in range(len(x))]
    if len(picks) > 1 and draw(st.booleans()):
        a, b = draw(st.lists(st.sampled_from(picks), min_size=2, max_size=2))
        rows.append(Row(tuple((x, 1) for x in sorted({a, b})), 1))
    told = without_implied(row for row in rows if row.uses)
    return SlotChoice(
        1,
        Week.EVERY,
        480,
        520,
        tuple(f"R{u}#1" for u in range(count)),
        classes,
        layouts,
        tuple(tuple(cost[p] for p in x) for x in layouts),
        tuple(told),
    ), tuple(row for row in rows if row.uses)


def assignments(choice):
    """Every assignment that keeps the rows, as picks."""
    options = [(None, *range(len(x))) for x in choice.layouts]
    for combination in product(*options):
        picks = tuple((u, p) for u, p in enumerate(combination) if p is not None)
        if choice.allows(picks):
            yield picks


def value(choice, picks, ranks):
    """Classes indoors, then low ranks, then low costs; more is better."""
    return (
        sum(choice.classes[u] for u, _ in picks),
        -sum(ranks[u] for u, _ in picks),
        -sum(choice.costs[u][p] for u, p in picks),
    )


def test_a_turn_is_proven_whatever_number_of_threads_highs_had_before():
    model = highspy.HighsLp()
    model.num_col_ = model.a_matrix_.num_col_ = 1
    model.col_cost_, model.col_lower_, model.col_upper_ = [1.0], [0.0], [1.0]
    other = new_highs()
    other.setOptionValue("output_flag", False)
    highspy.Highs.resetGlobalScheduler(True)
    other.setOptionValue("threads", 2)
    other.passModel(model)
    other.run()

    rotation = Rotation(UNEVEN, TURNS)
    rotation.take_turn([0, 0, 0, 0, 0])
    assert rotation.turns[-1].proven


@settings(max_examples=60, deadline=None)
@given(choices(), st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_no_assignment_is_better_than_any_turn(made, elsewhere):
    choice, rows = made
    rotation = Rotation(choice, TURNS)
    for _ in range(TURNS):
        ranks = _ranks(rotation.served, elsewhere[: len(choice.classes)])
        picks = rotation.take_turn(elsewhere[: len(choice.classes)])
        best = max(value(choice, x, ranks) for x in assignments(choice))

        assert all(row.holds(picks) for row in rows)
        assert value(choice, picks, ranks) == best
        assert rotation.turns[-1].proven


UNEVEN = SlotChoice(
    1,
    Week.EVERY,
    480,
    520,
    ("R0#1", "R1#1", "R2#1", "R3#1", "R4#1"),
    (2, 1, 1, 1, 1),
    (("P2",), ("P0", "P1"), ("P1", "P2"), ("P0", "P1", "P2"), ("P1", "P2")),
    ((3,), (3, 4), (4, 3), (3, 4, 3), (4, 3)),
    (
        Row((((1, 0), 1), ((3, 0), 1)), 1),
        Row((((1, 1), 1), ((2, 0), 1), ((3, 1), 1), ((4, 0), 1)), 1),
        Row((((0, 0), 2), ((2, 1), 1), ((3, 2), 1), ((4, 1), 1)), 1),
        Row((((0, 0), 80), ((2, 1), 40), ((3, 2), 40), ((4, 1), 40)), 40),
    ),
)
"""The sixth turn is the first again, where lessons 2 and 4 are not level."""
PAIR_OF_THREE = SlotChoice(
    1,
    Week.EVERY,
    480,
    520,
    ("R0#1", "R1#1", "R2#1"),
    (1, 1, 1),
    (("P0",),) * 3,
    ((0,),) * 3,
    (Row((((0, 0), 1), ((1, 0), 1), ((2, 0), 1)), 1),),
)
"""Three lessons one after the other; the fourth turn is the first again."""


@settings(max_examples=60, deadline=None)
@given(choices(), st.lists(st.integers(0, 3), min_size=5, max_size=5), st.just(TURNS))
@example((UNEVEN, ()), [0, 0, 1, 1, 0], TURNS)
@example((UNEVEN, ()), [0, 0, 1, 1, 0], 8)
@example((PAIR_OF_THREE, ()), [0, 0, 0, 0, 0], 4)
@example((PAIR_OF_THREE, ()), [0, 1, 2, 0, 0], 5)
def test_lessons_that_are_alike_are_at_most_one_turn_apart(made, elsewhere, dates):
    """On every bad day of the term; for ever where the turns end before its dates."""
    choice, _ = made
    rotation = Rotation(choice, dates)
    while not rotation.complete:
        rotation.take_turn(elsewhere[: len(choice.classes)])
    slot = rotation.slot()
    for bad_days in range(1, 4 * dates if len(slot.turns) < dates else dates + 1):
        counts = slot.turns_indoors(bad_days)
        for group in slot.alike:
            of_group = [counts[u] for u in group]
            assert max(of_group) - min(of_group) <= 1


@settings(max_examples=60, deadline=None)
@given(choices())
def test_alike_lessons_may_be_exchanged_in_every_assignment(made):
    choice, _ = made
    for group in choice.alike:
        for a, b in pairwise(group):
            names = {a: b, b: a}
            for picks in assignments(choice):
                assert choice.allows(tuple((names.get(u, u), p) for u, p in picks))


@st.composite
def mornings(draw):
    """Three classes on a Monday morning: PE outdoors, Chinese or PE in the gym."""
    hall = wet(IN_HALL) if draw(st.booleans()) else IN_HALL
    layouts = (IN_GYM, hall, FAR_AWAY, IN_CENTRE)
    kinds = {c: [draw(st.integers(0, 2)) for _ in range(4)] for c in ("C1", "C2", "D1")}
    requirements, placed = [], {}
    for k, (class_id, kind) in enumerate(kinds.items(), start=1):
        teacher = f"T{k}"
        for period, what in enumerate(kind, start=1):
            name = f"R{k}{period}"
            if what == 0:
                requirements.append(need(name, class_id, "CN", teacher_ids=(teacher,)))
                placed[name] = place(1, period, teachers=(teacher,))
            else:
                field = draw(st.sampled_from(("L1", "LF", "LG")))
                requirements.append(pe(name, class_id, teacher))
                placed[name] = on_field(field, period, teacher)
    minutes = draw(st.sampled_from((5, 10, 15)))
    caps = draw(st.integers(1, 2))
    given_ = problem(
        *requirements,
        layouts=layouts,
        agreements=(
            agreement(venue_id="CENTRE", walk_minutes=minutes, max_classes=caps),
        ),
    )
    return timetable(given_, **placed)


@settings(max_examples=25, deadline=None)
@given(mornings())
def test_first_turns_have_as_many_classes_indoors_as_the_rules_allow(table):
    """All slots of a morning together against all assignments, judged by the rules."""
    plan = rain_plan(table)
    found = {
        lesson_id: layout_id
        for slot in plan.slots
        for lesson_id, layout_id in zip(
            slot.lesson_ids, slot.turn(1).layout_ids, strict=True
        )
    }
    home = hard_cost(table, dict.fromkeys(found, HOME))
    assert hard_cost(table, found) <= home
    # All of them would be too many to try: any three, the others at home.
    tried = list(found)[:3]
    options = (HOME, "LG", "LFG", "LC", *(("LH",) if _hall_is_wet(table) else ()))
    others = dict.fromkeys(found, HOME)
    best = 0
    for places in product(options, repeat=len(tried)):
        indoors = sum(x != HOME for x in places)
        if indoors > best:
            moved = others | dict(zip(tried, places, strict=True))
            best = indoors if hard_cost(table, moved) <= home else best
    active = sum(x != HOME for x in found.values())
    assert active >= best
    assert active == best or len(found) > len(tried)


def _hall_is_wet(table):
    return any(x.wet for x in table.problem.layouts)
