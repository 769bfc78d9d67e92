"""The pages of agreements and of single dates."""

import datetime as dt
import re
from dataclasses import replace

import pytest

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.files.writing import write_folder
from scheduler.model.closures import Booking, Calendar, Closure, ClosureKind
from scheduler.services.school.publishing import Superseded
from scheduler.term.changes import to_replacements
from tests.builders import agreement, need, place, problem, timetable
from tests.web.conftest import PASSWORD, form_token, log_in
from web import create_app


def park_site(make_site):
    """C1 in the park on Mondays; the agreement ends in October, one day is a feast."""
    given = problem(
        need("R1", "C1", "PE"),
        agreements=(agreement(valid_to=dt.date(2026, 10, 12), insurance="<PICC>"),),
        closures=(
            Closure("X", ClosureKind.SCHOOL, "S1", dt.date(2026, 9, 14), name="运动会"),
        ),
    )
    return create_app(make_site(timetable(given, R1=place(1, 3, "LP")))).test_client()


def test_page_shows_the_week_the_terms_and_the_end_of_each_agreement(make_site):
    page = park_site(make_site).get("/o/s1/agreements/").text

    assert "周一10:00–10:40" in page
    assert "XY1在学期内到期（2026-10-12）" in page
    assert "（2次：10-19、10-26）" in page
    assert "&lt;PICC&gt;" in page
    assert "<PICC>" not in page


def test_page_shows_calendars_with_their_age_and_goes_by_the_newest_bookings(
    make_site, tmp_path
):
    # Published without a booking; since then the park is booked on 28 September.
    given = problem(
        need("R1", "C1", "PE"),
        agreements=(agreement(),),
        calendars=(Calendar("CAL", "PARK", "park.ics", name="公园预订"),),
    )
    state = make_site(timetable(given, R1=place(1, 3, "LP")))
    booked = (Booking("CAL", dt.date(2026, 9, 28), 600, 640, "比赛"),)
    write_folder(replace(given, bookings=booked), tmp_path / "school")
    state.only().folder = tmp_path / "school"
    page = create_app(state).test_client().get("/o/s1/dates/").text

    assert "公园预订（社区公园，park.ics）：学期内1条预订，从未更新，已过期" in page
    assert "日历在课表发布后有更新" in page
    assert "场地此时已被预订（比赛）" in page


def test_page_of_dates_shows_events_and_proposals(make_site):
    page = park_site(make_site).get("/o/s1/dates/?lang=en").text

    assert "2 lessons lose their place on a date, 0 of them without" in page
    assert "has an event (运动会), 1 lesson(s) fall out" in page


def test_applying_the_proposals_needs_an_account_and_moves_every_lesson(
    make_site, tmp_path
):
    # The agreement ends on 12 October: the 19th and the 26th have no place.
    given = problem(
        need("R1", "C1", "PE"),
        agreements=(agreement(valid_to=dt.date(2026, 10, 12)),),
    )
    state = make_site(timetable(given, R1=place(1, 3, "LP")))
    state.store.add_bureau("office", PASSWORD)
    write_folder(given, tmp_path / "school")
    state.only().folder = tmp_path / "school"
    client = create_app(state).test_client()

    def apply():
        token = form_token(client.get("/login"))
        return client.post("/o/s1/dates/apply", data={"form_token": token})

    assert apply().location.startswith("/login?")
    assert state.only().office.changes.batches() == ()
    log_in(client)
    token = form_token(client.get("/o/s1/dates/"))
    client.post("/o/s1/dates/apply", data={"form_token": token})
    page = client.get("/o/s1/dates/?lang=en").text
    rows = to_replacements(state.only().office.changes.in_force())

    assert [(row.date.day, row.layout_id) for row in rows] == [(19, "L1"), (26, "L1")]
    assert read_problem(tmp_path / "school").problem.replacements == rows
    assert "no lesson is left without its place" in page
    assert page.count("(Z1)") == 2


def test_proposals_of_a_page_that_is_out_of_date_are_refused(make_site):
    """Another version was published after the page was opened."""
    given = problem(
        need("R1", "C1", "PE"),
        agreements=(agreement(valid_to=dt.date(2026, 10, 12)),),
    )
    state = make_site(timetable(given, R1=place(1, 3, "LP")))
    state.store.add_bureau("office", PASSWORD)
    client = create_app(state).test_client()
    log_in(client)
    page = client.get("/o/s1/dates/")
    later = timetable(given, R1=place(1, 2, "LP"))
    state.only().office.publish(given, later, "second", "{}")
    (shown,) = re.findall(r'name="version" value="(\d+)"', page.text)
    form = {"form_token": form_token(page), "version": shown}
    answer = client.post("/o/s1/dates/apply", data=form)

    assert (shown, answer.status_code) == ("1", 422)
    assert "课表刚刚重新发布过，请刷新后再试。" in answer.text
    assert state.only().office.current().version == 2
    assert state.only().office.changes.batches() == ()


def test_publishing_over_another_version_changes_nothing(make_site):
    given = problem(need("R1", "C1", "PE"))
    state = make_site(timetable(given, R1=place(1, 3, "L1")))
    later = timetable(given, R1=place(1, 2, "L1"))
    assert (
        state.only().office.publish(given, later, "second", "{}", over=1).version == 2
    )
    with pytest.raises(Superseded):
        state.only().office.publish(given, later, "third", "{}", over=1)
    assert state.only().office.current().version == 2
