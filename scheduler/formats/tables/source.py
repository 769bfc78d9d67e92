"""A problem as its raw tables, from a folder; of a workbook, see files/workbook.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scheduler.formats.tables.declared.problem_tables import (
    FOLDER_TABLES,
    REQUIREMENTS,
    TERM,
)
from scheduler.formats.tables.files.csv_files import read_rows
from scheduler.formats.tables.files.toml_files import read_toml, term_sheets
from scheduler.formats.tables.headers import sheet_of, whole_sheet
from scheduler.formats.tables.matrices.declared import MATRICES
from scheduler.formats.tables.schema import Table
from scheduler.formats.tables.settings import RULES_FILE, read_settings
from scheduler.formats.tables.sheet import Faults, Sheet
from scheduler.model.settings import RuleSetting


@dataclass(frozen=True, slots=True)
class Source:
    """Raw tables by name; ``broken`` are those that are there but unreadable.

    ``home`` is the folder they lie in, where files that cells name are looked for.
    ``matrices`` are tables of classes or grades by subjects, all their rows as lines.
    ``strays`` are names of sheets or CSV files that are none of the tables. ``folder``
    stands before the names of its files in messages, where there are several folders.
    """

    sheets: dict[str, Sheet]
    broken: frozenset[str]
    settings: tuple[RuleSetting, ...]
    workbook: str = ""
    home: Path | None = None
    matrices: Mapping[str, Sheet] = field(default_factory=dict)
    strays: tuple[str, ...] = ()
    folder: str = ""

    def label(self, table: Table) -> str:
        """How messages name a table's file or sheet."""
        if table.name in self.sheets:
            return self.sheets[table.name].file
        own = sheet_label(self.workbook, table.name) or table.file_name
        return self.folder + own


def sheet_label(workbook: str, sheet: str) -> str:
    """How messages name a sheet of a workbook; empty for a folder."""
    return f"{workbook} [{sheet}]" if workbook else ""


def read_folder(folder: Path, faults: Faults) -> Source:
    """All tables of a folder that are there."""
    sheets: dict[str, Sheet] = {}
    broken: set[str] = set()
    for table in FOLDER_TABLES:
        path = folder / table.file_name
        if path.is_file():
            rows = read_rows(path, faults, table)
            if rows is None:
                broken.add(table.name)
            else:
                sheets[table.name] = sheet_of(path.name, table, rows)
    matrices = _matrices(folder, broken, faults)
    term = folder / TERM.file_name
    if term.is_file():
        content = read_toml(term, faults)
        if content is None:
            broken.add(TERM.name)
        else:
            sheets |= term_sheets(term.name, content, faults)
    settings = _settings(folder / RULES_FILE, faults)
    return Source(
        sheets,
        frozenset(broken),
        settings,
        home=folder,
        matrices=matrices,
        strays=_strays(folder),
    )


def _strays(folder: Path) -> tuple[str, ...]:
    """CSV files that are none of the tables."""
    known = {table.file_name for table in (*FOLDER_TABLES, *MATRICES)}
    return tuple(sorted(p.name for p in folder.glob("*.csv") if p.name not in known))


def _matrices(folder: Path, broken: set[str], faults: Faults) -> dict[str, Sheet]:
    """The matrices with a row; without one of them the requirements are unknown."""
    found: dict[str, Sheet] = {}
    for matrix in MATRICES:
        path = folder / matrix.file_name
        rows = read_rows(path, faults) if path.is_file() else ()
        if rows is None:
            broken.add(REQUIREMENTS.name)
        elif sheet := whole_sheet(path.name, rows):
            found[matrix.name] = sheet
    return found


def _settings(path: Path, faults: Faults) -> tuple[RuleSetting, ...]:
    content = read_toml(path, faults) if path.is_file() else None
    return read_settings(path.name, content or {}, faults)
