"""The page of loads: figures, proofs on demand, norms; check-in of places."""

import datetime as dt
import re

import pytest

from scheduler.services.access.accounts import Grant
from scheduler.services.access.permissions import Role
from scheduler.services.offices import Store
from scheduler.services.views.site import SiteState
from tests.services.jobs.working import finish_jobs
from tests.web.conftest import PASSWORD, clashing_timetable, form_token, log_in
from web import create_app


def test_load_page_shows_figures_and_crowds(reader):
    page = reader.get("/o/s1/load/").text
    assert "均衡度" in page
    assert "同一时刻换场地班级最多的时段" in page
    assert "按周使用" in page
    assert "第2周" in page
    # Two PE lessons of A (one on both zones), one every other week of B.
    assert "最挤时 2 个班" in page


def test_load_page_shows_places_of_pe_and_folds_the_others(reader):
    page = reader.get("/o/s1/load/").text
    linked = re.findall(r'<a href="#(venue-[^"]*)"', page)
    folded = re.findall(r'<details class="rule" id="([^"]*)"', page)
    assert (linked, folded) == (["venue-V-F"], ["venue-V-M", "weeks"])


def test_no_share_above_all_is_shown(reader):
    shares = re.findall(r"(?:使用率|应使用) (\d+) %", reader.get("/o/s1/load/").text)
    assert shares != []
    assert all(int(share) <= 100 for share in shares)


def test_norms_stand_on_a_page_of_their_own(reader):
    page = reader.get("/o/s1/norms/").text
    assert "篮球场、排球场（块）" in page
    assert "依据" in page
    assert 'href="/o/s1/norms/"' in reader.get("/o/s1/load/").text


def prove(client):
    fields = {"form_token": form_token(client.get("/login"))}
    return client.post("/o/s1/load/prove", data=fields)


def test_peaks_are_proven_by_a_job_when_an_account_asks(state, client):
    log_in(client)
    assert 'action="/o/s1/load/prove"' in client.get("/o/s1/load/").text
    for _ in range(2):
        assert prove(client).location == "/o/s1/load/"
    page = client.get("/o/s1/load/").text
    assert "高峰证明：排队中" in page
    assert 'action="/o/s1/jobs/1/stop"' in page
    assert finish_jobs(state.store) == [1]
    page = client.get("/o/s1/load/").text
    # The music lessons clash, so this timetable is not held against the bound.
    assert "高峰最低值合计" in page
    assert "/o/s1/load/prove" not in page


def test_peaks_are_not_proven_for_strangers(state, client):
    assert "prove" not in client.get("/o/s1/load/").text
    assert prove(client).location.startswith("/login?")
    assert state.only().office.jobs.all() == ()


def test_check_in_page_has_a_code_for_the_office_and_tells_that_nothing_runs(
    reader, client
):
    log_in(client)
    assert "<svg" in client.get("/o/s1/used/V-F").text
    page = reader.get("/o/s1/used/V-F").text
    assert "<svg" not in page
    assert "当前没有待登记的课" in page
    assert "/o/s1/used/V-F" in reader.get("/o/s1/venues/V-F").text
    assert reader.get("/o/s1/used/V-X").status_code == 404


@pytest.fixture
def monday():
    """The small site on Monday 7 September at 08:30: PE of A and B is running."""
    now = dt.datetime(2026, 9, 7, 0, 30, tzinfo=dt.UTC)
    store = Store.open("sqlite://", now=lambda: now)
    table = clashing_timetable()
    store.office_for(table.problem).publish(table.problem, table, "first", "{}")
    store.add_bureau("office", PASSWORD)
    store.add_office("s2", "别的学校")
    store.accounts.add("guest", PASSWORD, Grant(Role.TEACHER, "s2", "T1"))
    yield create_app(SiteState(store)).test_client()
    store.close()


def test_one_tap_of_an_account_confirms_what_runs(monday):
    log_in(monday)
    fields = {"form_token": form_token(monday.get("/o/s1/used/V-F"))}
    answer = monday.post("/o/s1/used/V-F", data=fields, follow_redirects=True)
    assert "已登记。" in answer.text
    assert "已确认" in monday.get("/o/s1/load/").text
    again = monday.post("/o/s1/used/V-F", data=fields)
    assert again.status_code == 422


def test_nobody_who_is_logged_in_is_told_to_log_in(monday):
    page = "/o/s1/used/V-F"
    told = "老师登录后可以登记这节课已使用。"
    assert told in monday.get(page).text
    log_in(monday, name="guest")
    shown = monday.get(page).text
    assert "正在进行" in shown
    assert all(x not in shown for x in (told, "正在使用", "当前没有待登记的课"))


def test_check_in_without_login_is_sent_to_it(monday):
    fields = {"form_token": form_token(monday.get("/login"))}
    answer = monday.post("/o/s1/used/V-F", data=fields)
    assert answer.status_code == 302
    assert "/login" in answer.headers["Location"]
