"""Mutated workbooks and cells of the data contract; how many were read, refused."""

import shutil
import tempfile
from pathlib import Path
from time import process_time

from scheduler.model.shipped import data_folder
from tests.benchmarks.measure import Table
from tests.formats import mutated_cells
from tests.formats.mutated_workbooks import outcomes, workbook_of
from tests.formats.primary_school import EXAMPLE

WORKBOOKS = CELLS = 5_000


def table() -> None:
    """One row; a mutation that ends in a crash ends the table with its seed."""
    rows = Table("Mutated workbooks", "workbooks | read | refused | CPU s")
    with tempfile.TemporaryDirectory() as scratch:
        book = workbook_of(EXAMPLE, Path(scratch))
        began = process_time()
        counts = outcomes(book, range(WORKBOOKS), Path(scratch))
        spent = process_time() - began
    rows.row(WORKBOOKS, counts["read"], counts["refused"], spent)
    rows.end()
    _cells()


def _cells() -> None:
    rows = Table("Single-cell faults", "school | cells | read | refused | CPU s")
    for school in (EXAMPLE, data_folder() / "demo-school"):
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "school"
            shutil.copytree(school, folder)
            began = process_time()
            counts = mutated_cells.outcomes(folder, range(CELLS))
            spent = process_time() - began
        rows.row(school.name, CELLS, counts["read"], counts["refused"], spent)
    rows.end()
