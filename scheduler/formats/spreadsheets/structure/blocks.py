"""Blocks: the parts of a sheet that are one timetable each, with all their headers."""

import re
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from scheduler.formats.spreadsheets.labels.class_names import class_in, tens_restored
from scheduler.formats.spreadsheets.labels.days import days_in
from scheduler.formats.spreadsheets.labels.periods import PeriodLabel, period_label
from scheduler.formats.spreadsheets.structure.bands import Band, band_at, is_band_row
from scheduler.formats.spreadsheets.structure.heads import Head
from scheduler.formats.spreadsheets.structure.numbering import Numbered, numbered
from scheduler.formats.spreadsheets.structure.sheet import Sheet
from scheduler.formats.spreadsheets.structure.stubs import Line, label_of, lines_of
from scheduler.formats.spreadsheets.structure.subheads import Columns

_KEY = re.compile("班 ?级[:：]?")
TABLE_WORD = re.compile("课程表|课表|功课表")


@dataclass(frozen=True, slots=True)
class Block:
    """A body of cells: lines down, columns across, each with its head.

    ``top`` and ``bottom`` are the rows from the first header row to behind the last
    line; ``titles`` the rows above that may hold its title; ``left`` and ``right``
    the columns it stands in, ``alone`` whether nothing stands beside it, ``day`` the
    weekday of all of it where only a title or the sheet says it.
    """

    band: Band
    columns: Columns
    lines: tuple[Line, ...]
    titles: range
    left: int
    right: int
    bottom: int
    alone: bool
    day: int | None = None

    @property
    def top(self) -> int:
        """The first header row."""
        return self.band.top


@dataclass(frozen=True, slots=True)
class BodyCell:
    """One cell of a block: the sheet rows it takes, its column, all that heads say."""

    rows: tuple[int, ...]
    column: int
    head: Head
    number: Numbered
    fields: tuple[str, ...]


def find_blocks(sheet: Sheet, titled_day: int | None = None) -> list[Block]:
    """Every block of a sheet, from top to bottom and from left to right."""
    blocks: list[Block] = []
    row = free = 0
    said: set[tuple[int, ...]] = set()
    while row < sheet.height:
        day = _only_day(said) or titled_day
        band = band_at(sheet, row, day)
        found = _blocks_of(sheet, band, free) if band else []
        if not any(_says_day(block) for block in found):
            found = [replace(block, day=day) for block in found]
        if found:
            blocks += found
            row = free = max(block.bottom for block in found)
            said = set()
        else:
            said |= _days_of(sheet, row)
            row += 1
    return blocks


def _says_day(block: Block) -> bool:
    heads = [*block.columns.values(), *(line.head for line in block.lines)]
    return any(head.day for head in heads)


def _days_of(sheet: Sheet, row: int) -> set[tuple[int, ...]]:
    """Weekdays that the texts of a row name."""
    texts = (text for _, text in sheet.anchored(row, 0, sheet.width))
    return {tuple(days) for text in texts if (days := days_in(text))}


def _only_day(said: set[tuple[int, ...]]) -> int | None:
    """The only weekday that the rows since the last block name: 星期一课表."""
    only = next(iter(said)) if len(said) == 1 else ()
    return only[0] if len(only) == 1 else None


def _blocks_of(sheet: Sheet, band: Band, free: int) -> list[Block]:
    limit = next(
        (
            r
            for r in range(band.bottom, sheet.height)
            if is_band_row(sheet, r, band.kind) or _is_title(sheet, r, band)
        ),
        sheet.height,
    )
    while limit - 1 > band.bottom and _is_banner(sheet, limit - 1, limit):
        limit -= 1
    blocks: list[Block] = []
    edge, shared = 0, (0, 0)
    for index, run in enumerate(band.runs):
        first, last = min(run), max(run)
        stub = (edge, first)
        if sheet_blank(sheet, band, *stub, limit):
            stub = shared if index else _stub_between(sheet, band, limit)
        lines = lines_of(sheet, band, *stub, limit)
        lines = _trimmed(band, run, lines) or _counted(band, run, lines)
        if not lines:
            return []
        right = min(band.runs[index + 1]) if index + 1 < len(band.runs) else sheet.width
        bottom = lines[-1].rows[-1] + 1
        alone = len(band.runs) == 1
        blocks.append(
            Block(
                band,
                run,
                tuple(lines),
                range(free, band.top),
                edge,
                right,
                bottom,
                alone,
            )
        )
        shared = shared if index else stub
        edge = last + 1
    return blocks


def _stub_between(sheet: Sheet, band: Band, limit: int) -> tuple[int, int]:
    """The columns between the first two runs, which name the rows of both."""
    if len(band.runs) < 2:
        return 0, 0
    between = max(band.runs[0]) + 1, min(band.runs[1])
    return (0, 0) if sheet_blank(sheet, band, *between, limit) else between


def _is_banner(sheet: Sheet, row: int, limit: int) -> bool:
    """Whether a row above the next block is empty or only says its day."""
    texts = [text for _, text in sheet.anchored(row, 0, sheet.width)]
    return limit < sheet.height and (
        not texts or (len(texts) == 1 and len(days_in(texts[0])) == 1)
    )


