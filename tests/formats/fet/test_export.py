"""Files written: what FET gets back of an import, and of any other problem."""

from dataclasses import replace

import pytest

from scheduler.formats.fet.export.elements import branch, leaf, written
from scheduler.formats.fet.export.exporting import EXPORTED_FILE, export_fet
from scheduler.formats.fet.export.fixing import in_order_of_sets
from scheduler.formats.fet.folder import import_fet
from scheduler.formats.fet.importing import import_document
from scheduler.formats.fet.reading import read_fet
from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.model.limits import Limit, LimitKind, LimitOn
from scheduler.model.relations import Relation, RelationKind
from scheduler.model.requirements import WeekRule
from scheduler.model.resources import Level
from scheduler.model.times import Bell, Week
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Zone
from tests.formats.fet.builder import activity, fet_bytes, min_days, room
from tests.formats.fet.test_constraints import placed
from tests.formats.fet.test_import import for_subject
from tests.formats.primary_school import EXAMPLE
from tests.small_school import at, need, small_problem


def exported(timetable, source, out):
    """The document written of a timetable, and the notes in English."""
    notes = export_fet(timetable, source, out)
    return read_fet(out / EXPORTED_FILE), [note.en for note in notes]


def starts_of(document):
    """Fixed day and hour by activity."""
    return {
        int(c.text("Activity_Id")): (c.text("Preferred_Day"), c.text("Preferred_Hour"))
        for c in document.constraints
        if c.type == "ActivityPreferredStartingTime"
    }


def rooms_of(document):
    """Fixed room and real rooms by activity."""
    return {
        int(c.text("Activity_Id")): (c.text("Room"), *c.texts("Real_Room"))
        for c in document.constraints
        if c.type == "ActivityPreferredRoom"
    }


@pytest.fixture
def imports(tmp_path):
    """An imported folder with three activities, the last in a virtual room."""
    content = fet_bytes(
        [
            activity(1, "T1", "Y1", group=1),
            activity(2, "T1", "Y1", group=1),
            activity(3, "T2", "Y2", "S2"),
        ],
        min_days(1, 2),
        for_subject("V"),
        rooms=[room("R1"), room("R2"), room("R3"), room("V", sets=["R1", "R2 R3"])],
    )
    (tmp_path / "x.fet").write_bytes(content)
    return import_fet(tmp_path / "x.fet", tmp_path / "school")


def test_an_import_comes_back_with_its_times_and_rooms_fixed(imports, tmp_path):
    layout = imports.mapping.rooms.layout_of_choice("V", ("R1", "R3"))
    timetable = placed(imports, "11", "34", "52", layouts={1: layout, 2: layout})

    document, notes = exported(timetable, tmp_path / "school", tmp_path)

    assert notes == []
    assert starts_of(document) == {1: ("D1", "H1"), 2: ("D3", "H4"), 3: ("D5", "H2")}
    assert rooms_of(document) == {1: ("V", "R1", "R3"), 2: ("V", "R1", "R3")}
    before, after = imports.mapping.document, document
    assert (after.years, after.activities, after.rooms) == (
        before.years,
        before.activities,
        before.rooms,
    )
    assert [c.type for c in before.constraints] == [
        c.type for c in after.constraints if c.type[:17] != "ActivityPreferred"
    ]


def test_a_time_that_the_file_fixes_already_is_not_said_twice(imports, tmp_path):
    timetable = placed(imports, "11", "34", "52")
    exported(timetable, tmp_path / "school", tmp_path)
    again = import_fet(tmp_path / EXPORTED_FILE, tmp_path / "again")

    document, _ = exported(
        placed(again, "11", "34", "52"), tmp_path / "again", tmp_path
    )

    assert len(document.constraints) == len(again.mapping.document.constraints)
    assert {(f.requirement_id, f.day, f.period) for f in again.problem.fixed} == {
        ("A1", 1, 1),
        ("A1", 3, 4),
        ("A3", 5, 2),
    }


