"""Feeds: built once per publication, answered by entity tag without building."""

import datetime as dt
import hashlib
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, TypedDict
from zoneinfo import ZoneInfo

from sqlalchemy import Column, Connection, Row, select

from scheduler.formats.ical import Cancelled, Options, feed, with_source
from scheduler.model.errors import InputError
from scheduler.services.access.kept_limits import KeptLimit, SharedLimit
from scheduler.services.access.limits import client_key
from scheduler.services.access.links import FeedUnknown, find_link, is_link, person_of
from scheduler.services.access.permissions import Action
from scheduler.services.school.audiences import audience_of
from scheduler.services.school.publishing import (
    Publication,
    local_date,
    newest_publication,
    recent_terms,
)
from scheduler.services.store.database import OfficeDatabase
from scheduler.services.store.entry_rows import load_audience
from scheduler.services.store.office_check import here, office_of
from scheduler.services.store.office_rows import revision
from scheduler.services.store.schema import BODIES
from scheduler.services.store.upserts import upsert
from scheduler.term.entries import FeedKind
from scheduler.term.showing import Audience, Showing, showings, shown_until

ALARMS = (5, 10, 15, 30)
# Requests a minute. A calendar polls a few times a day, on all devices of a person.
_OF_A_LINK = 60
_OF_AN_ADDRESS = 60
_MOST_MADE = 10_000
"""Tokens in memory that are known to have been made."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells states of a feed apart: strong entity tag (bare), when it changed."""

    etag: str
    last_modified: dt.datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed to be sent: the file and its stamp."""

    body: bytes
    etag: str
    last_modified: dt.datetime


@dataclass(frozen=True, slots=True)
class Preview:
    """What a link opens: whose calendar, given to whom, and what it shows.

    ``school`` names the first school of the publication in force; ``minute`` counts
    from midnight on its clock.
    """

    audience: Audience
    person: str
    school: str
    term: str
    today: dt.date
    minute: int
    shown: tuple[Showing, ...]


class Asked(TypedDict, total=False):
    """The parameters of an address, as :meth:`Request.of` reads them."""

    tz: str | None
    cancelled: str | None
    alarm: str | None
    source: str | None
    only: str | None


@dataclass(frozen=True, slots=True)
class Request:
    """What a subscriber asks for; built by :meth:`of`."""

    token: str
    options: Options
    source: str | None = None

    @staticmethod
    def of(
        token: str,
        tz: str | None = None,
        cancelled: str | None = None,
        alarm: str | None = None,
        source: str | None = None,
        only: str | None = None,
    ) -> "Request":
        """Read the parameters of an address; None or empty is the default.

        ``tz`` is ``utc``; ``cancelled`` is ``mark`` or ``hide``; ``alarm`` one of
        5, 10, 15, 30 minutes; ``source`` the address to be named in the file; ``only``
        is ``changes``.

        Raises:
            ValueError: a parameter is none of these.
        """
        if tz not in (None, "", "utc"):
            raise ValueError(f"tz is {tz!r}, not 'utc'")
        if alarm and alarm not in map(str, ALARMS):
            raise ValueError(f"alarm is {alarm!r}, not one of {ALARMS}")
        shown = Cancelled(cancelled) if cancelled else Cancelled.STATUS
        if only not in (None, "", "changes"):
            raise ValueError(f"only is {only!r}, not 'changes'")
        minutes = int(alarm) if alarm else None
        options = Options(tz == "utc", shown, minutes, only == "changes")
        return Request(token, options, source or None)

    @property
    def variant(self) -> str:
        """Name of the options among a feed's kept bodies."""
        zone = "utc" if self.options.utc else "local"
        name = f"{zone} {self.options.cancelled} {self.options.alarm or 0}"
        return f"{name} changes" if self.options.changes else name


