"""Rows and blocks, zones and layouts, agreements, fixed lessons."""

import datetime as dt
from dataclasses import replace

import pytest

from scheduler.constraints.rules.keep_fixed import KeepFixed
from scheduler.constraints.rules.keep_to_bell import KeepToBell
from scheduler.constraints.rules.places.agreements import (
    FitAgreementCaps,
    HonourAgreements,
)
from scheduler.constraints.rules.places.capacities import (
    FitLayoutCapacity,
    FitZoneCapacity,
)
from scheduler.constraints.rules.places.prefer_layouts import PreferLayouts
from scheduler.constraints.rules.places.stagger_venue_load import StaggerVenueLoad
from scheduler.constraints.rules.places.use_allowed_layouts import UseAllowedLayouts
from scheduler.model.requirements import SlotKind
from scheduler.model.text import Text
from scheduler.model.times import Week
from scheduler.model.venues import Layout, Zone
from tests.builders import (
    CLASSES,
    agreement,
    bell,
    blocks,
    fixed,
    need,
    place,
    problem,
    timetable,
)

MORE = tuple(replace(CLASSES[0], class_id=f"E{k}", name=f"E{k}班") for k in range(4))


def sentences(rule, table):
    return [rule.explain(table.problem, v) for v in rule.violations(table)]


@pytest.mark.parametrize(
    ("period", "length", "amount"),
    [
        # Over a break row; 6 and 7 follow each other without one.
        (1, 2, 0),
        (5, 3, 0),
        # Across the big break, across lunch, beyond the end of the day.
        (2, 2, 1),
        (4, 2, 1),
        (6, 3, 1),
    ],
)
def test_block_crosses_nothing_but_break_rows(period, length, amount):
    given = problem(need("R1", "C1", "CN", str(length), blocks=blocks(str(length))))

    table = timetable(given, R1=place(1, period, length=length))

    assert KeepToBell().amount(table) == amount


@pytest.mark.parametrize(
    ("slots", "period", "amount"),
    [
        (SlotKind.LESSON, 1, 0),
        (SlotKind.LESSON, 14, 1),
        (SlotKind.LESSON, 20, 1),
        (SlotKind.ACTIVITY, 20, 0),
        (SlotKind.ACTIVITY, 12, 0),
        (SlotKind.ACTIVITY, 1, 1),
    ],
)
def test_lesson_takes_rows_of_its_kind(slots, period, amount):
    given = problem(need("R1", "C1", "RUN", slots=slots))

    assert KeepToBell().amount(timetable(given, R1=place(1, period))) == amount


def test_block_of_wrong_length_counts_each_period():
    given = problem(need("R1", "C1", "CN", "3", blocks=blocks("3")))
    table = timetable(given, R1=place(1, 1, length=1))

    assert KeepToBell().amount(table) == 2
    assert sentences(KeepToBell(), table) == [
        Text(
            "三(1)班语文应为3节连排，周一08:00–08:40只按1节排。",
            "Chinese of 三(1)班 (R1#1) is 3 periods long "
            "but has 1 on Monday 08:00–08:40.",
        )
    ]


@pytest.mark.parametrize(("period", "amount"), [(4, 0), (5, 0), (3, 1), (1, 1)])
def test_joint_lesson_needs_the_same_clock_times_in_both_bells(period, amount):
    """A4 and A5 are B3 and B4 by the clock; A3 and A1 ring in A only."""
    given = problem(need("R1", "C1;C3", "CN"))

    assert KeepToBell().amount(timetable(given, R1=place(1, period))) == amount


@pytest.mark.parametrize("between", ["lunch", "break"])
def test_joint_block_crosses_no_lunch_of_either_bell(between):
    rows = "1 lesson 08:00-08:40\n9 {} 08:40-08:50\n2 lesson 08:50-09:30"
    given = problem(
        need("R1", "C1;C3", "CN", "2", blocks=blocks("2")),
        bells=(bell("A", rows.format("break")), bell("B", rows.format(between))),
    )

    table = timetable(given, R1=place(1, 1, length=2))

    assert KeepToBell().amount(table) == int(between == "lunch")


