"""The check-in log: lessons confirmed where they were planned, place by place."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from scheduler.model.text import Text
from scheduler.services.school.publishing import Publication, local_date
from scheduler.services.store.database import OfficeDatabase
from scheduler.services.store.office_check import here, office_of
from scheduler.services.store.schema import USAGE_LOG
from scheduler.services.store.upserts import add_missing
from scheduler.term.calendar import term_code
from scheduler.term.dated import DatedLesson
from scheduler.term.rain import Diversion, held_lessons

EARLY_MINUTES = 10
"""A lesson may be confirmed from so many minutes before it until so many after it."""


class NothingToConfirm(Exception):
    """No lesson is planned at the place now, or all are confirmed."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Lessons held at a venue from the first check-in up to today, and those of them
    that were confirmed."""

    planned: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class CheckIns:
    """What was confirmed in a term up to today: (venue, date, lesson)."""

    known: frozenset[tuple[str, dt.date, str]]
    today: dt.date

    @property
    def first(self) -> dt.date:
        """Date of the first check-in: before it nobody was asked."""
        return min(date for _, date, _ in self.known)

    def has(self, dated: DatedLesson) -> bool:
        """Whether a lesson on a date was confirmed where it is held."""
        return (_venue_of(dated), dated.date, dated.lesson_id) in self.known

    def asked(self, monday: dt.date) -> bool:
        """Whether anybody was asked in the week that begins on this date."""
        return self.first <= monday + dt.timedelta(days=6) and monday <= self.today


class UsageLog:
    """Who confirmed what; one row for each lesson on a date."""

    def __init__(
        self,
        database: OfficeDatabase,
        current: Callable[[], Publication | None],
        diversions: Callable[[], tuple[Diversion, ...]],
    ) -> None:
        self._database, self._current = database, current
        self._diversions = diversions

    def running(self, venue_id: str) -> tuple[DatedLesson, ...]:
        """Lessons at a venue now that are not confirmed yet."""
        current = self._current()
        if current is None:
            return ()
        zone = ZoneInfo(current.problem.term.timezone)
        here = self._database.now().astimezone(zone)
        minute, date = here.hour * 60 + here.minute, here.date()
        known = self._confirmed(current)
        return tuple(
            d
            for d in self._held(current, {date})
            if _venue_of(d) == venue_id
            and d.start - EARLY_MINUTES <= minute < d.end + EARLY_MINUTES
            and (venue_id, date, d.lesson_id) not in known
        )

    def confirm(self, venue_id: str, by: str) -> tuple[DatedLesson, ...]:
        """Confirm all lessons that are running at the venue.

        Raises:
            NothingToConfirm: there is none.
        """
        running, current = self.running(venue_id), self._current()
        if not running or current is None:
            raise NothingToConfirm(_NOTHING)
        with self._database.write() as connection:
            rows = [
                {
                    "office": office_of(connection),
                    "term": term_code(current.problem.term),
                    "venue_id": venue_id,
                    "date": dated.date,
                    "lesson_id": dated.lesson_id,
                    "noted_at": self._database.now(),
                    "noted_by": by,
                }
                for dated in running
            ]
            # Somebody else may have confirmed some of them a moment ago.
            if not add_missing(connection, USAGE_LOG, rows):
                raise NothingToConfirm(_NOTHING)
        return running

    def by_venue(self) -> Mapping[str, Confirmed]:
        """Planned and confirmed lessons of the term so far, by venue.

        Empty as long as nothing at all is confirmed. Lessons count as planned from the
        date of the first check-in: before it nobody was asked.
        """
        current, log = self._current(), self.check_ins()
        if current is None or log is None:
            return {}
        first, days = log.first, (log.today - log.first).days + 1
        asked = {first + dt.timedelta(k) for k in range(days)}
        held = {
            (_venue_of(dated), dated.date, dated.lesson_id)
            for dated in self._held(current, asked)
        }
        # What was confirmed was planned then, though another timetable is in force.
        planned = Counter(venue_id for venue_id, _, _ in held | log.known)
        done = Counter(venue_id for venue_id, _, _ in log.known)
        return {v: Confirmed(planned[v], done[v]) for v in planned}

    def check_ins(self) -> CheckIns | None:
        """What was confirmed in the published term; None as long as nothing is."""
        current = self._current()
        known = self._confirmed(current) if current else frozenset()
        if current is None or not known:
            return None
        today = local_date(self._database.now(), current.problem.term.timezone)
        return CheckIns(known, today)

    def _held(
        self, current: Publication, dates: Container[dt.date]
    ) -> Iterator[DatedLesson]:
        """Lessons at venues that they may use on these dates."""
        for dated in held_lessons(current.timetable, self._diversions(), dates):
            if dated.meeting.layout is not None and dated.place_available:
                yield dated

    def _confirmed(self, current: Publication) -> frozenset[tuple[str, dt.date, str]]:
        with self._database.read() as connection:
            return _known(connection, current)


def _known(
    connection: Connection, current: Publication
) -> frozenset[tuple[str, dt.date, str]]:
    log = USAGE_LOG.c
    wanted = select(log.venue_id, log.date, log.lesson_id).where(
        here(connection, USAGE_LOG), log.term == term_code(current.problem.term)
    )
    rows = connection.execute(wanted)
    return frozenset((row.venue_id, row.date, row.lesson_id) for row in rows)


def _venue_of(dated: DatedLesson) -> str:
    layout = dated.meeting.layout
    return layout.venue_id if layout else ""


_NOTHING = Text(
    "这里现在没有待确认的课。", "There is no lesson here now that waits for this."
)
