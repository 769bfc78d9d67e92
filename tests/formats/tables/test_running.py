"""Timetables whose data have changed since: differences, not faults."""

import pytest

from scheduler.formats.tables.timetable_reading import read_running
from scheduler.model.errors import InputError
from scheduler.model.times import Week
from tests.builders import need, place, problem

HEAD = "lesson_id,teacher_ids,week,day,period,length,layout_id\n"


@pytest.fixture
def read(tmp_path):
    def read(rows):
        path = tmp_path / "running.csv"
        path.write_text(HEAD + rows, encoding="utf-8")
        return read_running(problem(need("R1", "C1", "CN", "2")), path)

    return read


def test_rows_that_fit_have_no_difference(read):
    reading = read("R1#1,T1,every,1,1,1,home\nR1#2,,,,,,\n")

    assert reading.differences == ()
    assert reading.placements == {"R1#1": place(1, 1)}


def test_strange_ids_and_periods_are_kept_and_told(read):
    reading = read(
        "R1#1,T99,every,1,1,1,OLD\nR1#2,T1,every,1,9,1,home\nR9#1,T1,odd,1,1,2,home\n"
    )

    assert [(d.row, d.column, d.value) for d in reading.differences] == [
        (2, "teacher_ids", "T99"),
        (2, "layout_id", "OLD"),
        (3, "period", "9"),
        (4, "lesson_id", "R9#1"),
    ]
    assert reading.placements["R1#1"].teacher_ids == ("T99",)
    assert reading.placements["R1#2"].period == 9
    assert reading.placements["R9#1"] == place(1, 1, week=Week.ODD, length=2)


def test_slips_are_faults_all_at_once(read):
    with pytest.raises(InputError) as caught:
        read("R1#1,T1,every,1,,1,home\nR1#1,T1,every,8,1,1,home\n")

    # A Monday without a period, a lesson twice, an eighth weekday.
    assert [(e.row, e.column) for e in caught.value.errors] == [
        (2, "period"),
        (3, "day"),
        (3, "lesson_id"),
    ] or {(e.row, e.column) for e in caught.value.errors} == {
        (2, "period"),
        (3, "day"),
        (3, "lesson_id"),
    }
