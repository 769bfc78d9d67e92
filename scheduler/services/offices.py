"""The store: a database with its offices, its accounts and their sessions."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from scheduler.model.errors import DataError, InputError
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.services.access.accounts import Accounts, Grant
from scheduler.services.access.permissions import Action, Role
from scheduler.services.access.refusals import no_resource
from scheduler.services.access.sessions import Sessions
from scheduler.services.clock import utc_now
from scheduler.services.jobs.rows import JobState, count_open
from scheduler.services.office import Office, shared_schools
from scheduler.services.store.database import Database, Now, is_missing
from scheduler.services.store.guarding import require
from scheduler.services.store.office_rows import (
    LONGEST_KEY,
    OfficeRow,
    add_office,
    is_key,
    key_like,
    load_offices,
)
from scheduler.services.store.schema import JOBS, OFFICES, SECRETS
from scheduler.services.store.upgrading import prepare
from scheduler.services.store.upserts import add_missing


class OfficeUnknown(LookupError):
    """The database has no such office."""


@dataclass(frozen=True)
class Store:
    """Offices and accounts of a database; safe to use from several threads.

    ``upgraded_from`` is the backup of before, where opening it upgraded it.
    """

    database: Database
    accounts: Accounts
    sessions: Sessions
    upgraded_from: Path | None = None
    _known: dict[str, Office] = field(default_factory=dict)

    @staticmethod
    def open(url: str, now: Now = utc_now) -> "Store":
        """Open the database of a URL such as ``sqlite:///school.db``.

        Its tables are made, or upgraded after a backup. ``now`` gives the time, with a
        zone.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: the database cannot be reached.
            InputError: it is of no release of the program, or of a later one.
        """
        database = Database.open(url, now)
        copy = prepare(database)
        return Store(database, Accounts(database), Sessions(database), copy)

    @staticmethod
    def connect(url: str, create: bool = True) -> "Store":
        """Open the database that a user names.

        Parameters:
            create: Make it where there is none; else that is an error.

        Raises:
            InputError: it cannot be used, in one sentence.
        """
        try:
            if not create and is_missing(url):
                raise FileNotFoundError("no such file 没有这个文件")
            return Store.open(url)
        except (
            SQLAlchemyError,
            ModuleNotFoundError,
            FileNotFoundError,
        ) as error:
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            problem = Text(f"数据库打不开（{reason}）", f"cannot be opened ({reason})")
            advice = Text(
                "例如 sqlite:///school.db。", "Maybe sqlite:///school.db is meant?"
            )
            found = DataError("--database", problem, advice, value=url)
            raise InputError([found]) from error

    def close(self) -> None:
        """Give the database's connections back."""
        self.database.close()

    def offices(self) -> tuple[OfficeRow, ...]:
        """All offices, by key."""
        with self.database.across_offices(OFFICES.name) as connection:
            return load_offices(connection)

    def open_jobs(self) -> dict[JobState, int]:
        """How many jobs of all offices wait, and how many run."""
        with self.database.across_offices(JOBS.name) as connection:
            return count_open(connection)

    def office(self, key: str) -> Office:
        """An office by its key.

        Raises:
            OfficeUnknown: there is none.
        """
        if key not in self._known:
            if key not in {row.key for row in self.offices()}:
                raise OfficeUnknown(key)
            self._known.setdefault(key, Office.of(self.database, key))
        return self._known[key]

    def add_office(self, key: str, name: str) -> Office:
        """An office by its key, made where there is none.

        Raises:
            InputError: it is no key.
            NotAllowed: nobody but a bureau makes a new one.
        """
        if not is_key(key):
            raise InputError([_no_key(key)])
        if key not in {row.key for row in self.offices()}:
            require(Action.ADD_OFFICE, key)
        with self.database.across_offices(OFFICES.name, write=True) as connection:
            add_office(connection, key, name, self.database.now())
        return self.office(key)

    def new_office(self, problem: Problem) -> Office:
        """An office of its own for a school, whatever others there are.

        Its key is that of the first school's id, with a number where it is taken.
        """
        own = key_like(problem.taught_schools[0].school_id)
        taken = {row.key for row in self.offices()}
        numbered = (f"{own[: LONGEST_KEY - 4]}-{k}" for k in range(2, 1000))
        free = next(x for x in (own, *numbered) if x not in taken)
        return self.add_office(free, problem.title)

    def office_named(self, key: str = "") -> Office:
        """The office of a key; without one, the only office there is.

        Raises:
            InputError: there is no such office, or several, in one sentence.
        """
        keys = [row.key for row in self.offices()]
        if key in keys or (not key and len(keys) == 1):
            return self.office(key or keys[0])
        raise InputError([_which_office(key, keys)])

    def office_for(self, problem: Problem, key: str = "") -> Office:
        """The office that publishes a problem, made where there is none.

        Parameters:
            key: Its key; without one that of the first school's id, or of the only
                office there is, where that has this school.

        Raises:
            InputError: it is no key; or without one, a school of another name is in
                force under the same id.
        """
        if key:
            return self.add_office(key, problem.title)
        own = key_like(problem.taught_schools[0].school_id)
        offices = [row.key for row in self.offices()]
        if own not in offices and len(offices) == 1:
            current = self.office(offices[0]).current()
            if current is None or shared_schools(current.problem, problem):
                own = offices[0]
        office = self.add_office(own, problem.title)
        current = office.current()
        if current is not None:
            _refuse_namesake(own, current.problem, problem)
        return office

    def add_bureau(self, name: str, password: str) -> None:
        """Add an account for all offices, as the first one is.

        Raises:
            AccountRefused: taken; empty name or short password.
        """
        self.accounts.add(name, password, Grant(Role.BUREAU))

    def check_grant(self, grant: Grant) -> None:
        """See that a role is of a teacher, agreement or place that there is.

        Raises:
            AccountRefused: it is not.
        """
        if grant.role not in (Role.TEACHER, Role.PARTNER):
            return
        current, known = self.office(grant.office).current(), set[str]()
        if current is not None and grant.role is Role.TEACHER:
            known = set(current.problem.teacher)
        elif current is not None:
            agreements = current.problem.agreements
            known = {*current.problem.venue, *(x.agreement_id for x in agreements)}
        if grant.resource_id not in known:
            raise no_resource(grant.role, grant.resource_id)

    def check_login(self, name: str, password: str, client: str = "") -> bool:
        """Tell whether name and password belong together.

        Raises:
            RateExceeded: too many wrong tries.
            AccountRefused: the account has no role.
        """
        return self.accounts.check(name, password, client)

    def session_key(self) -> bytes:
        """The key that signs sessions: random, made once, the same ever after."""
        wanted = select(SECRETS.c.value).where(SECRETS.c.name == "session")
        with self.database.read() as connection:
            known = connection.scalar(wanted)
        if known is not None:
            return bytes(known)
        row = {"name": "session", "value": secrets.token_bytes(32)}
        with self.database.write() as connection:
            add_missing(connection, SECRETS, [row])
            return bytes(connection.execute(wanted).scalar_one())


