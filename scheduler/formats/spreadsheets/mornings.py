"""Mornings of one length: where afternoons count from 1, a lost row would shift them.

Most timetables of a file have mornings of the same length; afternoons of those that
have another are doubtful.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from scheduler.formats.spreadsheets.weekly import Reading
from scheduler.model.read_timetable import (
    CellKind,
    CellStatus,
    ReadCell,
    least_sure,
)
from scheduler.model.text import Text

COMPARED = 3
_ODD = Text("上午的节数与其他课表不同，请核对", "the morning is not as long as others")


def with_like_mornings(readings: Sequence[Reading]) -> list[Reading]:
    """The readings, afternoons after a morning of unusual length being doubtful."""
    lengths = Counter(n for reading in readings for _, n in reading.mornings)
    if sum(lengths.values()) < COMPARED or len(lengths) < 2:
        return list(readings)
    usual, _ = lengths.most_common(1)[0]
    return [_doubted(reading, usual) for reading in readings]


def _doubted(reading: Reading, usual: int) -> Reading:
    odd = {day: n for day, n in reading.mornings if n != usual}
    if not odd:
        return reading
    return replace(reading, cells=tuple(_cell(x, odd) for x in reading.cells))


def _cell(cell: ReadCell, odd: dict[int | None, int]) -> ReadCell:
    morning = odd.get(cell.day)
    late = morning is not None and (cell.period or 0) > morning
    if not late or cell.kind is not CellKind.LESSON:
        return cell
    status = least_sure([cell.status, CellStatus.DOUBTFUL])
    return replace(cell, status=status, suggestion=_ODD)
