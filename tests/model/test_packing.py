"""The most classes at once in a venue, by its layouts."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from scheduler.model.packing import most_classes
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
