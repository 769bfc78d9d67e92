"""Bad days in the database: plans as applied to dates, and undone."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from scheduler.model.weather import HalfDay, Weather
from scheduler.services.store.office_check import here, office_of
from scheduler.services.store.schema import BAD_DAYS
from scheduler.services.store.upserts import next_number
from scheduler.term.rain import Diversion


@dataclass(frozen=True, slots=True)
class BadDay:
    """A plan applied to a date or half-day, and by whom."""

    bad_day_id: int
    date: dt.date
    half: HalfDay
    weather: Weather
    diversions: tuple[Diversion, ...]
    applied_at: dt.datetime
    applied_by: str


def load_bad_days(connection: Connection, term: str) -> tuple[BadDay, ...]:
    """Those in force in a term, by date."""
    wanted = select(BAD_DAYS).where(
        here(connection, BAD_DAYS),
        BAD_DAYS.c.term == term,
        BAD_DAYS.c.undone_at.is_(None),
    )
    rows = connection.execute(wanted.order_by(BAD_DAYS.c.date, BAD_DAYS.c.bad_day_id))
    return tuple(map(_bad_day, rows))


def diversions_of(bad_days: Iterable[BadDay]) -> tuple[Diversion, ...]:
    """Every diversion of several bad days."""
    return tuple(d for day in bad_days for d in day.diversions)


def bad_days_by_slot(bad_days: Iterable[BadDay]) -> dict[str, int]:
    """How many bad days each slot had; both halves of a date are one."""
    dates = {(d.slot_id, d.date) for d in diversions_of(bad_days) if d.slot_id}
    return dict(Counter(slot_id for slot_id, _ in dates))


def add_bad_day(
    connection: Connection,
    term: str,
    half: HalfDay,
    diversions: tuple[Diversion, ...],
    at: dt.datetime,
    by: str,
) -> None:
    """Keep a plan as applied; its diversions are all of one date."""
    date, weather = diversions[0].date, diversions[0].weather
    rows = [asdict(d) | {"date": d.date.isoformat()} for d in diversions]
    connection.execute(
        insert(BAD_DAYS).values(
            office=office_of(connection),
            bad_day_id=next_number(connection, BAD_DAYS.c.bad_day_id),
            term=term,
            date=date,
            half=half,
            weather=weather,
            diversions=json.dumps(rows, ensure_ascii=False),
            applied_at=at,
            applied_by=by,
        )
    )


def end_bad_day(
    connection: Connection, bad_day_id: int, at: dt.datetime, by: str
) -> None:
    """Mark one as undone."""
    which = here(connection, BAD_DAYS), BAD_DAYS.c.bad_day_id == bad_day_id
    values = {"undone_at": at, "undone_by": by}
    connection.execute(update(BAD_DAYS).where(*which).values(values))


def _bad_day(row: Row[Any]) -> BadDay:
    return BadDay(
        row.bad_day_id,
        row.date,
        HalfDay(row.half),
        Weather(row.weather),
        tuple(map(_diversion, json.loads(row.diversions))),
        row.applied_at,
        row.applied_by,
    )


def _diversion(read: dict[str, Any]) -> Diversion:
    date, weather = dt.date.fromisoformat(read["date"]), Weather(read["weather"])
    return Diversion(**read | {"date": date, "weather": weather})
