"""Read replacements.csv by itself, without the tables it belongs to."""

from pathlib import Path

from scheduler.formats.tables.declared.problem_tables import REPLACEMENTS
from scheduler.formats.tables.files.csv_files import read_rows
from scheduler.formats.tables.headers import sheet_of
from scheduler.formats.tables.records import Located, read_records
from scheduler.formats.tables.references import check_keys
from scheduler.formats.tables.sheet import Faults
from scheduler.model.closures import Replacement
from scheduler.model.errors import InputError


def read_replacements(path: Path) -> tuple[Replacement, ...]:
    """Rows of a file; whether its lessons and places exist is for others to say.

    Raises:
        InputError: it cannot be read; all its faults.
    """
    faults = Faults()
    rows = read_rows(path, faults, REPLACEMENTS)
    records: tuple[Located, ...] = ()
    if rows is not None:
        sheet = sheet_of(path.name, REPLACEMENTS, rows)
        records = read_records(REPLACEMENTS, sheet, faults) or ()
        check_keys({REPLACEMENTS.name: records}, faults)
    if faults.errors:
        raise InputError(faults.errors)
    return tuple(record.item for record in records)
