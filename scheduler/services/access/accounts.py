"""Accounts: names, passwords as argon2 hashes, roles in offices, limited tries."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unicodedata import category

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from scheduler.services.access import refusals
from scheduler.services.access.acting import who_acts
from scheduler.services.access.deeds import Act, note_deed
from scheduler.services.access.kept_limits import KeptLimit
from scheduler.services.access.limits import client_key
from scheduler.services.access.passwords import (
    SHORTEST_PASSWORD,
    hash_password,
    is_password,
    new_password,
)
from scheduler.services.access.permissions import (
    Account,
    Action,
    Membership,
    Role,
)
from scheduler.services.access.sessions import end_sessions
from scheduler.services.access.weak_passwords import is_weak
from scheduler.services.store.database import Database
from scheduler.services.store.guarding import require
from scheduler.services.store.schema import DEEDS, MEMBERSHIPS, OFFICES, USERS
from scheduler.services.store.upserts import upsert

_QUARTER_OF_AN_HOUR = 15 * 60
_TABLES = (MEMBERSHIPS.name, OFFICES.name, DEEDS.name)


@dataclass(frozen=True, slots=True)
class Grant:
    """A role to be given: of a bureau in all offices, else in ``office``."""

    role: Role
    office: str = ""
    resource_id: str = ""


class Accounts:
    """The accounts of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # No limit for a name alone: with one, anybody could shut the office out.
        self._for_name = KeptLimit(database, "name", 10, _QUARTER_OF_AN_HOUR)
        self._from_client = KeptLimit(database, "client", 50, _QUARTER_OF_AN_HOUR)

    def add(
        self,
        name: str,
        password: str,
        grant: Grant,
        by: str = "",
        *,
        handed_out: bool = False,
    ) -> None:
        """Add an account.

        Parameters:
            handed_out: Somebody else knows the password; its owner must change it.

        Raises:
            AccountRefused: the name is empty or taken, the password too short
                or too easily guessed, or there is no such office.
        """
        row = _new_row(name, password, handed_out)
        name = row["name"]
        require(Action.MANAGE_ACCOUNTS, grant.office or None)
        try:
            with self._changing() as connection:
                now = self._database.now()
                connection.execute(insert(USERS).values(row | {"created_at": now}))
                self._grant(connection, name, grant, by)
        except IntegrityError as error:
            raise refusals.is_taken(name) from error

    def add_first(self, name: str, password: str) -> None:
        """Add the account that everything begins with: for all offices.

        Raises:
            AccountRefused: as :meth:`add`, or there is an account already.
        """
        row = _new_row(name, password)
        with self._changing() as connection:
            if connection.execute(select(USERS.c.name).limit(1)).first():
                raise refusals.not_first()
            now = self._database.now()
            connection.execute(insert(USERS).values(row | {"created_at": now}))
            self._grant(connection, row["name"], Grant(Role.BUREAU), row["name"])

    def grant(self, name: str, grant: Grant, by: str = "") -> None:
        """Give an account a role; the one it had in the office is replaced.

        Raises:
            AccountRefused: there is no such account or office, or nobody would be left
                to manage an office.
        """
        name = name.strip()
        require(Action.MANAGE_ACCOUNTS, grant.office or None)
        with self._changing(name) as connection:
            self._grant(connection, name, grant, by)

    def take_role(self, name: str, office: str, by: str = "") -> None:
        """Take an account's role in an office away; that of a bureau, if ``office`` is
        empty.

        Raises:
            AccountRefused: as :meth:`grant`.
        """
        name = name.strip()
        require(Action.MANAGE_ACCOUNTS, office or None)
        with self._changing(name) as connection:
            if office:
                ours = MEMBERSHIPS.c.office == office, MEMBERSHIPS.c.name == name
                connection.execute(delete(MEMBERSHIPS).where(*ours))
            else:
                _set_bureau(connection, name, False)
            self._note(connection, by, Act.ACCOUNT, f"{name} –", office)

    def set_password(
        self, name: str, password: str, by: str = "", *, handed_out: bool = False
    ) -> None:
        """Give an account a new password; whoever is logged in must do so again.

        Parameters:
            handed_out: Somebody else knows it; its owner must change it.

        Raises:
            AccountRefused: there is no such account, or the password is too short or
                too easily guessed.
        """
        name = name.strip()
        kept = hash_password(_checked(password, name))
        with self._changing(name) as connection:
            _require_whole(connection, name, unless_own=True)
            mine = update(USERS).where(USERS.c.name == name)
            row = {"password_hash": kept, "handed_out": handed_out}
            connection.execute(mine.values(row))
            end_sessions(connection, name)
            for office in _offices_of(connection, name):
                self._note(connection, by, Act.PASSWORD, name, office)

    def reset(self, name: str, by: str = "") -> str:
        """Give an account a random password and return it, to be shown once.

        Its owner must change it at the next login.

        Raises:
            AccountRefused: there is no such account.
        """
        password = new_password()
        self.set_password(name, password, by, handed_out=True)
        return password

    def must_change(self, name: str) -> bool:
        """Whether somebody else knows an account's password."""
        wanted = select(USERS.c.handed_out).where(USERS.c.name == name.strip())
        with self._database.read() as connection:
            return bool(connection.scalar(wanted))

    def note(self, name: str, act: Act, about: str = "") -> None:
        """Write down that somebody came or went, in the logs of their offices.

        Of names that nobody has nothing is kept: people type passwords there.
        """
        name = name.strip()
        with self._changing() as connection:
            for office in _offices_of(connection, name):
                self._note(connection, name, act, about, office)

    def remove(self, name: str, by: str = "") -> None:
        """Delete an account with its roles and sessions.

        Raises:
            AccountRefused: there is none, or nobody would be left to manage an office.
        """
        name = name.strip()
        with self._changing(name) as connection:
            _require_whole(connection, name)
            end_sessions(connection, name)
            offices = _offices_of(connection, name)
            connection.execute(delete(MEMBERSHIPS).where(MEMBERSHIPS.c.name == name))
            connection.execute(delete(USERS).where(USERS.c.name == name))
            for office in offices:
                self._note(connection, by, Act.REMOVE_ACCOUNT, name, office)

    def all(self) -> tuple[Account, ...]:
        """All accounts with their roles, by name."""
        with self._database.across_offices(*_TABLES) as connection:
            people = connection.execute(select(USERS).order_by(USERS.c.name)).all()
            roles = connection.execute(select(MEMBERSHIPS)).all()
        return tuple(_account(x.name, x.bureau, roles) for x in people)

    def get(self, name: str) -> Account | None:
        """An account with its roles; None where there is none."""
        with self._database.across_offices(*_TABLES) as connection:
            wanted = select(USERS).where(USERS.c.name == name.strip())
            found = connection.execute(wanted).one_or_none()
            if found is None:
                return None
            mine = select(MEMBERSHIPS).where(MEMBERSHIPS.c.name == found.name)
            roles = connection.execute(mine).all()
        return _account(found.name, found.bureau, roles)

    def check_known(self, name: str) -> None:
        """Refuse whoever is nobody or nothing here, however they say who they are.

        Raises:
            AccountRefused: there is no such account, or it has no role.
        """
        account = self.get(name)
        if account is None:
            raise refusals.not_here(name)
        _need_role(account)

    def names(self) -> tuple[str, ...]:
        """All names, sorted."""
        return tuple(account.name for account in self.all())

    def check(self, name: str, password: str, client: str = "") -> bool:
        """Tell whether a name and password belong together.

        Wrong passwords are counted for the name and the client together, and for the
        client over all names. ``client`` is where the try comes from: an address, or
        a device that has been logged in before.

        Raises:
            RateExceeded: too many wrong passwords; not looked at.
            AccountRefused: they do, and the account has no role.
        """
        name = name.strip()
        client = client_key(client)
        here = f"{client} {name}"
        self._for_name.check(here)
        self._from_client.check(client)
        wanted = select(USERS.c.password_hash).where(USERS.c.name == name)
        with self._database.read() as connection:
            stored = connection.scalar(wanted)
        # An unknown name takes as long as a known one.
        if not is_password(password, stored):
            self._for_name.count(here)
            self._from_client.count(client)
            where = "" if client.startswith("device ") else client
            self.note(name, Act.WRONG_PASSWORD, where)
            return False
        self._for_name.forget(here)
        account = self.get(name)
        if account is not None:
            _need_role(account)
        return account is not None

    def shut_out(self) -> int:
        """How many must wait now, having typed too many wrong passwords."""
        return self._for_name.full() + self._from_client.full()

    def forget_tries(self, office: str | None = None) -> None:
        """Let everybody try again at once: the way back of whoever is shut out.

        Parameters:
            office: That of whoever asks for it.
        """
        require(Action.MANAGE_ACCOUNTS, office)
        self._for_name.forget_all()
        self._from_client.forget_all()

    @contextmanager
    def _changing(self, name: str | None = None) -> Iterator[Connection]:
        """A transaction on accounts, which leaves no office without one."""
        with self._database.across_offices(*_TABLES, write=True) as connection:
            if name is not None and not _is_there(connection, name):
                raise refusals.unknown(name)
            before = _managed(connection)
            yield connection
            if name is not None and before - _managed(connection):
                raise refusals.last_one(name)

    def _grant(self, connection: Connection, name: str, grant: Grant, by: str) -> None:
        if grant.role is Role.BUREAU:
            _set_bureau(connection, name, True)
        elif not grant.office:
            raise refusals.needs_office(grant.role)
        elif grant.office not in _offices(connection):
            raise refusals.office_gone(grant.office)
        else:
            row = {"office": grant.office, "name": name, "role": grant.role}
            upsert(connection, MEMBERSHIPS, [row | {"resource_id": grant.resource_id}])
        about = " ".join(filter(None, (name, grant.role, grant.resource_id)))
        self._note(connection, by, Act.ACCOUNT, about, grant.office)

    def _note(
        self, connection: Connection, by: str, act: Act, about: str, office: str
    ) -> None:
        """Write a deed into an office's log; of a bureau's account, into all."""
        for key in (office,) if office else _offices(connection):
            note_deed(connection, self._database.now(), by, act, about, key)


