"""The corpus of known timetables is read right, and never wrong in silence."""

import pytest

from tests.formats.spreadsheets.corpus.layouts import LAYOUTS
from tests.formats.spreadsheets.corpus.score import Score, read_and_score

ENDINGS = (".xlsx", ".xls", ".html", ".csv", ".xlsx", ".txt")
SEEDS = range(11)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_files_of_a_layout_are_read_right_or_in_doubt(tmp_path, layout):
    total = Score()
    for seed in SEEDS:
        ending = ENDINGS[seed % len(ENDINGS)]
        total.add(read_and_score(tmp_path, seed, layout, ending))

    assert total.wrong == 0, total.examples[:20]
    assert total.right >= 0.995 * total.lessons, total.examples[:20]
    assert total.teachers >= 0.99 * total.shown, total.examples[:20]
