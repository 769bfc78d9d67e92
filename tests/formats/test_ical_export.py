"""Calendar files for download."""

import datetime as dt

from icalendar import Calendar

from scheduler.formats.ical import export_ics
from scheduler.model.resources import ClassGroup, Teacher
from tests.term.builders import placement, problem, timetable

STAMP = dt.datetime(2026, 8, 25, 8, tzinfo=dt.UTC)


def test_export_ics_one_file_per_teacher_class_and_venue(tmp_path):
    placed = timetable(R1=placement(1, layout_id="L-NORTH"))
    paths = export_ics(placed, tmp_path / "out", STAMP)
    counts = {
        path.name: len(Calendar.from_ical(path.read_bytes()).walk("VEVENT"))
        for path in paths
    }
    # Seven Mondays that are not closed.
    assert counts == {
        "教师-王芳-T1.ics": 7,
        "教师-李明-T2.ics": 0,
        "班级-三(1)班-C1.ics": 0,
        "班级-三(2)班-C2.ics": 7,
        "场地-田径场-FIELD.ics": 7,
        "场地-社区公园-PARK.ics": 0,
    }


def test_export_ics_names_are_safe_and_unique_on_windows(tmp_path):
    school = problem(
        classes=(
            ClassGroup("C2", "S", 3, "三/2", 40, "B"),
            ClassGroup("c2", "S", 3, "三:2", 40, "B"),
        ),
        teachers=(Teacher("T1", "CON?", "S"), Teacher("t" * 300, "长", "S")),
        venues=(),
        zones=(),
        layouts=(),
        agreements=(),
    )
    paths = export_ics(timetable(school, R1=placement(1)), tmp_path, STAMP)
    assert [path.name for path in paths] == [
        "教师-CON_-T1.ics",
        # 60 characters before the ending.
        "教师-长-" + "t" * 55 + ".ics",
        "班级-三_2-C2.ics",
        "班级-三_2-c2-2.ics",
    ]


def test_export_ics_twice_writes_the_same_bytes(tmp_path):
    placed = timetable(R1=placement(1))
    first = [p.read_bytes() for p in export_ics(placed, tmp_path / "a", STAMP)]
    second = [p.read_bytes() for p in export_ics(placed, tmp_path / "b", STAMP)]
    assert first == second
