"""Pages of a bureau: all schools, shared venues with all in them, shares by a job."""

from html import unescape

import pytest

from scheduler.constraints.catalogue import check_settings
from scheduler.district.parts import parts_of
from scheduler.formats.district.offices import joined
from scheduler.model.errors import InputError
from scheduler.model.timetable import Timetable
from scheduler.services.jobs.worker import Worker
from scheduler.services.offices import Store
from scheduler.services.views.bureau.asking import ask_audits
from scheduler.services.views.bureau.schools import school_lines
from scheduler.services.views.bureau.venues import venue_weeks
from scheduler.services.views.site import SiteState
from tests.builders import place
from tests.district.towns import town
from tests.web.conftest import NOW, PASSWORD, form_token, log_in
from web import create_app

DISTRICT = town(1, 2, own=False, places=1)


@pytest.fixture
def state():
    """Two offices, each with PE in the park on Tuesdays at 13:00; a third without."""
    store = Store.open("sqlite://", now=lambda: NOW)
    for part in parts_of(DISTRICT):
        lesson = f"{part.key}C1-PE#1"
        teachers = (f"{part.key}PE1",)
        placed = {lesson: place(2, 5, "LP", teachers=teachers)}
        office = store.add_office(part.key.lower(), part.name)
        office.publish(part.problem, Timetable(part.problem, placed), "", "{}")
    store.add_office("s3", "第3小学")
    store.add_bureau("office", PASSWORD)
    yield SiteState(store)
    store.close()


@pytest.fixture
def client(state):
    client = create_app(state).test_client()
    log_in(client)
    return client


def test_all_offices_are_listed_with_what_is_to_be_done(state, client):
    """Each school has 3 lessons of Chinese, PE and one of music for two classes."""
    lines = {x.office: x for x in school_lines(state)}
    lessons = {
        part.key.lower(): len(part.problem.lessons) for part in parts_of(DISTRICT)
    }
    assert {k: (x.lessons, x.placed) for k, x in lines.items()} == {
        "s1": (lessons["s1"], 1),
        "s2": (lessons["s2"], 1),
        "s3": (0, 0),
    }
    page = client.get("/bureau/").text
    assert "3 所学校中 3 所有事要办" in page
    assert "还没有发布" in page
    s1 = state.of("s1").office
    whole = s1.current().timetable
    s1.publish(whole.problem, Timetable(whole.problem, {}), "", "{}")
    told = client.get("/bureau/tables/schools.json").get_json()["schools"]
    before = {x["school"]: x["faults_before"] for x in told}
    assert before == {"第1小学": lines["s1"].grave, "第2小学": "", "第3小学": ""}
    assert client.get("/bureau/tables/schools.xlsx").data[:2] == b"PK"
    assert client.get("/bureau/tables/moon.xlsx").status_code == 404
    assert client.get("/bureau/tables/shares.xlsx").status_code == 404  # none yet


def test_a_shared_venue_shows_the_lessons_of_all_schools(state, client):
    (park,) = venue_weeks(state)
    assert (park.capacity, park.peak, park.crowded) == (1, 2, ((2, 780),))
    (stays,) = park.rows[780, 820].values()
    assert {x.school for x in stays} == {"第1小学", "第2小学"}
    page = client.get("/bureau/venues").text
    assert "同时最多 2 个班，可容 1 个班" in page


def test_one_office_of_many_schools_is_shown_school_by_school():
    store = Store.open("sqlite://", now=lambda: NOW)
    empty = Timetable(DISTRICT.problem, {})
    store.add_office("all", "全区").publish(DISTRICT.problem, empty, "", "{}")
    lines = school_lines(SiteState(store))
    assert [(x.office, x.name) for x in lines] == [
        ("all", "第1小学"),
        ("all", "第2小学"),
    ]
    store.close()


def test_more_afternoons_in_the_park_give_the_worst_off_school_more(state, client):
    """A job of both schools' publications, as things are and with all week open."""
    form = {
        **{
            "form_token": form_token(client.get("/bureau/shares")),
            "norm": "4",
            "venue": "社区公园",
        },
        **{"day": ["1", "3", "5"], "start": "13:00", "end": "15:10"},
        **{"subject": "体育与健康", "where": "第2小学", "posts": "2"},
    }
    assert client.post("/bureau/shares", data=form).status_code == 302
    assert "全区分配：排队中" in client.get("/bureau/shares").text
    assert Worker(state.store.database).work_once()
    job = state.of("s1").office.jobs.all()[0]
    assert not job.error
    now, then = state.of("s1").office.jobs.result(job.job_id).facts["cases"]
    assert now["proven"]
    assert then["proven"]
    assert now["least"] < then["least"] == 100
    assert sum(x["lessons"] for x in now["shortages"]) > sum(
        x["lessons"] for x in then["shortages"]
    )
    page = client.get("/bureau/shares").text
    assert "社区公园周一、周三、周五13:00–15:10开放" in page
    assert f'<td class="count">{now["least"]} %</td>' in page
    # Both schools may send classes to the park, which holds one.
    assert '<td class="heat-4"' in page
    assert "若先到先得" in page
    told = client.get("/bureau/tables/shares.json").get_json()
    assert {x["places"] for x in told["hours_1"]} == {1}
    assert len(told["hours_2"]) > len(told["hours_1"])
    assert "<h2>1 需求与容量</h2>" in client.get("/bureau/tables/shares.html").text


