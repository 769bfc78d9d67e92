"""Tables as people type them on a page: numbered rows, all judged at once.

A row keeps its number whatever happens to the others. A fault names the row as the
sheet shows it, the title row being the first; :meth:`Typed.place` says which it is.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from scheduler.formats.problem.reading import Judged, SettingsCheck, judge
from scheduler.formats.tables.cells import is_empty
from scheduler.formats.tables.declared.columns import columns_of
from scheduler.formats.tables.declared.problem_tables import TABLES, TERM
from scheduler.formats.tables.encode import rows_of, write_cell
from scheduler.formats.tables.files.toml_writing import entries_of, toml_literal
from scheduler.formats.tables.records import Located
from scheduler.formats.tables.schema import Table
from scheduler.formats.tables.settings import RULES_FILE, settings_of_rows
from scheduler.formats.tables.sheet import Faults, Line, Sheet
from scheduler.formats.tables.source import Source
from scheduler.model.errors import DataError
from scheduler.model.problem import Problem
from scheduler.model.settings import RuleSetting

Cells = Mapping[str, str]
"""Texts of a row's cells by column; a column left out is empty."""
Rows = Mapping[str, Mapping[int, Cells]]
"""By table and number of the row, in the order of the sheet."""
FIRST_ROW = 2
"""Number that a sheet shows at its first row; the titles are row 1."""

RULES = Table("rules", "规则", dict, ("rule", "key"), columns_of("rules"))
SHEETS = (*TABLES, RULES)
SHEET = {table.name: table for table in SHEETS}
_OF_SCHOOL = ("site_id", "owner")
"""Columns of venues that go without saying where none of them is filled in."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault stands; ``row`` and ``column`` are None where it is of no one."""

    table: str
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True)
class Typed:
    """Rows as typed, and what came of judging them."""

    judged: Judged
    rows: Rows

    @property
    def faulty(self) -> frozenset[str]:
        """Names of tables with a fault."""
        return frozenset(self.place(fault).table for fault in self.judged.errors)

    def place(self, fault: DataError) -> Place:
        """The row and the column of a fault."""
        name = fault.table or fault.file
        rows = self.rows.get(name, {})
        if name == RULES.name:
            return self._rule(fault, rows)
        number = None
        if name == TERM.name:
            number = next(iter(rows), None)
        elif fault.row is not None and 0 <= fault.row - FIRST_ROW < len(rows):
            number = list(rows)[fault.row - FIRST_ROW]
        column = (fault.column or "").rpartition(": ")[2]
        known = name in SHEET and column in SHEET[name].column
        return Place(name, number, column if known else None)

    def settled(self, table: str, numbers: Collection[int]) -> dict[int, list[Cells]]:
        """Rows in the words of the data contract; of one for several days, several.

        Rows with a fault are left out.
        """
        if table == RULES.name:
            return {n: [self.rows[table][n]] for n in numbers}
        found: dict[int, list[Cells]] = {}
        for number, record in self.numbered(table):
            if record.sound and number in numbers:
                found.setdefault(number, []).append(cells_of_record(table, record))
        return found

    def numbered(self, table: str) -> Iterator[tuple[int, Located]]:
        """Rows as they were read, with their numbers; faulty ones included."""
        order = list(self.rows.get(table, ()))
        for record in self.judged.records.get(table, ()):
            line = record.line.number
            yield order[0 if line is None else line - FIRST_ROW], record

    def _rule(self, fault: DataError, rows: Mapping[int, Cells]) -> Place:
        """The row of a setting: of its rule and key, else of its rule."""
        rule, _, key = (fault.column or "").partition(".")
        wanted = rule or fault.value or ""
        own = {n: x for n, x in rows.items() if x.get("rule", "").strip() == wanted}
        exact = (n for n, x in own.items() if x.get("key", "") in (key, fault.value))
        number = next(exact, next(iter(own), None))
        return Place(RULES.name, number, "value" if key else "rule")


def cells_of_record(table: str, record: Located) -> Cells:
    """A row in the words of the data contract, as far as it could be read."""
    found = {}
    for column in SHEET[table].columns:
        given = record.cells.get(column.name, "")
        if column.name in record.values:
            found[column.name] = write_cell(column, record.values[column.name])
        elif not is_empty(given):
            found[column.name] = given
    return found


def cells_of(problem: Problem, table: Table) -> list[Cells]:
    """A table's rows as texts by column, empty cells left out."""
    if table is RULES:
        return list(rule_rows(problem.rules))
    names = [column.name for column in table.columns]
    return [
        {name: cell for name, cell in zip(names, row, strict=True) if cell}
        for row in rows_of(problem, table)
    ]


def rows_at_start(problem: Problem) -> dict[str, dict[int, Cells]]:
    """All rows of a problem, numbered from 1 in each table."""
    return {t.name: dict(enumerate(cells_of(problem, t), start=1)) for t in SHEETS}


def judge_rows(rows: Rows, check_settings: SettingsCheck) -> Typed:
    """Hold rows against all checks, as tables of a file are."""
    faults = Faults()
    sheets = {t.name: sheet_of_rows(t, rows.get(t.name, {})) for t in TABLES}
    given = rows.get(RULES.name, {}).values()
    lines = [
        (n, tuple(row.get(c.name, "") for c in RULES.columns))
        for n, row in enumerate(given, FIRST_ROW)
    ]
    settings = settings_of_rows(RULES_FILE, lines, faults)
    faults.errors += check_settings(settings)
    faults.errors = [
        replace(x, sheet=RULES.title, table=RULES.name) for x in faults.errors
    ]
    source = Source(sheets, frozenset(), settings, workbook=" ")
    return Typed(judge(source, faults), rows)


def rule_rows(settings: Iterable[RuleSetting]) -> Iterator[Cells]:
    """Settings of rules as rows of rule, key and value."""
    for setting in settings:
        entries = entries_of(setting)
        for key, value in entries:
            yield {"rule": setting.name, "key": key, "value": toml_literal(value)}
        if not entries:
            yield {"rule": setting.name}


def sheet_of_rows(table: Table, rows: Mapping[int, Cells]) -> Sheet:
    """The rows as a sheet; what goes without saying is filled in row by row."""
    names = [column.name for column in table.columns]
    if table.name == "venues":
        filled = {name for row in rows.values() for name, x in row.items() if x}
        names = [x for x in names if x not in _OF_SCHOOL or filled & {*_OF_SCHOOL}]
        if "site_id" not in filled and "site_id" in names:
            names.remove("site_id")
    as_in = {c.name: c.as_in for c in table.columns if c.as_in}
    lines = []
    for number, row in enumerate(rows.values(), start=FIRST_ROW):
        cells = tuple(
            row.get(name) or row.get(as_in.get(name, ""), "") for name in names
        )
        lines.append(Line(None if table is TERM else number, cells))
    return Sheet(table.name, tuple(names), tuple(lines))