def _is_title(sheet: Sheet, row: int, band: Band) -> bool:
    """Whether a row below days names a class where rows are named: a new title."""
    found = sheet.anchored(row, 0, sheet.width)
    texts = [text for _, text in found]
    if band.kind == "day" and _says_whose(texts):
        return True
    if band.kind != "day" or len(found) > 2 * len(band.runs):
        return False
    first = min(min(run) for run in band.runs)
    titled = any(
        class_in(text) and (column < first or TABLE_WORD.search(text))
        for column, text in found
    )
    return titled and not any(period_label(text) for _, text in found)


def _says_whose(texts: list[str]) -> bool:
    """Whether a row reads 班级 | 三(1)班 | 班主任 | …, in cells of their own."""
    keyed = any(_KEY.fullmatch(a) and class_in(b) for a, b in pairwise(texts))
    return keyed and not any(period_label(text) for text in texts)


def sheet_blank(sheet: Sheet, band: Band, left: int, right: int, limit: int) -> bool:
    """Whether no stub stands between two columns of a block."""
    return all(sheet.blank(r, left, right) for r in range(band.bottom, limit))


def _trimmed(band: Band, run: Columns, lines: list[Line]) -> list[Line]:
    """Lines up to the last one that is named; later ones are footers and titles."""
    kept = _to_the_gap(lines) if band.kind == "day" else list(lines)
    while kept and not _named(band, kept[-1].head, run):
        kept.pop()
    return kept


def _to_the_gap(lines: list[Line]) -> list[Line]:
    """Lines before an empty row that is followed by one with a label of no period."""
    for index in range(1, len(lines)):
        before, line = lines[index - 1], lines[index]
        gap = line.rows[0] - before.rows[-1] > 1
        if gap and line.head.name and not line.head.period and not line.head.group:
            return lines[:index]
    return list(lines)


def _counted(band: Band, run: Columns, lines: list[Line]) -> list[Line]:
    """Lines below days that no word tells apart: lessons in their order, in doubt."""
    if band.kind != "day" or any(head.period for head in run.values()):
        return []
    label = PeriodLabel("", sure=False)
    return [replace(line, head=replace(line.head, period=label)) for line in lines]


def _named(band: Band, head: Head, run: Columns) -> bool:
    """Whether a line says what its band leaves open."""
    columns = list(run.values())
    if any(x.day for x in columns):
        if any(x.period or x.start is not None for x in columns):
            return bool(head.group or head.who)
        return head.period is not None or head.start is not None
    if any(x.period or x.start is not None for x in columns):
        return bool(head.day or head.group)
    return head.period is not None


def body_cells(block: Block) -> list[BodyCell]:
    """Every cell of a block with day, period, class as far as headers say them."""
    if block.day:
        across = {c: replace(h, day=block.day) for c, h in block.columns.items()}
        block = replace(block, columns=across)
    block = _with_tens(block)
    across = {c: head for c, head in block.columns.items() if label_of(head)}
    if across:
        return _numbered_across(block)
    return _numbered_down(block)


def _with_tens(block: Block) -> Block:
    """The block with classes 1.10 and 1.20 where the file has the numbers 1.1, 1.2."""
    across = tens_restored([block.columns[c].group for c in sorted(block.columns)])
    columns = {
        c: replace(block.columns[c], group=group)
        for c, group in zip(sorted(block.columns), across, strict=True)
    }
    down = tens_restored([line.head.group for line in block.lines])
    lines = tuple(
        replace(line, head=replace(line.head, group=group))
        for line, group in zip(block.lines, down, strict=True)
    )
    return replace(block, columns=columns, lines=lines)


def _numbered_across(block: Block) -> list[BodyCell]:
    numbers: dict[int, Numbered] = {}
    for _, columns in groupby(sorted(block.columns), lambda c: block.columns[c].day):
        listed = list(columns)
        labels = [label_of(block.columns[c]) for c in listed]
        numbers |= dict(zip(listed, numbered(labels), strict=True))
    return [
        BodyCell(line.rows, c, _full(line.head, head), numbers[c], line.fields)
        for line in block.lines
        for c, head in block.columns.items()
    ]


def _numbered_down(block: Block) -> list[BodyCell]:
    cells: list[BodyCell] = []
    keyed = groupby(block.lines, lambda x: (x.head.day, x.head.group, x.head.who))
    for _, group in keyed:
        lines = list(group)
        rows = _rows_of_the_day(lines)
        numbers = numbered([label_of(lines[i].head) for i in dict.fromkeys(rows)])
        index = {first: n for n, first in enumerate(dict.fromkeys(rows))}
        cells += [
            BodyCell(
                line.rows, c, _full(line.head, head), numbers[index[row]], line.fields
            )
            for row, line in zip(rows, lines, strict=True)
            for c, head in block.columns.items()
        ]
    return cells


def _rows_of_the_day(lines: list[Line]) -> list[int]:
    """For each line, the first of those that are one row: of odd and of even weeks."""
    first: list[int] = []
    for index, line in enumerate(lines):
        same = index and line.head.week and lines[index - 1].head.week
        alike = same and _without_week(line) == _without_week(lines[index - 1])
        first.append(first[-1] if alike else index)
    return first


def _without_week(line: Line) -> Head:
    return replace(line.head, week=None, field="")


def _full(line: Head, column: Head) -> Head:
    head = column.over(line)
    return replace(head, period=label_of(head))
