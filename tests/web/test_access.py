"""Who opens which page: every route by every role, of their own office and another."""

import re

import pytest

from scheduler.model.text import Text
from scheduler.services.access.accounts import Grant
from scheduler.services.access.acting import NotAllowed
from scheduler.services.access.permissions import (
    Account,
    Action,
    Door,
    Membership,
    Role,
    Visitors,
    may,
)
from scheduler.services.offices import Store
from scheduler.services.views.audit.files import AuditFolder
from scheduler.services.views.site import SiteState
from tests.web.conftest import NOW, PASSWORD, clashing_timetable
from tools.access_tables import OURS, THEIRS, expected, routes
from web import SiteSettings, create_app
from web.access import allowed

TEACHER = re.compile("王芳|李强|张敏")
FORMS = {
    "rain.apply": {"date": "2026-09-07", "half": "morning", "weather": "rain"},
    "subscriptions.create": {"kind": "teacher", "resource_id": "T1"},
    "subscriptions.revoke": {"kind": "teacher", "resource_id": "T1"},
}
VALUES = {"venue_id": "V-F", "class": "A", "teacher": "T1", "venue": "V-F"}
VALUES |= {
    "version": "1",
    "teacher_id": "T1",
    "of": "class",
    "month": "2026-09",
    "date": "2026-09-07",
    "draft_id": "1",
    "page": "nowhere",
    "name": "teaching",
    "row": "1",
    "about": "schools",
    "kind": "json",
}
# What lacks only the thing asked for, not the right to ask for it.
DAYS = (
    *("days.leave", "days.decide", "days.withdraw", "days.take", "days.hand"),
    *("days.best", "days.release", "days.event", "days.undo", "days.drop"),
    *("changes.leave", "changes.swap", "cover_rules.keep"),
)
LACKING = {
    **dict.fromkeys(("rain.apply", "rain.undo", "usage.confirm"), (302, 422)),
    **dict.fromkeys(("agreements.apply", "what_if.ask"), (302, 422)),
    **dict.fromkeys(("jobs.job", "jobs.stop"), (404,)),
    "drafts.current": (404,),
    "publishing.rebase": (302,),
    "changes.retract": (422,),
    "papers.slip": (404,),
    **dict.fromkeys(("editor.lesson", "editor.slot"), (404,)),
    **dict.fromkeys(("editor.found", "editor.stop"), (404,)),
    **dict.fromkeys(("editor.do", "editor.ask"), (400,)),
    **dict.fromkeys(("solving.stop", "solving.keep"), (404,)),
    "solving.mend": (400,),
    "bureau.keep": (422,),
    "bureau.audits": (302,),
    **dict.fromkeys(("ledgers.repay", "ledgers.release_day"), (302, 422)),
    "ledgers.sign_workload": (302, 404, 422),
    "ledgers.detail": (200, 404),
    "ledgers.posted": (422,),
    "publishing.publish": (409, 422),
    "setup.create": (403,),
    **dict.fromkeys(("accounts.add", "accounts.role", "accounts.reset"), (422,)),
    **dict.fromkeys(("accounts.remove", "accounts.visitors"), (422,)),
    "own.password": (422,),
    "setup.add_school": (422,),
    # A refusal is the day, or the week, with a sentence.
    **dict.fromkeys(DAYS, (422,)),
    "changes.change": (404, 422),
    **dict.fromkeys(("data.check", "data.edit", "data.undo", "data.redo"), (400,)),
    **dict.fromkeys(("data.fill", "data.try_cells"), (400,)),
    "data.table": (200, 404),
    **dict.fromkeys(("data.look_at", "data.take_over"), (422,)),
    "audit.sheet": (200, 404),
    "audits.findings": (302,),
    "mine.link": (200, 404),
    **dict.fromkeys(("identity.leave", "identity.back"), (404,)),
    "login.enter": (302, 403),
    "front.index": (200, 302),
}


