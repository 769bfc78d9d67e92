"""Which entries one calendar shows, and how each stands in it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.term.entries import Entry, FeedKind, Said, concerned
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

    ``off`` says that the lesson no longer stands there: cancelled, or gone to another
    teacher or place. It is then shown as what it was there, ``left``. ``fresh`` is what
    is otherwise than in the week, or was changed lately; a new week is news no more
    later.
    """

    entry: Entry
    left: Said | None = None
    fresh: bool = True

    @property
    def off(self) -> bool:
        """Tell whether nobody is expected."""
        return self.left is not None or self.entry.cancelled

    @property
    def differs(self) -> bool:
        """Tell whether it is not as it was first published, or in no week.

        Another bell is the day's, and told of no lesson.
        """
        entry = self.entry
        told = entry.sequence > 0 and not entry.only_rung
        return self.off or told or entry.facts.extra

    @property
    def date(self) -> dt.date:
        """Date under which the calendar shows it."""
        return (self.left or self.entry.now).date

    @property
    def facts(self) -> Facts:
        """What the calendar says of it."""
        return (self.left or self.entry.now).facts


def showings(
    entries: Iterable[Entry], audience: Audience, today: dt.date
) -> tuple[Showing, ...]:
    """What the calendar shows from ``today`` on, by date, time and name.

    A lesson that is off is shown until its date is past, then left out.
    """
    found = []
    for entry in entries:
        until = _news_until(entry)
        fresh = entry.sequence > 0 and (until is None or today < until)
        showing = _showing(entry, audience, fresh)
        if showing and not (showing.off and showing.date < today):
            found.append(showing)
    return tuple(sorted(found, key=lambda s: (s.date, s.facts.start, s.entry.key)))


def shown_until(shown: Iterable[Showing]) -> dt.date | None:
    """First date on which one of them changes without a new publication.

    It is left out then, or marked as changed no more.
    """
    shown = tuple(shown)
    over = [x.date + dt.timedelta(days=1) for x in shown if x.off]
    fresh = (_news_until(x.entry) for x in shown if x.fresh and not x.off)
    return min((*over, *(x for x in fresh if x is not None)), default=None)


def _news_until(entry: Entry) -> dt.date | None:
    """First date on which the latest change is no news; None: a dated change stays."""
    return None if entry.planned is not None else entry.published_at.date() + NEWS


def _showing(entry: Entry, audience: Audience, fresh: bool) -> Showing | None:
    if entry.cancelled and not entry.sequence:
        return None  # it was never announced
    wanted = (audience.kind, audience.resource_id)
    if wanted in concerned(entry.facts):
        return Showing(entry, fresh=fresh)
    if entry.cancelled:
        return None
    for old in (entry.origin, entry.former):
        if old is not None and wanted in concerned(old.facts):
            return Showing(entry, old, fresh)
    return None
