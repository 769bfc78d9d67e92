"""Agreements that open a part of a venue; the park of ``tests.builders``, divided."""

from dataclasses import replace

import pytest

from scheduler.constraints.rules.places.agreements import (
    FitAgreementCaps,
    HonourAgreements,
)
from scheduler.model.venues import Layout, Zone
from scheduler.solver.pools import LayoutPools
from tests.builders import (
    LAYOUTS,
    ZONES,
    agreement,
    need,
    place,
    problem,
    timetable,
)

PARTS = (Zone("P1", "PARK", 1), Zone("P2", "PARK", 1))
PLACES = (
    *(x for x in LAYOUTS if x.layout_id != "LP"),
    Layout("LP1", "PARK", ("P1",), ("PE",), 1),
    Layout("LP2", "PARK", ("P2",), ("PE",), 1),
    Layout("LP12", "PARK", ("P1", "P2"), ("PE",), 1),
)


def park(*agreements):
    """R1 of C1 and R2 of C2, with these agreements for the divided park."""
    return problem(
        need("R1", "C1", "PE"),
        need("R2", "C2", "PE", teacher_ids=("T2",)),
        zones=(*ZONES, *PARTS),
        layouts=PLACES,
        agreements=agreements,
    )


@pytest.mark.parametrize(
    ("zones", "layout_id", "amount"),
    [
        ((), "LP12", 0),
        (("P1",), "LP1", 0),
        (("P1",), "LP2", 1),
        (("P1",), "LP12", 1),
        (("P1", "P2"), "LP12", 0),
    ],
)
def test_every_zone_of_the_layout_must_be_opened(zones, layout_id, amount):
    given = park(agreement(zones=zones))
    table = timetable(given, R1=place(1, 3, layout_id))
    rule = HonourAgreements()

    assert rule.amount(table) == amount
    assert sum(t.amount(table.meeting) for t in rule.primitives(given)) == amount


def test_sentence_says_what_is_open_then():
    table = timetable(park(agreement(zones=("P1",))), R1=place(1, 3, "LP2"))
    (breach,) = HonourAgreements().violations(table)

    assert (
        HonourAgreements()
        .explain(table.problem, breach)
        .zh.endswith("没有协议时段覆盖（此时只开放P1）。")
    )


def test_two_agreements_of_one_time_cap_their_own_zones():
    # One class each; together they would be two under one agreement.
    given = park(
        agreement(zones=("P1",), max_classes=1),
        replace(agreement(zones=("P2",), max_classes=1), agreement_id="XY2"),
    )
    table = timetable(
        given, R1=place(1, 3, "LP1"), R2=place(1, 3, "LP2", teachers=("T2",))
    )

    assert HonourAgreements().amount(table) == 0
    assert FitAgreementCaps().amount(table) == 0


def test_place_no_agreement_opens_is_no_choice():
    given = park(agreement(zones=("P1",)))

    names = given.allowed_layouts(given.requirement["R1"])
    assert "LP1" in names
    assert not {"LP2", "LP12"} & set(names)


def test_places_opened_by_different_agreements_are_told_apart():
    both = park(agreement(), replace(agreement(2), agreement_id="XY2"))
    parted = park(
        agreement(zones=("P1",)), replace(agreement(2, zones=("P2",)), agreement_id="B")
    )

    without_both = [
        [x for x in p.layouts if x.layout_id != "LP12"] for p in (both, parted)
    ]
    both, parted = (
        replace(p, layouts=tuple(kept))
        for p, kept in zip((both, parted), without_both, strict=True)
    )
    assert ("LP1", "LP2") in LayoutPools.of(both).members.values()
    assert ("LP1", "LP2") not in LayoutPools.of(parted).members.values()
