"""Several offices on one site: a list, and pages that never show another's."""

import re

import pytest

from scheduler.services.access.accounts import Grant
from scheduler.services.access.permissions import Role
from scheduler.services.jobs.what_if import cases_json
from scheduler.services.offices import Store
from scheduler.services.views.site import SiteState
from tests.small_school import at, need, small_problem, timetable
from tests.web.conftest import NOW, PASSWORD, form_token, log_in
from web import SiteSettings, create_app

MARK = "后河中学专有"


def school(mark=""):
    """The small school; every name that a page could show ends with the mark."""
    given = small_problem(need("R1", "A", "PE"), need("R2", "B", "CN"))
    renamed = {
        table: tuple(
            type(row)(**{**_fields(row), "name": f"{row.name}{mark}"})
            for row in getattr(given, table)
        )
        for table in ("schools", "classes", "teachers", "subjects", "venues")
    }
    problem = type(given)(**{**_fields(given), **renamed})
    return timetable(problem, R1_1=at(1, 1, "L1"), R2_1=at(1, 2))


def _fields(row):
    names = [f.name for f in row.__dataclass_fields__.values() if f.init]
    return {name: getattr(row, name) for name in names}


@pytest.fixture(scope="module")
def site():
    store = Store.open("sqlite://", now=lambda: NOW)
    for key, mark in (("ours", ""), ("theirs", MARK)):
        table = school(mark)
        office = store.add_office(key, f"{key}学校")
        office.publish(table.problem, table, f"第1版{mark}", "{}")
        office.comparisons.add(cases_json(()))
    store.add_bureau("office", PASSWORD)
    yield SiteState(store)
    store.close()


@pytest.fixture(scope="module")
def app(site):
    return create_app(site)


def routes(app):
    """Addresses of all pages of an office, with ids that both offices have."""
    values = {"resource_id": "A", "venue_id": "V-F", "token": "x"}
    kinds = {"teacher": "T1", "venue": "V-F", "school": "S1"}
    for rule in app.url_map.iter_rules():
        if "office" in rule.arguments and "GET" in rule.methods:
            for key, value in kinds.items():
                if rule.endpoint == f"weeks.{key}_week":
                    values["resource_id"] = value
            path = rule.rule
            for name, value in values.items():
                path = re.sub(rf"<(\w+:)?{name}>", value, path)
            values["resource_id"] = "A"
            yield path


def test_first_page_lists_the_offices(app):
    page = app.test_client().get("/")
    assert page.status_code == 200
    assert re.findall(r'href="(/o/[^"]*)">([^<]*)<', page.text) == [
        ("/o/ours/", "铁山路学校"),
        ("/o/theirs/", f"铁山路学校{MARK}"),
    ]


@pytest.mark.parametrize(
    ("role", "about", "first", "lacks"),
    [
        (Role.TEACHER, "T1", "/o/ours/mine/", "（教师）登录，这个账号不能查看草稿"),
        (Role.PARTNER, "V-F", "/o/ours/venues/V-F", "（合作单位）登录，这个账号不能"),
        (Role.OFFICE, "", "/o/ours/", None),
    ],
)
def test_who_belongs_to_one_school_is_led_there_and_told_what_is_not_theirs(
    site, app, role, about, first, lacks
):
    """Both schools show everything to everybody; one of them is the account's own."""
    who = f"of-{role}"
    site.store.accounts.add(who, PASSWORD, Grant(role, "ours", about))
    client = app.test_client()
    log_in(client, name=who)
    assert client.get("/").location == first
    page = client.get("/o/ours/drafts/")
    assert (page.status_code == 403) == (lacks is not None)
    if lacks:
        assert f"您以“{who}”{lacks}" in page.text
        assert "请找本校教务处" in page.text


def test_first_page_of_the_only_office_is_its_own(reader):
    assert reader.get("/").location == "/o/s1/"


def test_no_page_shows_anything_of_the_other_office(app):
    client = app.test_client()
    log_in(client)
    paths = list(routes(app))
    assert len(paths) > 20
    answered = 0
    for path in paths:
        here, there = (
            client.get(path.replace("<office>", key)) for key in ("ours", "theirs")
        )
        assert here.status_code == there.status_code, path
        text, other = (x.data.decode(errors="replace") for x in (here, there))
        assert MARK not in text, path
        links = set(re.findall(r' (?:href|action|src)="(/o/[^"]*)"', text))
        assert [x for x in links if not x.startswith("/o/ours/")] == [], path
        answered += here.status_code == 200 and MARK in other
    # All that show a name at all show their own.
    assert answered > 15


def test_link_of_one_office_opens_nothing_below_another(app, site):
    token = site.of("ours").office.create_link("class", "A")
    client = app.test_client()
    pages = ("feeds/{}.ics", "feeds/{}", "feeds/{}/week")
    for page in (x.format(token) for x in pages):
        assert client.get(f"/o/ours/{page}").status_code == 200
        assert client.get(f"/o/theirs/{page}").status_code == 404
        assert client.get(f"/o/none/{page}").status_code == 404


def test_form_of_one_office_changes_nothing_of_another(app, site):
    client = app.test_client()
    log_in(client)
    token = form_token(client.get("/o/ours/subscriptions/"))
    form = {"form_token": token, "kind": "class", "resource_id": "B", "person": "甲"}
    assert client.post("/o/ours/subscriptions/create", data=form).status_code == 200
    assert client.post("/o/theirs/subscriptions/revoke", data=form).status_code == 302
    assert site.of("theirs").office.links() == ()
    assert [x.revoked_at for x in site.of("ours").office.links() if x.person] == [None]


@pytest.mark.parametrize("path", ["/o/none/", "/o/none/classes/", "/o/OURS/", "/o/"])
def test_unknown_office_is_no_page_and_names_none(app, path):
    answer = app.test_client().get(path)
    assert answer.status_code == 404
    assert "ours" not in answer.text


def test_strangers_do_not_learn_which_offices_there_are(site):
    closed = create_app(site, SiteSettings(login_to_view=True)).test_client()
    answers = [closed.get(x) for x in ("/", "/o/ours/", "/o/none/")]
    assert {answer.status_code for answer in answers} == {302}
    assert all(a.location.startswith("/login") for a in answers)
    assert "ours" not in closed.get("/login").text


def test_database_that_refuses_is_told_in_one_sentence(tmp_path):
    url = f"sqlite:///{tmp_path / 'school.db'}"
    store = Store.open(url, now=lambda: NOW)
    table = school()
    store.add_office("ours", "校").publish(table.problem, table, "", "{}")
    store.add_bureau("office", PASSWORD)
    store.session_key()
    store.close()
    path = tmp_path / "school.db"
    full = Store.open(f"sqlite:///file:{path}?mode=ro&uri=true", now=lambda: NOW)
    app = create_app(SiteState(full))
    client = app.test_client()
    assert client.get("/o/ours/").status_code == 200
    answer = log_in(client)
    assert answer.status_code == 503
    assert "readonly database" in answer.text
    full.close()
