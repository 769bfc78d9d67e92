"""Pages of ledgers: heat maps, debts repaid, notices released, sheets signed."""

import datetime as dt
import io

import pytest

from scheduler.services.jobs.worker import Worker
from scheduler.services.notices.releasing import day_of
from scheduler.services.school.ledgers import books_of
from scheduler.term.changes import Batch, DatedChange, Reason
from tests.web.conftest import form_token, log_in
from tests.web.test_pages import cells, plain

DAY = dt.date(2026, 9, 7)
ALL = (
    *("/o/s1/ledgers/", "/o/s1/ledgers/?of=teacher&today=1", "/o/s1/ledgers/?of=venue"),
    *("/o/s1/ledgers/of/class/A", "/o/s1/ledgers/of/teacher/T1"),
    *("/o/s1/ledgers/forecast", "/o/s1/ledgers/debts", "/o/s1/ledgers/evidence"),
    *("/o/s1/ledgers/workload/", "/o/s1/ledgers/workload/2026-09"),
    *("/o/s1/ledgers/notices/?date=2026-09-07", "/o/s1/ledgers/changes/"),
    "/o/s1/ledgers/changes/?kind=teacher&id=T1&since=2026-09-01",
)


@pytest.fixture
def client(client):
    """Logged in as the office."""
    log_in(client)
    return client


@pytest.fixture
def covered(state):
    """Music of class 1(1) is given by another on 7 September."""
    office = state.of("s1").office
    change = DatedChange(DAY, "R4#1", teacher_ids=("T3",))
    office.changes.make(Batch(Reason.ABSENCE, form="D1"), [change])
    return office


def post(client, path, **form):
    token = form_token(client.get("/o/s1/ledgers/debts"))
    return client.post(path, data={"form_token": token, **form})


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_opens_for_the_office(client, covered, language):
    for path in ALL:
        mark = "&" if "?" in path else "?"
        page = client.get(f"{path}{mark}lang={language}")
        assert page.status_code == 200, path
        assert "<h1>" in page.text


def test_heat_map_counts_lessons_and_what_is_short(client):
    page = client.get("/o/s1/ledgers/")
    # PE of class A, twice a week in 21 weeks: the term begins after the first Monday.
    assert cells(page, "三(1)班")[1] == "41 −1"


def test_debts_are_proposed_by_a_job_and_made_by_a_button(client, state):
    office = state.of("s1").office
    office.changes.make(Batch(Reason.OTHER), [DatedChange(DAY, "R4#1", cancelled=True)])
    asked = {"class_id": "C", "until": "2026-12-31"}
    waiting = client.get("/o/s1/ledgers/debts", query_string=asked)
    assert "登记补课" not in waiting.text
    while Worker(state.store.database).work_once():
        pass
    page = client.get("/o/s1/ledgers/debts", query_string=asked)
    assert "可补1节" in plain(page.text)
    answer = post(client, "/o/s1/ledgers/debts/repay", **asked)
    assert answer.status_code == 302
    assert [d.repaid_on is not None for d in books_of(office).debts] == [True]


def test_too_much_at_once_is_not_asked_of_the_solver(client):
    page = client.get("/o/s1/ledgers/debts?until=2026-12-31")
    assert "请先选定" in page.text


def test_notices_are_released_once(client, covered):
    page = client.get("/o/s1/ledgers/notices/?date=2026-09-07")
    assert cells(page, "一(1)班")[0] == "代课"
    form = {"date": "2026-09-07"}
    first = post(client, "/o/s1/ledgers/notices/release", **form)
    again = post(client, "/o/s1/ledgers/notices/release", **form)
    assert (first.status_code, again.status_code) == (302, 422)
    assert day_of(covered, DAY).fresh == ()
    picture = client.get("/o/s1/ledgers/notices/sheet.svg?date=2026-09-07")
    assert picture.content_type.startswith("image/svg+xml")


def test_a_month_that_is_not_over_is_not_signed(client, covered):
    assert post(client, "/o/s1/ledgers/workload/2026-09/sign").status_code == 422
    page = client.get("/o/s1/ledgers/workload/2026-09")
    assert "张敏 1 0 0 0 0.00" in plain(page.text)
    assert "这个月过完以后才能签定。" in page.text
    assert "单价还没有设置，金额都是 0。" in page.text


@pytest.mark.parametrize("path", ["workload/2026-09.xlsx", "certificates/T1.xlsx"])
def test_workbooks_are_downloads(client, covered, path):
    answer = client.get(f"/o/s1/ledgers/{path}")
    assert answer.status_code == 200
    assert answer.data[:2] == b"PK"


def test_what_is_posted_is_compared_in_the_page(client, covered):
    page = "/o/s1/ledgers/evidence"
    token = form_token(client.get(page))
    sheet = "三(1)班课程表\n,星期一,星期五\n第1节,数学,\n".encode()
    fields = {"form_token": token, "files": (io.BytesIO(sheet), "墙上.csv")}
    told = plain(client.post(page, data=fields).text)
    assert "核对了1个班" in told
    assert "墙上.csv B3写“数学”" in told
    photo = {"form_token": token, "files": (io.BytesIO(b"x"), "墙上.jpg")}
    answer = client.post(page, data=photo)
    assert (answer.status_code, "校验码" in plain(answer.text)) == (422, True)
    seal = {"form_token": token, "seal": "0000"}
    assert "不是本校任何一版课表的" in client.post(page, data=seal).text
