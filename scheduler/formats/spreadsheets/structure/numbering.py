"""Numbering: which lesson of the day a row is, counted over morning and afternoon."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.formats.spreadsheets.labels.periods import PeriodLabel
from scheduler.model.times import RowKind

AFTERNOON = 2


@dataclass(frozen=True, slots=True)
class Numbered:
    """Lessons a row counts as, and how sure that is.

    ``assumed`` is a word for what was taken for granted: ``restart`` where the
    afternoon counts from 1 again, ``counted`` where the row has no number, ``order``
    where the numbers do not rise.
    """

    periods: tuple[int, ...]
    assumed: str = ""


def numbered(labels: Sequence[PeriodLabel | None]) -> list[Numbered]:
    """Numbers of the rows of one day, in the order of the sheet."""
    found: list[Numbered] = []
    last, offset, session = 0, 0, 0
    for label in labels:
        if label is None or (label.first is None and label.kind is not RowKind.LESSON):
            found.append(Numbered(()))
            continue
        if label.first is None or label.last is None:
            last += 1
            found.append(Numbered((last,), "counted"))
            continue
        new = max(session, label.session or session)
        assumed = ""
        if label.first + offset <= last:
            if new > session or label.first == 1:
                offset, assumed = last, "restart"
            else:
                assumed = "order"
        elif label.first == 1 and offset == 0 and new >= AFTERNOON and last:
            offset, assumed = last, "restart"
        session = new
        periods = tuple(range(label.first + offset, label.last + offset + 1))
        if assumed != "order":
            last = periods[-1]
        found.append(Numbered(periods, assumed))
    return found
