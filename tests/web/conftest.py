"""A site of a hand-sized school; its clock stands still."""

import datetime as dt
import re
from contextlib import ExitStack

import pytest

from scheduler.model.times import Week
from scheduler.services.offices import Store
from scheduler.services.views.site import SiteState
from tests.small_school import at, need, small_problem, timetable
from web import SiteSettings, create_app

NOW = dt.datetime(2026, 9, 1, 0, 30, tzinfo=dt.UTC)
PASSWORD = "correct horse"


def clashing_timetable():
    """T1 gives PE to A and, in odd weeks, to B at once; the music room clashes too.

    T2 teaches C at 08:30-09:10 and, in even weeks, B at 08:20-09:00.
    """
    problem = small_problem(
        need("R1", "A", "PE", "2"),
        need("R2", "B", "PE", "1/2"),
        need("R3", "A;B", "CN"),
        need("R4", "C", "MUS", teacher_ids=("T2",)),
        need("R5", "B", "MUS", "1/2", teacher_ids=("T2",)),
        need("R6", "C", "CN"),
    )
    return timetable(
        problem,
        R1_1=at(1, 1, "L1"),
        R1_2=at(5, 2, "L12"),
        R2_1=at(1, 1, "L2", week=Week.ODD),
        R3_1=at(1, 2),
        R4_1=at(1, 1, "LM", teachers=("T2",)),
        R5_1=at(1, 1, "LM", week=Week.EVEN, teachers=("T2",)),
    )


def site_of(table, report="{}"):
    store = Store.open("sqlite://", now=lambda: NOW)
    store.office_for(table.problem).publish(table.problem, table, "first", report)
    return SiteState(store)


@pytest.fixture
def make_site():
    """Sites of other timetables, closed in the end."""
    with ExitStack() as stack:

        def make(table):
            state = site_of(table)
            stack.callback(state.store.close)
            return state

        yield make


@pytest.fixture(scope="module")
def shared_state():
    """For tests that only read."""
    state = site_of(clashing_timetable())
    yield state
    state.store.close()


@pytest.fixture
def state():
    """A site of its own, with one account."""
    state = site_of(clashing_timetable())
    state.store.add_bureau("office", PASSWORD)
    yield state
    state.store.close()


@pytest.fixture
def client(state):
    return create_app(state).test_client()


@pytest.fixture(scope="module")
def reading_app(shared_state):
    """Made once, for an app compiles every template anew."""
    return create_app(shared_state)


@pytest.fixture
def reader(reading_app):
    return reading_app.test_client()


@pytest.fixture
def closed_client(state):
    return create_app(state, SiteSettings(login_to_view=True)).test_client()


def form_token(page):
    return re.search(r'name="form_token" value="([^"]+)"', page.text)[1]


def log_in(client, password=PASSWORD, wanted="", name="office"):
    fields = {
        "form_token": form_token(client.get("/login")),
        "name": name,
        "password": password,
        "next": wanted,
    }
    return client.post("/login", data=fields)


def post(client, path, **fields):
    """Send a form as the page of subscriptions would."""
    token = form_token(client.get("/o/s1/subscriptions/"))
    return client.post(path, data={"form_token": token, **fields})


def create_link(client, kind="teacher", resource_id="T1", person=""):
    """Make a link and return its path."""
    page = post(
        client,
        "/o/s1/subscriptions/create",
        kind=kind,
        resource_id=resource_id,
        person=person,
    )
    return re.search(r"http://localhost(/o/s1/feeds/[\w-]+\.ics)", page.text)[1]
