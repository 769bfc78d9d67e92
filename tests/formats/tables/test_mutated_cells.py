"""Single-cell faults end in a problem or in sentences; `make bench` tries 5,000."""

import shutil

from tests.formats.mutated_cells import outcomes
from tests.formats.primary_school import EXAMPLE
from tests.thorough import times


def test_no_single_cell_ends_in_anything_but_sentences(tmp_path):
    folder = tmp_path / "school"
    shutil.copytree(EXAMPLE, folder)

    counts = outcomes(folder, range(times(60)))

    assert counts["read"] >= 10
    assert counts["refused"] >= 20
