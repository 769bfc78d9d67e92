"""Mutated workbooks end in a problem or in sentences; `make bench` tries 5,000."""

from tests.formats.mutated_workbooks import outcomes, workbook_of
from tests.formats.primary_school import EXAMPLE
from tests.thorough import times


def test_no_mutated_workbook_ends_in_anything_but_sentences(tmp_path):
    counts = outcomes(workbook_of(EXAMPLE, tmp_path), range(times(35)), tmp_path)

    assert counts["read"] >= 3
    assert counts["refused"] >= 10
