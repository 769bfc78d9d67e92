"""Rows of a draft's tables that were changed, and the problem that comes of them."""

from collections.abc import Iterable

from scheduler.formats.problem.amending import (
    Amendment,
    Cells,
    amended,
    key_of,
    table_named,
)
from scheduler.model.problem import Problem
from scheduler.services.school.drafts.operations import (
    Cell,
    Change,
    Part,
    Row,
    Value,
    row_cell,
)


class ChangedRows:
    """The rows that differ from those a draft began with.

    Parameters:
        start: The problem as it was then.
    """

    def __init__(self, start: Problem) -> None:
        self.problem = start
        self._start = start
        self._first: dict[Cell, Value] = {}
        self._now: dict[Cell, Value] = {}
        self._tried: tuple[list[Amendment], Problem] = ([], start)

    def tried(self, changes: Iterable[Change]) -> Problem:
        """The problem with some more changes, which are not made.

        Raises:
            InputError: the tables would have faults then.
        """
        first, now = dict(self._first), dict(self._now)
        _note(first, now, changes)
        amendments = [
            Amendment(cell.table, _cells(first[cell]), _cells(after))
            for cell, after in now.items()
            if first[cell] != after
        ]
        # Reading the tables takes long, and what was tried is mostly made next.
        if amendments != self._tried[0]:
            problem = amended(self._start, amendments).problem
            self._tried = amendments, problem
        return self._tried[1]

    def make(self, changes: Iterable[Change]) -> None:
        """Make changes; those of other things than rows are passed over.

        Raises:
            InputError: the tables have faults with them.
        """
        made = tuple(changes)
        self.problem = self.tried(made)
        _note(self._first, self._now, made)


def row_changes(amendment: Amendment) -> list[Change]:
    """One change, or two where the row's key changes."""
    table = table_named(amendment.table)
    before, after = amendment.before, amendment.after
    rows: dict[tuple[str, ...], dict[bool, Row]] = {}
    for row, is_after in ((before, False), (after, True)):
        if row is not None:
            filled = tuple(sorted((k, v) for k, v in row.items() if v))
            rows.setdefault(key_of(table, row), {})[is_after] = filled
    return [
        Change(row_cell(table.name, key), pair.get(False), pair.get(True))
        for key, pair in rows.items()
    ]


def _note(
    first: dict[Cell, Value], now: dict[Cell, Value], changes: Iterable[Change]
) -> None:
    for change in changes:
        if change.cell.part is Part.ROW:
            first.setdefault(change.cell, change.before)
            now[change.cell] = change.after


def _cells(value: Value) -> Cells | None:
    return dict(value) if isinstance(value, tuple) else None
