"""Rows of limits.csv: clock times where the kind says so, tags that exist."""

from collections.abc import Iterator

from scheduler.formats.checks.tags import unknown_tag
from scheduler.formats.tables.draft import Draft
from scheduler.formats.tables.words import word_of
from scheduler.model.errors import DataError
from scheduler.model.text import Text


def clock_times(draft: Draft) -> Iterator[DataError]:
    """A kind that looks at clock times has both, in order."""
    for row in draft.rows["limits"]:
        item = row.item
        if not item.kind.needs_clock:
            continue
        if item.start is None or item.end is None:
            missing = "start" if item.start is None else "end"
            zh = f"没有填写，“{word_of(item.kind)}”需要"
            en = f"is missing, {item.kind} needs it"
            advice = Text("开始和结束要一起填。", "Maybe fill in both start and end?")
            yield row.fault(missing, zh, en, advice)
        elif item.end <= item.start:
            start = row.cells["start"]
            zh, en = f"不晚于开始时间 {start}", f"is not after the start {start}"
            advice = Text("是否写反了？", "Maybe start and end are swapped?")
            yield row.fault("end", zh, en, advice)


def useless_times(draft: Draft) -> Iterator[DataError]:
    """Clock times have no effect on other kinds."""
    for row in draft.rows["limits"]:
        for column in ("start", "end"):
            if column in row.values and not row.item.kind.needs_clock:
                zh = f"对“{word_of(row.item.kind)}”没有作用"
                yield row.fault(column, zh, f"has no effect on {row.item.kind}")


def unknown_tags(draft: Draft) -> Iterator[DataError]:
    """A tag that no requirement bears selects nothing."""
    if "requirements" in draft.partial:
        return
    for row in draft.rows["limits"]:
        for tag in row.item.tags:
            yield from unknown_tag(draft.problem, row, "tags", tag)
