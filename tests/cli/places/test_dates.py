"""cuofeng dates: what single dates do to a timetable, and the proposals it keeps."""

import json
from dataclasses import replace

import pytest

from scheduler.cli import main
from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.files.workbook_writing import write_workbook
from scheduler.formats.tables.files.writing import write_folder
from scheduler.formats.tables.timetable_writing import write_timetable
from scheduler.model.closures import Closure, ClosureKind
from tests.term.builders import dates, placement, problem, timetable

(DAY, EVENT) = dates("9-8", "9-15")


@pytest.fixture
def school(tmp_path):
    """C2 has PE on the north half on Tuesdays, closed once; another day is a feast."""
    given = problem(
        closures=(
            Closure("X1", ClosureKind.ZONE, "北半场", DAY, name="维修"),
            Closure("X2", ClosureKind.SCHOOL, "S", EVENT, name="运动会"),
        )
    )
    write_folder(given, tmp_path / "school")
    write_workbook(given, tmp_path / "school.xlsx")
    table = timetable(given, R1=placement(layout_id="L-NORTH"))
    write_timetable(table, tmp_path / "timetable.csv")
    return tmp_path


def run(capsys, school, *more, data="school"):
    """Exit code, output and errors of the command."""
    paths = map(str, (school / data, school / "timetable.csv"))
    code = main(["dates", *paths, "--from", "2026-09-01", *more])
    return code, *capsys.readouterr()


def test_every_clash_and_event_has_its_sentence(capsys, school):
    code, out, _ = run(capsys, school)

    assert out.splitlines() == [
        "2026-09-15 周二 铁山路学校有活动（运动会），1节课停上",
        "2026-09-08 周二 08:00–08:40 三(2)班体育与健康：田径场，场地此时停用（维修）"
        " → 田径场(南半场)",
        "1节课当天没有场地：1节有换场方案，0节没有；1节因活动停上。",
    ]
    assert code == 0


def test_apply_keeps_the_proposals_and_the_next_run_finds_nothing_left(capsys, school):
    run(capsys, school, "--apply")
    code, out, _ = run(capsys, school, "--json")

    (row,) = read_problem(school / "school").problem.replacements
    assert (row.date, row.lesson_id, row.layout_id) == (DAY, "R1#1", "L-SOUTH")
    assert (code, json.loads(out)["clashes"]) == (0, [])


def test_apply_to_a_workbook_puts_the_moves_into_its_sheet(capsys, school):
    book = school / "school.xlsx"
    before, given = book.read_bytes(), read_problem(book).problem
    code, out, _ = run(capsys, school, "--apply", data="school.xlsx")
    again, left, _ = run(capsys, school, "--json", data="school.xlsx")

    (row,) = read_problem(book).problem.replacements
    assert (row.date, row.lesson_id, row.layout_id) == (DAY, "R1#1", "L-SOUTH")
    assert replace(given, replacements=(row,)) == read_problem(book).problem
    assert (code, again, json.loads(left)["clashes"]) == (0, 0, [])
    assert "已写入【单日换场】表" in out
    assert (school / "school.previous.xlsx").read_bytes() == before


@pytest.mark.usefixtures("english")
def test_date_outside_the_term_is_warned_of(capsys, school):
    path = school / "school" / "closures.csv"
    path.write_text(
        path.read_text("utf-8").replace("2026-09-15", "2025-09-15"), "utf-8"
    )
    _, _, err = run(capsys, school)

    assert 'closures row 3, date: "2025-09-15" is outside the term' in err


def test_dates_before_the_one_given_are_left_alone(capsys, school):
    _, out, _ = run(capsys, school, "--json", "--from", "2026-09-09")
    facts = json.loads(out)

    assert (facts["clashes"], len(facts["fallen"])) == ([], 1)


@pytest.mark.usefixtures("english")
def test_date_that_is_none_is_refused(capsys, school):
    code, _, err = run(capsys, school, "--from", "soon")
    assert code == 2
    assert '--from: "soon" is not a date YYYY-MM-DD. ' in err


def test_move_by_hand_to_a_date_without_the_lesson_is_named(capsys, school):
    path = school / "school" / "replacements.csv"
    path.write_text("date,lesson_id,layout_id\n2026-09-09,R1#1,L-SOUTH\n", "utf-8")
    code, out, _ = run(capsys, school)

    assert (
        "2026-09-09 周三 三(2)班体育与健康 → 田径场(南半场)：当天不上这节课，没有作用"
        in out
    )
    assert code == 0


@pytest.mark.usefixtures("english")
def test_date_after_the_term_is_refused(capsys, school):
    code, out, err = run(capsys, school, "--from", "2027-09-01")

    assert (code, out) == (2, "")
    assert '"2027-09-01" is after the term (2026-09-01 to 2026-10-31)' in err
