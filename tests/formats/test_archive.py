"""Archives: exactly what was published comes back."""

import datetime as dt
import json
import zlib
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.formats.archive import NUMBER, pack, unpack, upgraded
from scheduler.model.errors import InputError
from scheduler.model.requirements import FixedLesson
from scheduler.model.resources import (
    Level,
    Post,
    ResourceKind,
    Teacher,
    Unavailability,
)
from scheduler.model.settings import RuleSetting
from scheduler.model.times import Week
from scheduler.model.venues import SiteDistance
from tests.term.builders import placement, problem, requirement, timetable

# Every table has a row, every kind of value occurs.
FULL = replace(
    problem(requirement(per_week=Fraction(3, 2), escort_ids=("T2",))),
    teachers=(
        Teacher("T1", "王芳", "S", ("PE", "CN"), 4, None, Post.TRAVELLING, "体育组"),
        Teacher("T2", "李,明\n\u0007", "S"),
    ),
    sites=(SiteDistance("S", "公园路1号", 10),),
    unavailable=(
        Unavailability(
            ResourceKind.ZONE, "北半场", 1, week=Week.ODD, level=Level.SOFT, start=480
        ),
    ),
    fixed=(FixedLesson("R1", 1, 2, 3, Week.EVEN), FixedLesson("R1", 2, 4, 1)),
    rules=(
        RuleSetting("SpreadLessons", True, Level.SOFT, 3),
        RuleSetting(
            "Limit", parameters=(("a", 1), ("b", 1.0), ("c", True), ("d", ("x", (2,))))
        ),
    ),
)


def test_unpack_full_problem_comes_back_equal():
    placed = timetable(FULL, R1=placement(2, week=Week.ODD, layout_id="L-PARK"))
    assert unpack(pack(placed)) == placed


def test_unpack_settings_keep_their_types():
    # 1 == 1.0 == True, so equality alone does not see them apart.
    found = unpack(pack(timetable(FULL))).problem.rules[1].parameters
    assert [type(value) for _, value in found] == [int, float, bool, tuple]


def test_pack_equal_timetables_to_equal_bytes():
    school = problem(requirement("R1"), requirement("R2"))
    there = timetable(school, R1=placement(1), R2=placement(2))
    back = timetable(school, R2=placement(2), R1=placement(1))
    assert pack(there) == pack(back)


@given(st.text(), st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)))
def test_unpack_any_name_and_date_come_back(name, date):
    school = problem(teachers=(Teacher("T1", name, "S"),))
    school = replace(school, term=replace(school.term, first_day=date))
    assert unpack(pack(timetable(school))).problem == school


def test_unpack_missing_field_takes_its_default():
    kept = json.loads(zlib.decompress(pack(timetable(FULL))))
    for teacher in kept["problem"]["teachers"]:
        del teacher["post"]
    archive = zlib.compress(json.dumps(kept).encode())
    posts = {teacher.post for teacher in unpack(archive).problem.teachers}
    assert posts == {Post.FULL_TIME}


def test_unpack_later_format_is_refused():
    archive = zlib.compress(json.dumps({"format": NUMBER + 1}).encode())
    with pytest.raises(InputError) as caught:
        unpack(archive)
    (fault,) = caught.value.errors
    assert fault.sentence("zh") == (
        f"archive：这份课表由更新版本的程序保存（存档格式{NUMBER + 1}，"
        f"本程序读到{NUMBER}）。请升级程序后再打开。"
    )


def test_upgraded_takes_each_step_from_its_number_on():
    steps = {
        1: lambda kept: kept | {"seen": [*kept["seen"], "1 to 2"]},
        2: lambda kept: kept | {"seen": [*kept["seen"], "2 to 3"]},
    }
    found = [upgraded({"format": number, "seen": []}, steps) for number in (1, 2, 3)]
    assert [kept["seen"] for kept in found] == [["1 to 2", "2 to 3"], ["2 to 3"], []]
    assert {kept["format"] for kept in found} == {3}


@pytest.mark.parametrize("number", range(1, NUMBER + 1))
def test_unpack_kept_archive_of_each_number_is_read(number):
    # Bytes that a program of that number wrote; they are never written anew.
    found = unpack((Path(__file__).parent / f"archives/{number}.archive").read_bytes())
    assert {t.name for t in found.problem.teachers} == {"王芳", "李,明\n\u0007"}
    (asked,) = found.problem.requirements
    assert asked.per_week == Fraction(3, 2)
    (lesson,) = found.placements
    placed = found.placements[lesson]
    assert (lesson, placed.day, placed.week) == ("R1#1", 2, Week.ODD)
    assert found.problem.rules[1].parameters[3] == ("d", ("x", (2,)))
    assert unpack(pack(found)) == found
