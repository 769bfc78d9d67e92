"""Publications: immutable versions of a timetable, and the history of its dates."""

import datetime as dt
import threading
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, insert, select

from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.store.archive import pack, unpack
from scheduler.services.store.bad_day_rows import diversions_of, load_bad_days
from scheduler.services.store.database import OfficeDatabase
from scheduler.services.store.entry_rows import load_term, save
from scheduler.services.store.office_check import here, office_of
from scheduler.services.store.schema import PUBLICATIONS
from scheduler.term.calendar import term_code
from scheduler.term.history import Publishing, first_entries, follow


@dataclass(frozen=True)
class Publication:
    """A published timetable; ``version`` counts from 1, ``report_json`` is as given."""

    version: int
    name: str
    published_at: dt.datetime
    problem: Problem
    timetable: Timetable
    report_json: str


@dataclass(frozen=True, slots=True)
class Issue:
    """A publication in the list of versions."""

    version: int
    name: str
    published_at: dt.datetime
    term: str


OTHER_VERSION = Text(
    "课表刚刚重新发布过，请刷新后再试。",
    "Another timetable has just been published: reload and try again.",
)


class Superseded(Exception):
    """Another version has come between; ``text`` says so."""

    text = OTHER_VERSION


class Publications:
    """The publications of an office."""

    def __init__(self, database: OfficeDatabase) -> None:
        self._database = database
        self._newest: Publication | None = None
        self._lock = threading.Lock()

    def publish(
        self,
        timetable: Timetable,
        name: str,
        report_json: str,
        over: int | None = None,
        source: bytes | None = None,
    ) -> Publication:
        """Publish a timetable over the one in force, in one transaction.

        Lessons from today on are compared with what was published for them; those
        before today stay as they were, unless the term is published first.

        Parameters:
            over: The version it was made from; None: whatever is in force.
            source: The files it was made of, as one piece.

        Raises:
            Superseded: that version is in force no more; nothing has changed.
        """
        problem = timetable.problem
        archive = pack(timetable)
        code = term_code(problem.term)
        at = self._database.now().replace(microsecond=0)
        with self._database.write() as connection:
            newest = newest_publication(connection)
            before = newest.version if newest else 0
            if over not in (None, before):
                raise Superseded
            version = before + 1
            known = _published(connection, code)
            today = local_date(at, problem.term.timezone)
            connection.execute(
                insert(PUBLICATIONS).values(
                    office=office_of(connection),
                    version=version,
                    name=name,
                    published_at=at,
                    term=code,
                    begins=today if known else problem.term.first_day,
                    timezone=problem.term.timezone,
                    archive=archive,
                    report=report_json,
                    source=source,
                )
            )
            previous = load_term(connection, code)
            diversions = diversions_of(load_bad_days(connection, code))
            if known:
                act = Publishing(version, at, today)
                entries = follow(previous, timetable, act, diversions)
            else:
                entries = first_entries(timetable, version, at, diversions)
            save(connection, previous, entries)
        return Publication(version, name, at, problem, timetable, report_json)

    def current(self) -> Publication | None:
        """The publication in force; read from the database once per version."""
        with self._lock:
            with self._database.read() as connection:
                newest = newest_publication(connection)
            if newest is None:
                return None
            if self._newest is None or self._newest.version != newest.version:
                self._newest = self.get(newest.version)
            return self._newest

    def get(self, version: int) -> Publication:
        """A publication by its version.

        Raises:
            LookupError: there is none of this version.
        """
        with self._database.read() as connection:
            wanted = select(PUBLICATIONS).where(
                here(connection, PUBLICATIONS), PUBLICATIONS.c.version == version
            )
            row = connection.execute(wanted).one_or_none()
        if row is None:
            raise LookupError(version)
        timetable = unpack(row.archive)
        return Publication(
            row.version,
            row.name,
            row.published_at,
            timetable.problem,
            timetable,
            row.report,
        )

    def all(self) -> tuple[Issue, ...]:
        """Every publication, oldest first."""
        listed = select(
            PUBLICATIONS.c.version,
            PUBLICATIONS.c.name,
            PUBLICATIONS.c.published_at,
            PUBLICATIONS.c.term,
        ).order_by(PUBLICATIONS.c.version)
        with self._database.read() as connection:
            ours = listed.where(here(connection, PUBLICATIONS))
            return tuple(Issue(*row) for row in connection.execute(ours))


@dataclass(frozen=True, slots=True)
class Newest:
    """Version and time zone of the publication in force."""

    version: int
    timezone: str


def newest_publication(connection: Connection) -> Newest | None:
    """Which publication is in force, without reading its archive."""
    wanted = select(PUBLICATIONS.c.version, PUBLICATIONS.c.timezone)
    ours = wanted.where(here(connection, PUBLICATIONS))
    newest = ours.order_by(PUBLICATIONS.c.version.desc()).limit(1)
    found = connection.execute(newest).one_or_none()
    return None if found is None else Newest(*found)


def _published(connection: Connection, code: str) -> bool:
    wanted = select(PUBLICATIONS.c.version).where(
        here(connection, PUBLICATIONS), PUBLICATIONS.c.term == code
    )
    return connection.execute(wanted.limit(1)).first() is not None


def recent_terms(connection: Connection) -> tuple[str, ...]:
    """Codes of the term in force and the one published before it.

    A spring timetable is published while the autumn term still runs, and its
    lessons must not vanish from the calendars.
    """
    latest = func.max(PUBLICATIONS.c.version).desc()
    wanted = select(PUBLICATIONS.c.term).where(here(connection, PUBLICATIONS))
    terms = wanted.group_by(PUBLICATIONS.c.term)
    return tuple(connection.scalars(terms.order_by(latest).limit(2)))


def local_date(moment: dt.datetime, timezone: str) -> dt.date:
    """The date a moment falls on at the school."""
    return moment.astimezone(ZoneInfo(timezone)).date()
