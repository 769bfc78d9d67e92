"""The page of the plan for bad weather: read by all, applied by accounts."""

import datetime as dt
import re

import pytest

from scheduler.model.closures import Closure, ClosureKind
from scheduler.services.offices import Store
from scheduler.services.views.site import SiteState
from tests.services.jobs.working import finish_jobs
from tests.term.builders import placement
from tests.term.rain_school import outdoors, school
from tests.web.conftest import NOW, PASSWORD, form_token, log_in
from tests.web.test_pages import plain
from web import create_app


@pytest.fixture
def state():
    """Two classes have PE outdoors on Mondays; 1 September is today."""
    store = Store.open("sqlite://", now=lambda: NOW)
    table = outdoors()
    store.add_office("s1", "铁山路学校").publish(table.problem, table, "first", "{}")
    store.add_bureau("office", PASSWORD)
    yield SiteState(store)
    store.close()


@pytest.fixture
def planless(state):
    """A client; nobody has asked for the plan yet."""
    return create_app(state).test_client()


@pytest.fixture
def client(state, planless):
    """A client; the plan of the version in force is computed."""
    state.only().office.bad_days.asked("王")
    assert finish_jobs(state.store) == [1]
    return planless


def send(client, path, **fields):
    token = form_token(client.get("/o/s1/rain/"))
    return client.post(f"/o/s1/{path}", data={"form_token": token, **fields})


def apply(client, date="2026-09-07", half="day", weather="rain"):
    return send(client, "rain/apply", date=date, half=half, weather=weather)


def test_page_shows_triggers_turns_and_proof_to_everybody(client):
    page = plain(client.get("/o/s1/rain/").text)
    assert (
        "启用条件：下雨、场地积水；气温达到 35 ℃；空气质量指数（AQI）超过 200。" in page
    )
    assert "周一 08:00–08:40 · 已证明最优" in page
    assert "三(2)班 体育与健康 王芳 田径场 · 北半场 风雨操场 本班教室 1/2" in page
    assert "三(1)班 体育与健康 李明 田径场 · 南半场 本班教室 风雨操场 1/2" in page
    assert "教务处登录后可对某一天启用。" in page


def test_applying_needs_an_account_and_a_form_token(state, client):
    fields = {"date": "2026-09-07", "half": "day", "weather": "rain"}
    assert client.post("/o/s1/rain/apply", data=fields).status_code == 400
    token = form_token(client.get("/login"))
    answer = client.post("/o/s1/rain/apply", data={"form_token": token, **fields})
    assert answer.location.startswith("/login?")
    assert state.only().office.bad_days.all() == ()


def test_applied_plan_is_shown_with_its_hours_and_on_the_pages_of_those_concerned(
    state, client
):
    log_in(client)
    answer = apply(client, half="am", weather="heat")
    assert (answer.status_code, answer.location) == (302, "/o/s1/rain/#in-force")
    page = plain(client.get("/o/s1/rain/").text)
    assert "2026-09-07（周一）上午 · 高温" in page
    change = "08:00–08:40 三(2)班 体育与健康 王芳：田径场 · 北半场 → 风雨操场"
    assert change in page
    assert "三(1)班 体育与健康 7 0 1 1 7" in page
    for path in (
        "/o/s1/classes/C2",
        "/o/s1/teachers/T1",
        "/o/s1/venues/GYM",
        "/o/s1/venues/FIELD",
    ):
        assert change in plain(client.get(path).text), path
    assert "高温" not in client.get("/o/s1/venues/PARK").text
    (day,) = state.only().office.bad_days.all()
    assert day.applied_by == "office"


def test_next_turn_is_marked(client):
    log_in(client)
    marks = r'<th scope="col" class="next"[^>]*>([^<]+)</th>'
    assert re.findall(marks, client.get("/o/s1/rain/").text)[0] == "第1次"
    apply(client)
    assert re.findall(marks, client.get("/o/s1/rain/").text)[0] == "第2次"


def test_undoing_takes_it_from_the_pages(state, client):
    log_in(client)
    apply(client)
    (day,) = state.only().office.bad_days.all()
    answer = send(client, "rain/undo", bad_day=str(day.bad_day_id))
    assert answer.status_code == 302
    assert "已启用" not in client.get("/o/s1/rain/").text
    again = send(client, "rain/undo", bad_day=str(day.bad_day_id))
    assert again.status_code == 422
    assert "没有这一次启用，或已经撤销。" in again.text


@pytest.mark.parametrize("asked", ["", "-1", "one", "9" * 500])
def test_undoing_what_is_no_number_of_a_bad_day_is_refused(client, asked):
    log_in(client)
    answer = send(client, "rain/undo", bad_day=asked)
    assert answer.status_code == 422
    assert "没有这一次启用，或已经撤销。" in answer.text


