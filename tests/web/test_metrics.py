"""Metrics and health of the running service."""

import socket
from pathlib import Path
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from scheduler.model.errors import InputError
from scheduler.services.jobs.rows import JobState
from scheduler.services.offices import Store
from scheduler.services.views.site import SiteState
from web import create_app
from web.metrics import watched


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def samples(port):
    with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        text = answer.read().decode()
    return text, {
        (s.name, *sorted(s.labels.items())): s.value
        for family in text_string_to_metric_families(text)
        for s in family.samples
    }


def counted(found, rule, method, status):
    labels = (("method", method), ("rule", rule), ("status", status))
    return found.get(("cuofeng_request_seconds_count", *labels), 0)


def test_requests_are_counted_by_rule_and_addresses_are_not_told(state):
    app, port = create_app(state), free_port()
    token = state.of("s1").office.create_link("teacher", "T1", "")
    with watched(app, state.store.open_jobs, port):
        client = app.test_client()
        for _ in range(3):
            client.get("/o/s1/classes/A")
        client.get(f"/o/s1/feeds/{token}.ics")
        client.get("/o/s1/classes/no-such-class")
        client.get("/no/such/page")
        client.open("/", method="ODDWORD")
        text, found = samples(port)
    week = "/o/<office>/classes/<path:resource_id>"
    assert counted(found, week, "GET", "200") == 3
    assert counted(found, week, "GET", "404") == 1
    assert counted(found, "(no page)", "GET", "404") == 1
    assert token not in text
    assert "no-such" not in text
    assert "ODDWORD" not in text


def test_jobs_that_wait_and_run_are_counted(state):
    app, port = create_app(state), free_port()
    counts = {JobState.WAITING: 2, JobState.RUNNING: 1}
    with watched(app, lambda: counts, port):
        _, found = samples(port)
    assert found["cuofeng_jobs", ("state", "waiting")] == 2
    assert found["cuofeng_jobs", ("state", "running")] == 1
    assert state.store.open_jobs() == {JobState.WAITING: 0, JobState.RUNNING: 0}


def test_port_in_use_is_refused_in_a_sentence(state):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        app = create_app(state)
        with (
            pytest.raises(InputError) as refused,
            watched(app, state.store.open_jobs, port),
        ):
            pass
    assert [e.file for e in refused.value.errors] == ["--metrics"]


def test_health_says_ok_to_anybody(closed_client):
    answer = closed_client.get("/health")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_health_answers_503_where_the_database_cannot_be_read(tmp_path):
    path = tmp_path / "store.db"
    store = Store.open(f"sqlite:///{path}")
    client = create_app(SiteState(store)).test_client()
    assert client.get("/health").status_code == 200
    store.close()
    path.write_bytes(b"no database any more" * 400)
    for name in (f"{path}-wal", f"{path}-shm"):
        Path(name).unlink(missing_ok=True)
    assert client.get("/health").status_code == 503
