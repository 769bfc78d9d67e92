"""Applying the plan to a date: a publication, calendars that follow, and back again."""

import datetime as dt

import pytest
from icalendar import Calendar

from scheduler.model.weather import HalfDay, Weather
from scheduler.term.changes import Batch, Reason
from scheduler.term.rain import CannotApply
from tests.services.builders import opened
from tests.term.builders import placement
from tests.term.rain_school import outdoors, school

DAY, AM, PM = HalfDay
RAIN = Weather.RAIN
MONDAY, NEXT = dt.date(2026, 9, 7), dt.date(2026, 9, 14)


@pytest.fixture
def running(office):
    """The office with the two classes outdoors on Mondays."""
    table = outdoors()
    office.publish(table.problem, table, "第1版", "{}")
    return office


def lesson(office, kind, name, date=MONDAY):
    """(summary, place, status, sequence) of a calendar's only lesson on a date."""
    token = office.create_link(kind, name)
    events = Calendar.from_ical(office.feed(token).body).walk("VEVENT")
    (found,) = [e for e in events if e["DTSTART"].dt.date() == date]
    return (
        str(found["SUMMARY"]),
        str(found["LOCATION"]),
        str(found["STATUS"]),
        int(found["SEQUENCE"]),
    )


def description(office, kind, name, date=MONDAY):
    token = office.create_link(kind, name)
    events = Calendar.from_ical(office.feed(token).body).walk("VEVENT")
    (found,) = [e for e in events if e["DTSTART"].dt.date() == date]
    return str(found["DESCRIPTION"])


def test_applied_plan_is_in_the_calendars_of_teachers_and_classes(running):
    running.bad_days.apply(MONDAY, DAY, RAIN, "office")

    assert lesson(running, "class", "C2") == (
        *("【雨天】体育与健康 王芳", "风雨操场", "CONFIRMED", 1),
    )
    assert lesson(running, "teacher", "T2") == (
        *("【雨天】体育与健康 三(1)班", "三(1)班教室", "CONFIRMED", 1),
    )
    assert "预案：雨天，改为室内活动" in description(running, "class", "C2")
    assert "预案：雨天，改为本班教室理论课" in description(running, "class", "C1")
    # The field is told that nobody comes, the gym that somebody does.
    assert lesson(running, "zone", "北半场")[2] == "CANCELLED"
    assert lesson(running, "venue", "GYM")[1:] == ("风雨操场", "CONFIRMED", 1)


def test_other_dates_keep_their_place_and_sequence(running):
    running.bad_days.apply(MONDAY, DAY, RAIN)

    assert lesson(running, "class", "C2", NEXT) == (
        *("体育与健康 王芳", "田径场 · 北半场", "CONFIRMED", 0),
    )


def test_applying_is_a_batch_of_the_log_and_no_publication(running, clock):
    before = running.current()
    clock.wait(60)
    day = running.bad_days.apply(MONDAY, AM, Weather.SMOG, "office")

    assert running.current() is before
    (batch,) = running.changes.batches()
    assert batch.asked == Batch(Reason.WEATHER, half=AM, made_by="office")
    assert batch.changes == day.diversions
    assert (day.date, day.half, day.weather) == (MONDAY, AM, Weather.SMOG)
    assert (day.applied_by, day.applied_at) == ("office", clock())
    assert running.bad_days.all() == (day,)


def test_second_bad_day_takes_the_second_turn(running):
    running.bad_days.apply(MONDAY, DAY, RAIN)
    running.bad_days.apply(NEXT, DAY, RAIN)

    assert lesson(running, "class", "C2", NEXT)[1] == "三(2)班教室"
    assert lesson(running, "class", "C1", NEXT)[1] == "风雨操场"


def test_undoing_brings_the_lessons_back_and_gives_the_turn_back(running):
    day = running.bad_days.apply(MONDAY, DAY, RAIN)
    running.bad_days.undo(day.bad_day_id, "office")

    assert lesson(running, "class", "C2") == (
        *("体育与健康 王芳", "田径场 · 北半场", "CONFIRMED", 2),
    )
    assert "预案已撤销，照常上课" in description(running, "class", "C2")
    assert lesson(running, "venue", "GYM")[2] == "CANCELLED"
    assert running.bad_days.all() == ()
    # The first turn was not used up.
    running.bad_days.apply(NEXT, DAY, RAIN)
    assert lesson(running, "class", "C2", NEXT)[1] == "风雨操场"


