"""The store: everything that is kept, behind one door."""

import secrets
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.exc import SQLAlchemyError

from scheduler.model.errors import DataError, InputError
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.access.accounts import Accounts, Role
from scheduler.services.access.links import Link, Links
from scheduler.services.access.sessions import Sessions
from scheduler.services.clock import utc_now
from scheduler.services.jobs.comparisons import Comparisons
from scheduler.services.school.audiences import ResourceUnknown, audiences, require
from scheduler.services.school.bad_days import BadDays
from scheduler.services.school.feeds import Feed, Feeds, Request, Stamp
from scheduler.services.school.publishing import Issue, Publication, Publications
from scheduler.services.school.usage import UsageLog
from scheduler.services.store.database import Database, Now, is_missing
from scheduler.services.store.schema import FORMAT, METADATA, NUMBER, SECRETS
from scheduler.term.entries import FeedKind
from scheduler.term.showing import Audience


class OtherFormat(Exception):
    """The database was made by a release that keeps things differently."""


@dataclass(frozen=True)
class Store:
    """Publications, links to feeds, accounts; safe to use from several threads."""

    database: Database
    publications: Publications
    link_table: Links
    feeds: Feeds
    accounts: Accounts
    sessions: Sessions
    bad_days: BadDays
    comparisons: Comparisons
    usage: UsageLog

    @staticmethod
    def open(url: str, now: Now = utc_now) -> "Store":
        """Open the database of a URL such as ``sqlite:///school.db``; create tables.

        ``now`` gives the time, with a zone.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: the database cannot be reached.
            OtherFormat: another release of the program made it.
        """
        database = Database.open(url, now)
        _prepare(database)
        publications = Publications(database)
        bad_days = BadDays(database, publications.current)
        return Store(
            database,
            publications,
            Links(database),
            Feeds(database, publications.current),
            Accounts(database),
            Sessions(database),
            bad_days,
            Comparisons(database),
            UsageLog(database, publications.current, bad_days.diversions),
        )

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
            OtherFormat,
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

    def publish(
        self,
        problem: Problem,
        timetable: Timetable,
        name: str,
        report_json: str,
        over: int | None = None,
    ) -> Publication:
        """Publish a timetable: all of it or nothing.

        Parameters:
            over: The version it was made from; None: whatever is in force.

        Raises:
            ValueError: the timetable is of another problem.
            Superseded: that version is in force no more.
            InputError: other schools are in force in this database.
        """
        if timetable.problem != problem:
            raise ValueError("the timetable is of another problem")
        current = self.current()
        if current is not None and not _share_a_school(current.problem, problem):
            raise InputError([_other_schools(current.problem, problem)])
        return self.publications.publish(timetable, name, report_json, over)

    def current(self) -> Publication | None:
        """The publication in force."""
        return self.publications.current()

    def publication(self, version: int) -> Publication:
        """An earlier publication.

        Raises:
            LookupError: there is none of this version.
        """
        return self.publications.get(version)

    def issues(self) -> tuple[Issue, ...]:
        """All publications, oldest first, without their timetables."""
        return self.publications.all()

    def audiences(self, kind: FeedKind | str) -> tuple[Audience, ...]:
        """Feeds of one kind that links can be made to."""
        current = self.current()
        return audiences(current.problem, FeedKind(kind)) if current else ()

    def create_link(
        self, kind: FeedKind | str, resource_id: str, person: str = ""
    ) -> str:
        """Make a link for a person; the one they had to this feed dies.

        Returns the token, which is kept nowhere and cannot be shown again.

        Raises:
            ValueError: no such kind.
            ResourceUnknown: the publication in force has no such resource.
        """
        kind = FeedKind(kind)
        current = self.current()
        if current is None:
            raise ResourceUnknown("nothing is published")
        require(current.problem, kind, resource_id)
        return self.link_table.create(kind, resource_id, person)

    def revoke_link(
        self, kind: FeedKind | str, resource_id: str, person: str = ""
    ) -> bool:
        """Kill a person's link; tell whether there was one."""
        return self.link_table.revoke(FeedKind(kind), resource_id, person)

    def links(self) -> tuple[Link, ...]:
        """All links, revoked ones included, without their secrets."""
        return self.link_table.all()

    def count_feed_request(self, token: str, address: str) -> None:
        """Count a request against the limit of its link.

        Requests for links that never were count for the address they come from, which
        many phones of a school share: guesses do not shut out the good links.

        Raises:
            FeedUnknown: no such link was ever made.
            RateExceeded: to be answered 429.
        """
        self.feeds.count(token, address)

    def feed(
        self,
        token: str,
        tz: str | None = None,
        cancelled: str | None = None,
        alarm: str | None = None,
        source: str | None = None,
    ) -> Feed:
        """The feed of a token; the parameters are those of its address.

        Raises:
            FeedUnknown, FeedRevoked: to be answered 404 and 410.
            ValueError: a parameter has no such value.
        """
        return self.feeds.feed(Request.of(token, tz, cancelled, alarm, source))

    def feed_stamp(
        self,
        token: str,
        tz: str | None = None,
        cancelled: str | None = None,
        alarm: str | None = None,
        source: str | None = None,
    ) -> Stamp:
        """Entity tag and date of the same feed, without building it.

        Raises: as :meth:`feed`.
        """
        return self.feeds.stamp(Request.of(token, tz, cancelled, alarm, source))

    def add_user(self, name: str, password: str, role: Role = Role.OFFICE) -> None:
        """Add an account.

        Raises:
            UserExists, ValueError: taken; empty name or short password.
        """
        self.accounts.add(name, password, role)

    def check_login(self, name: str, password: str, client: str = "") -> bool:
        """Tell whether name and password belong together.

        Raises:
            RateExceeded: too many wrong tries.
        """
        return self.accounts.check(name, password, client)

    def session_key(self) -> bytes:
        """The key that signs sessions: random, made once, the same ever after."""
        wanted = select(SECRETS.c.value).where(SECRETS.c.name == "session")
        with self.database.write() as connection:
            key = connection.scalar(wanted)
            if key is None:
                key = secrets.token_bytes(32)
                row = {"name": "session", "value": key}
                connection.execute(insert(SECRETS).values(row))
        return key


def _share_a_school(known: Problem, given: Problem) -> bool:
    return not known.school.keys().isdisjoint(given.school)


def _other_schools(known: Problem, given: Problem) -> DataError:
    """Links of one school would show lessons of the other."""

    def names(problem: Problem) -> str:
        return "、".join(f"{s.name}（{s.school_id}）" for s in problem.schools)

    return DataError(
        "--database",
        Text(
            f"数据库里是{names(known)}的课表，不能再发布{names(given)}的",
            f"holds the timetable of {names(known)}, not of {names(given)}",
        ),
        Text("请为每所学校用一个数据库。", "Use a database for each school."),
    )


def _prepare(database: Database) -> None:
    """Create what is missing; refuse tables that mean something else."""
    with database.write() as connection:
        METADATA.create_all(connection)
        found = connection.scalar(select(FORMAT.c.number))
        if found is None:
            connection.execute(insert(FORMAT).values(number=NUMBER))
        elif found != NUMBER:
            raise OtherFormat(f"store format {found}, not {NUMBER}")
