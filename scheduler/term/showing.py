"""Which entries one calendar shows, and how each stands in it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.term.entries import Entry, FeedKind, concerned
from scheduler.term.facts import Facts

NEWS = dt.timedelta(days=14)
"""How long a change is marked in the title of an event."""


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
    another teacher or place. It is then shown at the date and time it had. ``fresh``
    is what was changed lately; later a change is news no more.
    """

    entry: Entry
    left: bool = False
    fresh: bool = True

    @property
    def off(self) -> bool:
        """Tell whether nobody is expected."""
        return self.left or self.entry.cancelled

    @property
    def differs(self) -> bool:
        """Tell whether it is not as it was first published, or in no week."""
        entry = self.entry
        return self.off or entry.sequence > 0 or entry.facts.extra

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
        showing = _showing(entry, audience, entry.sequence > 0 and today < _old(entry))
        if showing and not (showing.off and showing.date < today):
            found.append(showing)
    return tuple(sorted(found, key=lambda s: (s.date, s.facts.start, s.entry.key)))


def shown_until(shown: Iterable[Showing]) -> dt.date | None:
    """First date on which one of them changes without a new publication.

    It is left out then, or marked as changed no more.
    """
    shown = tuple(shown)
    over = [x.date + dt.timedelta(days=1) for x in shown if x.off]
    old = [_old(x.entry) for x in shown if x.fresh and not x.off]
    return min((*over, *old), default=None)


def _old(entry: Entry) -> dt.date:
    """First date on which the latest change of an entry is no news."""
    return entry.published_at.date() + NEWS


def _showing(entry: Entry, audience: Audience, fresh: bool) -> Showing | None:
    if entry.cancelled and not entry.sequence:
        return None  # it was never announced
    wanted = (audience.kind, audience.resource_id)
    if wanted in concerned(entry.facts):
        return Showing(entry, fresh=fresh)
    if entry.former is not None and wanted in concerned(entry.former.facts):
        return None if entry.cancelled else Showing(entry, left=True, fresh=fresh)
    return None
