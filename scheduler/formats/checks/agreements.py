"""Agreements: dates, windows, and whether they are of any use."""

from collections import defaultdict
from collections.abc import Iterator

from scheduler.formats.tables.draft import Draft
from scheduler.formats.tables.records import Located
from scheduler.model.errors import DataError
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.model.times import RowKind, overlap
from scheduler.model.venues import Agreement

_DATES_SWAPPED = Text("两个日期是否写反了？", "Maybe the two dates are swapped?")
_TIMES_SWAPPED = Text("开始和结束是否写反了？", "Maybe start and end are swapped?")


def reversed_agreements(draft: Draft) -> Iterator[DataError]:
    """Dates and times run forwards."""
    for row in draft.rows["agreements"]:
        item = row.item
        if item.valid_to < item.valid_from:
            since = item.valid_from
            zh, en = f"早于生效日期 {since}", f"is before valid_from {since}"
            yield row.fault("valid_to", zh, en, _DATES_SWAPPED)
        if item.end <= item.start:
            start = row.cells["start"]
            zh, en = f"不晚于开始时间 {start}", f"is not after the start {start}"
            yield row.fault("end", zh, en, _TIMES_SWAPPED)


def overlapping_windows(draft: Draft) -> Iterator[DataError]:
    """Windows of one school at one venue must not overlap."""
    earlier: dict[tuple[str, str, int], list[Located]] = defaultdict(list)
    for row in draft.rows["agreements"]:
        item = row.item
        group = earlier[item.school_id, item.venue_id, item.day]
        other = next((x for x in group if _overlap(x.item, item)), None)
        group.append(row)
        if other is not None:
            yield row.fault(
                "start",
                f"与{other.place_zh}的时间重叠",
                f"overlaps the window of {other.place}",
                Text("请合并为一个时段。", "Maybe they are one window?"),
            )


def _overlap(a: Agreement, b: Agreement) -> bool:
    if a.zones and b.zones and not set(a.zones) & set(b.zones):
        return False  # each opens a part of its own
    dates = a.valid_from <= b.valid_to and b.valid_from <= a.valid_to
    return dates and overlap(a.start, a.end, b.start, b.end)


def outside_term(problem: Problem, agreement: Agreement) -> bool:
    """Tell whether an agreement has ended before the term, or begins after it."""
    term = problem.term
    if term.last_day < term.first_day:
        return False  # a fault of the term, not of every agreement
    return agreement.valid_to < term.first_day or agreement.valid_from > term.last_day


def useless_dates(draft: Draft) -> Iterator[DataError]:
    """An agreement that does not hold on every date of its day carries no lesson."""
    term = draft.problem.term
    for row in draft.rows["agreements"]:
        column = "valid_to" if row.item.valid_to < term.last_day else "valid_from"
        if outside_term(draft.problem, row.item):
            zh = f"与学期（{term.first_day} 至 {term.last_day}）没有交集，协议不起作用"
            en = (
                f"leaves no day of the term ({term.first_day} to {term.last_day}); "
                "the agreement has no effect"
            )
            yield row.fault(column, zh, en, _RENEW)
        elif not draft.problem.covers_term(row.item):
            zh = "没有覆盖学期里的每个这一天，每周的课不能用它"
            en = "does not cover the term; weekly lessons cannot use it"
            yield row.fault(column, zh, en, _RENEW)


def own_venues(draft: Draft) -> Iterator[DataError]:
    """A school needs no agreement for its own venue."""
    for row in draft.rows["agreements"]:
        if draft.problem.venue[row.item.venue_id].owner == row.item.school_id:
            zh = "是本校自己的场地，不需要协议"
            en = "belongs to the school itself, which needs no agreement"
            yield row.fault("venue_id", zh, en)


def windows_without_rows(draft: Draft) -> Iterator[DataError]:
    """A window should contain a row of one of the school's bells."""
    for row in draft.rows["agreements"]:
        item = row.item
        mine = (c for c in draft.problem.classes if c.school_id == item.school_id)
        bells = dict.fromkeys(c.bell_id for c in mine)
        periods = (p for b in bells for p in draft.problem.bell[b].on(item.day))
        fits = any(
            item.start <= p.start and p.end <= item.end
            for p in periods
            if p.kind not in (RowKind.BREAK, RowKind.LUNCH)
        )
        if bells and not fits and "bells" not in draft.partial:
            window = f"{row.cells['start']}–{row.cells['end']}"
            yield row.fault(
                "start",
                f"时段 {window} 里没有本校完整的一节课或活动",
                f"begins a window ({window}) without a whole period of the school",
                Text("请核对星期和时间。", "Maybe the day or a time is a slip?"),
            )


_RENEW = Text("协议是否需要续签？", "Maybe the agreement is to be renewed?")
