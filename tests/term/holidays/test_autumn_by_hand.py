"""Every dated lesson of three classes in autumn 2026, against a calendar made by hand.

Weeks begin on Monday; week 1 (odd) is that of Tuesday 1 September. Sunday 20 September
(week 3, odd) is taught as a Tuesday, Saturday 10 October (week 6, even) as a Wednesday.
Closed: 25-27 September, 1-7 October, 1 January.
"""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

from scheduler.model.resources import ClassGroup
from scheduler.model.term import ClosedDays
from scheduler.model.times import Week
from tests.term.builders import TERM, held, placement, problem, requirement, timetable

AUTUMN = replace(
    TERM,
    last_day=dt.date(2027, 1, 22),
    closed=(*TERM.closed, ClosedDays(dt.date(2027, 1, 1), dt.date(2027, 1, 1))),
)
NAMES = ("C1", "C2", "C3")
MONDAYS = "9/7 9/14 9/21 9/28 10/12 10/19 10/26 11/2 11/9 11/16 11/23 11/30 12/7 12/14 \
12/21 12/28 1/4 1/11 1/18"
TUESDAYS = "9/1 9/8 9/15 9/20 9/22 9/29 10/13 10/20 10/27 11/3 11/10 11/17 11/24 12/1 \
12/8 12/15 12/22 12/29 1/5 1/12 1/19"
WEDNESDAYS = "9/2 9/9 9/16 9/23 9/30 10/10 10/14 10/21 10/28 11/4 11/11 11/18 11/25 \
12/2 12/9 12/16 12/23 12/30 1/6 1/13 1/20"
THURSDAYS = "9/3 9/10 9/17 9/24 10/8 10/15 10/22 10/29 11/5 11/12 11/19 11/26 12/3 \
12/10 12/17 12/24 12/31 1/7 1/14 1/21"
FRIDAYS = "9/4 9/11 9/18 10/9 10/16 10/23 10/30 11/6 11/13 11/20 11/27 12/4 12/11 \
12/18 12/25 1/8 1/15 1/22"
# Odd weeks: 1, 3, …, 21, Mondays from 31 August on; even ones from 7 September on.
ODD = {
    1: "9/14 9/28 10/12 10/26 11/9 11/23 12/7 12/21 1/4 1/18",
    2: "9/1 9/15 9/20 9/29 10/13 10/27 11/10 11/24 12/8 12/22 1/5 1/19",
    3: "9/2 9/16 9/30 10/14 10/28 11/11 11/25 12/9 12/23 1/6 1/20",
    4: "9/3 9/17 10/15 10/29 11/12 11/26 12/10 12/24 1/7 1/21",
    5: "9/4 9/18 10/16 10/30 11/13 11/27 12/11 12/25 1/8 1/22",
}
EVEN = {
    1: "9/7 9/21 10/19 11/2 11/16 11/30 12/14 12/28 1/11",
    2: "9/8 9/22 10/20 11/3 11/17 12/1 12/15 12/29 1/12",
    3: "9/9 9/23 10/10 10/21 11/4 11/18 12/2 12/16 12/30 1/13",
    4: "9/10 9/24 10/8 10/22 11/5 11/19 12/3 12/17 12/31 1/14",
    5: "9/11 10/9 10/23 11/6 11/20 12/4 12/18 1/15",
}
EVERY = dict(enumerate((MONDAYS, TUESDAYS, WEDNESDAYS, THURSDAYS, FRIDAYS), 1))


def days(text):
    """Dates written ``9/1``; those of January are of 2027."""
    pairs = (map(int, day.split("/")) for day in text.split())
    return [dt.date(2027 if m == 1 else 2026, m, d) for m, d in pairs]


def lessons():
    """C1 every week, C2 in odd and C3 in even weeks: one lesson on each weekday."""
    asked, placed = [], {}
    for number, (name, week) in enumerate(zip(NAMES, Week, strict=True)):
        for day in range(1, 6):
            one = f"{name}-{day}"
            load = Fraction(1) if week is Week.EVERY else Fraction(1, 2)
            asked.append(requirement(one, class_ids=(name,), per_week=load, week=week))
            placed[one] = placement(day, 1 + number, week=week)
    groups = tuple(ClassGroup(n, "S", 3, n, 40, "B") for n in NAMES)
    given = problem(*asked, classes=groups, term=AUTUMN, agreements=())
    return held(timetable(given, **placed))


def test_every_dated_lesson_of_three_classes_is_on_the_wall_calendar():
    found = {}
    for lesson in lessons():
        found.setdefault(lesson.lesson_id, []).append(lesson.date)
    expected = {
        f"{name}-{day}#1": days(table[day])
        for name, table in zip(NAMES, (EVERY, ODD, EVEN), strict=True)
        for day in range(1, 6)
    }
    assert found == expected


def test_weekdays_of_the_term_are_as_many_as_the_regulations_count():
    assert [len(days(EVERY[day])) for day in range(1, 6)] == [19, 21, 21, 20, 18]
