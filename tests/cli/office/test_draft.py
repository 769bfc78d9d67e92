"""cuofeng draft: a timetable worked on from the command line."""

import json

import pytest

from scheduler.cli import main
from tests.cli.running import published
from tests.small_school import at, need, small_problem, timetable


@pytest.fixture
def url(tmp_path):
    problem = small_problem(
        need("R1", "A", "CN", "2"),
        need("R2", "A", "PE", teacher_ids=("T2",)),
    )
    return published(tmp_path, timetable(problem, R1_1=at(1, 1), R1_2=at(5, 1)))


@pytest.fixture
def draft(capsys, url):
    """Exit code, output and errors of the command."""

    def run(*more):
        code = main(["draft", *map(str, more), "--database", url, "--who", "王"])
        return code, *capsys.readouterr()

    return run


def test_draft_from_the_version_in_force_to_the_next(draft):
    assert draft("new", "微调")[1] == "第1号草稿：微调（王，自第1版）\n"
    code, out, err = draft("move", 1, "R1#1", "周一第3节")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "1 三(1)班语文：周一第1节 → 周一第3节"
    assert draft("undo", 1)[1].startswith("2 撤销第1步：")
    assert draft("redo", 1)[0] == 0
    assert draft("place", 1, "R2#1", "1-4", "--place", "L1")[0] == 0
    assert draft("publish", 1)[1] == "已发布第2版。\n"
    assert draft("list")[1] == "第1号草稿：微调（王，自第1版，已发布为第2版）\n"


def test_step_as_json_says_what_it_did(draft):
    draft("new")
    _, out, _ = draft("unplace", 1, "R1#1", "R1#2", "--json")
    facts = json.loads(out)
    assert (facts["number"], facts["kind"], facts["unplaced"]) == (1, "unplace", 3)
    # One lesson had no place before.
    assert (facts["effect"]["hard"], facts["hard"]) == (2, 3)
    _, out, _ = draft("show", 1, "--json")
    assert json.loads(out)["unplaced"] == ["R1#1", "R1#2", "R2#1"]


def test_row_of_a_table_is_changed_and_faults_are_said(draft):
    draft("new")
    assert draft("row", 1, "teachers", "T1", "name=王小明")[0] == 0
    code, _, err = draft("row", 1, "requirements", "R1", "teacher_ids=T99")
    assert code == 2
    assert "T99" in err


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("move", 9, "R1#1", "1-3"), "没有第9号草稿"),
        (("show", 2**70), f"没有第{2**70}号草稿"),
        (("move", 1, "R9#1", "1-3"), "没有这节课"),
        (("move", 1, "R1#1", "8-3"), "要写明草稿号、课次和时段"),
        (("move", 1, "R1#1", "1-77"), "表中没有这个时段"),
        (("move", 1, "R1#1", "1-1"), "已经是这样"),
        (("undo", 1), "没有可以撤销的步骤"),
        (("show",), "没有写明草稿号"),
        (("row", 1, "teachers", "T1", "nose=5"), "不是“列=值”"),
        (("row", 1, "teechers", "T1", "name=5"), "没有这张表"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(draft, more, sentence):
    draft("new")
    code, out, err = draft(*more)
    assert (code, out) == (2, "")
    assert sentence in err


def test_conflicts_are_published_only_with_a_reason(draft):
    draft("new")
    draft("move", 1, "R1#1", "5-1")
    code, _, err = draft("publish", 1)
    assert code == 2
    assert "处冲突" in err
    assert draft("publish", 1, "--reason", "临时")[0] == 0
    assert "已发布为第2版，不能再改" in draft("publish", 1)[2]
    assert "已发布为第2版" in draft("undo", 1)[2]
