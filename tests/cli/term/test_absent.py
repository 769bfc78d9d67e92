"""cuofeng absent: what is best for a teacher's lessons, shown or done."""

import json

import pytest

from scheduler.cli import main
from scheduler.services.offices import Store
from scheduler.term.cover.settings import CoverSettings
from tests.term.cover.school import school


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    """A database with the school of four teachers; days may be past by now."""
    url = f"sqlite:///{tmp_path_factory.mktemp('absent') / 'school.db'}"
    store = Store.open(url)
    table = school()
    office = store.add_office("s", "铁山路学校")
    office.publish(table.problem, table, "", "{}")
    office.set_cover_settings(CoverSettings(swap_reach=0))
    store.close()
    return url


def absent(capsys, url, *more):
    code = main(["absent", *more, "--database", url, "--note", "因病"])
    return code, *capsys.readouterr()


def test_proposals_are_shown_with_their_points_and_nothing_is_kept(capsys, url):
    code, out, err = absent(capsys, url, "T1", "--date", "2026-09-08")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "王芳 2026-09-08 事假"
    assert lines[1].startswith("2026-09-08（周二）08:00–08:40 三(2)班语文：最优 ")
    (best,) = [x for x in lines if "09:40–10:20" in x]
    assert "李明代课，共 40 分（" in best
    again = absent(capsys, url, "T1", "--date", "2026-09-08")
    assert again == (code, out, err)


def test_best_is_done_at_once_and_a_second_time_refused(capsys, url):
    given = ("T1", "--date", "2026-09-15", "--form", "2026-031", "--apply", "--json")
    code, out, err = absent(capsys, url, *given)
    assert (code, err) == (0, "")
    facts = json.loads(out)
    assert facts["applied"] is True
    assert [x["best"] for x in facts["lessons"]][1] == "substitute|T2||"
    main(["change", "--database", url, "--on", "2026-09-15"])
    told = capsys.readouterr().out
    assert "表单2026-031" in told
    assert "由李明上课" in told
    code, out, err = absent(capsys, url, *given)
    assert (code, out) == (2, "")
    assert "王芳2026-09-15已经登记请假，不必重复登记" in err


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("T9", "--date", "2026-09-08"), "【教师】表中没有“T9”"),
        (("T1", "--date", "2026-12-08"), "2026-12-08不在本学期之内"),
        (("T1", "--date", "2026-09-08", "--to", "2026-09-01"), "最后一天早于第一天"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(capsys, url, given, words):
    code, out, err = absent(capsys, url, *given)
    assert (code, out) == (2, "")
    assert words in err
    assert len(err.splitlines()) == 1


def test_day_without_lessons_needs_nothing(capsys, url):
    code, out, _ = absent(capsys, url, "T1", "--date", "2026-09-09")
    assert code == 0
    assert out.splitlines()[1] == "这段时间没有课。"