def _no_key(key: str) -> DataError:
    return DataError(
        "--office",
        Text(
            "代号只能用小写字母、数字和连字符，最多40个",
            "is no key: lower-case letters, digits and hyphens, 40 at most",
        ),
        Text("例如 shiyan-xiaoxue。", "Maybe shiyan-xiaoxue?"),
        value=key,
    )


def _which_office(key: str, keys: list[str]) -> DataError:
    if not keys:
        return DataError(
            "--database",
            Text("还没有发布过课表", "no timetable has been published yet"),
            Text("请先用 cuofeng publish 发布。", "Publish one with cuofeng publish."),
        )
    known = "、".join(keys), ", ".join(keys)
    advice = Text(f"代号有：{known[0]}。", f"The keys: {known[1]}.")
    if not key:
        problem = Text("数据库里有几所学校，要写明哪一所", "which office is meant?")
        return DataError("--office", problem, advice)
    unknown = Text("数据库里没有这个代号", "is no office of this database")
    return DataError("--office", unknown, advice, value=key)


def _refuse_namesake(key: str, known: Problem, given: Problem) -> None:
    """Equal ids are no proof that two schools are the same one."""
    shared = shared_schools(known, given)
    pairs = [(known.school[x].name, given.school[x].name) for x in sorted(shared)]
    if not pairs or any(old == new for old, new in pairs):
        return
    old, new = pairs[0]
    raise InputError(
        [
            DataError(
                "--office",
                Text(
                    f"代号“{key}”下发布的是{old}，现在要发布的是{new}",
                    f'under "{key}" {old} is published, and this is {new}',
                ),
                Text(
                    f"若是改了名，请写 --office {key}；若是另一所，请换代号。",
                    f"Renamed? Add --office {key}. Another school? Take another key.",
                ),
            )
        ]
    )
