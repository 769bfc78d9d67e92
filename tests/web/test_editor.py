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
    assert 'data-token=""' in client.get(edit).text
    assert len(token_of(client, edit)) > 20
    assert client.get("/o/s1/drafts/9/edit/").status_code == 404


def test_lessons_are_told_with_their_places(client, edit):
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
