"""No request solves, proves, levels, plans rain, repairs, compares or audits."""

import functools
import importlib
import itertools
import pkgutil

import flask
import pytest

import scheduler.audit
import scheduler.services
import scheduler.solver
import web
from scheduler.audit.running import audit
from scheduler.services.jobs import (
    computations,
    filling,
    levelling,
    peak_proofs,
    what_if,
)
from scheduler.solver import peaks, solve
from scheduler.solver.assignment import choosing
from scheduler.solver.rain import planning
from scheduler.solver.repair import repairing
from scheduler.solver.sharing import leximin
from tests.services.jobs.working import finish_jobs
from tests.web.conftest import form_token, log_in
from web import create_app

FUNCTIONS = (
    *(solve.solve, planning.rain_plan, repairing.repair),
    *(peak_proofs.prove_peaks, levelling.proofs_of, what_if.compare),
    *(choosing.best_choice, leximin.leximin),
    *(what_if.case_of, computations.compute, audit.audit),
)
CLASSES = (peaks.PeakModel, filling.Filling, levelling.Levelling)
VALUES = {
    "resource_id": ("A", "T1", "V-F", "S1"),
    "venue_id": ("V-F",),
    "number": ("1",),
    "page": ("editor.index",),
    "name": ("rooms", "teachers", "teaching"),
    "month": ("2026-09",),
    "date": ("2026-09-07",),
    "of": ("class",),
    "teacher_id": ("T1",),
    "about": ("schools", "venues", "shares", "staff", "certificates"),
    "kind": ("xlsx", "html", "json"),
}
ASKED = {"lesson": "R4#1", "day": "1", "period": "1", "week": "odd"}
SECRET = {"feeds.calendar", "feeds.invitation", "feeds.week"}
"""Their addresses hold a secret; none of them is reached here."""
ELSEWHERE = {"identity.leave", "identity.back", "editor.found", "papers.slip"}
"""They need a provider of identities, a job of the draft, or a batch of changes."""


class Computed(BaseException):
    """A request called what belongs into a job; no handler of errors hides it."""


@pytest.fixture
def trapped(monkeypatch):
    """Every entry point, under all names that modules have it by, refuses requests."""

    def trap(function):
        @functools.wraps(function)
        def guarded(*args, **kwargs):
            if flask.has_request_context():
                raise Computed(function.__qualname__)
            return function(*args, **kwargs)

        return guarded

    for function in FUNCTIONS:
        for module in _modules_with(function):
            monkeypatch.setattr(module, function.__name__, trap(function))
    for class_ in CLASSES:
        monkeypatch.setattr(class_, "__init__", trap(class_.__init__))


def _modules_with(function):
    return [
        module
        for module in _modules()
        if getattr(module, function.__name__, None) is function
    ]


@functools.cache
def _modules():
    """All that a site may have imported, imported now."""
    found = []
    for package in (scheduler.audit, scheduler.services, scheduler.solver, web):
        for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in each.name:
                found.append(importlib.import_module(each.name))
    return found


def addresses(app, method):
    """Addresses of all routes, with values that the small school has."""
    for rule in app.url_map.iter_rules():
        if method not in rule.methods or rule.endpoint == "static":
            continue
        known = {"office": "s1"} if "office" in rule.arguments else {}
        names = sorted(rule.arguments - known.keys())
        choices = itertools.product(*(VALUES.get(name, ("1",)) for name in names))
        with app.test_request_context():
            for values in choices:
                given = dict(zip(names, values, strict=True))
                yield rule.endpoint, flask.url_for(rule.endpoint, **known, **given)


@pytest.mark.parametrize("finished", [False, True])
def test_no_route_computes_what_takes_long(state, trapped, finished):
    office = state.only().office
    office.drafts.new("草稿", "office", office.current().timetable)
    app = create_app(state)
    client = app.test_client()
    log_in(client)
    if finished:
        client.get("/o/s1/rain/")
        token = form_token(client.get("/o/s1/load/"))
        client.post("/o/s1/load/prove", data={"form_token": token})
        client.post("/o/s1/audit/ask", data={"form_token": token})
        assert sorted(finish_jobs(state.store)) == [1, 2, 3]
    silent = {endpoint for endpoint, _ in addresses(app, "GET")}
    for endpoint, path in addresses(app, "GET"):
        if client.get(path, query_string=ASKED).status_code in (200, 302):
            silent.discard(endpoint)
    assert silent == SECRET | ELSEWHERE
    token = form_token(client.get("/o/s1/subscriptions/"))
    fields = {
        "form_token": token,
        **{"date": "2026-09-07", "half": "day", "weather": "rain", "version": "1"},
        **{"kind": "teacher", "resource_id": "T1", "bad_day": "1"},
    }
    leaving = ("login.leave", "login.enter")
    for endpoint, path in addresses(app, "POST"):
        if endpoint not in leaving:
            assert client.post(path, data=fields).status_code < 500, path


def test_trap_catches_whoever_computes_in_a_request(state, trapped):
    app = create_app(state)
    timetable = state.only().edition().timetable
    assert planning.rain_plan(timetable).slots != ()
    calls = (
        lambda: peaks.PeakModel(timetable.problem),
        lambda: planning.rain_plan(timetable),
        state.only().office.bad_days.plan,
        lambda: peak_proofs.prove_peaks(timetable, 1.0),
        lambda: audit.audit((), state.profile),
    )
    with app.test_request_context():
        for call in calls:
            with pytest.raises(Computed):
                call()
