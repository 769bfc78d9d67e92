"""The publishing page: what changes, who is told, what stands against it; versions."""

import json
from collections import Counter
from dataclasses import dataclass

from scheduler.constraints.evaluate import Report, evaluate
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.jobs.contract import JobKind
from scheduler.services.office import Office
from scheduler.services.school.publishing import Listed, Publication
from scheduler.services.views.concerned import SubjectOf
from scheduler.services.views.conflicts import Conflict, conflicts_of
from scheduler.services.views.solution import (
    is_about,
    quality,
    read_claim,
    read_reason,
    with_reason,
)
from scheduler.services.views.subscriptions import TITLES
from scheduler.services.views.work.difference import Difference, difference
from scheduler.term.entries import FeedKind

_KINDS = {
    FeedKind.CLASS: SubjectOf.CLASS,
    FeedKind.TEACHER: SubjectOf.TEACHER,
    FeedKind.VENUE: SubjectOf.VENUE,
}
_LOOKED_AT = 8
"""Jobs of a draft among which that of its timetable is looked for."""


@dataclass(frozen=True, slots=True)
class Told:
    """Calendar links of one kind that change, and how many of them were fetched."""

    title: Text
    links: int
    fetched: int


@dataclass(frozen=True)
class Proposal:
    """A draft as it would be published.

    ``held`` counts rows of tables typed and not in force. ``difference`` is None where
    nothing is in force; ``record`` what a solve said of this very timetable.
    """

    timetable: Timetable
    report: Report
    unplaced: int
    held: int
    difference: Difference | None
    told: tuple[Told, ...]
    record: str

    @property
    def quality(self) -> Text:
        """How good it is, as far as that was proven."""
        return quality(read_claim(self.record), self.report)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Violations of hard rules; lessons without a place are told by themselves."""
        return conflicts_of(self.timetable, self.report.clashes)

    def record_with(self, reason: str) -> str:
        """What it is published with."""
        return with_reason(self.record, reason) if self.report.hard else self.record


def proposal(office: Office, draft_id: int) -> Proposal:
    """What publishing a draft would do.

    Raises:
        DraftUnknown: there is no such draft.
    """
    table, *counts = office.drafts.look(
        draft_id,
        lambda desk: (
            *(desk.timetable, len(desk.unplaced)),
            len(desk.tables.pending()),
        ),
    )
    current, report = office.current(), evaluate(table)
    found = None if current is None else difference(current.timetable, table)
    return Proposal(
        *(table, report, *counts, found),
        () if found is None else told_of(office, found),
        _record(office, draft_id, report),
    )


def told_of(office: Office, found: Difference) -> tuple[Told, ...]:
    """The calendar links that a difference changes, by kind."""
    if not found.lessons:
        return ()
    links, fetched = Counter[FeedKind](), Counter[FeedKind]()
    keys = found.keys
    for link in office.links():
        kind = _KINDS.get(link.kind)
        concerned = kind is None or (kind, link.resource_id) in keys
        if link.revoked_at is None and concerned:
            links[link.kind] += 1
            fetched[link.kind] += link.fetched_at is not None
    return tuple(
        Told(title, links[kind], fetched[kind])
        for kind, title in TITLES.items()
        if links[kind]
    )


def _record(office: Office, draft_id: int, report: Report) -> str:
    """What the job that found this timetable says of it."""
    for job in office.jobs.of_draft(draft_id, _LOOKED_AT):
        if job.kind not in (JobKind.SOLVE, JobKind.LEVEL) or not job.ended:
            continue
        result = office.jobs.result(job.job_id)
        record = "{}" if result is None else json.dumps(dict(result.facts))
        claim = read_claim(record)
        if claim is not None and is_about(claim, report):
            return record
    return "{}"


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version in the list; ``reason`` is why it was published with conflicts."""

    listed: Listed
    in_force: bool

    @property
    def reason(self) -> str:
        """Why it was published with conflicts."""
        return read_reason(self.listed.report)


def version_rows(office: Office) -> tuple[VersionRow, ...]:
    """All versions, newest first."""
    current = office.current()
    now = None if current is None else current.version
    return tuple(VersionRow(x, x.version == now) for x in office.publications.all())


def compared(one: Publication, other: Publication) -> Difference:
    """What is otherwise in the second of two versions."""
    return difference(one.timetable, other.timetable)