def pe(*layouts, **tables):
    """PE of C1, C2, … at the same time on Monday, each on a layout."""
    names = ("C1", "C2", "C3")[: len(layouts)]
    given = problem(*(need(f"R{c}", c, "PE") for c in names), **tables)
    places = {
        f"R{c}": place(1, 3 if c != "C3" else 2, x)
        for c, x in zip(names, layouts, strict=True)
    }
    return timetable(given, **places)


def test_two_layouts_that_share_a_zone_exclude_each_other():
    # L12 and L1 meet in Z1 (1 class): one too many, 40 minutes, two weeks.
    table = pe("L12", "L1")

    assert FitZoneCapacity().amount(table) == 80
    assert FitLayoutCapacity().amount(table) == 0
    assert sentences(FitZoneCapacity(), table)[0] == Text(
        "田径场·Z1周一10:00–10:40（单周）有2个班，上限1：三(1)班体育与健康、三(2)班体育与健康。",
        "田径场·Z1 holds 2 classes on Monday 10:00–10:40 (odd weeks), at most 1 may: "
        "PE of 三(1)班 (RC1#1), PE of 三(2)班 (RC2#1).",
    )


def test_zone_for_two_classes_holds_pupils_up_to_its_cap():
    # Z2 holds 2 classes and 60 pupils; 40 + 30 are 10 too many for 80 minutes.
    assert FitZoneCapacity().amount(pe("L2", "L2")) == 800


def test_layout_for_one_class_holds_one():
    # L12 takes 1 class (80 minutes); Z1 too takes 1; Z2 has 10 pupils too many.
    assert FitLayoutCapacity().amount(pe("L12", "L12")) == 80
    assert FitZoneCapacity().amount(pe("L12", "L12")) == 80 + 800


def test_classes_taught_together_count_each_in_a_place():
    given = problem(need("R1", "C1;C2", "PE"))

    table = timetable(given, R1=place(1, 3, "L1"))

    # Two classes where one may be, in zone and on layout alike.
    assert FitZoneCapacity().amount(table) == 80
    assert FitLayoutCapacity().amount(table) == 80


def test_layout_that_is_not_open_to_the_subject_is_named():
    table = timetable(problem(need("R1", "C1", "MUS")), R1=place(1, 1, "L1"))

    assert UseAllowedLayouts().amount(table) == 1
    assert sentences(UseAllowedLayouts(), table) == [
        Text(
            "三(1)班音乐排在田径场(Z1)，但只能用：音乐教室。",
            "music of 三(1)班 (R1#1) is at 田径场(Z1) but may only use: 音乐教室.",
        )
    ]


@pytest.mark.parametrize(
    ("layouts", "chosen", "amount"),
    [((), "L1", 0), ((), "home", 1), (("L1",), "L2", 1), (("home",), "home", 0)],
)
def test_requirement_narrows_the_choice_of_layouts(layouts, chosen, amount):
    given = problem(need("R1", "C1", "PE", layouts=layouts))

    assert UseAllowedLayouts().amount(timetable(given, R1=place(1, 1, chosen))) == (
        amount
    )


def in_park(row, period=3, classes="C1", **more):
    given = problem(need("R1", classes, "PE"), agreements=(row,), **more)
    return timetable(given, R1=place(1, period, "LP"))


@pytest.mark.parametrize(
    ("changes", "amount"),
    [
        # The lesson is 10:00–10:40; windows are half-open and hold it exactly.
        ({"start": 600, "end": 640}, 0),
        ({"start": 601, "end": 640}, 1),
        ({"start": 600, "end": 639}, 1),
        ({"day": 2}, 1),
        ({"school_id": "S2"}, 1),
        # Mondays of the term are 7 September to 26 October 2026.
        ({"valid_from": dt.date(2026, 9, 7)}, 0),
        ({"valid_from": dt.date(2026, 9, 8)}, 1),
        ({"valid_to": dt.date(2026, 10, 26)}, 0),
        ({"valid_to": dt.date(2026, 10, 25)}, 1),
        ({"closed_dates": (dt.date(2026, 9, 14),)}, 0),
    ],
)
def test_lesson_lies_in_a_window_valid_all_term(changes, amount):
    assert HonourAgreements().amount(in_park(agreement(**changes))) == amount


