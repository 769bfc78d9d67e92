"""Single dates that say nothing: no lesson can be meant by them."""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache

from scheduler.formats.tables.draft import Draft
from scheduler.formats.tables.records import Located
from scheduler.model.errors import DataError
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.term import Term
from scheduler.model.text import Text, weekday
from scheduler.term.calendar import teaching_dates

_YEAR = Text("年份是否写错？", "Maybe the year is a slip?")
_DATE = Text("请核对日期。", "Maybe the date is a slip?")


def closed_dates_without_use(draft: Draft) -> Iterator[DataError]:
    """A closed date of an agreement is a date on which it would be used.

    The same list may stand in all rows of a school at a venue: a weekday that any of
    them has is no slip.
    """
    problem = draft.problem
    for row in draft.rows["agreements"]:
        item = row.item
        given = problem.agreements_at.get((item.school_id, item.venue_id), (item,))
        days = {other.day for other in given}
        for date in item.closed_dates:
            why = _no_use(problem.term, date, days)
            if why is not None:
                zh = f"里的 {date} {why.zh}，没有作用"
                en = f"holds {date}, which {why.en}, and has no effect"
                advice = _YEAR if _outside(problem.term, date) else _DATE
                yield row.fault("closed_dates", zh, en, advice)


def _no_use(term: Term, date: dt.date, days: set[int]) -> Text | None:
    if _outside(term, date):
        return Text("不在学期之内", "is outside the term")
    if date.isoweekday() not in days:
        day = weekday(date.isoweekday())
        zh, en = f"是{day.zh}，协议没有这一天", f"is a {day.en}, not in the agreement"
        return Text(zh, en)
    return None


def _outside(term: Term, date: dt.date) -> bool:
    return not term.first_day <= date <= term.last_day


def closures_without_lessons(draft: Draft) -> Iterator[DataError]:
    """A closure inside the term touches a date on which lessons are taught."""
    problem = draft.problem
    if draft.partial & {"bells", "classes"}:
        return
    for row in draft.rows["closures"]:
        first, last = row.item.date, row.item.to_date or row.item.date
        inside = first <= problem.term.last_day and last >= problem.term.first_day
        if inside and first <= last and not _taught(problem, first, last):
            yield row.fault(
                "date",
                "没有课（放假或周末），没有作用",
                "has no lessons (a holiday or weekend) and no effect",
                _DATE,
            )


def _taught(problem: Problem, first: dt.date, last: dt.date) -> bool:
    days = {day for bell in problem.bells for day in bell.days}
    return any(
        first <= date <= last and day in days for date, day in _teaching(problem.term)
    )


@lru_cache(8)
def _teaching(term: Term) -> tuple[tuple[dt.date, int], ...]:
    return tuple((day.date, day.weekday) for day in teaching_dates(term))


def replaced_at_odd_places(draft: Draft) -> Iterator[DataError]:
    """A lesson is sent, for a date, to a place for its subject."""
    for row in draft.rows["replacements"]:
        if _odd_place(draft.problem, row):
            yield row.fault(
                "layout_id",
                "不是这门课用的场地",
                "is no place for the lesson's subject",
                Text("请换一个场地用法。", "Maybe another layout?"),
            )


def _odd_place(problem: Problem, row: Located) -> bool:
    item = row.item
    if item.layout_id == HOME or item.lesson_id not in problem.lesson:
        return False
    requirement = problem.lesson[item.lesson_id].requirement
    layout = problem.layout[item.layout_id]
    pe = problem.subject[requirement.subject_id].kind.is_pe_type
    named = item.layout_id in problem.allowed_layouts(requirement)
    return not (named or layout.allows(requirement.subject_id) or (pe and layout.wet))
