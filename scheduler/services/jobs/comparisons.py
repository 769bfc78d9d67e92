"""Comparisons of scenarios that are kept, newest first."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import insert, select

from scheduler.services.jobs.what_if import Case, read_cases
from scheduler.services.store.database import Database
from scheduler.services.store.schema import COMPARISONS


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison; ``made_at`` is aware."""

    comparison_id: int
    made_at: dt.datetime
    cases: tuple[Case, ...]


class Comparisons:
    """The comparisons of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, record: str) -> None:
        """Keep a comparison, as what_if.cases_json gives it."""
        with self._database.write() as connection:
            connection.execute(
                insert(COMPARISONS).values(made_at=self._database.now(), record=record)
            )

    def all(self) -> tuple[Comparison, ...]:
        """All comparisons."""
        order = COMPARISONS.c.comparison_id.desc()
        with self._database.read() as connection:
            rows = connection.execute(select(COMPARISONS).order_by(order)).all()
        return tuple(
            Comparison(row.comparison_id, row.made_at, read_cases(row.record))
            for row in rows
        )
