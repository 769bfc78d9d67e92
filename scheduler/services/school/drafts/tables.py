"""Tables of a draft: rows in force, and rows as typed that are not in force yet.

What is typed goes into force as soon as the tables it stands in have no fault; until
then the problem stays what it was. A row keeps its number as long as the draft lasts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scheduler.constraints.catalogue import check_settings
from scheduler.formats.problem.amending import (
    Amendment,
    gone,
    key_of,
    table_named,
    there_already,
)
from scheduler.formats.problem.typed import (
    SHEETS,
    Cells,
    Typed,
    judge_rows,
    rows_at_start,
)
from scheduler.model.errors import InputError
from scheduler.model.problem import Problem
from scheduler.services.school.drafts.history import History
from scheduler.services.school.drafts.operations import (
    Cell,
    Change,
    Part,
    Row,
    row_cell,
    typed_cell,
)

Grid = dict[str, dict[int, Cells]]
Overlay = Mapping[tuple[str, int], Row | None]


@dataclass(frozen=True, slots=True)
class Edit:
    """A row typed, or taken out where ``cells`` is None; a new one has no number."""

    table: str
    row: int | None
    cells: Cells | None


@dataclass(frozen=True, slots=True)
class Settled:
    """What edits come to.

    ``problem`` is None where nothing new is in force; ``typed`` are all rows as typed,
    with the faults of those that are held back.
    """

    changes: tuple[Change, ...]
    problem: Problem | None
    typed: Typed


@dataclass
class Tables:
    """The rows of a draft, after the operations of its history."""

    start: Problem
    history: History
    _start: Grid = field(default_factory=dict)
    _judged: tuple[int, Typed] | None = None
    _made: list[tuple[Overlay, Problem]] = field(default_factory=list)
    _tried: Typed | None = None

    def problem(self, changes: Iterable[Change] = ()) -> Problem:
        """The problem of the rows in force, after some more changes.

        Raises:
            InputError: they make none.
        """
        rows = self._apart(self._changed(Part.ROW) | _rows_of(changes))
        if not rows:
            return self.start
        # Reading the tables takes long, and what was settled is mostly made next.
        found = next((x for known, x in self._made if known == rows), None)
        if found is None:
            typed = judge_rows(_overlaid(self._at_start(), rows), check_settings)
            found = _sound(typed)
        return self._remembered(rows, found)

    def in_force(self) -> Grid:
        """All rows that the problem is made of."""
        return _overlaid(self._at_start(), self._changed(Part.ROW))

    def shown(self) -> Grid:
        """All rows as people see them, those that are not in force yet included."""
        return _overlaid(self.in_force(), self.pending())

    def pending(self) -> dict[tuple[str, int], Row]:
        """Rows as typed that are not in force; an empty one is to be taken out."""
        found = self._changed(Part.TYPED)
        return {key: row for key, row in found.items() if row is not None}

    def judged(self) -> Typed:
        """All rows as people see them, and their faults."""
        if self._judged is None or self._judged[0] != self.history.last:
            rows, found = self.shown(), self._tried
            if found is None or found.rows != rows:
                found = judge_rows(rows, check_settings)
            self._judged = self.history.last, found
        return self._judged[1]

    def cells(self, edits: Iterable[Edit]) -> list[Cell]:
        """What the edits of rows that are there touch."""
        rows = {(x.table, x.row) for x in edits if x.row is not None}
        return [f(*row) for row in rows for f in (row_cell, typed_cell)]

    def tried(self, edits: Iterable[Edit]) -> Typed:
        """The faults there would be after some edits."""
        typed = {**self.pending(), **self._numbered(edits)}
        return judge_rows(_overlaid(self.in_force(), typed), check_settings)

    def settle(self, edits: Iterable[Edit]) -> Settled:
        """Put edits in force, with what was held back before, as far as that goes.

        A table with a fault is held back as a whole, and so is one that has a fault
        without it.
        """
        force = self.in_force()
        typed: dict[tuple[str, int], Row] = {**self.pending(), **self._numbered(edits)}
        first = judged = judge_rows(_overlaid(force, typed), check_settings)
        self._tried = first
        held: set[str] = set()
        while judged.judged.problem is None:
            rest = {table for table, _ in typed} - held
            held |= judged.faulty & rest or rest
            free = {key: row for key, row in typed.items() if key[0] not in held}
            if not free:
                break
            judged = judge_rows(_overlaid(force, free), check_settings)
        free = {key: row for key, row in typed.items() if key[0] not in held}
        changes = [*self._accepted(force, free, judged), *self._held(typed, held)]
        told = tuple(x for x in changes if x.before != x.after)
        moved = any(x.cell.part is Part.ROW for x in told)
        problem = judged.judged.problem if moved else None
        return self._kept(Settled(told, problem, first))

    def amend(self, amendment: Amendment) -> Settled:
        """Change a row that is found by its key; all of it is in force, or nothing.

        Raises:
            InputError: a row is gone or there already, or there would be faults.
        """
        number = self._found(amendment)
        edit = Edit(amendment.table, number, amendment.after)
        force, (key, row) = self.in_force(), next(iter(self._numbered([edit]).items()))
        judged = judge_rows(_overlaid(force, {key: row}), check_settings)
        problem = _sound(judged)
        changes = list(self._accepted(force, {key: row}, judged))
        typed = self.pending().get(key)
        if typed and amendment.after is not None:  # what is typed beside it stays so
            before = amendment.before or {}
            new = {k: x for k, x in amendment.after.items() if before.get(k) != x}
            changes = [x for x in changes if x.cell.part is Part.ROW]
            changes.append(Change(typed_cell(*key), typed, _row(dict(typed) | new)))
        return self._kept(Settled(tuple(changes), problem, judged))

    def _kept(self, settled: Settled) -> Settled:
        """The same, its problem remembered for when the changes are made."""
        if settled.problem is not None:
            rows = self._changed(Part.ROW) | _rows_of(settled.changes)
            self._remembered(self._apart(rows), settled.problem)
        return settled

    def _apart(self, rows: Overlay) -> Overlay:
        """Rows that are other than at the start."""
        found = {}
        for (table, number), row in rows.items():
            first = self._at_start().get(table, {}).get(number)
            if (row or None) != (first and _row(first)):
                found[table, number] = row
        return found

    def _remembered(self, rows: Overlay, problem: Problem) -> Problem:
        """The problem, kept with the one before, which undo makes again."""
        others = [x for x in self._made if x[1] is not problem]
        self._made = [*others[-1:], (rows, problem)]
        return problem

    def _accepted(
        self, force: Grid, rows: Mapping[tuple[str, int], Row], judged: Typed
    ) -> Iterable[Change]:
        """Changes that put rows in force, in the words of the data contract."""
        by_table: dict[str, list[int]] = defaultdict(list)
        for table, number in rows:
            by_table[table].append(number)
        pending = self.pending()
        for table, numbers in by_table.items():
            settled = judged.settled(table, set(numbers))
            more = max(self._next(table), max(numbers) + 1)
            for number in numbers:
                own, *others = settled.get(number) or [None]
                before = force[table].get(number)
                cell = row_cell(table, number)
                yield Change(cell, before and _row(before), own and _row(own))
                yield Change(
                    typed_cell(table, number), pending.get((table, number)), None
                )
                for cells in others:
                    yield Change(row_cell(table, more), None, _row(cells))
                    more += 1

    def _held(
        self, typed: Mapping[tuple[str, int], Row], held: set[str]
    ) -> Iterable[Change]:
        pending = self.pending()
        for (table, number), row in typed.items():
            if table in held:
                cell = typed_cell(table, number)
                yield Change(cell, pending.get((table, number)), row)

    def _numbered(self, edits: Iterable[Edit]) -> dict[tuple[str, int], Row]:
        """Edits by row; new rows with numbers after all that the table ever had."""
        found: dict[tuple[str, int], Row] = {}
        more: dict[str, int] = {}
        for edit in edits:
            number = edit.row
            if number is None:
                number = more.get(edit.table, self._next(edit.table))
                more[edit.table] = number + 1
            found[edit.table, number] = _row(edit.cells or {})
        return found

    def _next(self, table: str) -> int:
        touched = (c for part in (Part.ROW, Part.TYPED) for c in self._changed(part))
        numbers = [number for name, number in touched if name == table]
        return max([*self._at_start().get(table, ()), *numbers], default=0) + 1

    def _found(self, amendment: Amendment) -> int | None:
        """The number of the row that an amendment is about."""
        table, before = table_named(amendment.table), amendment.before
        rows = self.in_force()[table.name]
        wanted = before if before is not None else amendment.after or {}
        same = [
            n for n, row in rows.items() if key_of(table, row) == key_of(table, wanted)
        ]
        exact = [n for n in same if before is not None and rows[n] == dict(before)]
        number = next(iter(exact or same), None)
        if before is not None and number is None:
            raise InputError([gone(table, before)])
        if before is None and number is not None and table.key:
            raise InputError([there_already(table, wanted)])
        return number if before is not None else None

    def _at_start(self) -> Grid:
        if not self._start:
            self._start = rows_at_start(self.start)
        return self._start

    def _changed(self, part: Part) -> dict[tuple[str, int], Row | None]:
        found = self.history.changed(part)
        return {
            (cell.table, int(cell.key)): row if isinstance(row, tuple) else None
            for cell, row in found.items()
        }


def _rows_of(changes: Iterable[Change]) -> dict[tuple[str, int], Row | None]:
    return {
        (x.cell.table, int(x.cell.key)): x.after if isinstance(x.after, tuple) else None
        for x in changes
        if x.cell.part is Part.ROW
    }


def _sound(typed: Typed) -> Problem:
    if typed.judged.problem is None:
        raise InputError(typed.judged.errors)
    return typed.judged.problem


def _overlaid(rows: Mapping[str, Mapping[int, Cells]], over: Overlay) -> Grid:
    """The rows with some others instead; those that are empty then are left out."""
    found: Grid = {t.name: dict(rows.get(t.name, {})) for t in SHEETS}
    touched = {table for table, _ in over}
    for (table, number), row in over.items():
        found[table][number] = dict(row or ())
    for table in touched:
        found[table] = {n: row for n, row in sorted(found[table].items()) if row}
    return found


def _row(cells: Cells) -> Row:
    return tuple(sorted((k, v) for k, v in cells.items() if v and not v.isspace()))
