"""Sheets that people have broken are read without a fault of the program."""

import pytest

from scheduler.formats.spreadsheets.reading import read_grids_of_school
from scheduler.model.read_timetable import CellKind
from tests.formats.spreadsheets.corpus.grids import mutated_grids


@pytest.mark.parametrize("seeds", [range(k, k + 10) for k in range(0, 60, 10)])
def test_mutated_sheets_give_cells_of_the_contract(seeds):
    for seed in seeds:
        for cell in read_grids_of_school(mutated_grids(seed)).cells:
            assert cell.day is None or 1 <= cell.day <= 7
            assert cell.period is None or cell.period >= 1
            if cell.kind is CellKind.LESSON and cell.status.sure:
                assert cell.subject
                assert cell.class_name.printed
                assert cell.day
                assert cell.period
