"""Comparisons of scenarios that are kept, newest first."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import insert, select

from scheduler.services.access.permissions import Action
from scheduler.services.jobs.what_if import Case, read_cases
from scheduler.services.store.database import OfficeDatabase
from scheduler.services.store.office_check import here, office_of
from scheduler.services.store.schema import COMPARISONS
from scheduler.services.store.upserts import next_number


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison; ``made_at`` is aware."""

    comparison_id: int
    made_at: dt.datetime
    cases: tuple[Case, ...]


class Comparisons:
    """The comparisons of an office."""

    def __init__(self, database: OfficeDatabase) -> None:
        self._database = database

    def add(self, record: str) -> None:
        """Keep a comparison, as what_if.cases_json gives it."""
        with self._database.write(Action.RUN_JOBS) as connection:
            connection.execute(
                insert(COMPARISONS).values(
                    office=office_of(connection),
                    comparison_id=next_number(connection, COMPARISONS.c.comparison_id),
                    made_at=self._database.now(),
                    record=record,
                )
            )

    def all(self) -> tuple[Comparison, ...]:
        """All comparisons."""
        order = COMPARISONS.c.comparison_id.desc()
        with self._database.read() as connection:
            wanted = select(COMPARISONS).where(here(connection, COMPARISONS))
            rows = connection.execute(wanted.order_by(order)).all()
        return tuple(
            Comparison(row.comparison_id, row.made_at, read_cases(row.record))
            for row in rows
        )
