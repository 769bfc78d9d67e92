"""Sentences about single dates."""

import pytest

from scheduler.model.closures import Booking, Calendar
from scheduler.services.views.places.dates import weekly_sentences
from scheduler.term.closing import with_weekly_closures
from tests.term.builders import dates, problem

ODD = ("9-1", "9-15", "9-20", "9-29", "10-13", "10-27")
EVEN = ("9-8", "9-22", "10-20")


@pytest.mark.parametrize(
    ("days", "often"),
    [((*ODD, *EVEN), "每周停用"), (ODD, "单周停用"), (EVEN, "双周停用")],
)
def test_closure_says_in_which_weeks(days, often):
    booked = tuple(Booking("CAL", day, 480, 540, "舞蹈") for day in dates(*days))
    school = problem(calendars=(Calendar("CAL", "PARK", "park.ics"),), bookings=booked)
    (sentence,) = weekly_sentences(with_weekly_closures(school))

    assert sentence.zh.startswith(f"社区公园周二08:00–09:00{often}（舞蹈：")
