"""Publications: immutable versions of a timetable, and the history of its dates."""

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypedDict
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, insert, select

from scheduler.formats.archive import pack, unpack
from scheduler.model.errors import DataError, InputError
from scheduler.model.problem import Problem
from scheduler.model.term import Term
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.access.deeds import Act, note_deed
from scheduler.services.access.permissions import Action
from scheduler.services.store.change_rows import import_replacements, load_changes
from scheduler.services.store.database import OfficeDatabase
from scheduler.services.store.entry_rows import load_term, save
from scheduler.services.store.office_check import here, office_of
from scheduler.services.store.office_rows import rename_office
from scheduler.services.store.schema import PUBLICATIONS
from scheduler.term.calendar import term_code
from scheduler.term.history import Publishing, follow
from scheduler.term.versions import Versions


@dataclass(frozen=True)
class Publication:
    """A published timetable; ``version`` counts from 1, ``report_json`` is as given.

    ``begins`` is the first date it is in force on.
    """

    version: int
    begins: dt.date
    name: str
    published_at: dt.datetime
    problem: Problem
    timetable: Timetable
    report_json: str


OTHER_VERSION = Text(
    "课表刚刚重新发布过，请刷新后再试。",
    "Another timetable has just been published: reload and try again.",
)


class Superseded(Exception):
    """Another version has come between; ``text`` says so."""

    text = OTHER_VERSION


class How(TypedDict, total=False):
    """What :meth:`Publications.publish` is told beside the timetable, by keyword."""

    source: bytes | None
    begins: dt.date | None
    who: str
    act: Act
    also: Callable[[Connection, int], None] | None


_KEPT = 20
"""Publications in memory; a term has few that are in force on some date."""


class Publications:
    """The publications of an office."""

    def __init__(self, database: OfficeDatabase) -> None:
        self._database = database
        self._known: dict[tuple[int, dt.datetime], Publication] = {}
        self._lock = threading.Lock()

    def publish(
        self,
        timetable: Timetable,
        name: str,
        report_json: str,
        over: int | None = None,
        *,
        source: bytes | None = None,
        begins: dt.date | None = None,
        who: str = "",
        act: Act = Act.PUBLISH,
        also: Callable[[Connection, int], None] | None = None,
    ) -> Publication:
        """Publish a timetable over the one in force, in one transaction.

        Lessons from its first date on are compared with what was published for them;
        those before stay as they were. The first version of a term is for all of it.

        Parameters:
            over: The version it was made from; None: whatever is newest.
            source: The files it was made of, as one piece.
            begins: The first date of a later version of a term; today by default.
            who: Who does it, and ``act`` what, for the log.
            also: Done with the new version in the same transaction.

        Raises:
            Superseded: that version is the newest no more; nothing has changed.
            InputError: it cannot begin then.
        """
        problem = timetable.problem
        archive = pack(timetable)
        code = term_code(problem.term)
        at = self._database.now().replace(microsecond=0)
        with self._database.write(Action.PUBLISH) as connection:
            newest = newest_publication(connection)
            before = newest.version if newest else 0
            if over not in (None, before):
                raise Superseded
            earlier = _spans(connection, code)
            first = problem.term.first_day
            if earlier:
                first = _first_date(begins, at, problem.term)
            made = Publication(
                *(before + 1, first, name, at, problem, timetable, report_json)
            )
            row = _row(made) | {"archive": archive, "source": source}
            ours = {"office": office_of(connection), **row}
            connection.execute(insert(PUBLICATIONS).values(ours))
            rename_office(connection, problem.title)
            note_deed(connection, at, who, act, f"{made.version} {name}".strip())
            step = Publishing(made.version, at, first if earlier else dt.date.min)
            import_replacements(connection, code, problem.replacements, step)
            versions = self._versions(connection, earlier).then(step.begins, timetable)
            previous = load_term(connection, code)
            changes = load_changes(connection, code)
            save(connection, previous, follow(previous, versions, step, changes), at)
            if also is not None:
                also(connection, made.version)
        return made

    def current(self) -> Publication | None:
        """The publication in force today, of the term published last.

        Before and after the term that of its nearest date.
        """
        with self._database.read() as connection:
            newest = newest_publication(connection)
            if newest is None:
                return None
            spans = _spans(connection, newest.term)
            today = local_date(self._database.now(), newest.timezone)
            begun = [span for span in spans if span.begins <= today]
            return self._get(connection, (begun or spans[:1])[-1].version)

    def today(self, term: Term) -> dt.date:
        """The date it is where a term is held."""
        return local_date(self._database.now(), term.timezone)

    def newest(self) -> "Published | None":
        """The newest publication with the files it was made of; None without any."""
        table = PUBLICATIONS.c
        with self._database.read() as connection:
            wanted = select(table.archive, table.source)
            ours = wanted.where(here(connection, PUBLICATIONS))
            newest = ours.order_by(table.version.desc()).limit(1)
            row = connection.execute(newest).one_or_none()
        return None if row is None else Published(unpack(row.archive), row.source)

    def versions(self, date: dt.date | None = None) -> Versions | None:
        """The timetables of a term, each on its dates; None where none is published.

        Parameters:
            date: One of the term; without it, the term published last.
        """
        with self._database.read() as connection:
            code = self.term_of(connection, date)
            return self.versions_in(connection, code) if code else None

    def term_of(
        self, connection: Connection, date: dt.date | None = None
    ) -> str | None:
        """The code of a date's term, of the term published last for any other date."""
        codes = recent_terms(connection)
        for code in codes if date is not None else ():
            term = self.versions_in(connection, code).newest.problem.term
            if date is not None and term.first_day <= date <= term.last_day:
                return code
        return codes[0] if codes else None

    def versions_in(self, connection: Connection, code: str) -> Versions:
        """The timetables of a term, within a transaction."""
        return self._versions(connection, _spans(connection, code))

    def all(self) -> tuple["Listed", ...]:
        """All publications without their timetables, newest first."""
        wanted = select(*(PUBLICATIONS.c[x] for x in Listed.__slots__))
        with self._database.read() as connection:
            ours = wanted.where(here(connection, PUBLICATIONS))
            rows = connection.execute(ours.order_by(PUBLICATIONS.c.version.desc()))
            return tuple(Listed(*row) for row in rows)

    def get(self, version: int) -> Publication:
        """A publication by its version.

        Raises:
            LookupError: there is none of this version.
        """
        with self._database.read() as connection:
            return self._get(connection, version)

    def _versions(self, connection: Connection, spans: list["_Span"]) -> Versions:
        """Those in force on some date, read from the database once each."""
        found = Versions(())
        for span in spans:
            table = self._get(connection, span.version).timetable
            found = found.then(span.begins, table)
        return found

    def _get(self, connection: Connection, version: int) -> Publication:
        which = here(connection, PUBLICATIONS), PUBLICATIONS.c.version == version
        # A backup that was restored may hold another one under the same number.
        at = connection.scalar(select(PUBLICATIONS.c.published_at).where(*which))
        if at is None:
            raise LookupError(version)
        known = self._known.get((version, at))
        if known is not None:
            return known
        row = connection.execute(select(PUBLICATIONS).where(*which)).one()
        timetable = unpack(row.archive)
        made = Publication(
            *(row.version, row.begins, row.name, row.published_at),
            *(timetable.problem, timetable, row.report),
        )
        with self._lock:
            if len(self._known) >= _KEPT:
                del self._known[next(iter(self._known))]
            # Of two threads that read it at once both are to hold the same.
            return self._known.setdefault((version, at), made)