def test_tables_changed_since_the_import_are_written_anew_and_that_is_said(
    imports, tmp_path
):
    timetable = placed(imports, "11", "34", "52")
    fewer = replace(timetable.problem, relations=())
    timetable = Timetable(fewer, timetable.placements)

    document, notes = exported(timetable, tmp_path / "school", tmp_path)

    assert notes[0].startswith("the tables were changed since the import")
    assert "MinDaysBetweenActivities" not in {c.type for c in document.constraints}
    assert len(starts_of(document)) == 3


def test_unplaced_lessons_are_counted(imports, tmp_path):
    timetable = Timetable(imports.problem, {})

    document, notes = exported(timetable, tmp_path / "school", tmp_path)

    assert (starts_of(document), notes) == (
        {},
        ["3 lesson(s) without a place are not fixed"],
    )


def test_the_real_rooms_of_a_virtual_one_stand_in_the_order_of_its_sets():
    sets = (("R1", "R2"), ("R2", "R3"))

    assert in_order_of_sets(sets, ("R2", "R1")) == ("R1", "R2")
    assert in_order_of_sets(sets, ("R3", "R2")) == ("R2", "R3")


def test_a_school_of_ours_is_read_back_with_every_lesson_where_it_was(tmp_path):
    problem = read_problem(EXAMPLE).problem
    timetable = read_timetable(problem, EXAMPLE / "timetable.csv").timetable

    document, notes = exported(timetable, EXAMPLE, tmp_path)
    again = import_document(document, "again.fet")

    # Two lessons that alternate at one time are one activity.
    activities = document.active
    assert len(again.problem.fixed) == len(activities) < len(timetable.meetings)
    assert sum("alternate at one time" in note for note in notes) == 1
    assert again.report.is_complete
    # By class, day and first minute: the same beginnings as in the timetable.
    before = {(c, m.day, m.start) for m in timetable.meetings for c in m.class_ids}
    names = starts_of(document)
    found = set()
    for one in activities:
        day, hour = names[one.activity_id]
        minute = int(hour[:2]) * 60 + int(hour[3:5])
        found |= {(c, document.day_index[day] + 1, minute) for c in one.students}
    assert found <= before
    # What is left out is said: the partner of a lesson that overlaps in part.
    assert len(before - found) <= 1


def test_every_other_week_meets_as_one_activity_of_all(tmp_path):
    problem = small_problem(
        need("R1", "A", "CN", per_week="0.5", week=WeekRule.ALTERNATE),
        need(
            "R2",
            "A",
            "PE",
            per_week="0.5",
            week=WeekRule.ALTERNATE,
            teacher_ids=("T2",),
        ),
    )
    timetable = Timetable(
        problem,
        {
            "R1#1": at(1, 1, week=Week.ODD),
            "R2#1": at(1, 1, "L1", Week.EVEN, teachers=("T2",)),
        },
    )

    document, notes = exported(timetable, tmp_path, tmp_path)

    (one,) = document.active
    assert (set(one.teachers), one.students) == ({"T1", "T2"}, ("A",))
    assert rooms_of(document) == {1: ("Z1",)}
    assert any("has no odd and even weeks: 1 set(s)" in note for note in notes)


def test_what_overlaps_in_part_in_the_other_week_is_written_once(tmp_path):
    # T1 has A on Mondays 9:15 to 9:55 and C, of another bell, 9:30 to 10:10.
    problem = small_problem(
        need("R1", "A", "CN", per_week="0.5", week=WeekRule.ALTERNATE),
        need("R2", "C", "CN", per_week="0.5", week=WeekRule.ALTERNATE),
    )
    timetable = Timetable(
        problem,
        {
            "R1#1": at(1, 2, week=Week.ODD),
            "R2#1": at(1, 2, week=Week.EVEN),
        },
    )

    document, notes = exported(timetable, tmp_path, tmp_path)

    first, second = document.active
    assert (first.teachers, first.students) == (("T1",), ("A",))
    assert (second.teachers, second.students) == ((), ("C",))
    assert any("1 lesson(s) overlap one of the other week" in note for note in notes)


