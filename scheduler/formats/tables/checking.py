"""Check a problem that was not read from tables, as if it had been."""

from scheduler.formats.tables.encode import rows_of
from scheduler.formats.tables.problem_tables import TABLES, TERM, TERM_TABLES
from scheduler.formats.tables.reading import problem_of
from scheduler.formats.tables.schema import Table
from scheduler.formats.tables.sheet import Faults, Line, Sheet
from scheduler.formats.tables.source import Source
from scheduler.model.errors import DataError
from scheduler.model.problem import Problem


def check_problem(problem: Problem) -> tuple[DataError, ...]:
    """Warnings of a problem; rows are numbered as in the folder it would make.

    Raises:
        InputError: it has faults; all of them, in the order of the tables.
    """
    sheets = {table.name: _sheet(problem, table) for table in TABLES}
    source = Source(sheets, frozenset(), problem.rules)
    return problem_of(source, Faults()).warnings


def _sheet(problem: Problem, table: Table) -> Sheet:
    titles = tuple(column.name for column in table.columns)
    rows = map(tuple, rows_of(problem, table))
    if table not in TERM_TABLES:
        lines = tuple(Line(number, cells) for number, cells in enumerate(rows, 2))
        return Sheet(table.file_name, titles, lines)
    name = "" if table is TERM else table.name
    parts = (
        Line(None, cells, f"{name} {number}: " if name else "")
        for number, cells in enumerate(rows, 1)
    )
    return Sheet(table.file_name, titles, tuple(parts))
