"""Clock time and bells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.model.times import (
    SlotKind,
    format_clock,
    overlap,
    parse_clock,
    stretches,
)
from tests.builders import A_DAY, bell

minutes = st.integers(0, 1440)


@given(minutes, minutes, minutes, minutes)
def test_overlap_is_symmetric_and_is_a_common_minute(a, b, c, d):
    common = set(range(a, b)) & set(range(c, d))

    assert overlap(a, b, c, d) == overlap(c, d, a, b)
    if a < b and c < d:
        assert overlap(a, b, c, d) == bool(common)


@given(minutes)
def test_clock_reads_back_what_it_writes(minute):
    assert parse_clock(format_clock(minute)) == minute


@pytest.mark.parametrize("text", ["8", "8:5", "24:01", "12:60", "noon", ""])
def test_text_that_is_no_time_of_day_is_refused(text):
    with pytest.raises(ValueError, match="is not a time"):
        parse_clock(text)


@pytest.mark.parametrize(
    ("number", "length", "numbers"),
    [
        (1, 2, [1, 2]),
        (5, 3, [5, 6, 7]),
        (2, 2, None),
        (4, 2, None),
        (7, 2, None),
        (11, 1, None),
        (99, 1, None),
    ],
)
def test_block_takes_rows_with_nothing_but_breaks_between(number, length, numbers):
    rows = bell("A", A_DAY).block(1, number, length, SlotKind.LESSON.rows)

    assert (rows and [row.number for row in rows]) == numbers


@given(st.lists(st.tuples(minutes, minutes).filter(lambda x: x[0] < x[1]), max_size=5))
def test_in_a_stretch_nothing_begins_or_ends(spans):
    found = list(stretches(spans))

    for start, end in found:
        assert all(
            (a <= start and end <= b) or end <= a or b <= start for a, b in spans
        )
    covered = {m for a, b in found for m in range(a, b)}
    assert covered >= {m for a, b in spans for m in range(a, b)}