def test_limits_and_relations_are_written_and_soft_ones_counted(tmp_path):
    problem = small_problem(
        need("R1", "A", "CN", per_week="2"), need("R2", "B", "CN", per_week="1")
    )
    # Mondays only, for on Fridays this bell rings at other times.
    high = next(b for b in problem.bells if b.bell_id == "high")
    monday = Bell("high", tuple(p for p in high.periods if p.day == 1))
    problem = replace(
        problem,
        bells=(monday, *(b for b in problem.bells if b is not high)),
        limits=(
            Limit("L1", LimitKind.MAX_DAYS, LimitOn.TEACHER, 2, ("T1",)),
            Limit("L2", LimitKind.MAX_IDLE_A_DAY, LimitOn.CLASS, 1),
            Limit("L3", LimitKind.MAX_DAYS, LimitOn.CLASS, 2, level=Level.SOFT),
        ),
        relations=(
            Relation("C1", RelationKind.MIN_DAYS_BETWEEN, ("R1",), 2),
            Relation("C2", RelationKind.CONSECUTIVE, ("R1#1", "R2#1")),
            Relation("C3", RelationKind.MAX_LAYOUTS, ("R1",), 1),
        ),
    )

    document, notes = exported(Timetable(problem, {}), tmp_path, tmp_path)
    again = import_document(document, "again.fet").problem

    assert [(x.kind, x.value, x.ids) for x in again.limits] == [
        ("max_days", 2, ("T1",)),
        ("max_idle_a_day", 1, ("A", "B")),
    ]
    kinds = {x.kind: (x.lessons, x.value) for x in again.relations}
    assert kinds["min_days_between"] == (("A1",), 2)
    # Over break hours the import says it in three rows.
    assert kinds["ordered_if_same_day"] == (("A1#1", "A3#1"), None)
    assert any("limits that are soft" in n and "max_days 1" in n for n in notes)
    assert any("relations that" in n and "max_layouts 1" in n for n in notes)


def test_places_for_several_classes_are_several_rooms(tmp_path):
    problem = small_problem(
        need("R1", "A", "PE", layouts=("L12",)),
        need("R2", "B", "PE", layouts=("L1", "L2"), teacher_ids=("T2",)),
        need("R3", "A;B", "PE", layouts=("L1",), teacher_ids=("T3",)),
        zones=(Zone("Z1", "V-F", 2, 40), Zone("Z2", "V-F", 1, 40)),
    )
    timetable = Timetable(
        problem,
        {
            "R1#1": at(1, 1, "L12"),
            "R2#1": at(1, 1, "L1", teachers=("T2",)),
            "R3#1": at(5, 1, "L1", teachers=("T3",)),
        },
    )

    document, _ = exported(timetable, tmp_path, tmp_path)

    # Two classes at once in Z1, which is two rooms; L12 takes one in each zone.
    two = ("Z1 (1)", "Z1 (2)")
    assert document.room["= L12 x1"].sets == (two, ("Z2",))
    assert document.room["= L1 x2"].sets == (two, two)
    assert rooms_of(document) == {
        1: ("= L12 x1", "Z1 (1)", "Z2"),
        2: ("= L1 x1", "Z1 (2)"),
        3: ("= L1 x2", "Z1 (1)", "Z1 (2)"),
    }


def test_texts_are_escaped():
    content = written(branch("fet", leaf("Institution_Name", "A & <B>")))

    assert b"<Institution_Name>A &amp; &lt;B&gt;</Institution_Name>" in content


def test_club_of_some_pupils_is_written_without_classes_in_one_room(tmp_path):
    problem = small_problem(
        need("R1", "A;B", "PE", pupils=12, layouts=("L1",)), need("R2", "A", "CN")
    )
    table = Timetable(problem, {"R1#1": at(1, 1, "L1"), "R2#1": at(1, 2)})

    document, notes = exported(table, tmp_path / "given", tmp_path)

    club = document.activities[0]
    assert (club.students, rooms_of(document)[1]) == ((), ("Z1",))
    assert "1 activities of some pupils only are written without classes" in notes