def _new_row(name: str, password: str, handed_out: bool = False) -> dict[str, Any]:
    """What is kept of a new account beside the moment it was made."""
    name = name.strip()
    if not name:
        raise refusals.no_name()
    if any(category(x) in ("Cc", "Cf") for x in name):
        raise refusals.unseen()
    kept = hash_password(_checked(password, name))
    row = {"name": name, "password_hash": kept, "bureau": False}
    return row | {"handed_out": handed_out}


def _checked(password: str, name: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise refusals.too_short(SHORTEST_PASSWORD)
    if is_weak(password, name):
        raise refusals.is_guessed()
    return password


def _account(name: str, bureau: bool, rows: Iterable[Row[Any]]) -> Account:
    mine = {
        x.office: Membership(Role(x.role), x.resource_id)
        for x in rows
        if x.name == name
    }
    return Account(name, bureau, mine)


def _is_there(connection: Connection, name: str) -> bool:
    wanted = select(USERS.c.name).where(USERS.c.name == name)
    return connection.scalar(wanted) is not None


def _set_bureau(connection: Connection, name: str, bureau: bool) -> None:
    mine = update(USERS).where(USERS.c.name == name)
    connection.execute(mine.values(bureau=bureau))


def _offices(connection: Connection) -> tuple[str, ...]:
    return tuple(connection.scalars(select(OFFICES.c.office).order_by("office")))


def _offices_of(connection: Connection, name: str) -> tuple[str, ...]:
    """Offices that an account can do something in."""
    bureau = select(USERS.c.bureau).where(USERS.c.name == name)
    if connection.scalar(bureau):
        return _offices(connection)
    mine = select(MEMBERSHIPS.c.office).where(MEMBERSHIPS.c.name == name)
    return tuple(connection.scalars(mine.order_by("office")))


def _require_whole(connection: Connection, name: str, unless_own: bool = False) -> None:
    """Let nobody take an account over that is more than they may manage.

    Parameters:
        unless_own: Everybody may do it with their own.
    """
    acts = who_acts()
    if unless_own and acts is not None and acts.name == name:
        return
    bureau = select(USERS.c.bureau).where(USERS.c.name == name)
    offices = _offices_of(connection, name)
    everywhere = connection.scalar(bureau) or not offices
    for office in (None,) if everywhere else offices:
        require(Action.MANAGE_ACCOUNTS, office)


def _managed(connection: Connection) -> frozenset[str]:
    """Offices that somebody can manage; of a database without any, itself."""
    bureaus = select(USERS.c.name).where(USERS.c.bureau)
    if connection.execute(bureaus).first():
        return frozenset(_offices(connection) or ("",))
    managers = select(MEMBERSHIPS.c.office).where(MEMBERSHIPS.c.role == Role.OFFICE)
    return frozenset(connection.scalars(managers))


def _need_role(account: Account) -> None:
    if not account.bureau and not account.memberships:
        raise refusals.without_role(account.name)
