"""Timetables that people have broken are audited without a fault of the program."""

import pytest

from scheduler.audit.inputs.from_reading import schools_read
from scheduler.audit.running.audit import audit
from scheduler.formats.auditing.findings_file import COLUMNS, finding_rows
from tests.audit.clean_school import PROFILE
from tests.formats.spreadsheets.corpus.grids import mutated_grids
from tests.formats.spreadsheets.sheets import read_all


@pytest.mark.parametrize("seeds", [range(k, k + 10) for k in range(0, 40, 10)])
def test_findings_of_mutated_sheets_are_rows_of_the_contract(seeds):
    for seed in seeds:
        schools = schools_read(read_all(mutated_grids(seed)))
        result = audit([s for s in schools if s.classes], PROFILE)
        for row in finding_rows(result):
            assert tuple(row) == COLUMNS
            assert row["message_zh"] or row["status"] == "not_applicable"
