"""A district on a real cluster of two workers: complete, judged, kills lose nothing."""

import json
import os
import signal
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from distributed import Client
from openpyxl import load_workbook

from scheduler import __version__
from scheduler.district.judging import judge
from scheduler.district.sharing.fairness import met_in_turn
from scheduler.formats.tables.files.writing import write_folder
from scheduler.model.district import District
from scheduler.model.errors import InputError
from scheduler.model.timetable import Timetable
from scheduler.services.district import cluster
from scheduler.services.district.cluster import open_cluster
from scheduler.services.district.solving import (
    DistrictLimits,
    DistrictSolution,
    solve_district,
)
from scheduler.services.district.writing import write_district
from scheduler.solver.processes import start_child
from tests.builders import need, place, unavailable
from tests.district.towns import town
from tests.services.district.checker import broken

LIMITS = DistrictLimits(30.0, workers=2, seed=1, iterations=3000, rounds=1)


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with open_cluster("", 2) as client:
        yield client


def _silent(name: str, facts: Mapping[str, Any]) -> None:
    """Nobody watches."""


def _unnoted(what: str, given: Any) -> None:
    """Nobody notes."""


def _solved(district: District, client: Client) -> DistrictSolution:
    return solve_district(district, LIMITS, client, _silent, _unnoted)


@pytest.fixture(scope="module")
def six() -> District:
    return town(4, 6, places=3, days=(1, 2, 3, 4, 5))


@pytest.fixture(scope="module")
def found(six: District, client: Client) -> DistrictSolution:
    return _solved(six, client)


def test_six_schools_break_no_rule_of_an_independent_checker(
    six: District, found: DistrictSolution, tmp_path: Path
) -> None:
    write_folder(six.problem, tmp_path / "data")
    before = met_in_turn(found.shares, 30)
    write_district(found, before, tmp_path / "out", "zh")
    assert broken(tmp_path / "data", tmp_path / "out" / "timetable.csv") == []
    assert found.judgement.is_sound
    told = json.loads((tmp_path / "out" / "district.json").read_text())
    assert [x["state"]["en"] for x in told["results"]] == ["done"] * 6
    names = load_workbook(tmp_path / "out" / "district.xlsx").sheetnames
    assert names == ["各校结果", "课时与场地", "场地一周", "请求另分"]
    in_the_park = {p for p in found.judgement.timetable.meetings if p.layout}
    away = [m for m in in_the_park if m.layout and m.layout.layout_id == "LP"]
    assert len(told["venue_weeks"]) == len(away)
    assert sorted(p.name for p in (tmp_path / "out" / "schools").iterdir()) == [
        f"S{k}" for k in range(1, 7)
    ]


def test_workers_killed_in_every_round_lose_nothing_and_change_nothing(
    client: Client,
) -> None:
    """One in the first solves, one when they are tried again, one when they ask.

    The park has room for fewer lessons than the schools have to place there.
    """
    poor = town(4, 3, places=1, own=False)
    calm = _Watcher(client, ())
    found = solve_district(poor, LIMITS, client, calm.tell, calm.note)
    assert len(found.rounds) == 1
    lacking = sum(x.may_be_whole for x in found.solved.values())
    assert 0 < lacking <= 3
    wild = _Watcher(client, (0, 3, 3 + lacking))
    again = solve_district(poor, LIMITS, client, wild.tell, wild.note)
    assert wild.killed == 3
    placed = found.judgement.timetable.placements
    assert dict(again.judgement.timetable.placements) == dict(placed)
    assert wild.notes == calm.notes


class _Watcher:
    """Kills a worker at the next sign of life after so many schools have ended."""

    def __init__(self, client: Client, after: tuple[int, ...]) -> None:
        self._client, self._after = client, after
        self.notes = self.killed = 0
        self._marked: list[int] = []
        self._mark()

    def _mark(self) -> None:
        if self.notes in self._after:
            self._marked = list(self._client.run(os.getpid).values())[:1]

    def tell(self, name: str, facts: Mapping[str, Any]) -> None:
        if self._marked:
            os.kill(self._marked.pop(), signal.SIGKILL)
            self.killed += 1

    def note(self, what: str, given: Any) -> None:
        if what == "solved":
            self.notes += 1
            self._mark()


def test_a_school_that_cannot_be_solved_alone_is_named_and_the_others_go_on(
    client: Client,
) -> None:
    district = town(4, 3, places=3, days=(1, 2, 3, 4, 5))
    closed = tuple(unavailable("teacher", "S2CN", day) for day in range(1, 6))
    whole = district.problem
    given = replace(whole, unavailable=(*whole.unavailable, *closed))
    found = _solved(district.with_problem(given), client)
    assert [k for k, x in found.solved.items() if not x.is_sound] == ["S2"]
    (reason, *_) = found.solved["S2"].facts["reasons"]
    assert "王芳" in reason["zh"]
    assert len(found.judgement.unplaced) == found.solved["S2"].cost[0] == 6


def test_one_judgement_sees_a_teacher_at_two_schools_at_once() -> None:
    district = town(0, 2)
    district = district.with_problem(
        replace(
            district.problem,
            requirements=(
                need("A", "S1C1", "MUS", teacher_ids=("TM",)),
                need("B", "S2C1", "MUS", teacher_ids=("TM",)),
            ),
        )
    )
    whole = district.problem
    one = Timetable(whole, {"A#1": place(1, 1, teachers=("TM",))})
    other = Timetable(whole, {"B#1": place(1, 1, teachers=("TM",))})
    judged = judge(district, (one, other), 0)
    broken_rules = {r.name for r in judged.report.results if r.amount}
    assert "AvoidTeacherClashes" in broken_rules
    assert not judged.is_sound


def test_a_cluster_that_cannot_be_reached_is_told_before_anything_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster, "_CONNECT_SECONDS", 0.5)
    address = "tcp://127.0.0.1:9"
    with pytest.raises(InputError) as refused, open_cluster(address, 2):
        pass
    assert refused.value.errors[0].sentence("en") == (
        '--scheduler: "tcp://127.0.0.1:9" cannot be reached. Maybe tcp://host:8786 is '
        "meant?"
    )


_OTHER = """
import sys
import scheduler
scheduler.__version__ = "9.9"
from distributed import LocalCluster
with LocalCluster(n_workers=1, processes=False, protocol="tcp://", host="127.0.0.1",
                  dashboard_address=None) as cluster:
    print(cluster.scheduler_address, flush=True)
    sys.stdin.read()
"""


def test_a_cluster_of_another_version_is_refused() -> None:
    """A real one, in a process of its own, whose program says that it is 9.9."""
    child = start_child(("-c", _OTHER))
    assert child.stdout is not None
    try:
        address = child.stdout.readline().decode().strip()
        with pytest.raises(InputError) as refused, open_cluster(address, 2):
            pass
    finally:
        child.communicate()
    (fault,) = refused.value.errors
    told = f"runs another version (cuofeng 9.9; here cuofeng {__version__})"
    assert told in fault.sentence("en")