def test_lesson_put_outdoors_after_the_plan_was_applied_is_told(state, client):
    log_in(client)
    apply(client)
    told = "还有 1 节课在室外。请撤销后重新启用。"
    assert told not in plain(client.get("/o/s1/rain/").text)
    table = outdoors(R1=placement(1, 2, layout_id="L-NORTH"))
    state.only().office.publish(table.problem, table, "moved", "{}")
    assert told in plain(client.get("/o/s1/rain/").text)
    (day,) = state.only().office.bad_days.all()
    send(client, "rain/undo", bad_day=str(day.bad_day_id))
    assert "还没有算好" in apply(client).text
    assert finish_jobs(state.store) == [2]
    apply(client)
    assert told not in plain(client.get("/o/s1/rain/").text)


def test_place_closed_after_the_plan_was_applied_is_told_by_page_and_calendar(
    state, client
):
    log_in(client)
    apply(client)
    shut = Closure("K1", ClosureKind.VENUE, "GYM", dt.date(2026, 9, 7))
    table = outdoors(school(closures=(shut,)))
    state.only().office.publish(table.problem, table, "gym closed", "{}")
    told = "三(2)班 体育与健康 王芳：田径场 · 北半场 → 本班教室理论课"
    assert told in plain(client.get("/o/s1/rain/").text)
    feed = (
        state.only()
        .office.feed(state.only().office.create_link("class", "C2"))
        .body.decode()
    )
    assert "预案：雨天，改为本班教室理论课" in feed.replace("\r\n ", "")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"date": "2026-12-01"},
            "2026-12-01 不在本学期（2026-09-01 至 2026-10-31）内。",
        ),
        ({"date": "2026-10-01"}, "2026-10-01（国庆节）没有课。"),
        ({"date": "2026-09-07", "half": "pm"}, "没有室外课，无需启用预案。"),
        ({"date": "tomorrow"}, "请填写日期、时段和原因。"),
        ({"date": "2026-09-07", "weather": "snow"}, "请填写日期、时段和原因。"),
    ],
)
def test_refused_form_says_why_and_changes_nothing(state, client, fields, sentence):
    log_in(client)
    answer = send(client, "rain/apply", **{"half": "day", "weather": "rain"} | fields)
    assert answer.status_code == 422
    assert sentence in plain(answer.text)
    assert state.only().office.bad_days.all() == ()
    assert state.only().office.current().version == 1


def test_applying_twice_is_refused(state, client):
    log_in(client)
    apply(client)
    answer = apply(client, half="am")
    assert answer.status_code == 422
    assert "2026-09-07 全天已经启用了预案，请先撤销再启用。" in plain(answer.text)
    assert len(state.only().office.bad_days.all()) == 1


def test_visitors_look_at_the_page_without_making_work(state, planless):
    page = plain(planless.get("/o/s1/rain/").text)
    assert "启用条件：下雨、场地积水" in page
    assert state.only().office.jobs.all() == ()


def test_first_view_asks_for_the_plan_once_and_shows_how_far_it_is(state, planless):
    office = create_app(state).test_client()
    log_in(office)
    for _ in range(2):
        office.get("/o/s1/rain/")
    page = planless.get("/o/s1/rain/").text
    assert "雨天预案：排队中" in plain(page)
    assert 'data-watches="/o/s1/rain/"' in page
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    # The triggers are known without a plan; strangers stop nothing.
    assert "启用条件：下雨、场地积水" in plain(page)
    assert "<form" not in page
    assert len(state.only().office.jobs.all()) == 1
    assert finish_jobs(state.store) == [1]
    page = planless.get("/o/s1/rain/").text
    assert "data-watches" not in page
    assert "http-equiv" not in page
    assert len(state.only().office.jobs.all()) == 1


def test_plan_that_is_not_computed_is_not_applied(state, planless):
    log_in(planless)
    answer = apply(planless)
    assert answer.status_code == 422
    assert "这份课表的预案还没有算好，请等它算完再启用。" in plain(answer.text)
    assert state.only().office.bad_days.all() == ()


def test_stopped_plan_is_computed_again_only_where_an_account_asks(state, planless):
    log_in(planless)
    planless.get("/o/s1/rain/")
    answer = send(planless, "jobs/1/stop", back="rain.index")
    assert (answer.status_code, answer.location) == (302, "/o/s1/rain/")
    page = plain(planless.get("/o/s1/rain/").text)
    assert "雨天预案：已停止" in page
    assert finish_jobs(state.store) == []
    send(planless, "rain/plan")
    assert finish_jobs(state.store) == [2]
    assert "已证明最优" in planless.get("/o/s1/rain/").text


def test_plan_found_before_is_read_by_a_site_opened_anew(state, client):
    anew = SiteState(Store(state.store.database, *accounts_of(state.store)))
    page = create_app(anew).test_client().get("/o/s1/rain/").text
    assert "周一 08:00–08:40 · 已证明最优" in plain(page)


def accounts_of(store):
    return store.accounts, store.sessions
