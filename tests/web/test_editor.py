"""The timetable editor: its page, and what its script is told."""

import pytest

from tests.web.conftest import log_in


@pytest.fixture
def draft(state):
    office = state.only().office
    return office.drafts.new("微调", "office", office.current().timetable, 1)


@pytest.fixture
def edit(client, draft):
    return f"/o/s1/drafts/{draft.draft_id}/edit/"


def token_of(client, edit):
    log_in(client)
    return client.get(edit).text.partition('data-token="')[2].partition('"')[0]


def test_page_has_a_token_for_accounts_alone(client, edit):
    assert client.get(edit).status_code == 302
    assert len(token_of(client, edit)) > 20
    assert client.get("/o/s1/drafts/9/edit/").status_code == 404


def test_lessons_are_told_with_their_places(client, edit):
    log_in(client)
    told = client.get(f"{edit}draft.json").json
    assert told["placed"]["R1#2"] == ["every", 5, 2, "L12", ["T1"], 1]
    assert told["school"]["classes"]["A"] == ["三(1)班", "high"]
    assert told["seen"] == 0
    frame = told["school"]["frames"]["high"]
    assert frame["rows"][0]["cells"] == [[["high", 1]], [["high", 1]]]


def test_token_of_a_script_stands_in_a_header(client, edit):
    token = token_of(client, edit)
    for headers, status in (
        ({"X-Form-Token": token}, 302),
        ({"X-Form-Token": "x"}, 400),
        ({}, 400),
    ):
        answer = client.post("/o/s1/rain/plan", json={}, headers=headers)
        assert answer.status_code == status


@pytest.fixture
def send(client, edit):
    """Send something as the page's script does."""
    token = token_of(client, edit)

    def post(path, **sent):
        headers = {"X-Form-Token": token, "Accept": "application/json"}
        return client.post(f"{edit}{path}", headers=headers, **sent)

    return post


def test_step_is_done_by_the_account_and_told_to_others(client, edit, send):
    where = ["every", 1, 3, "L1", ["T1"], 1]
    sent = {"kind": "move", "seen": 0, "moves": {"R1#1": where}}
    assert send("steps.json", json=sent).status_code == 200
    told = client.get(f"{edit}steps.json?seen=0").json
    assert [x["who"] for x in told["steps"]] == ["office"]
    again = send("steps.json", json=sent)
    assert (again.status_code, again.json["why"]) == (409, "collision")


def test_work_is_asked_for_and_stopped(edit, client, send):
    task = send("tasks.json", json={"work": "rest", "seconds": 20}).json
    assert task["text"] == "排课：排队中"
    assert client.get(f"{edit}tasks/{task['job']}.json").json["changed"] is None
    told = send(f"tasks/{task['job']}/stop", json={}).json
    assert [x["state"] for x in told["tasks"]] == ["stopped"]


ODD = (
    *(b"", b"\xff", b"[" * 50_000, b"null", b"[]", b"1e999", b"{}", b"\x00"),
    b'{"seen": 1e999, "kind": "undo"}',
    b'{"seen": 0, "kind": "move", "moves": {"x": [1]}}',
    b'{"seen": 0, "kind": ["move"]}',
    b'{"seen": 0, "kind": "adopt", "job": true, "force": 3}',
    b'{"work": ["rest"], "seconds": 20}',
    b'{"work": "rest", "seconds": [20]}',
)


def test_what_no_script_sends_is_refused(send):
    for path in ("steps.json", "tasks.json"):
        for sent in ODD:
            answer = send(path, data=sent)
            assert answer.status_code in (400, 404), (path, sent)
            assert answer.json["error"]["status"] == answer.status_code


def test_closed_draft_is_looked_at_and_not_changed(client, state, draft, edit):
    state.only().office.drafts.discard(draft.draft_id, "office")
    log_in(client)
    page = client.get(edit).text
    assert 'data-token=""' in page
    assert "这份草稿已经结束" in page
