"""The state of a site: its offices, each with the edition of what it published."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from scheduler.audit.profile import Profile
from scheduler.formats.profiles import read_profile
from scheduler.formats.spreadsheets.importing.building import TIMEZONE
from scheduler.model.timetable import Timetable
from scheduler.services.office import Office
from scheduler.services.offices import Store
from scheduler.services.school.publishing import Publication
from scheduler.services.store.kept import Kept
from scheduler.services.store.office_rows import OfficeRow
from scheduler.services.views.clock import Now
from scheduler.services.views.days.page import KnownOptions
from scheduler.services.views.edition import Edition
from scheduler.services.views.editor.editing import Editing
from scheduler.services.views.moves import MoveAdviser
from scheduler.services.views.places.calendars import CalendarsView, ServedTables
from scheduler.services.views.places.dates import DatesView, dates_view, dates_with
from scheduler.services.views.solution import read_claim, read_reason
from scheduler.term.versions import Versions

_MOST_KEPT = 8
T = TypeVar("T")


class NothingPublished(LookupError):
    """The office has no publication yet."""


@dataclass
class OfficeState:
    """What the pages of an office show; safe to use from several threads.

    A publication's ``report_json`` may be the ``solution.json`` of its solve: that is
    where the claim about its quality comes from. ``folder`` holds the tables that are
    served, and so the calendars that are fetched while the site runs. ``kept`` is what
    its pages worked out last.
    """

    office: Office
    profile: Profile = field(default_factory=read_profile)
    published: bool = True
    folder: Path | None = None
    moves: MoveAdviser = field(default_factory=MoveAdviser)
    editing: Editing = field(default_factory=Editing)
    options: KnownOptions = field(default_factory=KnownOptions)
    kept: Kept = field(default_factory=lambda: Kept(_MOST_KEPT))
    _tables: ServedTables | None = None

    def edition(self) -> Edition:
        """The publication in force.

        Raises:
            NothingPublished: there is none.
        """
        current = self.office.current()
        if current is None:
            raise NothingPublished
        return self.edition_of(current)

    def edition_of(self, found: Publication) -> Edition:
        """Any publication, with what is derived of it."""
        return self.kept.of(
            ("edition", found.version),
            found.published_at,
            lambda: published_edition(found, self.profile, self.published),
        )

    def of_term(self, name: str, make: Callable[[], T], *more: object) -> T:
        """What a page shows of the term's books, kept until these change.

        Parameters:
            more: What it depends on beside them, the date, and the edition shown.
        """
        shown = self.edition()
        stamp = self.office.stamp(), self.today(), shown.version, shown.published_at
        return self.kept.of(name, (stamp, more), make)

    def zone(self) -> str:
        """Time zone of what is published; that of China before anything is."""
        current = self.office.current()
        return current.problem.term.timezone if current else TIMEZONE

    def today(self) -> dt.date:
        """The date at the school, by the store's clock.

        Raises:
            NothingPublished: there is no publication, and so no school.
        """
        today = self.office.bad_days.today()
        if today is None:
            raise NothingPublished
        return today

    def now(self) -> Now:
        """Date and time on the school's clock.

        Raises:
            NothingPublished: there is no publication, and so no school.
        """
        current = self.office.current()
        if current is None:
            raise NothingPublished
        zone = ZoneInfo(current.problem.term.timezone)
        return Now.of(self.office.database.now().astimezone(zone))

    def booked_versions(self, date: dt.date) -> Versions:
        """The timetables of a date's term with the newest bookings of places.

        Raises:
            NothingPublished: there is none.
        """
        versions, calendars = self.office.versions(date), self.calendars()
        if versions is None:
            raise NothingPublished
        if calendars is None or calendars.bookings == versions.newest.problem.bookings:
            return versions
        bookings = calendars.bookings
        return self.kept.of(
            "booked", (versions, bookings), lambda: dates_with(versions, bookings)
        )

    def calendars(self) -> CalendarsView | None:
        """Venues' calendars of the folder that is served; None without one."""
        if self.folder is None:
            return None
        if self._tables is None or self._tables.data != self.folder:
            self._tables = ServedTables(self.folder)
        return self._tables.view(self.office.database.now())

    def dates(self) -> DatesView:
        """What single dates do to the edition shown, from today on.

        By the newest bookings, where a folder is served; kept until something changes.
        """
        today, calendars = self.today(), self.calendars()
        versions, changes = self.office.versions(), self.office.changes.in_force()
        if versions is None:
            raise NothingPublished
        known = versions.newest.problem.bookings
        bookings = calendars.bookings if calendars else known
        asked = (self.edition().version, versions, today, bookings, changes)

        def view() -> DatesView:
            booked = bookings == known
            newer = versions if booked else dates_with(versions, bookings)
            return dates_view(newer, changes, today)

        return self.kept.of("dates", asked, view)


def published_edition(
    found: Publication, profile: Profile, published: bool = True
) -> Edition:
    """A publication as pages show it; ``published`` elsewhere than in a file, too."""
    return Edition(
        found.timetable,
        found.version,
        found.published_at,
        profile,
        read_claim(found.report_json),
        published,
        read_reason(found.report_json),
    )


@dataclass
class SiteState:
    """A site: a store, and the states of its offices.

    ``schools`` keeps the editions of single schools of an office of several, by office,
    version and when that was published.
    """

    store: Store
    published: bool = True
    profile: Profile = field(default_factory=read_profile)
    schools: dict[tuple[str, int, dt.datetime], tuple[Edition, ...]] = field(
        default_factory=dict
    )
    _states: dict[str, OfficeState] = field(default_factory=dict)

    @staticmethod
    def of_timetable(timetable: Timetable, solution_json: str = "{}") -> "SiteState":
        """A site for one timetable that is published nowhere else.

        It lives in memory and ends with the process.
        """
        store = Store.open("sqlite://")
        office = store.office_for(timetable.problem)
        office.publish(timetable.problem, timetable, "", solution_json)
        return SiteState(store, published=False)

    def offices(self) -> tuple[OfficeRow, ...]:
        """All offices, by key."""
        return self.store.offices()

    def of(self, key: str) -> OfficeState:
        """The state of an office.

        Raises:
            OfficeUnknown: there is no such office.
        """
        if key not in self._states:
            new = OfficeState(self.store.office(key), self.profile, self.published)
            self._states.setdefault(key, new)
        return self._states[key]

    def only(self) -> OfficeState | None:
        """The state of the only office; None where there are several, or none."""
        offices = self.offices()
        return self.of(offices[0].key) if len(offices) == 1 else None
