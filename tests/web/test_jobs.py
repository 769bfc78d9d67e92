"""The pages of jobs: their list, stopping them, results; comparisons of drafts."""

import re
from dataclasses import replace

import pytest
from markupsafe import escape
from sqlalchemy import update

from scheduler.audit.inputs.from_timetable import schools_of
from scheduler.audit.running.audit import Outcome, audit
from scheduler.audit.running.catalogue import RULE
from scheduler.services.access.permissions import Action
from scheduler.services.jobs.contract import JobKind, Work
from scheduler.services.jobs.rows import beat, claim, load_work
from scheduler.services.school.auditing import given_so_far
from scheduler.services.store.office_check import here
from scheduler.services.store.schema import JOBS
from tests.services.jobs.working import finish_jobs
from tests.web.conftest import form_token, log_in
from tests.web.test_pages import plain
from web import SiteSettings, create_app


@pytest.fixture
def office(state):
    return state.only().office


@pytest.fixture
def asked(office):
    """The peaks of the version in force are asked for."""
    table = office.current().timetable
    return office.jobs.ask(Work(JobKind.PEAKS, (table,)), "王")


def send(client, path, **fields):
    token = form_token(client.get("/o/s1/subscriptions/"))
    return client.post(f"/o/s1/{path}", data={"form_token": token, **fields})


def test_jobs_are_listed_for_accounts_alone(client, asked):
    assert "jobs/" not in client.get("/o/s1/").text
    for path in ("/o/s1/jobs/", "/o/s1/jobs/1"):
        assert client.get(path).location.startswith("/login?")
    log_in(client)
    assert 'href="/o/s1/jobs/"' in client.get("/o/s1/").text
    page = client.get("/o/s1/jobs/").text
    assert "第1号 高峰证明 王 2026-09-01 08:30 排队中" in plain(page)
    assert 'data-watches="/o/s1/jobs/"' in page


def test_stopped_job_ends_and_a_stop_after_the_end_changes_nothing(
    client, office, asked
):
    log_in(client)
    for _ in range(2):
        answer = send(client, "jobs/1/stop", back="//evil.example")
        assert (answer.status_code, answer.location) == (302, "/o/s1/jobs/")
        assert office.jobs.get(1).state == "stopped"
    page = plain(client.get("/o/s1/jobs/").text)
    assert "已停止" in page
    assert finish_jobs_of(office) == []


def finish_jobs_of(office):
    return [job.job_id for job in office.jobs.all() if not job.ended]


def test_progress_is_shown_as_it_comes(client, state, office, asked):
    log_in(client)
    now = state.store.database.now()
    with state.store.database.across_offices(JOBS.name, write=True) as connection:
        claim(connection, "w", now)
    for facts, told in (
        ({"done": 1, "of": 3}, "高峰证明：进行中，完成1/3"),
        ({"soft": 40, "bound": 25}, "高峰证明：进行中，待改进分40，理论最低25"),
    ):
        with office.database.write(Action.OPEN) as connection:
            beat(connection, 1, "w", now, facts)
        assert told in plain(client.get("/o/s1/jobs/1").text)
    send(client, "jobs/1/stop")
    assert "高峰证明：正在停止" in plain(client.get("/o/s1/jobs/1").text)


def test_result_stands_on_the_page_of_its_job(client, state, asked):
    log_in(client)
    finish_jobs(state.store)
    page = plain(client.get("/o/s1/jobs/1").text)
    assert "高峰证明：已完成" in page
    assert "结果 高峰最低值合计" in page


@pytest.mark.parametrize("number", ["2", "0", "9" * 30])
def test_job_that_is_not_there_is_404(client, asked, number):
    log_in(client)
    assert client.get(f"/o/s1/jobs/{number}").status_code == 404
    assert send(client, f"jobs/{number}/stop").status_code == 404


def test_draft_is_compared_with_the_version_in_force(client, state, office):
    office.drafts.new("多一块场地", "王", office.current().timetable)
    assert "多一块场地" not in client.get("/o/s1/what-if/").text
    log_in(client)
    assert send(client, "what-if/ask").status_code == 422
    assert send(client, "what-if/ask", draft="7").status_code == 422
    for _ in range(2):
        assert send(client, "what-if/ask", draft="1").location == "/o/s1/what-if/"
    page = client.get("/o/s1/what-if/").text
    assert "方案比较：排队中" in plain(page)
    (job,) = office.jobs.all()
    _shorten(office, job)
    assert finish_jobs(state.store) == [1]
    page = client.get("/o/s1/what-if/").text
    heads = re.findall(r'<th scope="col">([^<]*)</th>', page)
    assert heads == ["指标", "现状", "多一块场地 (1)"]
    assert 'id="job-1"' in page


def _shorten(office, job):
    """A second for each case is enough for six lessons."""
    with office.database.write(Action.OPEN) as connection:
        content, _ = load_work(connection, job.job_id)
        work = replace(Work.of_bytes(content), settings={"seconds": 1.0})
        short = update(JOBS).where(here(connection, JOBS))
        connection.execute(short.values(work=work.to_bytes()))


def test_audit_is_a_job_that_finds_what_the_command_finds(client, state, office):
    log_in(client)
    for path in ("audit/", "ledgers/evidence"):
        assert "还没有审查过" in client.get(f"/o/s1/{path}").text
    assert client.get("/o/s1/audit/findings/").location == "/o/s1/audit/"
    for _ in range(2):
        assert send(client, "audit/ask").location == "/o/s1/audit/"
    page = client.get("/o/s1/audit/").text
    assert "规范审查：排队中" in plain(page)
    assert 'action="/o/s1/jobs/1/stop"' in page
    assert finish_jobs(state.store) == [1]
    given = given_so_far(office, state.profile)
    schools = schools_of(office.current().timetable, state.profile, given)
    judged = audit(schools, state.profile)
    page = client.get("/o/s1/audit/").text
    assert "第 1 版，2026-09-01 08:30 完成" in page
    for outcome in Outcome:
        assert f"<strong>{judged.count(outcome)}</strong> 条规则" in page
    page = client.get("/o/s1/audit/findings/").text
    assert f"共 {len(judged.findings)} 处" in page
    assert all(escape(found.text.zh) in page for _, found in judged.findings[:20])
    page = plain(client.get("/o/s1/ledgers/evidence").text)
    assert "由 2026-09-01 08:30 的审查得出（第 1 版）" in page
    assert f"E02 {RULE['E02'].title.zh}" in page


def test_jobs_of_another_office_are_not_reached(state, asked):
    state.store.add_office("other", "另一所")
    client = create_app(state, SiteSettings()).test_client()
    log_in(client)
    for path in ("/o/other/jobs/1", "/o/other/jobs/1/stop"):
        assert client.get(path).status_code in (404, 405)
