"""Times when something cannot be used: a period, or a stretch of the clock."""

from collections.abc import Iterator

from scheduler.formats.tables.draft import Draft
from scheduler.model.errors import DataError
from scheduler.model.text import Text


def unavailable_times(draft: Draft) -> Iterator[DataError]:
    """Either a period, or start and end in order, or neither."""
    for row in draft.rows["unavailable"]:
        item = row.item
        clock = (item.start is not None, item.end is not None)
        if item.period is not None and any(clock):
            yield row.fault(
                "period",
                "填了节次又填了时间",
                "is given beside start or end; only one of the two may be",
                Text("请只填一种。", "Maybe empty start and end?"),
            )
        elif any(clock) and not all(clock):
            missing = "end" if clock[0] else "start"
            advice = Text("开始和结束要一起填。", "Maybe fill in both start and end?")
            yield row.fault(missing, "没有填写", "is missing", advice)
        elif all(clock) and item.end <= item.start:
            start = row.cells["start"]
            zh, en = f"不晚于开始时间 {start}", f"is not after the start {start}"
            advice = Text("是否写反了？", "Maybe start and end are swapped?")
            yield row.fault("end", zh, en, advice)


def unknown_periods(draft: Draft) -> Iterator[DataError]:
    """A period that no bell has on that day has no effect."""
    if "bells" in draft.partial:
        return
    known = {(p.day, p.number) for bell in draft.problem.bells for p in bell.periods}
    for row in draft.rows["unavailable"]:
        if row.item.period and (row.item.day, row.item.period) not in known:
            zh, en = "当天没有这一节，没有作用", "is no period of that day; no effect"
            yield row.fault("period", zh, en)
