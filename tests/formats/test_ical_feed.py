"""Feeds: bytes, names, changes, variants; read back with icalendar."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from scheduler.formats.ical import Cancelled, Options, feed, with_source
from scheduler.formats.ical.events import uid
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Zone
from scheduler.term.entries import EntryKey, FeedKind
from scheduler.term.history import Publishing, first_entries, follow
from scheduler.term.showing import Audience, showings, shown_until
from scheduler.term.versions import Versions
from tests.term.builders import (
    TERM,
    agreement,
    dates,
    placement,
    problem,
    requirement,
    timetable,
)

FIRST = dt.datetime(2026, 8, 25, 8, tzinfo=dt.UTC)
TODAY = dt.date(2026, 9, 21)
SECOND = Publishing(2, dt.datetime(2026, 9, 21, 1, 30, tzinfo=dt.UTC), TODAY)
WANG = Audience(FeedKind.TEACHER, "T1", "王芳")
LI = Audience(FeedKind.TEACHER, "T2", "李明")
CLASS = Audience(FeedKind.CLASS, "C2", "三(2)班")
FIELD = Audience(FeedKind.VENUE, "FIELD", "田径场")
PARK = Audience(FeedKind.VENUE, "PARK", "社区公园")
MONDAY = {"day": 1, "layout_id": "L-NORTH"}
# Mondays of the term: 5 October is closed.
MONDAYS = ("9-7", "9-14", "9-21", "9-28", "10-12", "10-19", "10-26")


def entries(*versions: Timetable):
    found = first_entries(Versions.of(versions[0]), 1, FIRST)
    for version in versions[1:]:
        found = follow(found, Versions.of(version), SECOND)
    return found


def bytes_of(found, audience=WANG, today=TODAY, **options):
    shown = showings(found, audience, today)
    return feed(shown, audience, TERM, Options(**options))


def events_of(found, audience=WANG, today=TODAY, **options):
    body = bytes_of(found, audience, today, **options)
    return Calendar.from_ical(body).walk("VEVENT")


def event_on(found, audience, day, **options):
    (date,) = dates(day)
    return next(
        event
        for event in events_of(found, audience, **options)
        if event.decoded("DTSTART").date() == date
    )


def plan(**changes) -> Timetable:
    return timetable(R1=placement(**(MONDAY | changes)))


def test_feed_first_event_reads_exactly_so():
    lines = bytes_of(entries(plan())).decode().split("\r\n")
    begin = lines.index("BEGIN:VEVENT")
    assert lines[begin : lines.index("END:VEVENT") + 1] == [
        "BEGIN:VEVENT",
        "UID:S.2026-2027-1.R1.1.20260907@cuofeng",
        "SEQUENCE:0",
        "DTSTAMP:20260825T080000Z",
        "LAST-MODIFIED:20260825T080000Z",
        "DTSTART;TZID=Asia/Shanghai:20260907T080000",
        "DTEND;TZID=Asia/Shanghai:20260907T084000",
        "SUMMARY:体育与健康 三(2)班",
        "LOCATION:田径场 · 北半场",
        # 75 octets; the rest stands on a line that begins with a space.
        "DESCRIPTION:课程：体育与健康\\n班级：三(2)班\\n教师：王芳\\n",
        " 地点：田径场 · 北半场",
        "CATEGORIES:体育",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "END:VEVENT",
    ]


def test_feed_says_how_many_pupils_of_its_classes_a_club_has():
    club = requirement(class_ids=("C1", "C2"), pupils=18)
    table = timetable(problem(club), R1=placement(**MONDAY))

    told = event_on(entries(table), WANG, "9-7")["DESCRIPTION"]

    assert told.splitlines()[1] == "班级：三(1)班、三(2)班（其中18人）"


def test_feed_header_and_time_zone_read_exactly_so():
    lines = bytes_of(entries(plan())).decode().split("\r\n")
    assert lines[: lines.index("BEGIN:VEVENT")] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Cuofeng//Timetable//ZH",
        "CALSCALE:GREGORIAN",
        "NAME:王芳 课表",
        "X-WR-CALNAME:王芳 课表",
        "X-WR-TIMEZONE:Asia/Shanghai",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "X-PUBLISHED-TTL:PT4H",
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Shanghai",
        "BEGIN:STANDARD",
        "DTSTART:20260901T000000",
        "TZNAME:CST",
        "TZOFFSETFROM:+0800",
        "TZOFFSETTO:+0800",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


def test_feed_built_twice_is_the_same_to_the_byte():
    assert bytes_of(entries(plan())) == bytes_of(entries(plan()))


def test_feed_shows_the_whole_term_past_included():
    found = [e.decoded("DTSTART").date() for e in events_of(entries(plan()))]
    assert found == dates(*MONDAYS)


def test_feed_moved_lesson_changes_that_event_alone():
    both = problem(requirement("R1"), requirement("R2", class_ids=("C1",)))
    first = timetable(both, R1=placement(1), R2=placement(3))
    second = timetable(both, R1=placement(1), R2=placement(3, period=2))
    old = {e["UID"]: e.to_ical() for e in events_of(entries(first))}
    new = {e["UID"]: e for e in events_of(entries(first, second))}
    assert old.keys() == new.keys()
    changed = [name for name, event in new.items() if event.to_ical() != old[name]]
    # Wednesdays after 21 September; 7 October is made up on Saturday the 10th.
    coming = ("0923", "0930", "1010", "1014", "1021", "1028")
    assert changed == [f"S.2026-2027-1.R2.1.2026{day}@cuofeng" for day in coming]
    assert {new[name]["SEQUENCE"] for name in changed} == {1}
    assert {new[name].decoded("DTSTAMP") for name in changed} == {SECOND.at}


def test_feed_moved_lesson_says_from_when_in_which_version():
    event = event_on(entries(plan(), plan(day=2)), WANG, "9-22")
    assert event["SUMMARY"] == "【调课】体育与健康 三(2)班"
    # 01:30 UTC is 09:30 in Shanghai.
    assert event["DESCRIPTION"].split("\n")[-2:] == [
        "变更：第2版，2026-09-21 09:30发布",
        "原时间：9月21日 周一 08:00–08:40",
    ]


def test_feed_substituted_lesson_is_off_for_the_one_and_on_for_the_other():
    found = entries(plan(), plan(teacher_ids=("T2",)))
    mine, yours = event_on(found, WANG, "9-28"), event_on(found, LI, "9-28")
    assert mine["UID"] == yours["UID"]
    assert (mine["STATUS"], mine["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
    assert (yours["STATUS"], yours["TRANSP"]) == ("CONFIRMED", "OPAQUE")
    assert mine["SUMMARY"] == yours["SUMMARY"] == "【代课】体育与健康 三(2)班"
    assert mine["DESCRIPTION"].split("\n")[-1] == "现教师：李明"
    assert yours["DESCRIPTION"].split("\n")[-1] == "原教师：王芳"


def test_feed_relocated_lesson_names_the_old_place():
    event = event_on(entries(plan(), plan(layout_id="home")), CLASS, "9-28")
    assert event["SUMMARY"] == "【换场】体育与健康 王芳"
    assert event["LOCATION"] == "三(2)班教室"
    assert event["DESCRIPTION"].split("\n")[-1] == "原地点：田径场 · 北半场"


def cancelled_plan():
    return timetable(problem(requirement("R2")))


def test_feed_cancelled_lesson_stays_until_its_date_is_past():
    found = entries(plan(), cancelled_plan())
    event = event_on(found, WANG, "9-21")
    assert (event["STATUS"], event["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
    assert event["SUMMARY"] == "【停课】体育与健康 三(2)班"
    assert event["SEQUENCE"] == 1
    tomorrow = TODAY + dt.timedelta(days=1)
    shown = [e.decoded("DTSTART").date() for e in events_of(found, today=tomorrow)]
    # Those given on 7 and 14 September stay.
    assert shown == [date for date in dates(*MONDAYS) if date != TODAY]
    assert shown_until(showings(found, WANG, TODAY)) == tomorrow


@pytest.mark.parametrize(
    ("change", "mark"),
    [
        ({"day": 2}, "【调课】"),
        ({"teacher_ids": ("T2",)}, "【代课】"),
        ({"layout_id": "home"}, "【换场】"),
    ],
)
def test_feed_marks_a_change_for_two_weeks_and_then_no_more(change, mark):
    found = entries(plan(), plan(**change))
    who = LI if "teacher_ids" in change else CLASS
    last = SECOND.at.date() + dt.timedelta(days=13)
    marked = [
        {e["UID"]: e for e in events_of(found, who, today=last + dt.timedelta(days=n))}
        for n in (0, 1)
    ]
    titles = [
        {uid: str(e["SUMMARY"]) for uid, e in events.items()} for events in marked
    ]
    changed = [uid for uid, title in titles[0].items() if title.startswith(mark)]
    assert changed != []
    assert not any(title.startswith("【") for title in titles[1].values())
    # It is the same event, told to be the same: nothing else differs.
    for name in changed:
        assert titles[1][name] == titles[0][name].removeprefix(mark)
        assert marked[0][name]["SEQUENCE"] == marked[1][name]["SEQUENCE"] == 1
        assert marked[0][name]["DTSTAMP"] == marked[1][name]["DTSTAMP"]


def test_shown_until_marks_are_dropped():
    found = entries(plan(), plan(layout_id="home"))
    shown = showings(found, CLASS, TODAY)
    assert shown_until(shown) == SECOND.at.date() + dt.timedelta(days=14)
    later = showings(found, CLASS, shown_until(shown))
    assert shown_until(later) is None


def test_shown_until_nothing_off_is_never():
    assert shown_until(showings(entries(plan()), WANG, TODAY)) is None


def test_feed_cancelled_mark_shows_it_confirmed_with_the_prefix():
    found = entries(plan(), cancelled_plan())
    event = event_on(found, WANG, "9-21", cancelled=Cancelled.MARK)
    assert (event["STATUS"], event["TRANSP"]) == ("CONFIRMED", "TRANSPARENT")
    assert event["SUMMARY"] == "【停课】体育与健康 三(2)班"


def test_feed_cancelled_hide_leaves_it_out():
    found = entries(plan(), cancelled_plan())
    shown = events_of(found, cancelled=Cancelled.HIDE)
    assert [e.decoded("DTSTART").date() for e in shown] == dates("9-7", "9-14")


def test_feed_utc_writes_the_same_moments_without_a_zone():
    found = entries(plan())
    body = bytes_of(found, utc=True)
    assert b"TZID" not in body
    assert b"DTSTART:20260907T000000Z\r\n" in body
    here, there = events_of(found), events_of(found, utc=True)
    assert [e.decoded("DTSTART") for e in here] == [e.decoded("DTSTART") for e in there]


def test_feed_without_lessons_is_a_valid_calendar_without_events():
    for utc in (False, True):
        calendar = Calendar.from_ical(bytes_of([], utc=utc))
        assert calendar.walk("VEVENT") == []
        assert len(calendar.walk("VTIMEZONE")) == 1


def test_feed_make_up_sunday_is_marked_and_explained():
    event = event_on(entries(timetable(R1=placement(2))), WANG, "9-20")
    assert event["SUMMARY"] == "【补课】体育与健康 三(2)班"
    assert event["DESCRIPTION"].split("\n")[-1] == "调休：按周二课表上课"


def park_plan():
    school = problem(agreements=(agreement(1, closed_dates=(dates("9-28")[0],)),))
    return timetable(school, R1=placement(1, layout_id="L-PARK"))


def test_feed_closed_date_leaves_the_place_open():
    event = event_on(entries(park_plan()), WANG, "9-28")
    assert event["SUMMARY"] == "【换场】体育与健康 三(2)班"
    assert event["LOCATION"] == "地点待定（原社区公园（公园路1号））"


def test_feed_outside_venue_with_an_address_names_that():
    plan = park_plan()
    field, park = plan.problem.venues
    venues = (field, replace(park, address="滨湖大道8号"))
    moved = Timetable(replace(plan.problem, venues=venues), plan.placements)

    assert (
        event_on(entries(moved), WANG, "9-21")["LOCATION"] == "社区公园（滨湖大道8号）"
    )


def test_feed_names_zones_as_people_do_and_no_site_by_its_code():
    plan = park_plan()
    field, park = plan.problem.venues
    named = (
        Zone("Z-P1", "PARK", 1, name="健身步道"),
        Zone("Z-P2", "PARK", 1, name="篮球场"),
    )
    layouts = tuple(
        replace(x, zones=("Z-P1",)) if x.venue_id == "PARK" else x
        for x in plan.problem.layouts
    )
    zones = tuple(z for z in plan.problem.zones if z.venue_id != "PARK")
    changed = replace(
        plan.problem,
        venues=(field, replace(park, site_id="PARK")),
        zones=(*zones, *named),
        layouts=layouts,
    )
    event = event_on(entries(Timetable(changed, plan.placements)), WANG, "9-21")
    assert event["LOCATION"] == "社区公园 · 健身步道"


def test_feed_outside_venue_names_site_and_walk():
    event = event_on(entries(park_plan()), WANG, "9-21")
    assert event["LOCATION"] == "社区公园（公园路1号）"
    assert event["DESCRIPTION"].split("\n")[-1] == "路程：前后各步行5分钟"


@pytest.mark.parametrize(
    ("audience", "title"),
    [
        (WANG, "体育与健康 三(2)班"),
        (CLASS, "体育与健康 王芳"),
        (PARK, "三(2)班 体育与健康 王芳"),
        (Audience(FeedKind.ZONE, "PARK", "社区公园"), "三(2)班 体育与健康 王芳"),
        (Audience(FeedKind.SCHOOL, "S", "铁山路学校"), "三(2)班 体育与健康 王芳"),
        (
            Audience(FeedKind.AGREEMENT, "PARK", "社区公园"),
            "铁山路学校 三(2)班 体育与健康",
        ),
    ],
)
def test_feed_title_says_what_the_reader_lacks(audience, title):
    assert event_on(entries(park_plan()), audience, "9-21")["SUMMARY"] == title


@pytest.mark.parametrize("kind", [FeedKind.VENUE, FeedKind.ZONE, FeedKind.AGREEMENT])
def test_feed_of_a_closed_venue_does_not_announce_the_lesson(kind):
    shown = events_of(entries(park_plan()), Audience(kind, "PARK", "社区公园"))
    without = [date for date in dates(*MONDAYS) if date != dates("9-28")[0]]
    assert [e.decoded("DTSTART").date() for e in shown] == without


def test_feed_of_a_venue_that_closes_later_shows_the_lesson_as_off():
    def plan_with(*closed):
        school = problem(agreements=(agreement(1, closed_dates=closed),))
        return timetable(school, R1=placement(1, layout_id="L-PARK"))

    found = entries(plan_with(), plan_with(*dates("9-28")))
    event = event_on(found, PARK, "9-28")
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert event["SUMMARY"] == "【换场】三(2)班 体育与健康 王芳"
    lines = event["DESCRIPTION"].split("\n")
    assert lines[-1] == "现地点：地点待定（原社区公园（公园路1号））"


def test_feed_own_field_is_no_business_of_agreements():
    found = entries(plan())
    assert len(events_of(found, FIELD)) == 7
    assert events_of(found, Audience(FeedKind.AGREEMENT, "FIELD", "田径场")) == []


def test_feed_escort_sees_the_lesson():
    school = problem(requirement(escort_ids=("T2",)))
    event = event_on(entries(timetable(school, R1=placement(1))), LI, "9-21")
    assert event["DESCRIPTION"].split("\n")[3] == "随队：李明"


def test_feed_alarm_is_set_for_lessons_that_take_place():
    found = entries(plan(), plan(teacher_ids=("T2",)))
    mine = events_of(found, WANG, alarm=10)
    assert [len(e.walk("VALARM")) for e in mine] == [1, 1, 0, 0, 0, 0, 0]
    alarm = mine[0].walk("VALARM")[0]
    assert alarm.decoded("TRIGGER") == dt.timedelta(minutes=-10)


def test_with_source_adds_one_folded_line():
    body = bytes_of(entries(plan()))
    url = "https://school.example/feeds/" + "x" * 60 + ".ics"
    sourced = with_source(body, url)
    assert Calendar.from_ical(sourced).get("SOURCE") == url
    assert len(sourced) == len(body) + len(f"SOURCE;VALUE=URI:{url}\r\n") + len("\r\n ")


def test_with_source_of_another_file_is_refused():
    with pytest.raises(ValueError, match="not a calendar"):
        with_source(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "https://school.example")


IDS = st.text("aS.1-%@王/ ", min_size=1, max_size=3)
KEYS = st.builds(EntryKey, IDS, IDS, IDS, st.integers(1, 12), st.dates())


@given(KEYS, KEYS)
def test_uid_is_the_same_for_the_same_key_alone(one, other):
    assert (uid(one) == uid(other)) == (one == other)


def test_uid_parts_with_dots_and_chinese_stay_apart():
    key = EntryKey("S", "2026-2027-1", "R.1", 1, dt.date(2026, 9, 1))
    other = key._replace(school_id="S.2026-2027-1", term="R")
    assert uid(key) == "S.2026-2027-1.R%2E1.1.20260901@cuofeng"
    assert uid(other) != uid(key)
    assert uid(key._replace(requirement_id="体")).isascii()
