"""Which entries one calendar shows, and how each stands in it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.term.entries import Entry, FeedKind, concerned
from scheduler.term.facts import Facts


@dataclass(frozen=True, slots=True)
class Audience:
    """Whose calendar it is; ``name`` is what people call the resource."""

    kind: FeedKind
    resource_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Showing:
    """An entry in one calendar.

    ``off`` says that the lesson no longer stands there: cancelled, or ``left`` to
    another teacher or place. It is then shown at the date and time it had.
    """

    entry: Entry
    left: bool = False

    @property
    def off(self) -> bool:
        """Tell whether nobody is expected."""
        return self.left or self.entry.cancelled

    @property
    def date(self) -> dt.date:
        """Date under which the calendar shows it."""
        former = self.entry.former
        return former.date if self.left and former else self.entry.date

    @property
    def facts(self) -> Facts:
        """What the calendar says of it."""
        former = self.entry.former
        return former.facts if self.left and former else self.entry.facts


def showings(
    entries: Iterable[Entry], audience: Audience, today: dt.date
) -> tuple[Showing, ...]:
    """What the calendar shows from ``today`` on, by date, time and name.

    A lesson that is off is shown until its date is past, then left out.
    """
    found = []
    for entry in entries:
        showing = _showing(entry, audience)
        if showing and not (showing.off and showing.date < today):
            found.append(showing)
    return tuple(sorted(found, key=lambda s: (s.date, s.facts.start, s.entry.key)))


def shown_until(shown: Iterable[Showing]) -> dt.date | None:
    """First date on which one of them is left out without a new publication."""
    last = min((showing.date for showing in shown if showing.off), default=None)
    return None if last is None else last + dt.timedelta(days=1)


def _showing(entry: Entry, audience: Audience) -> Showing | None:
    wanted = (audience.kind, audience.resource_id)
    if wanted in concerned(entry.facts):
        return Showing(entry)
    if entry.former is not None and wanted in concerned(entry.former.facts):
        return None if entry.cancelled else Showing(entry, left=True)
    return None
