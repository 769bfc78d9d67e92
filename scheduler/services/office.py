"""An office: everything that is kept of it, behind one door."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from sqlalchemy import Connection

from scheduler.formats.sources import write_source, write_tables
from scheduler.model.errors import DataError, InputError
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.access.deeds import Act, Deed, deeds, note_deed
from scheduler.services.access.links import Link, Links
from scheduler.services.access.permissions import Action, Visitors
from scheduler.services.jobs.answers import Answers
from scheduler.services.jobs.comparisons import Comparisons
from scheduler.services.jobs.queue import Queue
from scheduler.services.school.audiences import ResourceUnknown, audiences, require
from scheduler.services.school.bad_days import BadDays
from scheduler.services.school.changes import Changes
from scheduler.services.school.cover.covering import Covering
from scheduler.services.school.drafts.drafts import Drafts
from scheduler.services.school.drafts.rebasing import Rebased, rebase
from scheduler.services.school.drafts.refusals import DraftClosed
from scheduler.services.school.drafts.results import DraftJobs
from scheduler.services.school.drafts.rows import Draft
from scheduler.services.school.feeds import Asked, Feed, Feeds, Request, Stamp
from scheduler.services.school.publishing import How, Publication, Publications
from scheduler.services.school.usage import UsageLog
from scheduler.services.store.database import Database, OfficeDatabase
from scheduler.services.store.entry_rows import load_as_of, term_entries
from scheduler.services.store.office_rows import (
    read_cover_settings,
    read_settings,
    write_cover_settings,
    write_settings,
)
from scheduler.services.store.stamps import TermStamp, term_stamp
from scheduler.term.cover.settings import CoverSettings
from scheduler.term.entries import Entry, FeedKind
from scheduler.term.showing import Audience
from scheduler.term.versions import Versions


@dataclass(frozen=True)
class Office:
    """Publications, links to feeds, logs; safe to use from several threads.

    Whatever else the database holds, nothing here sees or changes it.
    """

    key: str
    database: OfficeDatabase
    publications: Publications
    link_table: Links
    feeds: Feeds
    changes: Changes
    covering: Covering
    bad_days: BadDays
    comparisons: Comparisons
    usage: UsageLog
    drafts: Drafts
    draft_jobs: DraftJobs
    jobs: Queue
    answers: Answers

    @staticmethod
    def of(database: Database, key: str) -> "Office":
        """The office of a key, which must exist."""
        ours = database.office(key)
        publications = Publications(ours)
        changes = Changes(ours, publications)
        jobs, drafts = Queue(ours), Drafts(ours)
        answers = Answers(jobs)
        return Office(
            key,
            ours,
            publications,
            Links(ours),
            Feeds(ours, publications.current),
            changes,
            Covering(ours, publications, changes),
            BadDays(ours, publications, changes, answers),
            Comparisons(ours),
            UsageLog(ours, publications.current),
            drafts,
            DraftJobs(drafts, jobs),
            jobs,
            answers,
        )

    def publish(
        self,
        problem: Problem,
        timetable: Timetable,
        name: str,
        report_json: str,
        over: int | None = None,
        **how: Unpack[How],
    ) -> Publication:
        """Publish a timetable: all of it or nothing.

        Parameters:
            over: The version it was made from; None: whatever is in force.
            how: What else :meth:`Publications.publish` is to know.

        Raises:
            ValueError: the timetable is of another problem.
            Superseded: that version is in force no more.
            InputError: the office has other schools, or it cannot begin then.
        """
        if timetable.problem != problem:
            raise ValueError("the timetable is of another problem")
        current = self.current()
        if current is not None and not shared_schools(current.problem, problem):
            raise InputError([self._other_schools(current.problem, problem)])
        return self.publications.publish(timetable, name, report_json, over, **how)

    def visitors(self) -> Visitors | None:
        """What the office shows without a login; None where it has not said."""
        with self.database.read() as connection:
            said = read_settings(connection).get("visitors")
        return Visitors(said) if said else None

    def set_visitors(self, visitors: Visitors, who: str = "") -> None:
        """Say what the office shows without a login."""
        with self.database.write(Action.MANAGE_ACCOUNTS) as connection:
            kept = read_settings(connection) | {"visitors": visitors.value}
            write_settings(connection, kept)
            at = self.database.now()
            note_deed(connection, at, who, Act.VISITORS, visitors)

    def cover_settings(self) -> CoverSettings:
        """The school's own rules of absences and covers."""
        with self.database.read() as connection:
            return read_cover_settings(connection)

    def set_cover_settings(self, settings: CoverSettings, who: str = "") -> None:
        """Keep the school's own rules of absences and covers."""
        with self.database.write(Action.CHANGE_DATES) as connection:
            write_cover_settings(connection, settings)
            note_deed(connection, self.database.now(), who, Act.COVER_RULES, "")

    def district_settings(self) -> str:
        """What the bureau has settled for all schools, where it is kept here."""
        with self.database.read() as connection:
            return read_settings(connection).get("district", "")

    def set_district_settings(self, text: str, who: str = "") -> None:
        """Keep what the bureau has settled."""
        with self.database.write(Action.ANSWER_FOR_ALL) as connection:
            kept = read_settings(connection) | {"district": text}
            write_settings(connection, kept)
            note_deed(connection, self.database.now(), who, Act.DISTRICT, "")

    def deeds(self) -> tuple[Deed, ...]:
        """Who did what to the office, from the first deed to the last."""
        return deeds(self.database)

    def publish_draft(
        self,
        draft_id: int,
        who: str,
        name: str,
        report_json: str,
        begins: dt.date | None = None,
    ) -> Publication:
        """Publish a draft over the version it was made from, and close it with that.

        Raises:
            DraftUnknown, DraftClosed: there is no such open draft.
            DraftGoesOn: somebody did one more step a moment ago; it stays open.
            Superseded: its base is in force no more; the draft stays open.
            InputError: the office has other schools, or it cannot begin then.
        """
        draft = self.drafts.get(draft_id)
        if draft.closed_at is not None:
            raise DraftClosed(draft_id, draft.published_version)
        table, last = self.drafts.look(
            draft_id, lambda desk: (desk.timetable, desk.history.last)
        )

        def close(connection: Connection, version: int) -> None:
            self.drafts.close(connection, draft_id, who, version, last)

        return self.publish(
            *(table.problem, table, name, report_json, draft.base_version),
            begins=begins,
            who=who,
            act=Act.PUBLISH_DRAFT,
            also=close,
        )

    def newer_than(self, draft: Draft) -> int | None:
        """The newest version, where a draft was made over an earlier one."""
        listed = self.publications.all()
        newest = listed[0].version if listed else None
        return None if draft.base_version in (None, newest) else newest

    def rebase_draft(self, draft_id: int, who: str) -> Rebased | None:
        """Begin a draft over the newest version with what another has changed.

        None where that one is over the newest version already.

        Raises:
            DraftUnknown: there is no such draft.
        """
        draft = self.drafts.get(draft_id)
        newest = self.newer_than(draft)
        if newest is None or draft.base_version is None:
            return None
        base = self.publication(draft.base_version).timetable
        return rebase(self.drafts, draft_id, base, self.publication(newest), who)

    def current(self) -> Publication | None:
        """The publication in force."""
        return self.publications.current()

    def export(self, folder: Path) -> int:
        """Write the tables and the timetable of the newest publication.

        The files are those it was published from, byte for byte, where it was
        published from files.

        Returns how many files.

        Raises:
            InputError: nothing is published.
            FileExistsError: there is such a folder and it is not empty.
        """
        newest = self.publications.newest()
        if newest is None:
            raise InputError([_nothing_published(self.key)])
        if newest.source is not None:
            return write_source(newest.source, folder)
        return write_tables(newest.timetable, folder)

    def publication(self, version: int) -> Publication:
        """An earlier publication.

        Raises:
            LookupError: there is none of this version.
        """
        return self.publications.get(version)

    def versions(self, date: dt.date | None = None) -> Versions | None:
        """The timetables of a date's term, each on its dates.

        Without a date those of the term published last; None where none is published.
        """
        return self.publications.versions(date)

    def stamp(self) -> TermStamp | None:
        """What tells states of the term published last apart; None without one."""
        with self.database.read() as connection:
            code = self.publications.term_of(connection)
            return term_stamp(connection, code) if code else None

    def entries(self, as_of: dt.datetime | None = None) -> tuple[Entry, ...]:
        """All dated lessons of the term published last, past ones as they were.

        Parameters:
            as_of: A moment: as the books had them then.
        """
        with self.database.read() as connection:
            code = self.publications.term_of(connection)
            if code is None:
                return ()
            now = term_entries(self.database, connection, code)
            if as_of is None:
                return now
            return tuple(load_as_of(connection, now, code, as_of))

    def audiences(self, kind: FeedKind | str) -> tuple[Audience, ...]:
        """Feeds of one kind that links can be made to."""
        current = self.current()
        return audiences(current.problem, FeedKind(kind)) if current else ()

    def create_link(
        self, kind: FeedKind | str, resource_id: str, person: str = "", by: str = ""
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
        return self.link_table.create(kind, resource_id, person, by)

    def revoke_link(
        self, kind: FeedKind | str, resource_id: str, person: str = "", by: str = ""
    ) -> bool:
        """Kill a person's link; tell whether there was one."""
        return self.link_table.revoke(FeedKind(kind), resource_id, person, by)

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

    def feed(self, token: str, **asked: Unpack[Asked]) -> Feed:
        """The feed of a token; what is asked are the parameters of its address.

        Raises:
            FeedUnknown, FeedRevoked: to be answered 404 and 410.
            ValueError: a parameter has no such value.
        """
        return self.feeds.feed(Request.of(token, **asked))

    def feed_stamp(self, token: str, **asked: Unpack[Asked]) -> Stamp:
        """Entity tag and date of the same feed, without building it.

        Raises: as :meth:`feed`.
        """
        return self.feeds.stamp(Request.of(token, **asked))

    def _other_schools(self, known: Problem, given: Problem) -> DataError:
        """Links of one school would show lessons of the other."""
        return DataError(
            "--office",
            Text(
                f"这里是{_names(known)}的课表，不能再发布{_names(given)}的",
                f"holds the timetable of {_names(known)}, not of {_names(given)}",
            ),
            Text("请换一个代号。", "Maybe another key?"),
            value=self.key,
        )


def _nothing_published(key: str) -> DataError:
    return DataError(
        "--office",
        Text("还没有发布过课表", "has published nothing yet"),
        Text("请先用 cuofeng publish 发布。", "Publish with cuofeng publish."),
        value=key,
    )


def shared_schools(known: Problem, given: Problem) -> frozenset[str]:
    """Ids of schools that both problems have."""
    return frozenset(known.school.keys() & given.school.keys())


def _names(problem: Problem) -> str:
    return "、".join(f"{s.name}（{s.school_id}）" for s in problem.schools)
