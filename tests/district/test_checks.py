"""Faults of a district, each in one sentence before anything starts."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.cli.main import main
from scheduler.district.checks import errors_of, warnings_of
from scheduler.district.sharing.fairness import fairness, met_by, met_in_turn
from scheduler.district.sharing.shares import share
from scheduler.district.sharing.telling import school_sentences, teacher_sentences
from scheduler.formats.tables.files.writing import write_folder
from scheduler.model.district import District
from scheduler.model.errors import InputError
from scheduler.model.settings import RuleSetting
from tests.builders import fixed
from tests.district.towns import town


def _with(district: District, **tables: object) -> District:
    return district.with_problem(replace(district.problem, **tables))  # type: ignore[arg-type]


def test_a_sound_district_has_no_faults() -> None:
    assert errors_of(town(0, 4)) == ()


def test_fixed_lessons_of_one_teacher_at_two_schools_must_not_overlap() -> None:
    held = (fixed("S1C1-MUS", 2, 3), fixed("S2C1-MUS", 2, 3))
    (fault,) = errors_of(_with(town(0, 3), fixed=held))
    assert fault.sentence("zh").startswith(
        "【固定课】：“TM”周游的固定课在两所学校冲突："
    )
    # The way takes 20 minutes, and between the two rows are 10.
    near = (fixed("S1C1-MUS", 2, 3), fixed("S2C1-MUS", 2, 4))
    (fault,) = errors_of(_with(town(0, 3), fixed=near))
    assert "too near each other" in fault.sentence("en")
    assert "路上要20分钟" in fault.sentence("zh")
    far = (fixed("S1C1-MUS", 2, 3), fixed("S2C1-MUS", 2, 5))
    assert errors_of(_with(town(0, 3), fixed=far)) == ()


def test_a_venue_that_no_agreement_opens_is_told() -> None:
    (fault,) = errors_of(_with(town(0, 3), agreements=()))
    assert fault.sentence("en") == (
        'venues: "PARK" 社区公园 is opened by no agreement, yet lessons are to be '
        "there. Maybe an agreement is missing?"
    )


def test_a_venue_that_neither_agreements_nor_lessons_name_is_a_warning() -> None:
    whole = town(0, 3).problem
    idle = replace(whole.venue["PARK"], venue_id="HALL", name="体育馆")
    district = _with(town(0, 3), venues=(*whole.venues, idle))
    assert errors_of(district) == ()
    (told,) = warnings_of(district)
    assert told.sentence("zh") == (
        "【场地】：“HALL”体育馆没有任何场地协议开放，各校都用不到。请补充协议。"
    )
    assert warnings_of(town(0, 3)) == ()


def test_firm_agreements_that_promise_too_much_are_told() -> None:
    district = town(0, 3, places=1, days=(2,))
    firm = tuple(replace(a, firm=True) for a in district.problem.agreements)
    (fault,) = errors_of(_with(district, agreements=firm))
    assert "holds 1 classes at once" in fault.sentence("en")
    with pytest.raises(InputError):
        share(_with(district, agreements=firm), 30)


def test_each_school_is_told_what_it_gets_and_what_nobody_can_give() -> None:
    district = _with(
        town(0, 3, places=1, own=False, days=(2,)),
        rules=(
            *town(0, 3).problem.rules,
            RuleSetting("district", parameters=(("schools_a_term", 2),)),
        ),
    )
    shares = share(district, 30)
    # Three rows for one class: two classes of the first to come, one of the second.
    assert met_in_turn(shares, 30) == (2, 1, 0)
    assert met_by(shares) == (1, 1, 1)
    assert fairness(shares, (2, 1, 0)).least == 0
    told = dict(school_sentences(shares))
    assert told["S1"].zh == (
        "第1小学分到社区公园周二下午：所缺6节得1节；"
        "任何分法都不能让最差的学校超过14 %。"
    )
    assert told["S1"].en == (
        "第1小学 gets 社区公园 on Tuesday afternoon: 1 of the 6 lessons it lacks; no "
        "division gives the worst-off school more than 14 %."
    )
    teachers = [text.en for _, text in teacher_sentences(shares)]
    assert teachers[-1] == "周游 teaches at 3 schools, more than the 2 allowed."


def test_the_commands_share_and_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_folder(town(0, 3).problem, tmp_path / "data")
    command = [
        "district",
        "share",
        str(tmp_path / "data"),
        "--out",
        str(tmp_path / "o"),
    ]
    assert main([*command, "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "第1小学 gets 社区公园" in out
    told = json.loads((tmp_path / "o" / "shares.json").read_text())
    first, fair = told["fairness"]
    assert first["least"] <= fair["least"]
    # The park holds 2 classes; every school may send 1 or 2 on two afternoons.
    assert {(x["places"], x["day"]["en"]) for x in told["hours"]} == {
        *((2, "Tuesday"), (2, "Thursday")),
    }
    assert all(x["given"] <= x["places"] for x in told["hours"])
    assert {p.name for p in (tmp_path / "o").iterdir()} == {
        *("shares.json", "shares.xlsx", "shares.html"),
        *("windows.csv", "half_days.csv"),
    }
    command[1] = "check"
    assert main([*command, "--lang", "en"]) == 2
    assert "Run district solve first." in capsys.readouterr().err