def test_publishing_again_keeps_what_was_applied(running):
    running.bad_days.apply(MONDAY, DAY, RAIN)
    running.bad_days.apply(NEXT, DAY, RAIN)
    later = outdoors(R3=placement(3, 4, layout_id="L-NORTH"))
    running.publish(later.problem, later, "第2版", "{}")

    assert lesson(running, "class", "C2")[:2] == ("【雨天】体育与健康 王芳", "风雨操场")
    assert lesson(running, "class", "C2", NEXT)[1] == "三(2)班教室"
    assert lesson(running, "class", "C2", NEXT)[3] == 1


def test_publishing_a_moved_lesson_drops_what_was_applied_to_it(running):
    running.bad_days.apply(MONDAY, DAY, RAIN)
    later = outdoors(R1=placement(1, 2, layout_id="L-NORTH"))
    running.publish(later.problem, later, "第2版", "{}")

    assert lesson(running, "class", "C2")[1] == "田径场 · 北半场"
    assert lesson(running, "class", "C1")[1] == "三(1)班教室"


def test_halves_of_a_date_are_applied_one_by_one(running):
    running.bad_days.apply(dt.date(2026, 9, 8), AM, RAIN)
    with pytest.raises(CannotApply, match="no lesson is outdoors"):
        running.bad_days.apply(dt.date(2026, 9, 8), PM, RAIN)
    with pytest.raises(CannotApply, match="in force on 2026-09-08"):
        running.bad_days.apply(dt.date(2026, 9, 8), DAY, RAIN)


def test_refused_plan_changes_nothing(running, clock):
    clock.set(9, 9)
    for date, sentence in (
        (MONDAY, "2026-09-07 is past"),
        (dt.date(2026, 12, 1), "outside the term"),
        (dt.date(2026, 10, 1), "国庆节"),
    ):
        with pytest.raises(CannotApply, match=sentence):
            running.bad_days.apply(date, DAY, RAIN)
    assert running.current().version == 1
    assert running.bad_days.all() == ()


def test_past_bad_day_is_not_undone(running, clock):
    day = running.bad_days.apply(MONDAY, DAY, RAIN)
    clock.set(9, 9)

    with pytest.raises(CannotApply, match="past"):
        running.bad_days.undo(day.bad_day_id)
    assert running.bad_days.all() == (day,)
    assert running.bad_days.coming() == ()


def test_undoing_twice_is_refused(running):
    day = running.bad_days.apply(MONDAY, DAY, RAIN)
    running.bad_days.undo_date(MONDAY, DAY)

    with pytest.raises(CannotApply, match="no such plan in force"):
        running.bad_days.undo(day.bad_day_id)
    with pytest.raises(CannotApply, match="No plan is in force on 2026-09-07"):
        running.bad_days.undo_date(MONDAY, DAY)


def test_store_without_a_publication_has_no_plan(office):
    assert office.bad_days.all() == ()
    with pytest.raises(CannotApply, match="No timetable has been published"):
        office.bad_days.apply(MONDAY, DAY, RAIN)


def test_plan_without_a_place_indoors_is_theory_for_all(office):
    given = school(layouts=school().layouts[:-1])
    table = outdoors(given)
    office.publish(given, table, "第1版", "{}")
    day = office.bad_days.apply(MONDAY, DAY, RAIN)

    assert {d.layout_id for d in day.diversions} == {"home"}
    assert lesson(office, "class", "C2")[1] == "三(2)班教室"


def test_bad_days_survive_closing_and_opening_the_store(tmp_path, clock):
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    with opened(url, clock) as first:
        table = outdoors()
        first.publish(table.problem, table, "第1版", "{}")
        day = first.bad_days.apply(MONDAY, DAY, RAIN, "office")
    with opened(url, clock) as second:
        assert second.bad_days.all() == (day,)