def test_agreement_that_ends_early_is_told_with_its_dates():
    table = in_park(agreement(valid_to=dt.date(2026, 10, 1)))

    assert sentences(HonourAgreements(), table) == [
        Text(
            "三(1)班体育与健康周一10:00–10:40在社区公园，但协议XY1有效期为2026-09-01"
            "至2026-10-01，未覆盖学期内全部该星期日期。",
            "PE of 三(1)班 (R1#1) is at 社区公园 on Monday 10:00–10:40, but agreement "
            "XY1 runs from 2026-09-01 to 2026-10-01, not on every such weekday of the "
            "term.",
        )
    ]


def test_lesson_outside_every_window_is_told():
    table = in_park(agreement(), period=1)

    assert sentences(HonourAgreements(), table) == [
        Text(
            "三(1)班体育与健康周一08:00–08:40在社区公园，没有协议时段覆盖。",
            "PE of 三(1)班 (R1#1) is at 社区公园 on Monday 08:00–08:40, "
            "outside every agreement.",
        )
    ]


def test_own_venue_needs_no_agreement_but_another_schools_does():
    given = problem(need("R1", "C1", "PE"), need("R2", "D1", "PE"))
    table = timetable(given, R1=place(1, 1, "L1"), R2=place(1, 2, "L1"))

    assert [v.lesson_ids for v in HonourAgreements().violations(table)] == [("R2#1",)]


def test_joint_class_of_two_schools_counts_under_each_schools_agreement():
    given = problem(
        need("R1", "C1;D1", "PE"),
        agreements=(
            agreement(max_pupils=39),
            agreement(agreement_id="XY-S2", school_id="S2", max_pupils=35),
        ),
    )
    table = timetable(given, R1=place(1, 3, "LP"))

    assert HonourAgreements().amount(table) == 0
    # C1 has 40 pupils, one too many for S1; D1 has 35, as many as S2 may bring.
    assert FitAgreementCaps().amount(table) == 80
    assert sentences(FitAgreementCaps(), table)[0] == Text(
        "协议XY1周一10:00–10:40（单周）有40名学生，上限39："
        "三(1)班、西校三(1)班体育与健康。",
        "agreement XY1 holds 40 pupils on Monday 10:00–10:40 (odd weeks), at most 39 "
        "may: PE of 三(1)班、西校三(1)班 (R1#1).",
    )


def test_joint_class_where_one_school_has_no_agreement_breaks_one():
    table = in_park(agreement(), classes="C1;D1")

    assert [v.resource_ids[0] for v in HonourAgreements().violations(table)] == ["S2"]


def test_two_schools_in_one_venue_are_capped_each_by_its_own():
    given = problem(
        need("R1", "C1", "PE"),
        need("R2", "C2", "PE"),
        need("R3", "D1", "PE"),
        agreements=(
            agreement(max_classes=1),
            agreement(agreement_id="XY-S2", school_id="S2", max_classes=1),
        ),
    )
    park = {f"R{k}": place(1, 3, "LP") for k in (1, 2, 3)}

    # S1 brings two classes where one may come; S2 brings its one.
    assert FitAgreementCaps().amount(timetable(given, **park)) == 80


@pytest.mark.parametrize(
    ("changes", "placement", "amount"),
    [
        ({}, place(2, 3, "L1", Week.ODD), 0),
        ({}, place(2, 4, "L1"), 1),
        ({}, place(3, 3, "L1"), 1),
        ({"week": Week.EVEN}, place(2, 3, "L1", Week.ODD), 1),
        ({"layout_id": "L1"}, place(2, 3, "L1"), 0),
        ({"layout_id": "L1"}, place(2, 3, "L2"), 1),
    ],
)
def test_fixed_lesson_stays_and_leaves_open_what_is_not_given(
    changes, placement, amount
):
    given = problem(need("R1", "C1", "PE"), fixed=(fixed("R1", 2, 3, **changes),))

    assert KeepFixed().amount(timetable(given, R1=placement)) == amount


