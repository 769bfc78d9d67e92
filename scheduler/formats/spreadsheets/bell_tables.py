"""Bell tables (L10, 作息时间表): names of rows and their times, by season or grades."""

import re
from collections.abc import Iterator

from scheduler.formats.spreadsheets.labels.clock import Span, moment, span_in
from scheduler.formats.spreadsheets.labels.periods import (
    PeriodLabel,
    period_label,
    session_of,
)
from scheduler.formats.spreadsheets.labels.words import compact, number
from scheduler.formats.spreadsheets.structure.numbering import numbered
from scheduler.formats.spreadsheets.structure.sheet import Sheet
from scheduler.model.read_timetable import ReadBell, ReadPeriod
from scheduler.model.times import RowKind

LEAST_ROWS = 3
_GRADES = re.compile(
    r"([一二三四五六七八九1-9])(?:[-至到、,和]([一二三四五六七八九1-9]))*年级"
)
_NUMERAL = re.compile(r"[一二三四五六七八九1-9]")


def find_bells(sheet: Sheet) -> list[ReadBell]:
    """Every column of times of a sheet that has no timetable."""
    bells = []
    column = 0
    while column < sheet.width:
        spans, width = _spans(sheet, column)
        if len(spans) >= LEAST_ROWS:
            bells.append(_bell(sheet, column, spans))
        column += width
    return [bell for bell in bells if any(p.period for p in bell.periods)]


def _spans(sheet: Sheet, column: int) -> tuple[dict[int, Span], int]:
    """Times by row of a column, or of it and the next; and how many columns."""
    found: dict[int, Span] = {}
    for row in range(sheet.height):
        (start, end), _ = span_in(sheet.text(row, column))
        if start is not None:
            found[row] = start, end
    if len(found) >= LEAST_ROWS:
        return found, 1
    pairs = {
        row: (start, end)
        for row in range(sheet.height)
        if (start := moment(sheet.cell(row, column))) is not None
        and (end := moment(sheet.cell(row, column + 1))) is not None
        and end > start
    }
    return (pairs, 2) if len(pairs) >= LEAST_ROWS else ({}, 1)


def _bell(sheet: Sheet, column: int, spans: dict[int, Span]) -> ReadBell:
    rows = sorted(spans)
    labels = [_label(sheet, row, column) for row in rows]
    periods = list(_periods(rows, labels, spans))
    heads = [sheet.text(r, column) for r in range(rows[0])]
    name = " ".join(dict.fromkeys(t for t in heads if t and period_label(t) is None))
    titles = [sheet.anchored(r, 0, sheet.width) for r in range(rows[0])]
    alone = " ".join(line[0][1] for line in titles if len(line) == 1)
    place = sheet.place(rows[0], column)
    grades = _grades(name) or _grades(alone)
    return ReadBell(place, "", name, grades, tuple(periods))


def _label(sheet: Sheet, row: int, column: int) -> PeriodLabel | None:
    """The label in the cell of the time itself, else the nearest to the left."""
    inside = period_label(sheet.text(row, column))
    if inside and (inside.first or inside.kind is not RowKind.LESSON):
        return inside
    for left in range(column - 1, -1, -1):
        text = sheet.text(row, left)
        if text and not session_of(text):
            label = period_label(text)
            if label and (label.first or label.kind is not RowKind.LESSON):
                return label
            if label is None:
                return PeriodLabel(text, kind=RowKind.ACTIVITY)
    return None


def _periods(
    rows: list[int], labels: list[PeriodLabel | None], spans: dict[int, Span]
) -> Iterator[ReadPeriod]:
    for row, label, count in zip(rows, labels, numbered(labels), strict=True):
        if label is None:
            continue
        start, end = spans[row]
        period = count.periods[0] if len(count.periods) == 1 else None
        yield ReadPeriod(period, label.kind, label.name, start, end)


def _grades(text: str) -> tuple[int, ...]:
    """Grades that a heading speaks of: 一至二年级, 三、四年级; none for all."""
    match = _GRADES.search(compact(text))
    if match is None:
        return ()
    values = [number(x) or 0 for x in _NUMERAL.findall(match.group())]
    if re.search("[-至到]", match.group()):
        return tuple(range(min(values), max(values) + 1))
    return tuple(values)
