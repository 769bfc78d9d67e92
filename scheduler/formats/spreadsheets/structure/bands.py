"""Bands: the header rows of a block, found by what stands in them.

A band names weekdays (with periods, classes or fields below them), periods, classes,
or teachers and rooms across. What it does not name must stand to the left of the
rows below; a row of labels without that is no band.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

from scheduler.formats.spreadsheets.labels.class_names import (
    grade_in,
    whole_class,
)
from scheduler.formats.spreadsheets.labels.days import bare_day, named_day
from scheduler.formats.spreadsheets.labels.periods import (
    PeriodLabel,
    is_pe_row,
    period_label,
    row_label,
    session_of,
)
from scheduler.formats.spreadsheets.structure.heads import Head, day_and_period
from scheduler.formats.spreadsheets.structure.sheet import Sheet
from scheduler.formats.spreadsheets.structure.subheads import (
    Columns,
    class_head,
    joined,
    sub_rows,
)

LOOKED_AT = 60
"""Rows below a header that tell what its left columns name."""
MOST_STUBS = 6


@dataclass(frozen=True, slots=True)
class Band:
    """Rows ``top`` to ``bottom`` (half-open) of headers, in runs from left to right.

    ``kind`` is ``day``, ``period``, ``class`` or ``who``: what its first row names.
    """

    top: int
    bottom: int
    kind: str
    runs: tuple[Columns, ...]


def band_at(sheet: Sheet, row: int, titled_day: int | None = None) -> Band | None:
    """The band that begins in a row; None where it holds no headers."""
    if len({sheet.anchor(row, c) for c in range(sheet.width)}) < 2:
        return None
    return (
        _day_band(sheet, row)
        or _period_band(sheet, row, titled_day)
        or _class_band(sheet, row, titled_day)
    )


def is_band_row(sheet: Sheet, row: int, kind: str) -> bool:
    """Whether a row names at least two things of a kind, as a new band would."""
    texts = [text for _, text in sheet.anchored(row, 0, sheet.width)]
    match kind:
        case "day":
            named = {named_day(t) or (day_and_period(t) or (None,))[0] for t in texts}
        case "period":
            named = {
                label.first
                for t in texts
                if (label := period_label(t)) and label.sure and label.first
            }
        case _:
            named = {x.printed for t in texts if (x := whole_class(t)) and x.sure}
    return len(named - {None}) >= 2


def _day_band(sheet: Sheet, row: int) -> Band | None:
    heads: Columns = {}
    for column in range(sheet.width):
        text = sheet.text(row, column)
        both = day_and_period(text)
        if both:
            heads[column] = Head(day=both[0], period=both[1])
        elif day := named_day(text):
            heads[column] = Head(day=day)
    if len({x.day for x in heads.values()}) < 2:
        heads = _bare_days(sheet, row)
    if not heads:
        return None
    bottom, subs = sub_rows(sheet, row, min(heads))
    heads = _spread(sheet, row, heads, subs)
    heads = {c: head.over(joined(subs, c)) for c, head in heads.items()}
    return Band(row, bottom, "day", tuple(_day_runs(heads)))


def _bare_days(sheet: Sheet, row: int) -> Columns:
    """Columns of days that are only numerals: at least three in order, and said so."""
    numerals = [
        (c, day) for c, t in sheet.anchored(row, 0, sheet.width) if (day := bare_day(t))
    ]
    starts = [i for i, (_, day) in enumerate(numerals) if day == 1]
    if not starts:
        return {}
    numerals = numerals[starts[0] :]
    values = [day for _, day in numerals]
    if len(values) < 5 or any(b not in (a + 1, 1) for a, b in pairwise(values)):
        return {}
    if max(values) > 7 or not _days_are_meant(sheet, row, numerals[0][0], max(values)):
        return {}
    return {c: Head(day=day) for c, day in numerals}


def _days_are_meant(sheet: Sheet, row: int, first: int, count: int) -> bool:
    """Whether numerals across are days: by the corner, or by the rows below."""
    corner = "".join(sheet.text(row, c) for c in range(first))
    corner += (
        "".join(t for _, t in sheet.anchored(row - 1, 0, sheet.width) if len(t) <= 8)
        if row
        else ""
    )
    below = [
        sheet.text(r, c)
        for c in range(first)
        for r in range(row + 1, min(row + 16, sheet.height))
    ]
    if any(named_day(t) for t in below):
        return False
    if any(word in corner for word in ("星期", "周", "日")) or "节" in corner:
        return True
    labels = [label for t in below if (label := period_label(t))]
    if count >= 5 and any(label.sure or label.start for label in labels):
        return True
    # Five days across and more lessons than days down: no other way round.
    numbers = list(dict.fromkeys(label.first for label in labels if label.first))
    return count == 5 and len(numbers) > count and _rising(numbers)


def _spread(sheet: Sheet, row: int, heads: Columns, subs: list[Columns]) -> Columns:
    """Days for the columns between two named ones that have labels of their own."""
    labelled = sorted({c for sub in subs for c, head in sub.items() if head != Head()})
    if not labelled or set(labelled) <= set(heads):
        return heads
    groups = _period_groups(labelled, subs)
    named = sorted({(sheet.anchor(row, c)[1], h.day) for c, h in heads.items()})
    if len(groups) == len(named):
        return {
            c: Head(day=day)
            for group, (_, day) in zip(groups, named, strict=True)
            for c in group
        }
    spread: Columns = {}
    head = Head()
    for column in range(min(heads), max(max(heads), *labelled) + 1):
        head = heads.get(column, head)
        if column in heads or column in labelled:
            spread[column] = head
    return spread


def _period_groups(labelled: list[int], subs: list[Columns]) -> list[list[int]]:
    """Columns in groups, each counting its periods or classes from the start again."""
    groups: list[list[int]] = []
    last: object = None
    seen: set[object] = set()
    for column in labelled:
        head = joined(subs, column)
        key = head.group and (head.group.grade, head.group.number, head.group.printed)
        key = key or (head.period and (head.session, head.period.name)) or head.field
        if last is None or key in seen:
            groups.append([])
            seen = set()
        groups[-1].append(column)
        seen.add(key)
        last = key
    return groups


def _day_runs(heads: Columns) -> list[Columns]:
    """Runs of days that rise: a new one begins where they start again."""
    runs: list[Columns] = []
    last = 99
    for column in sorted(heads):
        day = heads[column].day or 0
        if day < last:
            runs.append({})
        runs[-1][column] = heads[column]
        last = day
    return [_paired(run) for run in runs]


def _paired(run: Columns) -> Columns:
    """Two columns of one day that nothing tells apart: subject, then teacher."""
    days = [head.day for head in run.values()]
    plain_heads = all(head == Head(day=head.day) for head in run.values())
    if not plain_heads or any(days.count(day) != 2 for day in days):
        return run
    fields = ("subject", "teacher")
    return {
        c: replace(head, field=fields[i % 2]) for i, (c, head) in enumerate(run.items())
    }


def _period_band(sheet: Sheet, row: int, titled_day: int | None) -> Band | None:
    labels: dict[int, PeriodLabel] = {}
    for column, text in sheet.anchored(row, 0, sheet.width):
        label = period_label(text)
        if label and (label.first or label.start is not None or label.kind != "lesson"):
            labels[column] = label
    numbered = [x.first for x in labels.values() if x.first]
    sure = sum(x.sure for x in labels.values())
    if len(set(numbered)) < 2 and len(labels) < 3:
        return None
    if sure < 2 and not _rising(numbered):
        return None
    labels = _without_stubs(sheet, row, labels, titled_day)
    if len(labels) < 2:
        return None
    first = min(labels)
    for column, text in sheet.anchored(row, first, sheet.width):
        if is_pe_row(text) and (label := row_label(text)):
            labels.setdefault(column, label)
    bottom, subs = sub_rows(sheet, row, first)
    above = {c: session_of(sheet.text(row - 1, c)) for c in labels} if row else {}
    heads = {
        c: Head(period=label, session=above.get(c)).over(joined(subs, c))
        for c, label in labels.items()
    }
    return Band(row, bottom, "period", tuple(_split_at_days(sheet, bottom, heads)))


def _rising(numbers: list[int]) -> bool:
    return len(numbers) >= 3 and all(b in (a + 1, 1) for a, b in pairwise(numbers))


def _without_stubs(
    sheet: Sheet, row: int, labels: dict[int, PeriodLabel], titled_day: int | None
) -> dict[int, PeriodLabel]:
    """The labels right of a column of days (or classes, the day being in the title)."""
    for column in range(max(labels)):
        below = range(row + 1, min(row + 1 + LOOKED_AT, sheet.height))
        texts = [sheet.text(r, column) for r in below]
        days = {d for t in texts if (d := named_day(t))}
        if len(days) < 2 and "星期" in sheet.text(row, column):
            days = {d for t in texts if (d := bare_day(t))}
        classes = [t for t in texts if whole_class(t)] if titled_day else []
        if len(days) >= 2 or len(classes) >= 2:
            return {c: label for c, label in labels.items() if c > column}
    return {}


def _split_at_days(sheet: Sheet, bottom: int, heads: Columns) -> list[Columns]:
    """Runs of periods: a column of days between two of them begins a new one."""
    runs: list[Columns] = [{}]
    last = min(heads) - 1
    for column in sorted(heads):
        between = range(last + 1, column)
        if runs[-1] and any(
            named_day(sheet.text(r, c))
            for c in between
            for r in range(bottom, min(bottom + 8, sheet.height))
        ):
            runs.append({})
        runs[-1][column] = heads[column]
        last = column
    return runs


def _class_band(sheet: Sheet, row: int, titled_day: int | None) -> Band | None:
    if any(
        is_band_row(sheet, r, "day") for r in range(row, min(row + 3, sheet.height))
    ):
        return None
    heads: Columns = {}
    for column in range(sheet.width):
        text = sheet.text(row, column)
        head = class_head(sheet, row, column, text) if text else None
        if head:
            above = grade_in(sheet.text(row - 1, column)) if row else None
            heads[column] = replace(head, grade=above)
    if not heads and not _days_begin(sheet, row + 1):
        return None
    stub = _stub_edge(sheet, row, titled_day)
    heads = {c: head for c, head in heads.items() if c > stub}
    if stub < 0 or not heads:
        return _who_band(sheet, row, stub) if stub >= 0 else None
    bottom, subs = sub_rows(sheet, row, min(heads))
    labelled = {c for sub in subs for c in sub}
    spread: Columns = {}
    head = Head()
    for column in range(min(heads), max([*heads, *labelled]) + 1):
        head = heads.get(column, head)
        if column in heads or column in labelled:
            spread[column] = head.over(joined(subs, column))
    return Band(row, bottom, "class", (spread,))


def _days_begin(sheet: Sheet, row: int) -> bool:
    """Whether a weekday stands at the left of a row."""
    texts = (sheet.text(row, c) for c in range(min(MOST_STUBS, sheet.width)))
    return any(named_day(t) or day_and_period(t) for t in texts)


def _stub_edge(sheet: Sheet, row: int, titled_day: int | None) -> int:
    """The last column that names days or periods beside the rows below; -1 if none.

    Both must be there, the day in a column or in the title.
    """
    days = periods = both = -1
    end = min(row + LOOKED_AT, sheet.height)
    # The next row of classes heads a block of its own, as on another day.
    end = next((r for r in range(row + 2, end) if is_band_row(sheet, r, "class")), end)
    for column in range(min(MOST_STUBS, sheet.width)):
        texts = [sheet.text(r, column) for r in range(row + 1, end)]
        if sum(1 for t in texts if day_and_period(t)) >= 2:
            both = column
        elif days < 0 and _names_days(sheet.text(row, column), texts):
            days = column
        elif sum(1 for t in texts if period_label(t)) >= max(2, len(texts) // 8):
            periods = column
    if both >= 0:
        return both
    if periods < 0 or (days < 0 and titled_day is None):
        return -1
    return max(days, periods)


def _names_days(header: str, texts: list[str]) -> bool:
    if len({d for t in texts if (d := named_day(t))}) >= 2:
        return True
    said = "星期" in header or "周" in header
    return said and len({d for t in texts if (d := bare_day(t))}) >= 2


def _who_band(sheet: Sheet, row: int, stub: int) -> Band | None:
    """Teachers or rooms across: words of no other meaning above days and periods."""
    below = row + 1
    if below >= sheet.height or not any(
        named_day(sheet.text(below, c)) or day_and_period(sheet.text(below, c))
        for c in range(stub + 1)
    ):
        return None
    names = [
        (c, t) for c, t in sheet.anchored(row, stub + 1, sheet.width) if len(t) <= 12
    ]
    if len({t for _, t in names}) < 2:
        return None
    return Band(row, below, "who", ({c: Head(who=t) for c, t in names},))
