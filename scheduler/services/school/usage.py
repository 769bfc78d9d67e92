"""The check-in log: lessons confirmed where they were planned, place by place."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from scheduler.model.errors import Told
from scheduler.model.text import Text
from scheduler.services.access.permissions import Action
from scheduler.services.school.publishing import (
    Publication,
    local_date,
    recent_terms,
)
from scheduler.services.store.database import OfficeDatabase
from scheduler.services.store.entry_rows import load_dates, term_entries
from scheduler.services.store.office_check import here, office_of
from scheduler.services.store.schema import USAGE_LOG
from scheduler.services.store.upserts import add_missing
from scheduler.term.calendar import term_code
from scheduler.term.entries import Entry

EARLY_MINUTES = 10
"""A lesson may be confirmed from so many minutes before it until so many after it."""


class NothingToConfirm(Told):
    """No lesson is planned at the place now, or all are confirmed."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Lessons held at a venue from the first check-in up to today, and those of them
    that were confirmed."""

    planned: int
    confirmed: int


Confirmation = tuple[str, dt.date, str, dt.date]
"""Venue, date, lesson, and the date on which the week has it."""


@dataclass(frozen=True)
class CheckIns:
    """What was confirmed in a term, given by its code, up to today."""

    term: str
    known: frozenset[Confirmation]
    today: dt.date

    @cached_property
    def _dates(self) -> frozenset[dt.date]:
        return frozenset(date for _, date, *_ in self.known)

    @property
    def first(self) -> dt.date:
        """Date of the first check-in: before it nobody was asked."""
        return min(self._dates)

    def has(self, entry: Entry) -> bool:
        """Whether a lesson on a date was confirmed where it is held."""
        return entry.date in self._dates and _confirmation(entry) in self.known

    def asked(self, monday: dt.date) -> bool:
        """Whether anybody was asked in the week that begins on this date."""
        return self.first <= monday + dt.timedelta(days=6) and monday <= self.today


class UsageLog:
    """Who confirmed what; one row for each lesson on a date.

    Lessons are those that were published for a date, with what was changed of them.
    """

    def __init__(
        self, database: OfficeDatabase, current: Callable[[], Publication | None]
    ) -> None:
        self._database, self._current = database, current

    def running(self, venue_id: str) -> tuple[Entry, ...]:
        """Lessons at a venue now that are not confirmed yet."""
        current = self._current()
        if current is None:
            return ()
        zone = ZoneInfo(current.problem.term.timezone)
        here = self._database.now().astimezone(zone)
        minute, date = here.hour * 60 + here.minute, here.date()
        with self._database.read() as connection:
            terms = recent_terms(connection)
            known = _known(connection, terms)
            held = _held_on(connection, terms, date)
        return tuple(
            x
            for x in held
            if _venue_of(x) == venue_id
            and x.facts.start - EARLY_MINUTES <= minute < x.facts.end + EARLY_MINUTES
            and _confirmation(x) not in known
        )

    def expected(self, date: dt.date) -> tuple[tuple[Entry, bool], ...]:
        """Lessons at venues on a date, and whether each is confirmed."""
        with self._database.read() as connection:
            terms = recent_terms(connection)
            known = _known(connection, terms)
            held = _held_on(connection, terms, date)
        return tuple((x, _confirmation(x) in known) for x in held)

    def confirm(self, venue_id: str, by: str) -> tuple[Entry, ...]:
        """Confirm all lessons that are running at the venue.

        Raises:
            NothingToConfirm: there is none.
        """
        running, current = self.running(venue_id), self._current()
        agreements = current.problem.agreements if current else ()
        about = (
            venue_id,
            *(x.agreement_id for x in agreements if x.venue_id == venue_id),
        )
        # Somebody else may have confirmed some of them a moment ago.
        with self._database.write(Action.CONFIRM_USE, about) as connection:
            rows = [
                {
                    "office": office_of(connection),
                    "term": entry.key.term,
                    "venue_id": venue_id,
                    "date": entry.date,
                    "lesson_id": entry.lesson_id,
                    "planned_date": entry.planned_date,
                    "noted_at": self._database.now(),
                    "noted_by": by,
                }
                for entry in running
            ]
            if not add_missing(connection, USAGE_LOG, rows):
                raise NothingToConfirm(_NOTHING)
        return running

    def by_venue(self) -> Mapping[str, Confirmed]:
        """Planned and confirmed lessons of the term so far, by venue.

        Empty as long as nothing at all is confirmed. Lessons count as planned from the
        date of the first check-in: before it nobody was asked.
        """
        log = self.check_ins()
        if log is None:
            return {}
        with self._database.read() as connection:
            all_ = term_entries(self._database, connection, log.term)
        held = {_confirmation(x) for x in _held(all_, log.first, log.today)}
        # What was confirmed was planned then, though it was changed later that day.
        planned = Counter(venue_id for venue_id, *_ in held | log.known)
        done = Counter(venue_id for venue_id, *_ in log.known)
        return {v: Confirmed(planned[v], done[v]) for v in planned}

    def check_ins(self) -> CheckIns | None:
        """What was confirmed in the published term; None as long as nothing is."""
        current = self._current()
        if current is None:
            return None
        term = current.problem.term
        code = term_code(term)
        with self._database.read() as connection:
            known = _known(connection, [code])
        today = local_date(self._database.now(), term.timezone)
        return CheckIns(code, known, today) if known else None


def _held(entries: Iterable[Entry], first: dt.date, last: dt.date) -> Iterator[Entry]:
    """Lessons at venues that they may use, on these dates."""
    return (
        entry
        for entry in entries
        if first <= entry.date <= last and not entry.cancelled
        if entry.facts.place is not None and entry.facts.place.available
    )


def _held_on(
    connection: Connection, terms: Sequence[str], date: dt.date
) -> list[Entry]:
    known = (x for term in terms for x in load_dates(connection, term, [date]))
    return list(_held(known, date, date))


def _known(connection: Connection, terms: Sequence[str]) -> frozenset[Confirmation]:
    log = USAGE_LOG.c
    wanted = select(log.venue_id, log.date, log.lesson_id, log.planned_date).where(
        here(connection, USAGE_LOG), log.term.in_(terms)
    )
    return frozenset(tuple(row) for row in connection.execute(wanted))


def _confirmation(entry: Entry) -> Confirmation:
    return _venue_of(entry), entry.date, entry.lesson_id, entry.planned_date


def _venue_of(entry: Entry) -> str:
    place = entry.facts.place
    return place.venue.id if place else ""


_NOTHING = Text(
    "当前没有待登记的课。", "There is no lesson here now that waits for this."
)
