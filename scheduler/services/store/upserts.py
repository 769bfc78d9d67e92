"""Rows written over those with the same key, and numbers that count in an office."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any

from sqlalchemy import Column, Connection, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

from scheduler.services.store.office_check import here, office_of

Rows = Sequence[Mapping[str, Any]]
Values = Sequence[tuple[Any, ...]]
"""Rows of one office: the values of all columns but the office's, in their order."""


def upsert(connection: Connection, table: Table, rows: Rows) -> None:
    """Write whole rows; those with the same key are replaced."""
    if rows:
        connection.execute(_upsert(_insert(connection, table), table), rows)


def add_missing(connection: Connection, table: Table, rows: Rows) -> int:
    """Write the rows whose keys are not there yet; how many these were."""
    if not rows:
        return 0
    statement = _insert(connection, table).on_conflict_do_nothing()
    return connection.execute(statement, rows).rowcount


def upsert_many(connection: Connection, table: Table, rows: Values) -> None:
    """Write whole rows of the connection's office, tens of thousands of them."""
    _write_many(connection, table, _upsert(_insert(connection, table), table), rows)


def add_missing_many(connection: Connection, table: Table, rows: Values) -> None:
    """Write those of many rows of the connection's office that are not there yet."""
    statement = _insert(connection, table).on_conflict_do_nothing()
    _write_many(connection, table, statement, rows)


def next_number(connection: Connection, column: Column[int]) -> int:
    """One more than the highest number of an office; its writers are one at a time."""
    highest = select(func.max(column)).where(here(connection, column.table))
    return (connection.scalar(highest) or 0) + 1


def _write_many(
    connection: Connection, table: Table, statement: Any, rows: Values
) -> None:
    """Give rows to the driver as they are: SQLAlchemy takes each apart once more.

    Such a statement is not looked at by the check of offices. It cannot name another
    one: whoever gives rows does not give an office.
    """
    if not rows:
        return
    office = office_of(connection)
    first, *others = table.c
    if first.name != "office":
        raise ValueError(f"{table.name} is of no office")
    given = zip(others, zip(*rows, strict=True), strict=True)
    values = [_bound(connection, column, some) for column, some in given]
    sql = _text(connection, statement)
    connection.exec_driver_sql(sql, list(zip(repeat(office), *values)))


def _bound(
    connection: Connection, column: Column[Any], values: tuple[Any, ...]
) -> Iterable[Any]:
    """Values of a column as the driver takes them; each is converted once."""
    dialect = connection.dialect
    convert = column.type.dialect_impl(dialect).bind_processor(dialect)
    if convert is None:
        return values
    return map({value: convert(value) for value in {*values}}.__getitem__, values)


def _text(connection: Connection, statement: Any) -> str:
    """A statement for rows that are tuples."""
    style = "qmark" if connection.dialect.name == "sqlite" else "format"
    dialect = type(connection.dialect)(paramstyle=style)  # type: ignore[call-arg]
    return str(statement.compile(dialect=dialect))


def _upsert(statement: Any, table: Table) -> Any:
    others = {c.name: statement.excluded[c.name] for c in table.c if not c.primary_key}
    keys = list(table.primary_key)
    return statement.on_conflict_do_update(index_elements=keys, set_=others)


def _insert(connection: Connection, table: Table) -> Any:
    made = postgresql if connection.dialect.name == "postgresql" else sqlite
    return made.insert(table)
