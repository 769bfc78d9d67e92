"""The office of every statement: named in it, and checked before it runs.

A table whose rows belong to an office has a column ``office``. A statement on it must
say in so many words which office it means, and mean the one its connection was opened
for; else it does not run. Nothing is added to it silently.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Delete,
    FromClause,
    Insert,
    Select,
    Table,
    TextClause,
    Update,
)
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import BinaryExpression, BooleanClauseList
from sqlalchemy.sql.operators import and_, eq
from sqlalchemy.sql.selectable import Alias, Join

OFFICE = "office"
ACROSS = "across_offices"
EVERY = "*"
"""Stands for all tables among those a connection may read across offices."""


class OfficeUnnamed(Exception):
    """A statement does not name its office, or names another one."""


def office_of(connection: Connection) -> str:
    """The office whose rows a connection may touch.

    Raises:
        OfficeUnnamed: it was opened for none.
    """
    office = connection.get_execution_options().get(OFFICE)
    if office is None:
        raise OfficeUnnamed("the connection was opened for no office")
    return str(office)


def here(connection: Connection, table: Table) -> ColumnElement[bool]:
    """The condition that rows of a table are of the connection's office."""
    return table.c.office == office_of(connection)


class OfficeCheck:
    """What listens to an engine and refuses statements without their office."""

    def __init__(self) -> None:
        # By compiled statement, which SQLAlchemy keeps for all of the same form.
        self._known: WeakKeyDictionary[Any, tuple[_Use, ...]] = WeakKeyDictionary()

    def __call__(
        self,
        connection: Connection,
        cursor: Any,
        statement: str,
        parameters: Any,
        context: Any,
        executemany: bool,
    ) -> None:
        """Check one statement with its values.

        Raises:
            OfficeUnnamed: it may not run.
        """
        compiled = getattr(context, "compiled", None)
        if compiled is None or context.isddl:
            return  # BEGIN, PRAGMA and the like; tables being made
        uses = self._known.get(compiled)
        if uses is None:
            uses = self._known[compiled] = tuple(_uses(compiled))
        if not uses:
            return
        options = connection.get_execution_options()
        across: Collection[str] = options.get(ACROSS, ())
        office = options.get(OFFICE)
        for use in uses:
            if use.table in across or EVERY in across:
                continue
            if office is None or not use.names(office, context.compiled_parameters):
                raise OfficeUnnamed(f"{use.table}, office {office}: {statement}")


class _Use:
    """A table in a statement, and the names of the values that its office equals."""

    def __init__(self, table: str, values: Iterable[str]) -> None:
        self.table, self._values = table, tuple(values)

    def names(self, office: str, rows: list[dict[str, Any]]) -> bool:
        given = [row.get(name) for name in self._values for row in rows]
        return bool(given) and all(value == office for value in given)


def _uses(compiled: Any) -> Iterator[_Use]:
    statement = compiled.statement
    if isinstance(statement, TextClause):
        # What a text touches is not known, so it needs the door to all of them.
        yield _Use(EVERY, ())
        return
    for part in dict.fromkeys(visitors.iterate(statement)):
        if isinstance(part, Insert):
            if _is_of_office(part.table):
                yield _Use(part.table.name, (OFFICE,))
        elif isinstance(part, Update | Delete):
            yield from _uses_of((part.table,), part.whereclause, compiled.bind_names)
        elif isinstance(part, Select):
            froms, where = part.get_final_froms(), part.whereclause
            yield from _uses_of(froms, where, compiled.bind_names)


def _uses_of(
    froms: Iterable[Any],
    where: ColumnElement[bool] | None,
    bind_names: dict[Any, str],
) -> Iterator[_Use]:
    """Tables of one SELECT, UPDATE or DELETE, by what its own conditions say."""
    conditions = list(_conjuncts(where))
    tables: list[FromClause] = []
    waiting = list(froms)
    while waiting:
        source = waiting.pop()
        if isinstance(source, Join):
            waiting += [source.left, source.right]
            conditions += _conjuncts(source.onclause)
        elif _is_of_office(source):
            tables.append(source)
    values: dict[Any, set[str]] = {table: set() for table in tables}
    equal: list[tuple[Any, Any]] = []
    for a, b in conditions:
        if isinstance(b, BindParameter):
            values[a.table] = values.get(a.table, set()) | {bind_names[b]}
        elif b.table in values and a.table in values:
            equal.append((a.table, b.table))
    for _ in equal:  # as often as the longest chain is long
        for a, b in equal:
            values[a] = values[b] = values[a] | values[b]
    for table in tables:
        yield _Use(_name(table), values[table])


def _conjuncts(clause: Any) -> Iterator[tuple[Any, Any]]:
    """Equations of an office's column, the column first, that must all hold."""
    if isinstance(clause, BooleanClauseList) and clause.operator is and_:
        for part in clause.clauses:
            yield from _conjuncts(part)
    elif isinstance(clause, BinaryExpression) and clause.operator is eq:
        sides = sorted((clause.left, clause.right), key=lambda x: not _is_office(x))
        if _is_office(sides[0]) and (
            _is_office(sides[1]) or isinstance(sides[1], BindParameter)
        ):
            yield sides[0], sides[1]


def _is_office(side: Any) -> bool:
    return isinstance(side, Column) and side.name == OFFICE


def _is_of_office(source: Any) -> bool:
    plain = source.element if isinstance(source, Alias) else source
    return isinstance(plain, Table) and OFFICE in plain.c


def _name(source: Any) -> str:
    plain = source.element if isinstance(source, Alias) else source
    return str(plain.name)
