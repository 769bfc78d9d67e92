"""Sheets as data: words and names for ids, faults with their cells, steps, history."""

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scheduler.services.views.data.editing import (
    BadRequest,
    do,
    next_id,
    tried,
    typing,
    undoing,
    wishes_of,
)
from scheduler.services.views.data.history import history_facts
from scheduler.services.views.data.sheets import opened, overview, since
from scheduler.services.views.data.workbook import workbook_of

SMALL = ["teachers"]


def type_(drafts, *edits, seen=None, names=SMALL, who="王"):
    wishes = wishes_of(
        [dict(zip(("table", "row", "cells"), x, strict=True)) for x in edits]
    )
    last = drafts.look(1, lambda desk: desk.history.last)
    return do(
        drafts, 1, who, typing(wishes), last if seen is None else seen, names, "zh"
    )


def test_sheet_has_chinese_titles_words_and_names_for_ids(look):
    told = look(opened, ["requirements", "classes"], "zh")
    titles = [x["title"] for x in told["columns"]["classes"]]
    assert titles[:4] == ["班级编号", "学校编号", "年级", "班级名称"]
    [first, *_] = told["rows"]["requirements"]
    assert first[2][:4] == ["A-CN", "三(1)班", "语文", "王芳"]
    assert told["rows"]["classes"][0][2][:4] == ["A", "铁山路学校", "3", "三(1)班"]
    assert told["choices"]["teachers"] == ["王芳", "李强", "张敏"]
    english = look(opened, ["subjects"], "en")
    assert english["columns"]["subjects"][0]["title"] == "subject_id"
    assert english["rows"]["subjects"][0][2][4] == "core"


def test_two_of_one_name_are_shown_by_their_ids(drafts, look):
    type_(drafts, ("teachers", 2, {"name": "王芳"}))
    told = look(opened, ["requirements"], "zh")
    assert [x[2][3] for x in told["rows"]["requirements"]] == ["T1", "T1", "T2"]


def test_step_tells_what_it_did_and_where_every_fault_is(drafts):
    status, told = type_(
        drafts,
        ("teachers", 2, {"max_per_day": "很多"}),
        ("teachers", 3, {"max_per_day": "很多"}),
    )
    assert status == 200
    [fault] = [x for x in told["faults"] if not x["warning"]]
    assert fault == {
        "text": "【教师】第3–4行“每天最多节数”：“很多”不是数。请填数字，如 3。",
        "warning": False,
        "table": "teachers",
        "cells": [[2, "max_per_day"], [3, "max_per_day"]],
    }
    assert told["pending"] == [
        {"table": "teachers", "title": "教师", "rows": 2, "faulty": True}
    ]
    assert [x[1] for x in told["rows"]["teachers"]] == [0, 1, 1]
    assert told["said"] == (
        "【教师】的“李强”（填写中，未生效）；【教师】的“张敏”（填写中，未生效）"
    )


def test_what_is_tried_is_told_and_not_done(look, drafts):
    wish = wishes_of([{"table": "teachers", "row": 2, "cells": {"school_id": "S7"}}])
    told = look(tried, wish, "zh")
    assert [x["text"] for x in told["faults"] if not x["warning"]] == [
        "【教师】第3行“学校编号”：“S7”不在【学校】表中。是否改过名？"
    ]
    assert drafts.look(1, lambda desk: desk.history.last) == 0


def test_new_rows_get_the_next_ids(drafts, look):
    _, told = type_(
        drafts,
        ("teachers", None, {"name": "赵云"}),
        ("teachers", None, {"name": "钱七"}),
    )
    assert told["added"] == {"teachers": [4, 5]}
    rows = look(opened, SMALL, "zh")["rows"]["teachers"]
    assert [x[2][:2] for x in rows[3:]] == [["T4", "赵云"], ["T5", "钱七"]]


