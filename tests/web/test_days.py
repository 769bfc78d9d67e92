"""The pages of days: leaves, proposals, release, events, requests, rules."""

import datetime as dt
import re

import pytest

from scheduler.model.timetable import Timetable
from scheduler.services.access.accounts import Grant
from scheduler.services.access.permissions import Role
from scheduler.services.offices import Store
from scheduler.services.views.site import SiteState
from scheduler.term.cover.settings import CoverSettings
from tests.services.jobs.working import finish_jobs
from tests.term.builders import placement
from tests.term.cover.school import school
from tests.web.conftest import PASSWORD, form_token, log_in
from web import create_app

NOW = dt.datetime(2026, 9, 7, 0, 30, tzinfo=dt.UTC)
DAY = "/o/s/days/?date=2026-09-08"
LEAVE = {"teacher": "T1", "first": "2026-09-08", "kind": "sick", "note": "发烧"}


@pytest.fixture
def state():
    store = Store.open("sqlite://", now=lambda: NOW)
    table = school()
    office = store.add_office("s", "铁山路学校")
    office.publish(table.problem, table, "", "{}")
    office.set_cover_settings(CoverSettings(swap_reach=0))
    store.add_bureau("office", PASSWORD)
    store.accounts.add("wang", PASSWORD, Grant(Role.TEACHER, "s", "T1"))
    yield SiteState(store)
    store.close()


@pytest.fixture
def client(state):
    return create_app(state).test_client()


@pytest.fixture
def office(client):
    log_in(client)
    return client


def send(client, path, page=DAY, **fields):
    fields = {"date": "2026-09-08"} | fields
    token = form_token(client.get(page))
    return client.post(f"/o/s/{path}", data={"form_token": token, **fields})


def shown(client, page=DAY):
    answer = client.get(page)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_morning_with_a_sick_teacher_from_leave_to_undo(office, state):
    assert "没有变动，照课表上课" in shown(office)
    assert send(office, "days/leave", **LEAVE).status_code == 302
    assert "整批最优方案还在计算" in send(office, "days/best").get_data(as_text=True)
    finish_jobs(state.store)
    assert "全部采用整批最优方案" in shown(office)
    assert send(office, "days/best").status_code == 302
    text = shown(office)
    assert "待发布" in text
    assert "没有变动，照课表上课" in text
    (number,) = set(re.findall(r'name="leave" value="(\d+)"', text))
    assert send(office, "days/release", leave=number, form="7").status_code == 302
    text = shown(office)
    assert "由李明上课" in text
    assert "表单7" in text
    assert send(office, "days/undo", batch="1").status_code == 302
    assert "已撤销" in shown(office)
    assert "待安排的课" in shown(office)


def test_refusals_are_told_on_the_day_in_a_sentence(office):
    send(office, "days/leave", **LEAVE)
    answer = send(office, "days/leave", **LEAVE)
    assert answer.status_code == 422
    assert "王芳2026-09-08已经登记请假，不必重复登记。" in answer.get_data(as_text=True)
    busy = {"lesson": "2026-09-08|B1#1", "kind": "substitute", "teacher": "T2"}
    answer = send(office, "days/hand", **busy)
    assert "教师李明周二08:00–08:40同时有2节课" in answer.get_data(as_text=True)
    assert send(office, "days/hand", **(busy | {"teacher": "T9"})).status_code == 422
    assert send(office, "days/leave", teacher="T1", first="x").status_code == 422
    # A larger number than a database holds is no leave, either.
    for number in ("9", str(2**63)):
        assert send(office, "days/release", leave=number).status_code == 422
        assert send(office, "days/decide", leave=number).status_code == 422
    assert send(office, "days/undo", batch="9").status_code == 422


def test_pick_is_chosen_again_and_withdrawn_with_its_leave(office):
    send(office, "days/leave", **LEAVE)
    taken = {"lesson": "2026-09-08|B3#1", "name": "substitute|T2||"}
    assert send(office, "days/take", **taken).status_code == 302
    drop = {"leave": "1", "lesson": "2026-09-08|B3#1"}
    assert send(office, "days/drop", **drop).status_code == 302
    assert "待发布" not in shown(office)
    assert send(office, "days/withdraw", leave="1").status_code == 302
    assert "待安排的课" not in shown(office)


def rows(text):
    """The cells of each row of a page's tables."""
    found = re.findall(r"<tr.*?</tr>", text, re.DOTALL)
    cells = (re.findall(r"<t[hd]\b.*?</t[hd]>", row, re.DOTALL) for row in found)
    return [[" ".join(re.sub("<[^>]*>", " ", x).split()) for x in row] for row in cells]


