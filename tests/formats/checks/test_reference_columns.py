"""A mistyped id is an error with its cell, in whatever column of whatever table."""

import pytest

from scheduler.formats.tables.declared.problem_tables import FOLDER_TABLES
from tests.formats.primary_school import EXAMPLE, Folder

COLUMNS = [
    (table.name, column.name, column.many)
    for table in FOLDER_TABLES
    if (EXAMPLE / table.file_name).is_file()
    for column in table.columns
    if column.refers or column.refers_by
]


@pytest.mark.parametrize(("table", "column", "many"), COLUMNS)
def test_an_id_that_no_table_has_is_named_with_its_cell(table, column, many, tmp_path):
    folder = Folder(tmp_path)
    folder.put(table, 2, column, "T99;Q7" if many else "T99")

    place = f"{table} row 2, {column}: "
    told = [line for line in folder.errors() if line.startswith(place)]
    assert any('"T99"' in line for line in told)
    assert not many or any('"Q7"' in line for line in told)