@dataclass(frozen=True, slots=True)
class Listed:
    """A publication in a list; ``report`` is the record it was published with."""

    version: int
    name: str
    published_at: dt.datetime
    begins: dt.date
    term: str
    report: str


@dataclass(frozen=True, slots=True)
class Published:
    """A timetable, and the bytes of the files it was published from, if any."""

    timetable: Timetable
    source: bytes | None


@dataclass(frozen=True, slots=True)
class Newest:
    """Version, time zone and term of the newest publication."""

    version: int
    timezone: str
    term: str


def newest_publication(connection: Connection) -> Newest | None:
    """Which publication is the newest, without reading its archive."""
    table = PUBLICATIONS.c
    wanted = select(table.version, table.timezone, table.term)
    ours = wanted.where(here(connection, PUBLICATIONS))
    newest = ours.order_by(PUBLICATIONS.c.version.desc()).limit(1)
    found = connection.execute(newest).one_or_none()
    return None if found is None else Newest(*found)


def _row(made: Publication) -> dict[str, Any]:
    """What is kept of a publication beside its archive."""
    term = made.problem.term
    return {
        "version": made.version,
        "name": made.name,
        "published_at": made.published_at,
        "term": term_code(term),
        "begins": made.begins,
        "timezone": term.timezone,
        "report": made.report_json,
    }


@dataclass(frozen=True, slots=True)
class _Span:
    """A version, and the first date it is in force on."""

    version: int
    begins: dt.date


def _spans(connection: Connection, code: str) -> list[_Span]:
    """Versions of a term that are in force on some date, by their dates.

    A version takes all dates from its first one on, whatever was published before.
    """
    wanted = select(PUBLICATIONS.c.version, PUBLICATIONS.c.begins).where(
        here(connection, PUBLICATIONS), PUBLICATIONS.c.term == code
    )
    found: list[_Span] = []
    for version, begins in connection.execute(wanted.order_by(PUBLICATIONS.c.version)):
        found = [span for span in found if span.begins < begins]
        found.append(_Span(version, begins))
    return found


def _first_date(begins: dt.date | None, at: dt.datetime, term: Term) -> dt.date:
    """From when on a later version of a term is in force.

    Raises:
        InputError: that is past, or after the term.
    """
    today = local_date(at, term.timezone)
    if begins is None:
        return today
    if today <= begins <= term.last_day:
        return begins
    if begins < today:
        problem = Text("已经过去", "is past")
        advice = Text(
            "已上的课保持原样，请写今天或以后的日期。",
            "What was given stays as it was: today or a later date?",
        )
    else:
        problem = Text("在学期结束之后", "is after the term")
        advice = Text(
            f"学期到{term.last_day}为止。", f"The term ends on {term.last_day}."
        )
    raise InputError([DataError("--begins", problem, advice, value=begins.isoformat())])


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