def test_papers_of_a_day_show_the_cover_in_both_languages(office, state):
    """T1's third lesson goes to T2, the first stays open."""
    send(office, "days/leave", **LEAVE)
    assert "/o/s/days/2026-09-08/patrol" in shown(office)
    send(office, "days/take", lesson="2026-09-08|B3#1", name="substitute|T2||")
    people = {"form": "调7", "approved_by": "周校长"}
    send(office, "days/release", leave="1", note="教研", **people)
    assert '"/o/s/days/slips/1"' in shown(office)
    slip = shown(office, "/o/s/days/slips/1")
    assert "铁山路学校代课单" in slip
    clock = "09:40–10:20 语文"
    assert rows(slip)[0] == ["表单号", "调7", "批次", "1"]
    assert rows(slip)[1][:2] == ["原因", "教师请假（教研）"]
    assert rows(slip)[2][2:] == ["批准人", "周校长"]
    assert rows(slip)[4:] == [
        ["2026-09-08 周二", "三(2)班", "代课"]
        + [f"{clock} {x} 本班教室" for x in ("王芳", "李明")]
        + ["李明"]
    ]
    (seal,) = re.findall(r"校验码 <code>([0-9a-f]{4}(?:-[0-9a-f]{4}){3})</code>", slip)
    english = shown(office, "/o/s/days/slips/1?lang=en")
    assert "Cover slip" in english
    assert rows(english)[4][2] == "covered"
    assert seal in english
    patrol = shown(office, "/o/s/days/2026-09-08/patrol?lang=zh")
    assert patrol.count('<section class="sheet">') == 4
    assert rows(patrol)[1] == ["第1节 08:00–08:40"]
    third = [x for x in rows(patrol) if x[0] == "三(2)班"][2]
    usual = "原任课 王芳"
    assert third == ["三(2)班", "语文", "李明", "本班教室", usual, "□", ""]
    halves = shown(office, "/o/s/days/2026-09-08/patrol?by=part&lang=en")
    assert halves.count('<section class="sheet">') == 1
    assert "Morning" in halves
    assert ["Lesson 4 10:30–11:10"] in rows(halves)
    # What a later version says of that lesson changes no voucher.
    table, there = school(), {"B3#1": placement(4, 1)}
    later = Timetable(table.problem, table.placements | there)
    begins = dt.date(2026, 9, 8)
    state.of("s").office.publish(later.problem, later, "", "{}", begins=begins)
    assert rows(shown(office, "/o/s/days/slips/1?lang=zh")) == rows(slip)
    assert seal in shown(office, "/o/s/days/slips/1")
    # An exam takes the day: whoever patrols finds nobody, and is told why.
    send(office, "days/event", kind="exam", first="2026-09-08", note="月考")
    shown(office, "/o/s/days/?lang=zh")
    patrol = rows(shown(office, "/o/s/days/2026-09-08/patrol"))
    assert {tuple(x[4:6]) for x in patrol if len(x) == 7 and "班" in x[0][:5]} == {
        ("变动", "到岗"),
        ("考试", "—"),
    }
    send(office, "days/undo", batch="1")
    slip = shown(office, "/o/s/days/slips/1")
    assert "本单作废" in slip
    assert seal in slip
    for lost in ("slips/2", "slips/9", "x/patrol"):
        assert office.get(f"/o/s/days/{lost}").status_code == 404
    assert "这一天不上课" in shown(office, "/o/s/days/2026-09-12/patrol")


def test_a_slip_is_known_by_its_fingerprint_until_it_is_void(office):
    send(office, "days/leave", **LEAVE)
    send(office, "days/take", lesson="2026-09-08|B3#1", name="substitute|T2||")
    send(office, "days/release", leave="1")
    slip = shown(office, "/o/s/days/slips/1")
    seal = re.search(r"校验码 <code>([0-9a-f-]{19})</code>", slip)[1]
    told = send(office, "ledgers/evidence", seal=seal).text
    assert "这张纸是从这里打印的代课单：第1批，2026-09-07 08:30办理。" in told
    assert 'href="/o/s/days/slips/1"' in told
    assert "本单作废" not in told
    send(office, "days/undo", batch="1")
    assert "本单作废" in send(office, "ledgers/evidence", seal=seal).text


