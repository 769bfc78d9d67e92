"""The most classes at once in a venue, by its layouts."""

from dataclasses import replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from scheduler.model.packing import most_classes, most_pupils
from scheduler.model.venues import Layout


def layout(name, zones, classes=1):
    return Layout(name, "V", tuple(zones), ("PE",), classes)


def test_field_of_five_zones_holds_three_classes_where_four_zones_go_in_pairs():
    field = (
        *(layout("N", "AC"), layout("S", "BD"), layout("P", "CD"), layout("T", "AB")),
        *(layout("K", "K"), layout("RING", "ABCD")),
    )
    assert most_classes(field, dict.fromkeys("ABCDK", 1)) == 3
    assert most_classes(field, dict.fromkeys("ABC", 1)) == 1
    assert most_classes(field, dict.fromkeys("AK", 1)) == 1
    assert most_classes(field, {}) == 0


def test_layout_and_zone_bound_classes_that_share_them():
    square = (layout("ALL", "A", 12),)
    assert most_classes(square, {"A": 8}) == 8
    assert most_classes(square, {"A": 20}) == 12


def capped(name, zones, pupils, classes=1):
    return replace(layout(name, zones, classes), max_pupils=pupils)


def test_field_holds_the_pupils_of_layouts_that_may_be_used_together():
    # Halves of two zones, or the ring of all four, which holds fewer.
    field = (capped("N", "AB", 60), capped("S", "CD", 50), capped("RING", "ABCD", 80))
    ones, free = dict.fromkeys("ABCD", 1), dict.fromkeys("ABCD")
    assert most_pupils(field, ones, free) == 110
    # Zone C holds 30, so the southern half does.
    assert most_pupils(field, ones, {**free, "C": 30}) == 90
    # Zone B is closed: the southern half is left.
    assert most_pupils(field, {"A": 1, "C": 1, "D": 1}, free) == 50
    assert most_pupils(field, {}, {}) == 0


def test_where_a_layout_has_no_cap_there_is_none():
    halves = (capped("N", "A", 60), layout("S", "B"))
    assert most_pupils(halves, {"A": 1, "B": 1}, {"A": None, "B": None}) is None
    assert most_pupils(halves, {"A": 1, "B": 1}, {"A": None, "B": 45}) == 105


def test_two_layouts_of_one_zone_share_its_pupils():
    hall = (capped("X", "A", 50, 1), capped("Y", "A", 50, 1))
    assert most_pupils(hall, {"A": 2}, {"A": 80}) == 80
    assert most_pupils(hall, {"A": 2}, {"A": 120}) == 100
    assert most_pupils(hall, {"A": 1}, {"A": 120}) == 50


LAYOUTS = st.lists(
    st.builds(
        layout,
        st.just("L"),
        st.sets(st.sampled_from("ABC"), min_size=1).map(sorted),
        st.integers(1, 2),
    ),
    max_size=4,
)


@given(LAYOUTS, st.dictionaries(st.sampled_from("ABC"), st.integers(1, 3)))
def test_no_way_to_share_the_zones_holds_more(layouts, caps):
    def fits(counts):
        pairs = list(zip(counts, layouts, strict=True))
        inside = all(set(x.zones) <= set(caps) for n, x in pairs if n)
        taken = {z: sum(n for n, x in pairs if z in x.zones) for z in caps}
        return inside and all(taken[z] <= caps[z] for z in caps)

    ways = product(*(range(x.max_classes + 1) for x in layouts))
    most = max(sum(counts) for counts in ways if fits(counts))
    assert most_classes(tuple(layouts), caps) == most


def test_hall_of_forty_courts_is_counted_court_by_court():
    courts = tuple(capped(f"L{k}", [f"Z{k}"], 20) for k in range(40))
    caps = {f"Z{k}": 1 for k in range(40)}
    assert most_classes(courts, caps) == 40
    assert most_pupils(courts, caps, dict.fromkeys(caps)) == 800
