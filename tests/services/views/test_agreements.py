"""What an agreement says and lacks, when it ends, and the week its partner is shown."""

import datetime as dt
import json

import pytest

from scheduler.cli import main
from scheduler.cli.commands.places import agreements
from scheduler.formats.tables.files.writing import write_folder
from scheduler.formats.tables.timetable_writing import write_timetable
from scheduler.formats.week_grid import agreement_grid
from scheduler.model.settings import RuleSetting
from scheduler.services.views.places.agreements import agreement_sheets
from scheduler.term.settling import date_clashes
from scheduler.term.versions import Versions
from tests.builders import (
    LAYOUTS,
    TERM,
    agreement,
    need,
    place,
    problem,
    timetable,
)

SEPTEMBER = dt.date(2026, 9, 10)


def at_the_park(*more, rules=(), along=(), **changes):
    """C1 (40 pupils) and D1 of another school in the park on Monday, period 3."""
    given = problem(
        need("R1", "C1", "PE", escort_ids=along),
        need("R2", "D1", "PE", teacher_ids=("T3",)),
        agreements=(
            agreement(**changes),
            agreement(agreement_id="W1", school_id="S2"),
            *more,
        ),
        rules=rules,
    )
    return timetable(
        given, R1=place(1, 3, "LP"), R2=place(1, 3, "LP", teachers=("T3",))
    )


def sheet(table, today=SEPTEMBER):
    """The sheet of school S1."""
    return agreement_sheets(table, date_clashes(Versions.of(table)), today)[0]


def test_week_of_an_agreement_holds_its_own_schools_lessons_only():
    table = at_the_park()
    grid = agreement_grid(table, "S1", "PARK")
    shown = {e.lesson_id for r in grid.rows for c in r.cells for e in c.entries}
    (line,) = sheet(table).lines

    assert shown == {"R1#1"}
    assert (line.time.en, line.classes, line.pupils, line.walk) == (
        *("Monday 10:00–10:40", "三(1)班", 40, 10),
    )


@pytest.mark.parametrize(
    ("changes", "needed"),
    [
        ({}, 1),
        ({"escorts": 2}, 2),
        ({"road_crossings": 0}, 1),
        ({"road_crossings": 2}, 2),
    ],
)
def test_escorts_needed_are_those_agreed_and_one_more_over_a_road(changes, needed):
    (line,) = sheet(at_the_park(along=("T2",), **changes)).lines

    assert (line.escorts, line.escorts_needed) == (("李强",), needed)
    assert line.lacks_escorts == (needed > 1)


def test_terms_and_what_is_missing_of_them():
    bare, whole = (
        at_the_park(),
        at_the_park(
            walk_metres=480,
            road_crossings=1,
            insurance="PICC-1",
            free=True,
            document="a.pdf",
            notice_days=3,
        ),
    )
    said = {label.en: value.en for label, value in sheet(whole).terms}

    assert len(sheet(bare).missing) == 4
    assert sheet(whole).missing == ()
    assert said["Walk"] == "480 m, minutes one way grade 1: 14, grade 3: 14"
    assert (said["Cost"], said["Insurance"]) == ("free", "PICC-1")


@pytest.mark.parametrize(
    ("last", "today", "urgent", "soon"),
    [
        # The term ends on 30 October 2026; thirty days of warning.
        (dt.date(2027, 8, 31), SEPTEMBER, "", ""),
        (dt.date(2026, 11, 29), SEPTEMBER, "", "in 80 day(s)"),
        (dt.date(2026, 11, 30), SEPTEMBER, "", ""),
        (dt.date(2026, 11, 30), dt.date(2026, 10, 31), "", "in 30 day(s)"),
        (dt.date(2026, 10, 12), SEPTEMBER, "ends within the term", ""),
        (dt.date(2026, 9, 9), SEPTEMBER, "ended on 2026-09-09", ""),
    ],
)
def test_agreement_that_runs_out_is_warned_of(last, today, urgent, soon):
    found = sheet(at_the_park(valid_to=last), today)

    assert [urgent in text.en for text in found.urgent] == [True] * bool(urgent)
    assert [soon in text.en for text in found.soon] == [True] * bool(soon)


def test_lessons_after_an_agreement_ends_have_a_place_proposed():
    # Mondays after 12 October: the 19th and the 26th.
    table = at_the_park(valid_to=dt.date(2026, 10, 12))
    clashes = date_clashes(Versions.of(table))
    own = {x.layout_id for x in LAYOUTS if x.venue_id == "FIELD"}

    assert [(c.lesson.lesson_id, c.lesson.date.day) for c in clashes] == [
        ("R1#1", 19),
        ("R1#1", 26),
    ]
    assert all(c.layout_id in own for c in clashes)
    # What befalls a lesson alike on several dates is one line.
    (line,) = sheet(table).moved
    assert line.zh.startswith("周一 10:00–10:40 三(1)班体育与健康：社区公园，")
    assert line.zh.endswith("（2次：10-19、10-26）")


def test_windows_that_end_alike_are_one_sentence():
    late = TERM.last_day + dt.timedelta(days=5)
    second = agreement(2, agreement_id="XY9", valid_to=late)
    table = at_the_park(second, valid_to=late)
    (soon,) = sheet(table).soon
    assert soon.zh.startswith(f"XY1、XY9将于{late}到期（还有")


def test_command_lists_agreements_and_says_no_where_one_ends_too_early(
    tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr(agreements, "local_today", lambda _: TERM.first_day)
    rules = (RuleSetting("agreements", parameters=(("percent", 50),)),)
    table = at_the_park(rules=rules, valid_to=TERM.last_day - dt.timedelta(days=18))
    write_folder(table.problem, tmp_path / "school")
    write_timetable(table, tmp_path / "timetable.csv")
    paths = map(str, (tmp_path / "school", tmp_path / "timetable.csv"))
    code = main(["agreements", *paths, "--json"])
    first, other = json.loads(capsys.readouterr().out)["agreements"]

    assert code == 1
    assert (first["school_id"], len(first["moved"])) == ("S1", 1)
    assert [x["lesson_id"] for x in other["lessons"]] == ["R2#1"]


def test_terms_that_rows_do_not_share_name_their_agreements():
    second = agreement(2, walk_minutes=25, insurance="BX2", notice_days=3)
    shown = sheet(at_the_park(second, notice_days=3))
    facts = {label.en: text for label, text in shown.terms}

    assert facts["Walk"].zh == "单程10分钟（XY1）；单程25分钟（XY2）"
    assert facts["Walk"].en == "10 minutes one way (XY1); 25 minutes one way (XY2)"
    assert facts["Notice"].zh == "3天"
    assert facts["Insurance"].zh == "BX2"
    assert "no insurance is named (XY1)" in [w.en for w in shown.missing]


def test_club_in_the_park_counts_the_pupils_who_come():
    given = problem(
        need("R1", "C1;C2", "PE", pupils=24), agreements=(agreement(max_classes=2),)
    )
    (line,) = sheet(timetable(given, R1=place(1, 3, "LP"))).lines

    assert line.pupils == 24
