"""Hours of a term as an oracle: entry by entry, of each class and subject."""

import datetime as dt
from dataclasses import dataclass, field

from scheduler.term.ledgers.counting import (
    DELIVERED,
    LOST,
    MADE_UP,
    PUBLISHED,
    Counted,
    counted,
)


@dataclass
class Amount:
    """So many lessons (a block counts each of its periods), and their minutes."""

    lessons: int = 0
    minutes: int = 0


@dataclass
class TermHours:
    """``delivered`` + ``lost`` = ``published`` + ``made_up``."""

    class_id: str
    subject_id: str
    published: Amount = field(default_factory=Amount)
    lost: Amount = field(default_factory=Amount)
    made_up: Amount = field(default_factory=Amount)
    delivered: Amount = field(default_factory=Amount)


def term_hours(entries, first=dt.date.min, until=dt.date.max):
    """One row for each class and subject, dated ``first`` to before ``until``."""
    found = {}
    columns = PUBLISHED, LOST, MADE_UP, DELIVERED
    for entry, line in counted(entries, Counted.CLASS, *columns):
        column, *resource, date = line
        if first <= date < until:
            row = found.setdefault(tuple(resource), TermHours(*resource))
            amount = getattr(row, column)
            amount.lessons += len(entry.facts.rows)
            amount.minutes += entry.facts.minutes
    return tuple(found[key] for key in sorted(found))
