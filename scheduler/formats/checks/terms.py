"""Dates of the term, its closed and make-up days."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from scheduler.formats.tables.draft import Draft
from scheduler.formats.tables.rows import closed_days
from scheduler.model.errors import DataError
from scheduler.model.text import Text
from scheduler.model.times import Week

_SWAPPED = Text("两个日期是否写反了？", "Maybe the two dates are swapped?")


def term_values(draft: Draft) -> Iterator[DataError]:
    """The term ends after it begins, in a known time zone, on odd or even."""
    (row,) = draft.rows["term"]
    if row.item.last_day < row.item.first_day:
        first = row.item.first_day
        zh, en = f"早于第一天 {first}", f"is before the first day {first}"
        yield row.fault("last_day", zh, en, _SWAPPED)
    if not _is_timezone(row.item.timezone):
        advice = Text("例如 Asia/Shanghai。", 'Maybe "Asia/Shanghai"?')
        yield row.fault("timezone", "不是时区", "is not a time zone", advice)
    if row.item.first_week is Week.EVERY:
        advice = Text("请填单周或双周。", "Maybe odd?")
        yield row.fault("first_week", "不是单周或双周", "is not odd or even", advice)


def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def closed_entries(draft: Draft) -> Iterator[DataError]:
    """A closed entry has a date, or a first and a last one in order."""
    for row in draft.rows["closed"]:
        item = row.item
        whole = item.first is not None and item.last is not None
        if (item.only is not None) == (item.first is not None or item.last is not None):
            yield row.fault(
                "date",
                "应填日期，或填起始和结束日期，不能都填或都不填",
                "needs either a date, or from and to",
                Text("请只填一种。", "Maybe one of them is left over?"),
            )
        elif item.only is None and not whole:
            missing = "to" if item.last is None else "from"
            advice = Text("只有一天时请填日期。", "Maybe a single date is meant?")
            yield row.fault(missing, "没有填写", "is missing", advice)
        elif whole and item.last < item.first:
            zh, en = f"早于起始日期 {item.first}", f"is before {item.first}"
            yield row.fault("to", zh, en, _SWAPPED)


def closed_outside(draft: Draft) -> Iterator[DataError]:
    """Closed days outside the term have no effect."""
    term = draft.problem.term
    for row in draft.rows["closed"]:
        days = closed_days(row.item)
        if days and (days.last < term.first_day or days.first > term.last_day):
            column = "date" if row.item.only else "from"
            zh, en = "不在学期之内，没有作用", "is outside the term and has no effect"
            yield row.fault(column, zh, en)


def first_sundays(draft: Draft) -> Iterator[DataError]:
    """A first week that is only a Sunday, for weeks begin on Monday."""
    (row,) = draft.rows["term"]
    first = row.item.week_one or row.item.first_day
    if first.isoweekday() == 7:
        column = "week_one" if row.item.week_one else "first_day"
        monday = first + timedelta(1)
        zh = f"是周日，按周一为一周之首，{monday} 起已是第2周，单双周会与多数学校相反"
        en = f"is a Sunday: week 2 begins on {monday}, odd and even may be swapped"
        advice = Text(
            f"若 {monday} 应为第1周，请把“第一周的某一天”填为 {monday}。",
            f"Maybe week_one should be {monday}?",
        )
        yield row.fault(column, zh, en, advice)


def make_up_days(draft: Draft) -> Iterator[DataError]:
    """A make-up day lies in the term and is not closed."""
    term = draft.problem.term
    for row in draft.rows["make_up"]:
        date = row.item.date
        in_order = term.first_day <= term.last_day
        if in_order and not term.first_day <= date <= term.last_day:
            zh = f"不在学期（{term.first_day} 至 {term.last_day}）之内"
            en = f"is outside the term ({term.first_day} to {term.last_day})"
            yield row.fault("date", zh, en, _OTHER_YEAR)
        closed = next((c for c in term.closed if c.first <= date <= c.last), None)
        if closed:
            zh, en = f"这一天放假（{closed.name}）", f"is a closed day ({closed.name})"
            yield row.fault("date", zh, en, _NOT_BOTH)


_OTHER_YEAR = Text("年份是否写错？", "Maybe the year is a slip?")
_NOT_BOTH = Text("同一天不能既放假又上课。", "Maybe one of the two is a slip?")
