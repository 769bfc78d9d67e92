"""How a subscriber wants the calendar written."""

from dataclasses import dataclass
from enum import StrEnum


class Cancelled(StrEnum):
    """How lessons that are off appear.

    Calendars that hide cancelled events need ``MARK``: confirmed, with the prefix.
    """

    STATUS = "status"
    MARK = "mark"
    HIDE = "hide"


@dataclass(frozen=True, slots=True)
class Options:
    """Times in UTC for phones that misread time zones; a reminder, in minutes.

    ``changes``: lessons that differ from what was first published, and no others.
    """

    utc: bool = False
    cancelled: Cancelled = Cancelled.STATUS
    alarm: int | None = None
    changes: bool = False
