"""Sentences of the log where a later timetable has made them hollow."""

import datetime as dt

from scheduler.services.views.changes import change_sentence
from scheduler.term.changes import BellDay
from tests.term.builders import problem


def test_a_bell_that_the_timetable_lacks_is_said_to_be_without_effect():
    day = dt.date(2026, 12, 1)
    (bell,) = problem().bells
    known, gone = (BellDay(day, x) for x in (bell.bell_id, "冬季作息"))
    assert "不起作用" not in change_sentence(problem(), known).zh
    assert change_sentence(problem(), gone).zh == (
        "2026-12-01 周二 全校按作息“冬季作息”（现行课表没有这套作息，不起作用）"
    )
