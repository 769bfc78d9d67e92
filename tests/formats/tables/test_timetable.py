"""Timetables read and written: defaults, faults at once, contradictions as warnings."""

import csv
import io

import pytest

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.timetable_reading import _same_form, read_timetable
from scheduler.formats.tables.timetable_writing import write_timetable
from scheduler.model.errors import InputError
from scheduler.model.meeting import Placement
from scheduler.model.times import Week
from scheduler.model.timetable import Timetable
from tests.formats.primary_school import EXAMPLE, english

SHORT = "lesson_id,day,period\n"


@pytest.fixture(scope="module")
def problem():
    return read_problem(EXAMPLE).problem


@pytest.fixture
def read(tmp_path, problem):
    def read(text):
        path = tmp_path / "timetable.csv"
        path.write_text(text, encoding="utf-8")
        return read_timetable(problem, path)

    return read


@pytest.fixture
def errors(read):
    def errors(text):
        with pytest.raises(InputError) as caught:
            read(text)
        return [english(str(fault)) for fault in caught.value.errors]

    return errors


def test_read_timetable_example_is_written_as_it_was(tmp_path, problem):
    given = EXAMPLE / "timetable.csv"
    reading = read_timetable(problem, given)
    assert reading.warnings == ()
    assert len(reading.timetable.placements) == 361

    write_timetable(reading.timetable, tmp_path / "timetable.csv")
    written = (tmp_path / "timetable.csv").read_bytes()
    plain = given.read_bytes().replace(b"\r\n", b"\n")
    assert written == b"\xef\xbb\xbf" + plain


def test_read_timetable_sheet_of_a_workbook_reads_the_same(tmp_path, problem):
    reading = read_timetable(problem, EXAMPLE / "timetable.csv")
    write_timetable(reading.timetable, tmp_path / "timetable.xlsx")
    assert read_timetable(problem, tmp_path / "timetable.xlsx") == reading


def test_read_timetable_short_row_takes_the_defaults(read):
    # R0017 has the teachers T025 and T004 and one block of 2.
    placements = read(SHORT + "R0017#1,3,1\n").timetable.placements
    expected = Placement(Week.EVERY, 3, 1, "home", ("T025", "T004"), 2)
    assert placements == {"R0017#1": expected}


def test_read_timetable_keeps_other_teachers_week_and_length(read):
    head = "lesson_id,day,period,teacher_ids,week,length,layout_id\n"
    row = "R0017#1,周三,1,T001,even,1,L-HALL\n"
    expected = Placement(Week.EVEN, 3, 1, "L-HALL", ("T001",), 1)
    assert read(head + row).timetable.placements == {"R0017#1": expected}


def test_read_timetable_lesson_id_may_have_spaces_and_full_width_letters(read):
    placements = read(SHORT + " Ｒ0017＃1 ,3,1\n").timetable.placements
    assert list(placements) == ["R0017#1"]


def test_read_timetable_empty_day_is_unplaced(read):
    assert read(SHORT + "R0017#1,,\n").timetable.placements == {}


def test_read_timetable_faults_come_at_once_with_their_rows(errors):
    head = "lesson_id,day,period,teacher_ids,layout_id\n"
    rows = (
        "R0017#1,3,1,,\n"
        "R0017#2,3,1,,\n"
        "R0017#1,3,2,,\n"
        "R0002#1,2,5,T0100,\n"
        "R0003#1,2,3,,L-HAL\n"
        "R0006#1,4,17,,\n"
        "R0007#1,4,first,,\n"
        "R0008#1,4,,,\n"
    )
    assert errors(head + rows) == [
        'timetable row 3, lesson_id: "R0017#2" is not a lesson of the '
        "problem. Maybe per_week was changed? R0017 has 1.",
        'timetable row 4, lesson_id: "R0017#1" repeats row 2.',
        'timetable row 5, teacher_ids: "T0100" is not in the table of teachers. '
        'Maybe "T010" is meant?',
        'timetable row 6, layout_id: "L-HAL" is not in the table of layouts. '
        'Maybe "L-HALL" is meant?',
        'timetable row 7, period: "17" is not a period of bell-high on Thursday.',
        'timetable row 8, period: "first" is not a number. Maybe write it in digits?',
        "timetable row 9, period: is empty, but the day is given.",
    ]


def test_read_timetable_missing_columns_are_named(errors):
    assert errors("lesson_id\nR0017#1\n") == [
        "timetable, day: the column is missing.",
        "timetable, period: the column is missing.",
    ]


def test_read_timetable_empty_file_is_an_error(errors):
    assert errors("") == ["timetable.csv: is empty."]


def test_read_timetable_path_that_is_not_there_is_named(tmp_path, problem):
    with pytest.raises(InputError) as caught:
        read_timetable(problem, tmp_path / "no.csv")
    (fault,) = caught.value.errors
    assert english(str(fault)) == f"{tmp_path / 'no.csv'}: there is no such file."


def test_read_timetable_contradicting_cells_are_warnings(read):
    head = "lesson_id,day,period,subject_id,start,venue_id,class_ids\n"
    warnings = read(head + "R0017#1,3,1,PE,08:20:00,V-GYM,G4C02\n").warnings
    assert [english(str(warning)) for warning in warnings] == [
        'timetable row 2, subject_id: "PE" should be LAB; it is ignored.',
        'timetable row 2, venue_id: "V-GYM" should be -; it is ignored.',
    ]


def test_write_timetable_unplaced_rows_keep_ids_and_length(tmp_path, problem):
    write_timetable(Timetable(problem, {}), tmp_path / "timetable.csv")
    content = (tmp_path / "timetable.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))

    assert b"\r" not in content
    assert [row["lesson_id"] for row in rows] == [x.lesson_id for x in problem.lessons]
    assert {k: x for k, x in rows[_row(problem)].items() if x} == {
        "lesson_id": "R0017#1",
        "requirement_id": "R0017",
        "school_id": "S1",
        "class_ids": "G4C02",
        "subject_id": "LAB",
        "teacher_ids": "T025;T004",
        "length": "2",
    }


def _row(problem):
    return problem.lessons.index(problem.lesson["R0017#1"])


def test_write_timetable_replaces_only_when_told(tmp_path, problem):
    path = tmp_path / "timetable.csv"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_timetable(Timetable(problem, {}), path)
    assert path.read_text(encoding="utf-8") == "mine"
    write_timetable(Timetable(problem, {}), path, replace=True)
    assert read_timetable(problem, path).timetable.placements == {}


@pytest.mark.parametrize(
    ("written", "again"),
    [("08:20", "8:20:00"), ("09:00", "9:00:00"), ("10:00", "10:00"), ("09:00", "9:00")],
)
def test_times_saved_again_by_a_spreadsheet_program_are_the_same(written, again):
    assert _same_form(written) == _same_form(again)


def test_times_that_differ_stay_different():
    assert _same_form("09:00") != _same_form("9:10:00")
