"""The books of an office, read in one look: ledgers, debts, their fingerprint."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from zoneinfo import ZoneInfo

from scheduler.model.problem import Problem
from scheduler.services.office import Office
from scheduler.services.school.publishing import local_date
from scheduler.term.changes import Change
from scheduler.term.entries import Entry
from scheduler.term.ledgers.debts import Debt, debts_of
from scheduler.term.ledgers.digest import digest
from scheduler.term.ledgers.planned import PlannedLine, planned_lines
from scheduler.term.ledgers.tables import Ledger
from scheduler.term.versions import Versions


@dataclass(frozen=True, eq=False)
class Books:
    """What an office's term says at a moment; ``today`` is the date at the school.

    Many requests share them, and what is derived is worked out once.
    """

    versions: Versions
    entries: tuple[Entry, ...]
    changes: tuple[Change, ...]
    confirmed: Callable[[Entry], bool] | None
    today: dt.date

    @property
    def problem(self) -> Problem:
        """The tables of the newest version."""
        return self.versions.newest.problem

    @cached_property
    def plan(self) -> tuple[PlannedLine, ...]:
        """The course plan, week by week; nothing before anything was published."""
        return planned_lines(self.versions) if self.entries else ()

    @cached_property
    def digest(self) -> str:
        """The fingerprint of the entries."""
        return digest(self.entries)

    @cached_property
    def debts(self) -> tuple[Debt, ...]:
        """Lost lessons of mandated subjects, repaid ones included."""
        return debts_of(self.versions, self.entries, self.changes)

    def ledger(
        self, first: dt.date = dt.date.min, until: dt.date = dt.date.max
    ) -> Ledger:
        """The ledgers of the dates from ``first`` until the day before ``until``."""
        return replace(self._ledger, first=first, until=until)

    @cached_property
    def _ledger(self) -> Ledger:
        return Ledger(self.problem.term, self.entries, self.plan, self.confirmed)


def books_of(office: Office, as_of: dt.date | None = None) -> Books | None:
    """The books of the term published last; None where nothing is.

    Those of now are kept until anything of them changes, whoever changes it.

    Parameters:
        as_of: A day: as the books were at its end.
    """
    stamp, versions = office.stamp(), office.versions()
    if stamp is None or versions is None:
        return None
    if as_of is not None:
        return _read(office, versions, as_of)
    today = office.publications.today(versions.newest.problem.term)
    return office.database.whole.kept.of(
        ("books", office.key), (stamp, today), lambda: _read(office, versions)
    )


def _read(office: Office, versions: Versions, as_of: dt.date | None = None) -> Books:
    timezone = versions.newest.problem.term.timezone
    moment = None
    if as_of is not None:
        moment = dt.datetime.combine(as_of, dt.time(23, 59, 59), ZoneInfo(timezone))
    log = office.usage.check_ins()
    return Books(
        versions,
        office.entries(moment),
        office.changes.in_force(),
        log.has if log else None,
        local_date(office.database.now(), timezone),
    )
