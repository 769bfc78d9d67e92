"""Write a problem as a folder of CSV and TOML files."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from scheduler.formats.tables.declared.problem_tables import FOLDER_TABLES, TERM
from scheduler.formats.tables.encode import rows_of
from scheduler.formats.tables.files.atomic import write_directory
from scheduler.formats.tables.files.toml_writing import rules_toml, term_toml
from scheduler.formats.tables.settings import RULES_FILE
from scheduler.model.problem import Problem


def write_folder(problem: Problem, directory: Path) -> None:
    """Write all tables; empty optional ones are left out.

    Cells are exact, also those that begin with ``=``: a folder is data. What is
    meant for a spreadsheet is :func:`write_workbook`.

    Raises:
        FileExistsError: there is such a directory and it is not empty.
    """
    write_directory(directory, lambda folder: fill_folder(problem, folder))


def fill_folder(problem: Problem, folder: Path) -> None:
    """Write all tables into an existing folder; see :func:`write_folder`."""
    for table in FOLDER_TABLES:
        rows = rows_of(problem, table)
        if rows or table.required:
            names = [column.name for column in table.columns]
            (folder / table.file_name).write_bytes(csv_bytes([names, *rows]))
    (folder / TERM.file_name).write_bytes(term_toml(problem).encode())
    (folder / RULES_FILE).write_bytes(rules_toml(problem).encode())


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV: UTF-8 with the mark that Excel needs, LF, quotes where needed."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")