@pytest.mark.parametrize(
    ("table", "known", "made"),
    [
        ("teachers", ["T01", "T02", "T10"], "T11"),
        ("teachers", ["王芳", "李强"], ""),
        ("teachers", ["王芳", "李强", "T1"], ""),
        ("agreements", [], "XY001"),
        ("requirements", ["G1-CN", "R7"], "R8"),
        ("teachers", [], ""),
    ],
)
def test_next_id_follows_the_others(table, known, made):
    assert next_id(table, known) == made


def test_collision_is_told_with_the_rows_as_they_are_now(drafts):
    type_(drafts, ("teachers", 2, {"name": "李小强"}))
    status, told = type_(drafts, ("teachers", 2, {"name": "李大强"}), seen=0, who="李")
    assert status == 409
    assert told["refused"] == (
        "王（第1步）刚改过【教师】的“李小强”，您看到的已经过时。请看过现在的样子再改。"
    )
    assert told["rows"]["teachers"][1][2][1] == "李小强"


def test_large_table_tells_only_rows_that_changed(drafts, look):
    many = [
        ("subjects", None, {"subject_id": f"K{n}", "name": f"科{n}", "kind": "其他"})
        for n in range(301)
    ]
    type_(drafts, *many, names=["subjects"])
    _, told = type_(drafts, ("subjects", 9, {"name": "新名"}), names=["subjects"])
    assert told["rows"] == {}
    assert [(x[0], x[2][1]) for x in told["changed"]["subjects"]] == [(9, "新名")]
    do(drafts, 1, "王", undoing, 2, ["subjects"], "zh")
    gone = look(since, ["subjects"], 0, "zh")
    assert len(gone["changed"]["subjects"]) == 301


def test_history_of_a_table_and_of_a_row(drafts, look):
    type_(drafts, ("teachers", 2, {"name": "李小强"}))
    type_(drafts, ("teachers", 3, {"name": "张小敏"}), who="李")
    told = look(history_facts, "teachers", None, "zh")
    assert [(x["who"], x["what"]) for x in told["steps"]] == [
        ("李", "【教师】的“张小敏”：教师姓名 张敏 → 张小敏"),
        ("王", "【教师】的“李小强”：教师姓名 李强 → 李小强"),
    ]
    assert [x["number"] for x in look(history_facts, "teachers", 2, "zh")["steps"]] == [
        1
    ]


def test_overview_counts_rows_and_faults(drafts, look):
    type_(drafts, ("teachers", 2, {"max_per_day": "很多"}))
    told = look(overview, "zh")
    counts = {
        t.name: (n, faults) for _, rows in told["groups"] for t, n, faults in rows
    }
    assert counts["teachers"] == (3, 1)
    assert counts["requirements"] == (3, 0)
    assert told["errors"] == 1


def test_workbook_holds_what_is_not_in_force_as_well(drafts, look, tmp_path):
    type_(drafts, ("teachers", 2, {"max_per_day": "很多"}))
    path = tmp_path / "draft.xlsx"
    path.write_bytes(look(workbook_of, "zh"))
    book = openpyxl.load_workbook(path)
    assert book["教师"]["E3"].value == "很多"
    assert book["教学要求"].max_row == 4
    assert "课表" in book.sheetnames


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda x: (
            st.lists(x, max_size=3)
            | st.dictionaries(st.sampled_from(["table", "row", "cells", "name"]), x)
        ),
        max_leaves=8,
    )
)
@example([{"table": []}])
def test_what_is_no_list_of_edits_is_refused(sent):
    try:
        found = wishes_of(sent)
    except BadRequest:
        return
    assert all(x.table in ("teachers",) or not sent for x in found)


def test_rows_are_told_by_names_and_words_not_by_ids(drafts):
    """Ids are for tables; people know 语文, 王芳 and 教师."""
    away = {"kind": "教师", "id": "T1", "day": "周一"}
    _, told = type_(drafts, ("unavailable", None, away))
    assert told["said"] == "新增【不可用时间】的“教师、王芳、周一”"
    _, told = type_(drafts, ("teachers", 2, {"subjects": "CN;PE"}))
    assert told["said"] == "【教师】的“李强”：任教学科 ∅ → 语文、体育与健康"
