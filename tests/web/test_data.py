"""What the scripts of a draft's data ask, and what they are answered."""

import io
import json

import pytest

from tests.web.conftest import clashing_timetable
from web.limits import LONGEST_BODY, LONGEST_STEP

BASE = "/o/s1/drafts/1/data"
JSON = {"Content-Type": "application/json", "X-Form-Token": "t"}


@pytest.fixture
def office(client, state):
    """Somebody of the office with a draft."""
    state.only().office.drafts.new("微调", "office", clashing_timetable(), 1)
    with client.session_transaction() as kept:
        kept["form_token"] = "t"
        kept["login"] = state.store.sessions.begin("office")
    return client


def edit(client, cells, row=1, headers=JSON, **more):
    sent = {"seen": 0, "tables": ["teachers"], **more}
    sent["edits"] = [{"table": "teachers", "row": row, "cells": cells}]
    return client.post(f"{BASE}/edit.json", data=json.dumps(sent), headers=headers)


def test_step_is_done_and_told(office):
    answer = edit(office, {"name": "王小芳"})
    assert answer.status_code == 200
    assert answer.json["said"] == "【教师】的“王小芳”：教师姓名 王芳 → 王小芳"
    [first, *_] = answer.json["rows"]["teachers"]
    assert first[:2] == [1, 0]
    assert first[2][:3] == ["T1", "王小芳", "铁山路学校"]
    undone = office.post(
        f"{BASE}/undo.json",
        data=json.dumps({"seen": 1, "tables": ["teachers"]}),
        headers=JSON,
    )
    assert undone.json["rows"]["teachers"][0][2][1] == "王芳"


def test_answers_speak_the_language_of_the_page(office):
    office.get(f"{BASE}/?lang=en")
    told = edit(office, {"max_per_day": "many"}).json
    assert [x["text"] for x in told["faults"] if not x["warning"]] == [
        'teachers row 2, max_per_day: "many" is not a number. Maybe write it in digits?'
    ]


def test_step_without_a_token_or_of_another_shape_is_refused(office):
    assert (
        edit(office, {"name": "王"}, headers={"X-Form-Token": "x"}).status_code == 400
    )
    assert edit(office, {"colour": "red"}).status_code == 400
    assert edit(office, {"name": 7}).status_code == 400
    assert edit(office, {"name": "王"}, row=0).status_code == 400
    assert edit(office, {"name": "王"}, seen=None).status_code == 400
    assert edit(office, {"name": "王"}, tables="teachers").status_code == 400


def test_step_may_be_larger_than_a_form_up_to_its_limit(office):
    assert (
        edit(office, {"group": "x" * 20_000, "name": "王" * 20_000}).status_code == 200
    )
    assert LONGEST_BODY < 20_000 * 4
    assert edit(office, {"name": "王" * LONGEST_STEP}).status_code == 413


def test_draft_or_table_that_is_not_there_is_not_found(office):
    assert office.get("/o/s1/drafts/9/data/").status_code == 404
    assert office.get(f"{BASE}/tables/nothing").status_code == 404
    assert office.get(f"{BASE}/matrices/nothing/cells.json").status_code == 404


def test_workbook_goes_out(office):
    answer = office.get(f"{BASE}/workbook.xlsx")
    assert answer.data.startswith(b"PK")
    assert "attachment" in answer.headers["Content-Disposition"]


def test_dates_of_an_agreement_that_is_not_there_are_none(office):
    answer = office.get(f"{BASE}/agreements/99/dates.json")
    assert answer.json == {"weeks": [], "open": 0}


def test_import_is_previewed_and_done(office):
    def sent():
        return (io.BytesIO("教师编号,教师姓名\nT1,王芳芳\n".encode()), "教师.csv")

    looked = office.post(
        f"{BASE}/import/preview.json",
        data={"files": sent()},
        headers={"X-Form-Token": "t"},
    )
    assert [x["counts"] for x in looked.json["tables"]] == [[0, 1, 2]]
    done = office.post(
        f"{BASE}/import/do.json",
        data={"files": sent(), "seen": looked.json["seen"]},
        headers={"X-Form-Token": "t"},
    )
    assert done.json == {"seen": 1, "held": 0}
