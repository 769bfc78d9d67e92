"""Today: the office's page and the screen in the hall, on a Tuesday at 08:10."""

import datetime as dt
import re
from dataclasses import replace

import pytest

from scheduler.model.closures import Closure, ClosureKind
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Layout, Venue, Zone
from scheduler.services.access.accounts import Grant
from scheduler.services.access.permissions import Role, Visitors
from scheduler.services.offices import Store
from scheduler.services.school.fingerprint import fingerprint
from scheduler.services.views.site import SiteState
from scheduler.term.changes import Batch, DatedChange, EventDay, EventKind, Reason
from scheduler.term.cover.leaves import Leave
from tests.term.cover.school import TUESDAY, school
from tests.web.conftest import PASSWORD, form_token, log_in
from web import SiteSettings, create_app

NOW = dt.datetime(2026, 9, 8, 0, 10, tzinfo=dt.UTC)
FIELD = {
    "venues": (Venue("V", "操场", "", "field", False, "S"),),
    "zones": (Zone("V1", "V", 1), Zone("V2", "V", 1, name="东半场")),
    "layouts": (Layout("L1", "V", ("V1",), ("PE",), 1),),
    "closures": (Closure("X", ClosureKind.ZONE, "V2", TUESDAY, name="画线"),),
}


@pytest.fixture(scope="module")
def state():
    """T1 is away; 3(1) has PE on the field, 3(2) no maths, T4 gives T1's first."""
    store = Store.open("sqlite://", now=lambda: NOW)
    table = school(**FIELD)
    office = store.add_office("s", "铁山路学校")
    office.publish(table.problem, table, "", "{}")
    office.covering.enter(Leave("T1", TUESDAY, TUESDAY), "office")
    moved = DatedChange(TUESDAY, "A3#1", layout_id="L1")
    gone = DatedChange(TUESDAY, "B4#1", cancelled=True)
    covered = DatedChange(TUESDAY, "B1#1", teacher_ids=("T4",))
    office.changes.make(Batch(Reason.OTHER), [moved, gone, covered])
    store.add_bureau("office", PASSWORD)
    store.accounts.add("wang", PASSWORD, Grant(Role.TEACHER, "s", "T1"))
    yield SiteState(store)
    store.close()


@pytest.fixture(scope="module")
def app(state):
    return create_app(state, SiteSettings(login_to_view=True))


@pytest.fixture
def office(app):
    client = app.test_client()
    log_in(client)
    return client


def words(text):
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def section(client, name, path="/o/s/today/"):
    page = client.get(path)
    assert page.status_code == 200
    found = re.search(rf'<section[^>]*id="{name}">(.*?)</section>', page.text, re.S)
    return words(found[1])


def test_office_sees_who_is_away_and_which_lesson_is_open(office):
    assert "王芳 2026-09-08" in section(office, "away")
    # Of T1's two lessons one is covered.
    open_ = section(office, "open")
    assert open_.startswith("待安排的课 1 去安排")
    assert "09:40–10:20 三(2)班 语文 · 王芳" in open_


def test_office_sees_changes_closures_and_check_ins(office):
    changed = section(office, "changed")
    assert "08:00–08:40 三(2)班 语文 孙丽 原任课 王芳" in changed
    assert "10:30–11:10 三(2)班 数学 孙丽 停课" in changed
    assert "操场 原在本班教室" in changed
    assert "操场·东半场全天停用（画线）" in section(office, "closed")
    assert "操场 1 0 0" in section(office, "checked")


def test_who_is_free_now_then_and_on_another_date(office):
    # Period 1 runs: T2 teaches, T4 covers, T1 is away.
    now = section(office, "free")
    assert "08:00–08:40" in now
    assert "教师 1" in now
    assert "赵强" in now
    third = "/o/s/today/?from=09:40&to=10:20"
    later = section(office, "free", third)
    assert ("李明" in later, "赵强" in later, "三(1)班" in later) == (True, False, True)
    assert "操场" not in later.partition("场地")[2].partition("空教室")[0]
    assert "教师 4" in section(office, "free", "/o/s/today/?date=2026-09-10")


@pytest.mark.parametrize("query", ["date=x", "from=x&to=9", "date=2026-02-30"])
def test_what_is_no_date_or_time_is_not_found(office, query):
    assert office.get(f"/o/s/today/?{query}").status_code == 404