def test_exam_of_a_grade_takes_its_lessons_and_is_undone(office):
    answer = send(
        office,
        "days/event",
        **{"kind": "exam", "first": "2026-09-08", "grade": "3", "note": "期中考试"},
    )
    assert answer.status_code == 302
    text = shown(office)
    assert "期中考试" in text
    assert "<td>考试</td>" in shown(office, "/o/s/changes/classes/C1?date=2026-09-08")
    assert "9/8 考试" in shown(office, "/o/s/ledgers/debts")
    assert send(office, "days/event", kind="", first="2026-09-08").status_code == 422


def test_office_swaps_moves_and_cancels_on_the_page_of_a_class(office):
    page = "/o/s/changes/classes/C2?date=2026-09-08"
    two = {"class": "C2", "lesson": ["2026-09-08|B1#1", "2026-09-08|B2#1"]}
    answer = send(office, "changes/lessons", page, act="swap", **two)
    assert answer.status_code == 302
    assert "由 2026-09-08 周二 08:00 调来" in shown(office, page)
    one = {"class": "C2", "lesson": "2026-09-08|B4#1", "note": "外出"}
    assert send(office, "changes/lessons", page, act="cancel", **one).status_code == 302
    again = send(office, "changes/lessons", page, act="cancel", **one)
    assert "这节课已经停课" in again.get_data(as_text=True)
    later = one | {"to_date": "2026-09-10", "to_time": "08:00"}
    answer = send(office, "changes/lessons", page, act="make_up", **later)
    assert answer.status_code == 302
    assert "由 2026-09-08 周二 10:30 调来" in shown(office, page)
    assert send(office, "changes/lessons", page, act="swap", **one).status_code == 422


def test_teacher_asks_and_the_office_approves(client, state):
    log_in(client, name="wang")
    mine = "/o/s/changes/mine"
    assert send(client, "changes/ask", mine, **LEAVE).status_code == 302
    assert "待审批" in shown(client, mine)
    assert "发烧" not in shown(client)
    assert "待安排的课" not in shown(client)
    # Taken back while it waits, and asked for again; nobody else's can be.
    assert send(client, "changes/retract", mine, leave="9").status_code == 422
    assert send(client, "changes/retract", mine, leave="1").status_code == 302
    assert "待审批" not in shown(client, mine)
    assert send(client, "changes/ask", mine, **LEAVE).status_code == 302
    office = create_app(state).test_client()
    log_in(office)
    assert "发烧" in shown(office)
    assert send(office, "days/decide", leave="2", approve="1").status_code == 302
    assert send(client, "changes/retract", mine, leave="2").status_code == 422
    assert "待安排的课" in shown(office)
    assert "已批准" in shown(client, mine)


def test_teacher_chooses_a_swap_that_stands_and_it_is_made_when_approved(client, state):
    log_in(client, name="wang")
    mine = "/o/s/changes/mine?lesson=2026-09-08|B1%231"
    text = shown(client, mine)
    (other,) = re.findall(r'name="other" value="([^"]*B2[^"]*)"', text)
    asked = {"lesson": "2026-09-08|B1#1", "other": other}
    assert send(client, "changes/swap", mine, **asked).status_code == 302
    office = create_app(state).test_client()
    log_in(office)
    send(office, "days/decide", leave="1", approve="1")
    assert "改到 08:50–09:30" in shown(office)
    assert "调来" in shown(client, "/o/s/changes/teachers/T1?date=2026-09-08")


def test_teacher_manages_nothing_and_visitors_ask_for_nothing(client):
    assert client.get("/o/s/changes/mine").status_code == 302
    log_in(client, name="wang")
    assert client.get("/o/s/cover-rules/").status_code == 403
    answer = send(client, "days/leave", "/o/s/changes/mine", **LEAVE)
    assert answer.status_code == 403


def test_rules_of_covers_are_kept_and_numbers_checked(office, state):
    page = "/o/s/cover-rules/"
    text = shown(office, page)
    field = r'name="(\w+)" inputmode="numeric" size="6" value="(\d*)"'
    names = re.findall(field, text)
    fields = dict(names) | {"most_a_week": "", "weight_other_subject": "7"}
    answer = send(office, "cover-rules/", page, **fields, excluded="T3、T4")
    assert answer.status_code == 302
    said = state.of("s").office.cover_settings()
    assert (said.most_a_week, said.weights.other_subject) == (None, 7)
    assert said.excluded == ("T3", "T4")
    assert said.received_free == ()
    wrong = fields | {"swap_days": "-1"}
    assert send(office, "cover-rules/", page, **wrong).status_code == 422


@pytest.mark.parametrize("path", ["classes/C9", "teachers/T9", "classes/C1?date=x"])
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(f"/o/s/changes/{path}").status_code == 404
