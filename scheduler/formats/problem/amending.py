"""Amendments of a problem: rows of its tables put in, changed or taken out."""

from dataclasses import dataclass

from scheduler.formats.problem.typed import SHEET, SHEETS, Cells, cells_of
from scheduler.formats.tables.schema import Table
from scheduler.model.errors import DataError, InputError
from scheduler.model.problem import Problem
from scheduler.model.text import Text


@dataclass(frozen=True, slots=True)
class Amendment:
    """A row put in, changed or taken out: one of ``before`` and ``after`` may be None.

    A row is found by the columns of its table's key in ``before``.
    """

    table: str
    before: Cells | None
    after: Cells | None


def table_named(name: str) -> Table:
    """A table of the contract.

    Raises:
        InputError: there is none of this name.
    """
    if name not in SHEET:
        names = "、".join(SHEET)
        what = Text("没有这张表", "there is no such table")
        advice = Text(f"有：{names}。", f"Maybe one of {', '.join(SHEET)}?")
        raise InputError([DataError(name, what, advice)])
    return SHEET[name]


def key_of(table: Table, cells: Cells) -> tuple[str, ...]:
    """What tells a row from the others of its table."""
    return tuple(cells.get(name, "") for name in table.key)


def differences(before: Problem, after: Problem) -> tuple[Amendment, ...]:
    """The rows that make one problem of another, settings of rules included."""
    found = []
    for table in SHEETS:
        old, new = cells_of(before, table), cells_of(after, table)
        left = {key_of(table, row): row for row in old if row not in new}
        for row in (x for x in new if x not in old):
            known = left.pop(key_of(table, row), None) if table.key else None
            found.append(Amendment(table.name, known, row))
        found += [Amendment(table.name, row, None) for row in left.values()]
    return tuple(found)


def gone(table: Table, cells: Cells) -> DataError:
    """The fault of an amendment to a row that is not there."""
    what = Text("表中没有这一行", "there is no such row")
    advice = Text("是否已被改过或删去？", "Maybe it was changed or taken out?")
    return _fault(table, cells, what, advice)


def there_already(table: Table, cells: Cells) -> DataError:
    """The fault of a new row whose key is taken."""
    what = Text("表中已有这一行", "there is such a row already")
    return _fault(table, cells, what, Text("请改用另一个编号。", "Maybe another id?"))


def _fault(table: Table, cells: Cells, what: Text, advice: Text) -> DataError:
    key = "、".join(key_of(table, cells))
    return DataError(table.file_name, what, advice, value=key, sheet=table.title)
