"""Numbering: which lesson of the day a row is, counted over morning and afternoon."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.formats.spreadsheets.labels.periods import PeriodLabel
from scheduler.model.times import RowKind

AFTERNOON = 2
EVENING = 3
MORNINGS = range(3, 6)
"""Lessons of a morning after which a count from 1 may be the afternoon's."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """Lessons a row counts as, and how sure that is.

    ``assumed`` is a word for what was taken for granted: ``restart`` where the
    afternoon counts from 1 again, ``again`` where a day does so for no reason,
    ``counted`` where no row has a number, ``order`` where the numbers do not rise.
    """

    periods: tuple[int, ...]
    assumed: str = ""


def numbered(labels: Sequence[PeriodLabel | None]) -> list[Numbered]:
    """Numbers of the rows of one day, in the order of the sheet."""
    found: list[Numbered] = []
    last, offset, session = 0, 0, 0
    counted = not any(label and label.first for label in labels)
    usual = usual_minutes(labels)
    gap = lost = False
    for label in labels:
        if label is None or _is_no_lesson(label):
            gap = gap or label is None
            found.append(Numbered(()))
            continue
        if label.first is None or label.last is None:
            if not counted or not as_long(label, usual):
                gap = True
                found.append(Numbered(()))
                continue
            last += 1
            found.append(Numbered((last,), "counted"))
            continue
        new = max(session, label.session or session)
        assumed = ""
        if label.first + offset <= last:
            if new > session or (label.first == 1 and last in MORNINGS):
                offset, assumed = last, "restart"
            elif label.first == 1:
                offset, assumed = last, "again"
            else:
                assumed = "order"
        elif label.first == 1 and offset == 0 and new >= AFTERNOON and last:
            offset, assumed = last, "restart"
        if assumed == "restart" and gap:
            # A row that is not understood may have been a lesson of the morning.
            assumed = "again"
        lost = lost or assumed in ("again", "order")
        if lost and not assumed:
            assumed = "again"
        session = new
        periods = tuple(range(label.first + offset, label.last + offset + 1))
        if assumed != "order":
            last = periods[-1]
        found.append(Numbered(periods, assumed))
    return found


def _is_no_lesson(label: PeriodLabel) -> bool:
    """Rows of other kinds count where they are numbered with the day's lessons."""
    apart = label.first is None or label.session == EVENING
    return apart and label.kind is not RowKind.LESSON


def usual_minutes(labels: Sequence[PeriodLabel | None]) -> int:
    """How long most rows last that say when they are; 0 where none does."""
    lengths = [
        x.end - x.start
        for x in labels
        if x and x.kind is RowKind.LESSON and x.start is not None and x.end is not None
    ]
    return max(sorted(lengths), key=lengths.count, default=0)


def as_long(label: PeriodLabel, usual: int) -> bool:
    """Whether a row of times alone lasts as long as a lesson, give or take a third."""
    if label.start is None or label.end is None or not usual:
        return True
    return 2 * usual <= 3 * (label.end - label.start) <= 4 * usual
