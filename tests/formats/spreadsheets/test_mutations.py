"""Sheets that people have broken are read without a fault of the program."""

from random import Random

import pytest

from scheduler.model.read_timetable import CellKind
from tests.formats.spreadsheets.corpus.grids import grid_of, mutated_grids
from tests.formats.spreadsheets.corpus.known import make_school
from tests.formats.spreadsheets.corpus.layouts import LAYOUTS
from tests.formats.spreadsheets.corpus.mutations import STRUCTURAL
from tests.formats.spreadsheets.corpus.score import score
from tests.formats.spreadsheets.corpus.spelling import make_spelling
from tests.formats.spreadsheets.sheets import read_all
from tests.thorough import times


@pytest.mark.parametrize("seeds", [range(k, k + 10) for k in range(0, 60, 10)])
def test_mutated_sheets_give_cells_of_the_contract(seeds):
    for seed in seeds:
        for cell in read_all(mutated_grids(seed)).cells:
            assert cell.day is None or 1 <= cell.day <= 7
            assert cell.period is None or cell.period >= 1
            if cell.kind is CellKind.LESSON and cell.status.sure:
                assert cell.subject
                assert cell.class_name.printed
                assert cell.day
                assert cell.period


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_left_after_a_lost_row_or_label_is_never_wrong_in_silence(layout):
    for mutation in STRUCTURAL:
        for seed in range(times(3)):
            rng = Random(f"{layout}/{mutation.__name__}/{seed}")
            school = make_school(rng)
            pages, _ = LAYOUTS[layout](rng, school, make_spelling(rng), False)
            for page in rng.sample(pages, min(2, len(pages))):
                mutation(rng, page)
            read = read_all([grid_of(page) for page in pages])
            result = score(school, read, False)
            assert result.wrong == 0, (mutation.__name__, seed, result.examples)