class Feeds:
    """The feeds of an office; ``current`` reads the publication in force."""

    def __init__(
        self, database: OfficeDatabase, current: Callable[[], Publication | None]
    ) -> None:
        self._database = database
        self._current = current
        self._made: set[str] = set()
        self._good = SharedLimit(database.whole, "feeds", _OF_A_LINK, 60)
        self._guessed = KeptLimit(database.whole, "links", _OF_AN_ADDRESS, 60)

    def count(self, token: str, address: str) -> None:
        """Count a request: for its link, or for the address that guesses.

        Raises:
            FeedUnknown: no such link was ever made.
            RateExceeded: too many requests.
        """
        if self._is_link(token):
            self._good.count(token)
            return
        self._guessed.count(client_key(address))
        raise FeedUnknown

    def _is_link(self, token: str) -> bool:
        """Whether a token was ever made; one that was stays so."""
        if token in self._made:
            return True
        with self._database.read() as connection:
            found = is_link(connection, token)
        if found:
            if len(self._made) >= _MOST_MADE:
                self._made.clear()
            self._made.add(token)
        return found

    def stamp(self, request: Request) -> Stamp:
        """Entity tag and date of what :meth:`feed` would send.

        The feed is built only where it is not kept from before, and else not read.

        Raises:
            FeedUnknown, FeedRevoked: the token opens nothing (any more).
        """
        kept = self._kept(request, _STAMPS)
        return Stamp(_etag(kept.etag, request), kept.last_modified)

    def feed(self, request: Request) -> Feed:
        """The feed of a token.

        Raises:
            FeedUnknown, FeedRevoked: the token opens nothing (any more).
        """
        kept = self._kept(request, (*_STAMPS, BODIES.c.body))
        body = zlib.decompress(kept.body)
        if request.source is not None:
            body = with_source(body, request.source)
        return Feed(body, _etag(kept.etag, request), kept.last_modified)

    def preview(self, token: str) -> Preview:
        """What the feed of a token shows, for its page.

        Raises:
            FeedUnknown, FeedRevoked: the token opens nothing (any more).
        """
        with self._database.read() as connection:
            owner = find_link(connection, token)
            person = person_of(connection, token)
        return self.preview_of(owner, person)

    def preview_of(self, owner: tuple[FeedKind, str], person: str = "") -> Preview:
        """The same for whoever needs no link, as an account of the teacher's own.

        Raises:
            FeedUnknown: nothing is published.
        """
        publication = self._current()
        if publication is None:
            raise FeedUnknown
        problem = publication.problem
        audience, shown = self._shown(owner, publication)
        here = self._database.now().astimezone(ZoneInfo(problem.term.timezone))
        return Preview(
            audience,
            person,
            problem.schools[0].name,
            problem.term.name,
            here.date(),
            here.hour * 60 + here.minute,
            shown,
        )

    def _shown(
        self, owner: tuple[FeedKind, str], publication: Publication
    ) -> tuple[Audience, tuple[Showing, ...]]:
        today = local_date(self._database.now(), publication.problem.term.timezone)
        with self._database.read() as connection:
            entries = load_audience(connection, *owner, terms=recent_terms(connection))
        audience = audience_of(publication.problem, *owner)
        return audience, showings(entries, audience, today)

    def _kept(self, request: Request, columns: "_Columns") -> "Row[Any] | _Kept":
        """The feed as kept, built anew where it is missing or out of date."""
        with self._database.read() as connection:
            owner = find_link(connection, request.token)
            row = _row(connection, owner, request, columns)
            newest = newest_publication(connection)
        if newest is None:
            raise FeedUnknown
        if row is not None and row.version == newest.version:
            today = local_date(self._database.now(), newest.timezone)
            if row.good_until is None or today < row.good_until:
                return row
        return self._build(owner, request, newest.version)

    def _build(
        self, owner: tuple[FeedKind, str], request: Request, version: int
    ) -> "_Kept":
        """The feed of a version; kept unless something has changed meanwhile."""
        with self._database.read() as connection:
            known = revision(connection)
        publication = self._current()
        if publication is None:
            raise FeedUnknown
        term = publication.problem.term
        now = self._database.now().replace(microsecond=0)
        audience, shown = self._shown(owner, publication)
        body = feed(shown, audience, term, request.options)
        etag = hashlib.sha256(body).hexdigest()
        kept = _Kept(etag, now, zlib.compress(body))
        new = {
            "kind": owner[0],
            "resource_id": owner[1],
            "variant": request.variant,
            "version": version,
            "good_until": shown_until(shown),
            "etag": etag,
            "body": kept.body,
        }
        # A database that is full or read-only still has feeds to give.
        with suppress(InputError):
            kept = replace(kept, last_modified=self._keep(new, now, known))
        return kept

    def _keep(self, new: dict[str, Any], now: dt.datetime, known: int) -> dt.datetime:
        """Keep a feed that was built at a revision; when it changed last."""
        with self._database.write(Action.OPEN) as connection:
            ours = new | {"office": office_of(connection), "last_modified": now}
            wanted = select(*_STAMPS).where(
                here(connection, BODIES),
                *(BODIES.c[x] == new[x] for x in ("kind", "resource_id", "variant")),
            )
            row = connection.execute(wanted).one_or_none()
            if row is not None and row.etag == new["etag"]:
                ours["last_modified"] = row.last_modified
            if revision(connection) == known:
                upsert(connection, BODIES, [ours])
        return ours["last_modified"]  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class _Kept:
    etag: str
    last_modified: dt.datetime
    body: bytes


_Columns = tuple[Column[Any], ...]
# All of a row but its body, which may be long.
_STAMPS: _Columns = (
    BODIES.c.version,
    BODIES.c.good_until,
    BODIES.c.etag,
    BODIES.c.last_modified,
)


def _row(
    connection: Connection,
    owner: tuple[FeedKind, str],
    request: Request,
    columns: _Columns,
) -> Row[Any] | None:
    wanted = select(*columns).where(
        here(connection, BODIES),
        BODIES.c.kind == owner[0],
        BODIES.c.resource_id == owner[1],
        BODIES.c.variant == request.variant,
    )
    return connection.execute(wanted).one_or_none()


def _etag(of_body: str, request: Request) -> str:
    """The address written into a body makes other bytes of it."""
    if request.source is None:
        return of_body
    return hashlib.sha256(f"{of_body} {request.source}".encode()).hexdigest()
