"""Offices in the database: their keys, their names."""

import datetime as dt
import json
import re
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from scheduler.formats.archive import plain, typed
from scheduler.services.store.office_check import here
from scheduler.services.store.schema import OFFICES
from scheduler.services.store.upserts import add_missing
from scheduler.term.cover.settings import CoverSettings

LONGEST_KEY = 40
_COVER = "cover"
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office as lists show it; ``key`` stands in every address and never changes."""

    key: str
    name: str
    created_at: dt.datetime


def is_key(text: str) -> bool:
    """Whether a text can be an office's key: lower-case letters, digits, hyphens."""
    return len(text) <= LONGEST_KEY and _KEY.fullmatch(text) is not None


def key_like(text: str) -> str:
    """The key that a school's id makes; ``school`` where nothing of it can stand."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return plain[:LONGEST_KEY].strip("-") or "school"


def load_offices(connection: Connection) -> tuple[OfficeRow, ...]:
    """All offices, by key; needs the door across offices."""
    wanted = select(OFFICES.c.office, OFFICES.c.name, OFFICES.c.created_at)
    rows = connection.execute(wanted.order_by(OFFICES.c.office))
    return tuple(OfficeRow(*row) for row in rows)


def add_office(connection: Connection, key: str, name: str, at: dt.datetime) -> None:
    """Write an office down, unless it is there."""
    row = {"office": key, "name": name, "created_at": at, "settings": "{}"}
    add_missing(connection, OFFICES, [row | {"revision": 0}])


def rename_office(connection: Connection, name: str) -> None:
    """Let an office be called as the schools of its timetable are."""
    ours = update(OFFICES).where(here(connection, OFFICES))
    connection.execute(ours.values(name=name))


def read_settings(connection: Connection) -> dict[str, str]:
    """What an office has set."""
    wanted = select(OFFICES.c.settings).where(here(connection, OFFICES))
    return dict(json.loads(connection.execute(wanted).scalar_one()))


def write_settings(connection: Connection, settings: dict[str, str]) -> None:
    """Keep what an office has set."""
    ours = update(OFFICES).where(here(connection, OFFICES))
    connection.execute(ours.values(settings=json.dumps(settings, sort_keys=True)))


def read_cover_settings(connection: Connection) -> CoverSettings:
    """The office's own rules of covers; what it has not said takes its default."""
    said = read_settings(connection).get(_COVER, "{}")
    found: CoverSettings = typed(CoverSettings, json.loads(said))
    return found


def write_cover_settings(connection: Connection, settings: CoverSettings) -> None:
    """Keep the office's own rules of covers."""
    text = json.dumps(plain(settings), ensure_ascii=False)
    write_settings(connection, read_settings(connection) | {_COVER: text})


def revision(connection: Connection) -> int:
    """How often something that calendars may show has changed."""
    wanted = select(OFFICES.c.revision).where(here(connection, OFFICES))
    return int(connection.execute(wanted).scalar_one())


def count_up(connection: Connection) -> int:
    """Say that something has changed; the revision it is then."""
    ours = update(OFFICES).where(here(connection, OFFICES))
    connection.execute(ours.values(revision=OFFICES.c.revision + 1))
    return revision(connection)