def test_teachers_of_all_offices_are_shown_with_their_certificates(state, client):
    """Zhou of the first school gives one lesson of music at each: Mondays, 8 dates."""
    for part in parts_of(DISTRICT):
        rows = {"S1": 1, "S2": 3}
        lesson = f"{part.key}C1-MUS#1"
        placed = {lesson: place(1, rows[part.key], teachers=("TM",))}
        office = state.of(part.key.lower()).office
        office.publish(part.problem, Timetable(part.problem, placed), "", "{}")
    assert client.get("/bureau/tables/staff.xlsx").status_code == 404  # none yet
    page = client.get("/bureau/staff")
    assert "还没有算过" in page.text
    form = {"form_token": form_token(page), "back": "bureau.staff", "norm": "1"}
    answer = client.post("/bureau/shares", data=form)
    assert answer.location == "/bureau/staff"
    assert Worker(state.store.database).work_once()
    page = client.get("/bureau/staff").text
    for title in ("下学年缺口", "走教教师一周", "走教统计"):
        assert f"<h2>{title}</h2>" in page
    assert "teacher=TM" in page
    told = client.get("/bureau/tables/certificates.json").get_json()
    schools = [(x["school"], x["lessons"]) for x in told["certificate-TM"][:2]]
    assert schools == [("第1小学", 8), ("第2小学", 8)]
    one = client.get("/bureau/tables/certificates.html?teacher=TM")
    assert "<h2>走教证明 周游（第1小学）</h2>" in one.text
    assert "style-src 'self' 'sha256-" in one.headers["Content-Security-Policy"]
    assert client.get("/bureau/tables/certificates.xlsx?teacher=T9").status_code == 404
    assert client.get("/bureau/tables/staff.xlsx").data[:2] == b"PK"


def test_audits_of_all_offices_are_asked_for_at_once_and_have_a_trend(state, client):
    """The second version lacks the lesson of the first: no finding of its own goes."""
    token = form_token(client.get("/bureau/"))

    def audit() -> None:
        answer = client.post("/bureau/audits", data={"form_token": token})
        assert answer.status_code == 302
        while Worker(state.store.database).work_once():
            pass

    assert "审查中" not in client.get("/bureau/").text
    client.post("/bureau/audits", data={"form_token": token})
    assert client.get("/bureau/").text.count("审查中") == 2
    assert ask_audits(state, "office", seconds=-1) == 0  # all are under way
    audit()
    first = {x.office: x.audit for x in school_lines(state) if x.audit}
    assert set(first) == {"s1", "s2"}
    assert first["s1"].before == 0
    s1 = state.of("s1").office
    whole = s1.current().timetable
    s1.publish(whole.problem, Timetable(whole.problem, {}), "", "{}")
    assert ask_audits(state, "office", seconds=-1) == 1  # of s1, whose version is new
    audit()
    then = {x.office: x.audit for x in school_lines(state) if x.audit}
    assert then["s2"] == first["s2"]
    assert (then["s1"].version, then["s1"].before) == (2, 1)
    assert then["s1"].trend["still"] > 0
    assert "比第 1 版：整改 0" in client.get("/bureau/").text


def test_offices_joined_are_the_district_that_they_were_cut_from():
    """The park stays one place, the travelling teacher one person."""
    cut = [Timetable(part.problem, {}) for part in parts_of(DISTRICT)]
    whole = joined(cut, check_settings).problem
    assert whole.venues == DISTRICT.problem.venues
    assert set(whole.teachers) == set(DISTRICT.problem.teachers)
    assert set(whole.agreements) == set(DISTRICT.problem.agreements)


def test_two_offices_with_one_school_are_no_district():
    cut = [Timetable(part.problem, {}) for part in parts_of(DISTRICT)]
    with pytest.raises(InputError, match="is the id of two schools"):
        joined([cut[0], cut[0]], check_settings)


def test_settings_of_a_bureau_decide_the_division(state, client):
    """S2 has priority; in the time of research nobody teaches PE in the park."""
    page = client.get("/bureau/settings")
    form = {
        **{"form_token": form_token(page), "schools_a_day": "1"},
        **{"schools_a_term": "3", "priority S1": "1", "priority S2": "3"},
        "plan": 'lessons_a_post = 4\n[[leaving]]\nteacher = "S1CN"\n',
    }
    answer = client.post("/bureau/settings", data=form | {"plan": "a ="})
    assert (answer.status_code, "不是有效的 TOML" in answer.text) == (422, True)
    wrong = form | {"plan": '[[leaving]]\nteacher = "S1CM"\n'}
    answer = client.post("/bureau/settings", data=wrong)
    assert answer.status_code == 422
    assert "“S1CM”没有这个编号的教师。是否应为“S1CN”？" in unescape(answer.text)
    assert client.post("/bureau/settings", data=form).status_code == 302
    page = client.get("/bureau/settings").text
    assert "lessons_a_post = 4" in page
    assert '<option value="3" selected>' in page
    ask = {"form_token": form["form_token"]}
    assert client.post("/bureau/shares", data=ask).status_code == 302
    assert Worker(state.store.database).work_once()
    office = state.of("s1").office
    (case,) = office.jobs.result(office.jobs.all()[0].job_id).facts["cases"]
    first, second = case["schools"]
    assert second["percent"] > first["percent"]
    assert case["shortages"][0]["lessons"] == 3
    assert case["shortages"][0]["posts"] == 0.8  # of 4 lessons, to one decimal


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"venue": "月球"}, "没有这处场地"),
        ({"venue": "社区公园"}, "请选星期"),
        ({"subject": "体育与健康", "where": "nowhere"}, "请选学科和学校"),
        ({"norm": "0"}, "请填1到60的整数"),
    ],
)
def test_what_makes_no_sense_is_told_and_no_job_is_made(state, client, wrong, told):
    form = {"form_token": form_token(client.get("/bureau/shares")), **wrong}
    answer = client.post("/bureau/shares", data=form)
    assert answer.status_code == 422
    assert told in answer.text
    assert state.of("s1").office.jobs.all() == ()