def test_teacher_does_not_see_leaves(app):
    client = app.test_client()
    log_in(client, name="wang")
    page = client.get("/o/s/today/")
    assert "今天的变动" in page.text
    assert 'id="away"' not in page.text
    assert "启用预案" not in page.text


def test_screen_shows_all_classes_changes_and_teachers_to_whoever_may_see_them(
    app, state, office
):
    page = office.get("/o/s/hall/")
    assert "08:10" in page.text
    assert "孙丽" in page.text
    rows = [words(x) for x in re.findall(r"<tr>.*?</tr>", page.text, re.S)]
    assert rows[1] == "三(1)班 语文 数学 ● 体育 操场 有变动"
    assert "× 数学 有变动" in rows[2]
    client = app.test_client()
    assert client.get("/o/s/hall/").status_code == 302
    state.of("s").office.set_visitors(Visitors.CLASSES)
    text = client.get("/o/s/hall/").get_data(as_text=True)
    assert "换教师" in text
    assert "孙丽" not in text
    assert "王芳" not in text
    assert "三(1)班" not in client.get("/o/s/hall/?grade=4").get_data(as_text=True)
    # An exam of a day is one line, not one for every lesson.
    exam = EventDay(TUESDAY + dt.timedelta(14), EventKind.EXAM)
    state.of("s").office.changes.make(Batch(Reason.EXAM), [exam])
    other = words(client.get("/o/s/hall/?date=2026-09-22").get_data(as_text=True))
    assert "全校考试" in other
    # No bell rings on a Sunday, whatever the term's dates are.
    for path in ("hall", "today", "days"):
        sunday = client if path == "hall" else office
        shown = words(
            sunday.get(f"/o/s/{path}/?date=2026-09-13").get_data(as_text=True)
        )
        assert "不上课" in shown
        assert "照课表上课" not in shown or path == "days"


def test_teacher_sees_the_next_lesson_and_changes_first_and_makes_an_own_link(app):
    client = app.test_client()
    log_in(client, name="wang")
    page = client.get("/o/s/mine/").get_data(as_text=True)
    text = words(page)
    # Today's first is T4's now; the third, at 09:40, is the own next one.
    assert "下一节课 09:40–10:20 9月8日 周二 语文 三(2)班 三(2)班教室" in text
    assert "变动 1" in text
    assert page.index("变动") < page.index("今天 · 9月8日")
    fields = {"form_token": form_token(client.get("/o/s/mine/"))}
    made = client.post("/o/s/mine/link", data=fields).get_data(as_text=True)
    token = re.search(r"/o/s/feeds/([\w-]+)\.ics", made)[1]
    assert "回到我的课表" in made
    week = words(client.get(f"/o/s/feeds/{token}/week").get_data(as_text=True))
    assert "下一节课 09:40–10:20 9月8日 周二" in week
    client.post("/o/s/mine/link", data=fields)
    assert client.get(f"/o/s/feeds/{token}/week").status_code == 410


def test_account_of_no_teacher_is_told_so(office):
    assert "这个账号没有对应教师" in office.get("/o/s/mine/").get_data(as_text=True)


def test_page_of_a_place_has_its_day_with_changes_and_closures(office):
    page = words(office.get("/o/s/used/V").get_data(as_text=True))
    assert "操场·东半场全天停用（画线）" in page
    assert "下一节 09:40–10:20 三(1)班 体育与健康 · V1" in page
    assert "原在本班教室" in page


def test_paper_and_page_of_a_version_have_one_fingerprint(office, state):
    page = office.get("/o/s/versions/1").get_data(as_text=True)
    seal = re.search(r"<code>((?:[0-9a-f]{4}-){3}[0-9a-f]{4})</code>", page)[1]
    table = state.of("s").office.publication(1).timetable
    assert seal == fingerprint(table)
    for paper in ("A4", "A3"):
        sheets = office.get(f"/o/s/versions/1/wall?paper={paper}").get_data(True)
        # On the page and once for each of two classes.
        assert sheets.count(seal) == 3
        assert ("paper-a3" in sheets) is (paper == "A3")
    moved = replace(table.placements["A1#1"], period=4)
    other = Timetable(table.problem, {**table.placements, "A1#1": moved})
    assert fingerprint(other) != seal
    assert office.get("/o/s/versions/9").status_code == 404
