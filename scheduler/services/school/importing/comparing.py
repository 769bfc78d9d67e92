"""What an import changes in a draft: rows new, changed or gone, table by table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduler.formats.problem.amending import key_of
from scheduler.formats.problem.offered import Offered, normal
from scheduler.formats.problem.typed import SHEETS, Cells, Rows
from scheduler.formats.tables.declared.problem_tables import TERM
from scheduler.formats.tables.schema import Table
from scheduler.model.meeting import Placement
from scheduler.model.problem import Problem
from scheduler.model.timetable import Timetable
from scheduler.services.school.drafts.desk import Desk
from scheduler.services.school.drafts.placing import stands
from scheduler.services.school.drafts.tables import Edit


@dataclass(frozen=True, slots=True)
class Changed:
    """A row that is there and in the files, with other cells."""

    number: int
    before: Cells
    after: Cells


@dataclass(frozen=True, slots=True)
class TableChanges:
    """What becomes of a table; ``gone`` are rows that the files do not have."""

    table: Table
    new: tuple[Cells, ...]
    changed: tuple[Changed, ...]
    gone: Mapping[int, Cells]
    same: int

    @property
    def empty(self) -> bool:
        """Whether nothing becomes of it."""
        return not (self.new or self.changed or self.gone)


@dataclass(frozen=True, slots=True)
class Lessons:
    """What becomes of lessons: how many keep their place, lose it, or are new."""

    kept: int
    lost: tuple[str, ...]
    new: int


def changes_of(rows: Rows, given: Offered) -> list[TableChanges]:
    """What becomes of each table that the files have."""
    return [
        _changes(table, rows.get(table.name, {}), given)
        for table in SHEETS
        if table.name in given.rows
    ]


def edits_of(changes: Iterable[TableChanges], without_gone: bool) -> list[Edit]:
    """The edits that make it so; rows that are gone stay unless it is said."""
    found = []
    for one in changes:
        name = one.table.name
        found += [Edit(name, x.number, x.after) for x in one.changed]
        found += [Edit(name, None, cells) for cells in one.new]
        if without_gone:
            found += [Edit(name, number, None) for number in one.gone]
    return found


def lessons_after(desk: Desk, problem: Problem | None) -> Lessons | None:
    """What becomes of lessons in a problem; None where the tables make none."""
    if problem is None:
        return None
    placed = desk.timetable.placements
    kept = {x for x, where in placed.items() if stands(problem, x, where)}
    new = [x for x in problem.lesson if x not in desk.problem.lesson]
    return Lessons(len(kept), tuple(x for x in placed if x not in kept), len(new))


def fitting(desk: Desk, found: Mapping[str, Placement]) -> Timetable:
    """Of other placements those that stand in the draft's problem."""
    problem = desk.problem
    ours = {x: where for x, where in found.items() if stands(problem, x, where)}
    return Timetable(problem, ours)


def _changes(table: Table, rows: Mapping[int, Cells], offer: Offered) -> TableChanges:
    """Rows are matched by their key, those without one by all they say."""
    by_key: dict[tuple[str, ...], list[int]] = {}
    for number, row in rows.items():
        by_key.setdefault(_key(table, row), []).append(number)
    new, changed, same = [], [], 0
    columns = offer.columns[table.name]
    for cells in offer.rows[table.name]:
        own = by_key.get(_key(table, cells), [])
        if not own:
            new.append(cells)
            continue
        number = own.pop(0)
        before = rows[number]
        after = {x: text for x, text in before.items() if x not in columns}
        after |= {x: text for x, text in cells.items() if x in columns}
        if normal(table, before) == normal(table, after):
            same += 1
        else:
            changed.append(Changed(number, before, after))
    left = sorted(n for numbers in by_key.values() for n in numbers)
    gone = {n: rows[n] for n in left if table.name not in offer.added}
    return TableChanges(table, tuple(new), tuple(changed), gone, same)


def _key(table: Table, row: Cells) -> tuple[str, ...]:
    if table is TERM:
        return ()
    if table.key:
        return key_of(table, row)
    return tuple(f"{name}={text}" for name, text in sorted(normal(table, row).items()))
