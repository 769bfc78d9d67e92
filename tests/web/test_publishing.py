"""Publishing a draft in the page, and versions compared and gone back to."""

import datetime as dt
import re
from html import unescape

import pytest

from scheduler.services.school.drafts.tables import Edit
from tests.small_school import at, need, small_problem, timetable
from tests.web.conftest import PASSWORD, create_link, form_token, log_in, site_of
from web import create_app

PAGE = "/o/s1/drafts/1/publish/"


@pytest.fixture
def state():
    """A site without a conflict, with a draft that moves the only PE lesson."""
    problem = small_problem(
        need("R1", "A", "PE"), need("R2", "A;B", "CN", teacher_ids=("T2",))
    )
    table = timetable(problem, R1_1=at(1, 1, "L1"), R2_1=at(1, 2, teachers=("T2",)))
    state = site_of(table)
    state.store.add_bureau("office", PASSWORD)
    office = state.only().office
    office.drafts.new("期中后", "office", table, 1)
    step(office, {"R1#1": at(5, 1, "L2")})
    yield state
    state.store.close()


def step(office, wishes):
    office.drafts.do(1, "office", lambda desk, asked: desk.move(asked, wishes))


@pytest.fixture
def client(state):
    client = create_app(state).test_client()
    log_in(client)
    return client


@pytest.fixture
def office(state):
    return state.only().office


def publish(client, **fields):
    token = form_token(client.get(PAGE))
    return client.post(PAGE, data={"form_token": token, **fields})


def section(page, title):
    """The text of a section of a page, without its marks."""
    (found,) = re.findall(rf"<section[^>]*><h2>{title}.*?</section>", page, re.DOTALL)
    return " ".join(unescape(re.sub("<[^>]+>", " ", found)).split())


def test_the_page_tells_what_differs_by_whom_and_who_is_told(client, office):
    create_link(client, resource_id="T1")
    create_link(client, resource_id="T3")
    page = client.get(PAGE).text
    told = section(page, "与现行课表的不同")
    assert "1节课不同" in told
    assert "周一第1节 → 周五第1节" in told
    counts = re.findall("按(..) ([0-9]+)", told)
    assert counts == [("班级", "1"), ("教师", "1"), ("场地", "1")]
    # T3 teaches nothing: that calendar stays as it is.
    assert "教师：1个日历链接，其中0个已有人订阅" in section(page, "通知谁")


def test_publishing_closes_the_draft_and_says_from_when(client, office):
    answer = publish(client, name="第二版", begins="2026-09-14")
    assert answer.location == "/o/s1/versions/"
    page = unescape(client.get(answer.location).text)
    assert "已发布第2版，自2026-09-14起生效" in page
    (draft,) = office.drafts.all()
    assert draft.published_version == 2
    # It begins later: today the first one is in force still.
    assert office.current().version == 1
    assert publish_closed(client).status_code == 409


def publish_closed(client):
    token = form_token(client.get("/o/s1/subscriptions/"))
    return client.post(PAGE, data={"form_token": token})


def test_over_conflicts_only_with_a_reason_that_stands_on_every_page(client, office):
    step(office, {"R1#1": None})
    refused = publish(client)
    assert refused.status_code == 422
    assert "请写明原因" in refused.text
    assert office.current().version == 1
    publish(client, reason="借用场地未定")
    assert "借用场地未定" in client.get("/o/s1/classes/A").text
    assert "带冲突发布：借用场地未定" in client.get("/o/s1/versions/").text


@pytest.mark.parametrize(
    ("begins", "told"),
    [("2026-08-31", "已经过去"), ("2027-03-01", "学期结束之后"), ("x", "不是日期")],
)
def test_a_date_that_cannot_be_is_refused_and_nothing_published(
    client, office, begins, told
):
    answer = publish(client, begins=begins)
    assert (answer.status_code, told in answer.text) == (422, True)
    assert office.current().version == 1


def test_a_version_that_came_between_is_not_overwritten(client, office):
    table = office.current().timetable
    office.publish(table.problem, table, "between", "{}")
    assert publish(client).status_code == 409
    assert office.current().version == 2
    # The page says so, and moves the draft onto that version.
    page = client.get(PAGE)
    assert "移到第2版上" in page.text
    token = {"form_token": form_token(page)}
    answer = client.post(f"{PAGE}rebase", data=token)
    assert "从第2版开始，带过来1处改动。" in answer.text
    moved = office.drafts.get(2)
    assert (moved.name, moved.base_version) == ("期中后", 2)
    # Asked again of what is over the newest: nothing is made.
    assert client.post("/o/s1/drafts/2/publish/rebase", data=token).status_code == 302
    assert len(office.drafts.all()) == 2


def test_rows_that_are_not_in_force_are_told_before_publishing(client, office):
    assert "还没有生效" not in client.get(PAGE).text
    edit = Edit("teachers", None, {"teacher_id": "T9", "max_per_day": "很多"})
    office.drafts.do(1, "office", lambda desk, asked: desk.edit(asked, [edit]))
    assert "表格里有1行改动有错误，还没有生效" in client.get(PAGE).text


def test_drafts_stand_side_by_side_by_rule_and_by_whom(client, office):
    step(office, {"R2#1": None})
    page = unescape(client.get("/o/s1/drafts/compare?draft=0&draft=1").text)
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    cells = [re.sub(r"<[^>]+>|\s", " ", row).split() for row in rows]
    assert ["未排的课", "0", "1"] in cells
    assert ["冲突", "0", "0"] in cells
    assert "2节课不同" in page
    alone = client.get("/o/s1/drafts/compare?draft=1").text
    assert "请至少选两份" in alone
    assert client.get("/o/s1/drafts/compare?draft=0&draft=9").status_code == 404


def test_versions_are_compared_and_gone_back_to_as_a_new_one(client, office):
    publish(client)
    page = unescape(client.get("/o/s1/versions/?from=1&to=2").text)
    assert "1节课不同" in page
    token = form_token(client.get("/o/s1/versions/"))
    data = {"form_token": token}
    answer = client.post("/o/s1/versions/1/again", data=data)
    assert answer.location == "/o/s1/drafts/2/publish/"
    token = form_token(client.get(answer.location))
    client.post(answer.location, data={"form_token": token})
    now = office.current()
    assert now.version == 3
    first = office.publication(1).timetable
    assert now.timetable.placements == first.placements
    assert client.get("/o/s1/versions/?from=1&to=9").status_code == 404
    assert client.get(f"/o/s1/versions/?from=1&to={2**63}").status_code == 200
    assert now.begins == dt.date(2026, 9, 1)


def test_a_lesson_without_a_time_is_counted_apart_from_conflicts(client, office):
    """R1 beside R2 of the same class, and R2 of nowhere: one thing each."""
    step(office, {"R2#1": None})
    page = client.get(PAGE).text
    assert "处冲突" not in page
    assert "1节课还没有时间。" in page
    assert "带冲突发布的原因" in page
    step(office, {"R1#1": at(1, 1, "L1"), "R2#1": at(1, 1, teachers=("T2",))})
    page = client.get(PAGE).text
    assert "还有1处冲突。" in page
    assert "还没有时间" not in page