def test_moved_fixed_lesson_is_told_with_both_times():
    rows = (fixed("R1", 2, 3, week=Week.ODD, layout_id="L1"),)
    table = timetable(problem(need("R1", "C1", "PE"), fixed=rows), R1=place(1, 1, "L1"))

    assert sentences(KeepFixed(), table) == [
        Text(
            "三(1)班体育与健康固定在周二第3节（单周）、田径场(Z1)，现排在周一08:00–08:40。",
            "PE of 三(1)班 (R1#1) is fixed on Tuesday period 3 (odd weeks) at "
            "田径场(Z1) but is on Monday 08:00–08:40.",
        )
    ]


def test_staggered_load_costs_pairs_of_classes_at_each_start():
    # Two at 10:00: 1 pair, two weeks.
    assert StaggerVenueLoad().amount(pe("L1", "L2")) == 2


def test_classes_that_come_together_cost_nothing_by_themselves():
    # No timetable sets C1 and C2 apart, so they are one beside others.
    alone = problem(need("R1", "C1;C2", "PE"))
    needs = need("R1", "C1;C2", "PE"), need("R2", "E0;E1", "PE")
    waves = problem(*needs, classes=(*CLASSES, *MORE))
    table = timetable(waves, R1=place(1, 3, "L2"), R2=place(1, 3, "L1"))

    assert StaggerVenueLoad().amount(timetable(alone, R1=place(1, 3, "L2"))) == 0
    assert StaggerVenueLoad().amount(table) == 2
    assert sentences(StaggerVenueLoad(), table)[0] == Text(
        "田径场周一（单周）10:00有2批共4个班同时使用。",
        "田径场 holds 4 classes in 2 groups at once on Monday (odd weeks) at 10:00.",
    )


def test_staggered_load_costs_all_pairs_and_beyond_capacity_the_last_step():
    needs = (need(f"R{k}", f"E{k}", "PE") for k in range(4))
    given = problem(*needs, need("R4", "C1", "PE"), classes=(*CLASSES, *MORE))
    rows = {f"R{k}": place(1, 3, "L1") for k in range(5)}

    # The field holds 3 classes, so the table is 0 0 1 3 6, then 9, two weeks each.
    for n, cost in ((2, 1), (3, 3), (4, 6), (5, 9)):
        some = dict(list(rows.items())[:n])
        assert StaggerVenueLoad().amount(timetable(given, **some)) == 2 * cost


def test_preferred_layouts_cost_their_number_in_each_week():
    given = problem(need("R1", "C1", "PE"))

    costs = [
        PreferLayouts().cost(timetable(given, R1=place(1, 1, layout, week)))
        for layout, week in (("L1", Week.EVERY), ("L2", Week.ODD), ("L12", Week.EVERY))
    ]

    # 0 × 2, 1 × 1, 2 × 2
    assert costs == [0, 1, 4]


def test_zone_counts_lessons_however_many_classes_each_has():
    given = problem(
        need("R1", "C1;C2", "PE"),
        need("R2", "C3", "PE", teacher_ids=("T2",)),
        zones=(Zone("Z1", "FIELD", 9, None, 1), Zone("Z2", "FIELD", 2)),
        layouts=(Layout("L1", "FIELD", ("Z1",), ("PE",), 9),),
    )
    # 10:00–10:40 and, by the other bell, 10:50–11:30: apart; 10:50 twice: 40 minutes.
    apart = timetable(
        given, R1=place(1, 3, "L1"), R2=place(1, 3, "L1", teachers=("T2",))
    )
    together = timetable(
        given, R1=place(1, 4, "L1"), R2=place(1, 3, "L1", teachers=("T2",))
    )
    rule = FitZoneCapacity()

    assert (rule.amount(apart), rule.amount(together)) == (0, 2 * 40)
    sentence = rule.explain(given, next(iter(rule.violations(together))))
    assert "有2节课，上限1" in sentence.zh
    assert "holds 2 lessons" in sentence.en
