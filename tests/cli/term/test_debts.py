"""cuofeng debts: what is owed, and how it is given back."""

import json

import pytest

from scheduler.cli import main
from scheduler.services.offices import Store
from tests.services.builders import Clock, publish


@pytest.fixture
def url(tmp_path, monkeypatch):
    """Class 3(2) has PE on Fridays; it is 1 September."""
    clock = Clock()
    made = f"sqlite:///{tmp_path / 'school.db'}"
    store = Store.open(made, clock)
    publish(store.add_office("s", "铁山路学校"), day=5)
    store.close()
    clock.set(9, 1)
    opened = Store.open
    monkeypatch.setattr(Store, "open", staticmethod(lambda url: opened(url, clock)))
    return made


def test_debts_are_listed_proposed_and_repaid(url, capsys):
    assert main(["debts", "--database", url]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2026-09-25（周五）三(2)班体育与健康1节：中秋节，未补",
        "2026-10-02（周五）三(2)班体育与健康1节：国庆节，未补",
        "共欠2节。",
    ]
    assert main(["debts", "--database", url, "--until", "2026-10-31", "--apply"]) == 0
    assert capsys.readouterr().out.splitlines()[2:] == [
        "→ 2026-09-02（周三）08:00–08:40 三(2)班体育与健康（王芳，田径场(北半场)），"
        "补2026-09-25中秋节",
        "→ 2026-09-03（周四）08:00–08:40 三(2)班体育与健康（王芳，田径场(北半场)），"
        "补2026-10-02国庆节",
        "可补2节，到2026-09-03补完，0节没有时间。已登记。",
    ]
    assert main(["debts", "--database", url, "--all", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["debts"]
    assert [debt["repaid_on"] for debt in found] == ["2026-09-02", "2026-09-03"]


def test_what_cannot_be_repaid_in_time_is_a_no(url, capsys):
    assert main(["debts", "--database", url, "--until", "2026-09-02"]) == 1
    assert "× 三(2)班体育与健康1节（2026-10-02）" in capsys.readouterr().out


def test_unknown_ids_are_told_all_at_once(url, capsys, english):
    asked = ("--class", "C9", "--teacher", "T99")
    assert main(["debts", "--database", url, *asked]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 3