@pytest.fixture(scope="module")
def state():
    """Two offices with the same ids, and people of both."""
    store = Store.open("sqlite://", now=lambda: NOW)
    store.add_bureau("bureau", PASSWORD)
    for key in (OURS, THEIRS):
        table = clashing_timetable()
        office = store.add_office(key, key)
        office.publish(table.problem, table, "first", "{}")
        office.drafts.new("微调", "office", table, 1)
        for role, resource_id in (
            (Role.OFFICE, ""),
            (Role.TEACHER, "T1"),
            (Role.PARTNER, "V-F"),
        ):
            name = f"{role}@{key}"
            store.accounts.add(name, PASSWORD, Grant(role, key, resource_id))
    yield SiteState(store)
    store.close()


@pytest.fixture(scope="module")
def app(state):
    audit = AuditFolder((), (), {}, {}, Text("", ""))
    return create_app(state, SiteSettings(login_to_view=True, audit=audit))


@pytest.fixture
def come(state, app):
    """A browser in which somebody is logged in."""

    def make(name=""):
        client = app.test_client()
        with client.session_transaction() as kept:
            kept["form_token"] = "t"
            if name:
                kept["login"] = state.store.sessions.begin(name)
        return client

    return make


def address(route, office):
    """A route's address with ids that both offices have."""
    # Made where it is asked for: a hundred links would be shown on many a page.
    token = office.create_link("class", "A") if "<token>" in route.path else ""
    kinds = ("class", "teacher", "venue")
    kind = next((x for x in kinds if f"{x}_" in route.endpoint), "")
    values = VALUES | {"office": OURS, "token": token, "number": "7"}
    values |= {"draft_id": "1", "teacher_id": "T1"}
    values |= {"resource_id": VALUES.get(kind, "S1"), "filename": "base.css"}
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], route.path)


def answer(client, route, office):
    path = address(route, office)
    if route.endpoint == "conflicts.moves":
        path += "?lesson=R1%231"
    form = {"form_token": "t", **FORMS.get(route.endpoint, {})}
    asked = {"data": form} if route.method == "POST" else {}
    with client.open(path, method=route.method, **asked) as page:
        return page.status_code


def test_every_route_declares_what_it_does():
    assert [x.path for x in routes() if x.rule is None] == []


@pytest.mark.parametrize("office", [OURS, THEIRS])
@pytest.mark.parametrize("role", [None, *Role])
def test_every_route_answers_every_role_as_the_table_says(state, come, role, office):
    name = "bureau" if role is Role.BUREAU else f"{role}@{office}" if role else ""
    wrong = []
    for route in sorted(routes(), key=lambda x: x.endpoint == "login.leave"):
        ours = state.of(OURS).office
        got, wanted = answer(come(name), route, ours), expected(route, role, office)
        opens = wanted in (200, 302) and (name or route.rule.action is Action.OPEN)
        if got != wanted and not (opens and got in LACKING.get(route.endpoint, ())):
            wrong.append((route.method, route.path, got, wanted))
    assert wrong == []


def test_nobody_of_another_office_learns_anything(come):
    for role in (Role.OFFICE, Role.TEACHER, Role.PARTNER):
        client = come(f"{role}@{THEIRS}")
        for there in (f"/o/{OURS}/classes/A", "/o/none/classes/A"):
            page = client.get(there)
            assert page.status_code == 404
            assert f'href="/o/{OURS}/classes/"' not in page.text
    tables = [expected(x, Role.OFFICE, THEIRS) for x in routes() if x.of_office]
    assert set(tables) == {200, 404}  # 200: calendars, whose address is their key


def test_route_without_a_declaration_opens_for_nobody(state):
    app = create_app(state)
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    assert app.test_client().get("/forgotten").status_code == 403


