"""Secret links to feeds: made, looked up, revoked."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from scheduler.model.errors import InputError
from scheduler.services.access.deeds import Act, note_deed
from scheduler.services.access.permissions import Action
from scheduler.services.store.database import OfficeDatabase
from scheduler.services.store.office_check import here, office_of
from scheduler.services.store.schema import LINKS
from scheduler.services.store.upserts import next_number
from scheduler.term.entries import FeedKind

_TOKEN_BYTES = 24


class FeedUnknown(LookupError):
    """No such link was ever made."""


class FeedRevoked(LookupError):
    """The link was good once and is no longer."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link as the office sees it: whose, of what, since when; never the secret.

    ``fetched_at`` is when a calendar fetched it first.
    """

    kind: FeedKind
    resource_id: str
    person: str
    created_at: dt.datetime
    revoked_at: dt.datetime | None
    fetched_at: dt.datetime | None = None


class Links:
    """The links of an office."""

    def __init__(self, database: OfficeDatabase) -> None:
        self._database = database
        self._fetched: set[str] = set()

    def note_fetch(self, token: str) -> None:
        """Note that a calendar has fetched a link, the first time it does."""
        name = _hash(token)
        if name in self._fetched:
            return
        with self._database.read() as connection:
            wanted = select(LINKS.c.link_id).where(_never_fetched(connection, name))
            new = connection.execute(wanted).one_or_none() is not None
        if new:
            at = self._database.now()
            # Whoever wants a feed need not wait for a database that is full.
            with suppress(InputError), self._database.write(Action.OPEN) as writer:
                first = update(LINKS).where(_never_fetched(writer, name))
                writer.execute(first.values(fetched_at=at))
        self._fetched.add(name)

    def create(
        self,
        kind: FeedKind,
        resource_id: str,
        person: str = "",
        by: str = "",
        action: Action = Action.GIVE_LINKS,
    ) -> str:
        """Make a link and return its token, which cannot be read again later.

        ``person`` is who gets it; the link they had to the same feed dies. ``action``
        is what whoever makes it must be allowed to do.
        """
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        at = self._database.now()
        with self._database.write(action) as connection:
            _create(connection, token, kind, resource_id, person, at)
            about = f"{kind} {resource_id} {person}".strip()
            note_deed(connection, at, by, Act.LINK, about)
        return token

    def create_for_all(
        self, kind: FeedKind, resource_ids: Iterable[str], by: str = ""
    ) -> dict[str, str]:
        """Make a link for each resource, all or none; tokens by resource.

        The links that nobody in particular had to them die.
        """
        at = self._database.now()
        tokens = {name: secrets.token_urlsafe(_TOKEN_BYTES) for name in resource_ids}
        with self._database.write(Action.GIVE_LINKS) as connection:
            for resource_id, token in tokens.items():
                _create(connection, token, kind, resource_id, "", at)
            about = f"{kind} {'、'.join(tokens)}"
            note_deed(connection, at, by, Act.LINK, about)
        return tokens

    def revoke(
        self, kind: FeedKind, resource_id: str, person: str = "", by: str = ""
    ) -> bool:
        """Kill a person's link; tell whether there was one."""
        at = self._database.now()
        with self._database.write(Action.GIVE_LINKS) as connection:
            gone = _revoke(connection, kind, resource_id, person, at)
            if gone:
                about = f"{kind} {resource_id} {person}".strip()
                note_deed(connection, at, by, Act.REVOKE_LINK, about)
            return gone

    def all(self) -> tuple[Link, ...]:
        """Every link ever made, in the order they were made."""
        with self._database.read() as connection:
            wanted = select(LINKS).where(here(connection, LINKS))
            rows = connection.execute(wanted.order_by(LINKS.c.link_id)).all()
        return tuple(
            Link(
                FeedKind(row.kind),
                row.resource_id,
                row.person,
                row.created_at,
                row.revoked_at,
                row.fetched_at,
            )
            for row in rows
        )


def is_link(connection: Connection, token: str) -> bool:
    """Whether a token was ever made, be it revoked."""
    wanted = select(LINKS.c.link_id).where(_is(connection, token))
    return connection.execute(wanted).first() is not None


def person_of(connection: Connection, token: str) -> str:
    """Whom a link was made for; empty where nobody is named."""
    wanted = select(LINKS.c.person).where(_is(connection, token))
    return connection.scalar(wanted) or ""


def find_link(connection: Connection, token: str) -> tuple[FeedKind, str]:
    """Kind and resource of a token.

    Raises:
        FeedUnknown, FeedRevoked: it opens nothing (any more).
    """
    row = connection.execute(select(LINKS).where(_is(connection, token))).one_or_none()
    if row is None:
        raise FeedUnknown
    if row.revoked_at is not None:
        raise FeedRevoked
    return FeedKind(row.kind), row.resource_id


def _create(
    connection: Connection,
    token: str,
    kind: FeedKind,
    resource_id: str,
    person: str,
    at: dt.datetime,
) -> None:
    _revoke(connection, kind, resource_id, person, at)
    connection.execute(
        insert(LINKS).values(
            office=office_of(connection),
            link_id=next_number(connection, LINKS.c.link_id),
            token_hash=_hash(token),
            kind=kind,
            resource_id=resource_id,
            person=person,
            created_at=at,
        )
    )


def _revoke(
    connection: Connection,
    kind: FeedKind,
    resource_id: str,
    person: str,
    at: dt.datetime,
) -> bool:
    live = and_(
        here(connection, LINKS),
        LINKS.c.kind == kind,
        LINKS.c.resource_id == resource_id,
        LINKS.c.person == person,
        LINKS.c.revoked_at.is_(None),
    )
    killed = connection.execute(update(LINKS).where(live).values(revoked_at=at))
    return killed.rowcount > 0


def _is(connection: Connection, token: str) -> ColumnElement[bool]:
    return and_(here(connection, LINKS), LINKS.c.token_hash == _hash(token))


def _never_fetched(connection: Connection, token_hash: str) -> ColumnElement[bool]:
    return and_(
        here(connection, LINKS),
        LINKS.c.token_hash == token_hash,
        LINKS.c.fetched_at.is_(None),
    )


def _hash(token: str) -> str:
    # The token is random enough that no salt or slow hash is needed.
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
