"""Rows written over those with the same key, and numbers that count in an office."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

from scheduler.services.store.office_check import here

Rows = Sequence[Mapping[str, Any]]


def upsert(connection: Connection, table: Table, rows: Rows) -> None:
    """Write whole rows; those with the same key are replaced."""
    if not rows:
        return
    statement = _insert(connection, table)
    others = {c.name: statement.excluded[c.name] for c in table.c if not c.primary_key}
    keys = list(table.primary_key)
    connection.execute(
        statement.on_conflict_do_update(index_elements=keys, set_=others), rows
    )


def add_missing(connection: Connection, table: Table, rows: Rows) -> int:
    """Write the rows whose keys are not there yet; how many these were."""
    if not rows:
        return 0
    statement = _insert(connection, table).on_conflict_do_nothing()
    return connection.execute(statement, rows).rowcount


def next_number(connection: Connection, column: Column[int]) -> int:
    """One more than the highest number of an office; its writers are one at a time."""
    highest = select(func.max(column)).where(here(connection, column.table))
    return (connection.scalar(highest) or 0) + 1


def _insert(connection: Connection, table: Table) -> Any:
    made = postgresql if connection.dialect.name == "postgresql" else sqlite
    return made.insert(table)
