"""The first page: today, what is to be done, and no figures of a solver before it."""

import datetime as dt
import re

import pytest

from scheduler.model.weather import HalfDay, Weather
from scheduler.services.offices import Store
from scheduler.services.views.site import SiteState
from tests import builders
from tests.small_school import at, need, small_problem, timetable
from tests.web.conftest import clashing_timetable, create_link, log_in
from web import SiteSettings, create_app


def lines(page, name):
    """Sentences of a section of the first page."""
    found = re.search(rf'<section class="{name}">(.*?)</section>', page.text, re.DOTALL)
    if found is None:
        return []
    items = re.findall(r"<li[^>]*>(.*?)(?:<a |</li>)", found[1], re.DOTALL)
    return [" ".join(item.split()) for item in items]


@pytest.fixture
def site_on():
    """`site_on(table, date)` is a client on a morning of that date."""
    opened = []

    def make(table, date):
        now = dt.datetime.combine(date, dt.time(0, 30), dt.UTC)
        store = Store.open("sqlite://", now=lambda: now)
        opened.append(store)
        office = store.office_for(table.problem)
        office.publish(table.problem, table, "first", "{}")
        return create_app(SiteState(store)).test_client(), office

    yield make
    for store in opened:
        store.close()


def test_home_says_what_is_to_be_done_urgent_first(client):
    tasks = lines(client.get("/o/s1/"), "tasks")
    assert [task.split("处")[0] for task in tasks] == ["课表有4", "1节课还没有排入"]


def verdict(page):
    found = re.search(r'<p class="verdict ([a-z]*)">([^<]*)', page.text)
    return found[1], found[2].strip()


def test_home_is_green_only_where_nothing_is_to_be_mended(client, site_on):
    assert verdict(client.get("/o/s1/")) == (
        "bad",
        "课表有 4 处冲突。 1 节课还没有排入。",
    )
    # No conflict, but of all subjects there is Chinese alone.
    table = timetable(small_problem(need("R1", "A", "CN")), R1_1=at(1, 1))
    other, _ = site_on(table, dt.date(2026, 9, 7))
    page = other.get("/o/s1/")
    assert verdict(page) == ("warn", "课表没有冲突。")
    assert re.search(r"课时问题 [1-9]\d* 处", page.text)


def test_home_counts_links_that_nobody_has_fetched(client):
    log_in(client)
    paths = [create_link(client, resource_id=name) for name in ("T1", "T2")]
    assert "2个日历链接还没有人订阅" in lines(client.get("/o/s1/"), "tasks")
    assert "1位教师还没有日历链接" in lines(client.get("/o/s1/"), "tasks")
    # Its page is read before it is subscribed to.
    client.get(paths[0].removesuffix(".ics"))
    assert "2个日历链接还没有人订阅" in lines(client.get("/o/s1/"), "tasks")
    for _ in range(2):
        client.get(paths[0])
    assert "1个日历链接还没有人订阅" in lines(client.get("/o/s1/"), "tasks")


def test_home_of_a_closed_site_asks_for_the_login_first(state):
    closed = create_app(state, SiteSettings(login_to_view=True)).test_client()
    assert closed.get("/o/s1/").status_code == 302


def test_home_says_that_agreements_end_and_what_they_lack(site_on):
    given = builders.problem(
        builders.need("R1", "C1", "PE"),
        agreements=(builders.agreement(), builders.agreement(2)),
    )
    table = builders.timetable(given, R1=builders.place(1, 3, "LP"))
    end = given.agreements[0].valid_to
    client, _ = site_on(table, end - dt.timedelta(days=10))
    tasks = lines(client.get("/o/s1/"), "tasks")
    assert f"社区公园的2份协议于{end}到期（剩10天）" in tasks
    assert any(task.startswith("协议资料不全：") for task in tasks)


def test_home_tells_of_bad_weather_today_and_of_nothing_else(site_on):
    table = clashing_timetable()
    monday = dt.date(2026, 9, 7)
    client, store = site_on(table, monday)
    assert "今天没有停用、换场或恶劣天气安排。" in client.get("/o/s1/").text
    store.bad_days.apply(monday, HalfDay.DAY, Weather.RAIN, "office")
    (line,) = lines(client.get("/o/s1/"), "today")
    assert "2026-09-07" in line


def test_home_keeps_the_solvers_figures_behind_details(reader):
    page = reader.get("/o/s1/").text
    before, _, behind = page.partition("<details")
    assert "待改进分" in behind
    assert "待改进分" not in before
    assert "下界" not in page