def test_what_a_service_refuses_is_named_and_not_what_the_page_does(
    app, come, monkeypatch
):
    def publishes():
        raise NotAllowed(None, Action.PUBLISH, OURS)

    page = allowed(Action.SEE_CHANGES)(publishes)
    monkeypatch.setitem(app.view_functions, "ledgers.index", page)
    shown = come(f"teacher@{OURS}").get(f"/o/{OURS}/ledgers/")
    assert shown.status_code == 403
    assert "这个账号不能发布课表" in shown.text


def test_partner_sees_no_other_place_and_no_name_of_a_teacher(come):
    client = come(f"partner@{OURS}")
    assert client.get("/").location == f"/o/{OURS}/venues/V-F"
    page = client.get(f"/o/{OURS}/venues/V-F")
    assert page.status_code == 200
    assert not TEACHER.search(page.text)
    assert "/teachers/" not in page.text
    assert client.get(f"/o/{OURS}/venues/V-M").status_code == 403
    assert (
        client.post(f"/o/{OURS}/used/V-M", data={"form_token": "t"}).status_code == 403
    )
    assert TEACHER.search(come(f"teacher@{OURS}").get(f"/o/{OURS}/venues/V-F").text)


def test_visitors_see_what_the_office_says_names_of_teachers_last(state, come):
    paths = ("classes/A", "school/S1?teachers=1", "print/venues", "print/classes")
    client, office = come(), state.of(OURS).office
    try:
        for visitors, statuses, named in (
            (Visitors.NOTHING, {302}, False),
            (Visitors.CLASSES, {200}, False),
            (Visitors.TEACHERS, {200}, True),
        ):
            office.set_visitors(visitors)
            pages = [client.get(f"/o/{OURS}/{x}") for x in paths]
            assert {x.status_code for x in pages} == statuses
            assert any(TEACHER.search(x.text) for x in pages) is named
            assert client.get(f"/o/{OURS}/conflicts/").status_code == 302
            assert client.get(f"/o/{THEIRS}/classes/A").status_code == 302
        office.set_visitors(Visitors.CLASSES)
        assert client.get("/").location == f"/o/{OURS}/classes/"
        assert client.get(f"/o/{OURS}/teachers/T1").status_code == 302
    finally:
        office.set_visitors(Visitors.NOTHING)


def test_account_without_a_role_is_told_so_at_the_login(state, come):
    state.store.accounts.add("gone", PASSWORD, Grant(Role.TEACHER, OURS, "T1"))
    state.store.accounts.take_role("gone", OURS)
    form = {"form_token": "t", "name": "gone", "password": PASSWORD}
    page = come().post("/login", data=form)
    assert page.status_code == 403
    assert "账号“gone”还没有角色" in page.text


def test_teacher_sees_no_button_that_would_refuse_them(come):
    page = come(f"teacher@{OURS}").get(f"/o/{OURS}/")
    assert page.status_code == 200
    assert "/subscriptions/" not in page.text
    assert "/conflicts/" in page.text


def test_may_is_yes_for_roles_in_their_own_office_alone():
    door = Door("s", Visitors.NOTHING)
    teacher = Account("a", memberships={"s": Membership(Role.TEACHER, "T1")})
    partner = Account("b", memberships={"s": Membership(Role.PARTNER, "AG1")})
    assert may(teacher, Action.SEE_TEACHERS, door)
    assert not may(teacher, Action.CHANGE_DATES, door)
    assert not may(teacher, Action.SEE_TEACHERS, Door("t", Visitors.NOTHING))
    assert not may(None, Action.SEE_WEEKS, door)
    assert may(partner, Action.CONFIRM_USE, door, ("V1", "AG1"))
    assert not may(partner, Action.CONFIRM_USE, door, ("V2",))
    assert not may(partner, Action.SEE_PLACE, door)
    assert may(Account("c", bureau=True), Action.GIVE_LINKS, door)
    assert may(teacher, Action.SEE_WEEKS, Door("t", Visitors.CLASSES))
