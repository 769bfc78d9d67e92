"""The calendar of 2026 as it was announced, and how it reaches a term."""

import datetime as dt
from dataclasses import replace

from scheduler.model.term import ClosedDays, MakeUpDay
from scheduler.term.holidays.official import official_year
from scheduler.term.holidays.proposing import propose_holidays
from tests.term.builders import TERM

DAY = dt.date


def test_autumn_of_2026_is_off_and_worked_as_the_notice_says():
    year = official_year(2026)
    autumn = [d for d in year.closed if d.first >= DAY(2026, 9, 1)]
    assert autumn == [
        ClosedDays(DAY(2026, 9, 25), DAY(2026, 9, 27), "中秋"),
        ClosedDays(DAY(2026, 10, 1), DAY(2026, 10, 7), "国庆节"),
    ]
    made = {m.date: m.day.acts_as for m in year.make_up if m.date.month > 8}
    assert made == {DAY(2026, 9, 20): 2, DAY(2026, 10, 10): 3}
    assert "2025-11-04" in year.source.zh


def test_a_bridge_day_is_what_is_made_up_and_not_the_feast_itself():
    # Qingming 2022 was a Tuesday; the Monday before it was off in exchange.
    made = {m.date: m.stands_for for m in official_year(2022).make_up}
    assert made[DAY(2022, 4, 2)] == DAY(2022, 4, 4)


def test_holidays_that_touch_share_their_weekdays_off():
    made = {m.date: m.stands_for for m in official_year(2025).make_up}
    assert made[DAY(2025, 9, 28)] == DAY(2025, 10, 7)
    assert made[DAY(2025, 10, 11)] == DAY(2025, 10, 8)


def test_a_year_not_announced_is_open_and_said_to_be_so():
    year = official_year(2097)
    assert (year.announced, year.closed, year.make_up) == (False, (), ())
    assert "尚未公布" in year.source.zh


def test_an_empty_term_is_offered_every_day_it_lacks():
    bare = replace(TERM, closed=(), make_up=())
    found = propose_holidays(bare)
    assert propose_holidays(found.added_to(bare)).complete
    assert "2026-10-10（周六）国庆节调休，补10月7日，按周三课表上课" in [
        text.zh for text in found.sentences()
    ]
    assert [(d.first, d.last) for d in found.closed] == [
        (DAY(2026, 9, 25), DAY(2026, 9, 27)),
        (DAY(2026, 10, 1), DAY(2026, 10, 7)),
    ]
    assert [(m.date, m.acts_as) for m in found.make_up] == [
        (DAY(2026, 9, 20), 2),
        (DAY(2026, 10, 10), 3),
    ]


def test_a_term_that_has_them_is_offered_nothing():
    assert propose_holidays(TERM).complete


def test_what_the_school_says_otherwise_holds_and_is_told():
    local = replace(
        TERM,
        closed=(*TERM.closed, ClosedDays(DAY(2026, 10, 10), DAY(2026, 10, 10))),
        make_up=(MakeUpDay(DAY(2026, 9, 20), 3),),
    )
    found = propose_holidays(local)
    assert found.complete
    assert [text.zh for text in found.own] == [
        "2026-09-20本校按周三上课（推定为周二），以本校为准。",
        "2026-10-10是调休上班日，本校停课，以本校为准。",
    ]


def test_a_holiday_partly_closed_lacks_only_the_rest():
    some = ClosedDays(DAY(2026, 10, 3), DAY(2026, 10, 4))
    found = propose_holidays(replace(TERM, closed=(TERM.closed[0], some)))
    assert [(d.first, d.last) for d in found.closed] == [
        (DAY(2026, 10, 1), DAY(2026, 10, 2)),
        (DAY(2026, 10, 5), DAY(2026, 10, 7)),
    ]
