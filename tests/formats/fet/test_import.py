"""What people, rooms and activities of a file become."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.constraints.catalogue import RULES, check_settings
from scheduler.formats.fet.export.elements import constraint, leaf
from scheduler.formats.fet.folder import KEPT_FILE, import_fet, kept_import
from scheduler.formats.fet.ids import Ids
from scheduler.formats.fet.importing import OTHER_WISHES, WISHED_TIMES
from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.cells import read_cell
from scheduler.formats.tables.declared.problem_tables import TEACHERS
from scheduler.model.errors import InputError
from scheduler.model.resources import Level
from scheduler.model.times import RowKind
from tests.formats.fet.builder import (
    activity,
    fet_bytes,
    filters,
    imported,
    min_days,
    room,
    times,
)


def classes_of(result, number):
    """Classes of the requirement that begins with an activity."""
    return result.problem.requirement[f"A{number}"].class_ids


def layouts_of(result, number=1):
    """Layouts of the requirement that begins with an activity."""
    return result.problem.requirement[f"A{number}"].layouts


def test_atoms_that_nothing_tells_apart_are_one_class():
    result = imported([activity(1, "T1", "Y1"), activity(2, "T2", "G2")])

    # a and b are in activity 1 only and are just the group G1; c is the group G2.
    assert classes_of(result, 1) == ("G1", "G2")
    assert classes_of(result, 2) == ("G2",)
    assert [(c.class_id, c.size) for c in result.problem.classes] == [
        ("G1", 10),
        ("G2", 5),
    ]


def test_a_constraint_on_one_atom_tells_it_apart():
    closed = constraint(
        "StudentsSetNotAvailableTimes",
        leaf("Students", "b"),
        *times("Not_Available_Time", "", "11", "12", "14"),
    )
    result = imported([activity(1, "T1", "G1")], closed)

    assert classes_of(result, 1) == ("a", "b")
    found = [(u.resource_id, u.day, u.start, u.end) for u in result.problem.unavailable]
    # Hours of 45 minutes from 8:00; neighbouring ones are one stretch.
    assert found == [("b", 1, 480, 570), ("b", 1, 615, 660)]


def test_activities_of_nobody_get_classes_of_their_own():
    result = imported(
        [
            activity(1, "T1"),
            activity(2, "T1 T2"),
            activity(3, group=3),
            activity(4, group=3),
        ]
    )

    shared = classes_of(result, 1)
    assert classes_of(result, 2) == shared
    # Without teachers they may overlap each other, so nothing is shared.
    assert len({shared, classes_of(result, 3), classes_of(result, 4)}) == 3
    assert [r.no_teacher for r in result.problem.requirements] == [
        False,
        False,
        True,
        True,
    ]


def test_equal_components_of_a_split_are_one_requirement_with_blocks():
    result = imported(
        [
            activity(5, "T1", "Y2", duration=2, group=5),
            activity(6, "T1", "Y2", group=5),
            activity(7, "T2", "Y2", group=5),
            activity(8, "T1", "Y2", group=5),
        ]
    )

    first, other = result.problem.requirements
    assert (first.requirement_id, first.per_week) == ("A5", Fraction(4))
    assert first.blocks == (2, 1, 1)
    assert other.requirement_id == "A7"
    assert (
        result.mapping.lessons.lesson_id(result.mapping.document.activity[8]) == "A5#3"
    )


def test_breaks_become_lunch_rows_and_lessons_count_on():
    result = imported(
        [activity(1, "T1", "Y2")],
        constraint("BreakTimes", *times("Break_Time", "", "13", "14")),
    )
    bell = result.problem.bells[0]

    monday = [(p.number, p.kind) for p in bell.on(1)]
    lesson, lunch = RowKind.LESSON, RowKind.LUNCH
    assert monday == [
        *((1, lesson), (2, lesson), (9, lunch), (10, lunch)),
        *((3, lesson), (4, lesson)),
    ]
    assert bell.block(1, 2, 2, result.problem.requirements[0].rows) is None
    assert bell.block(2, 2, 2, result.problem.requirements[0].rows) is not None


def test_inactive_and_unknown_things_are_counted_never_dropped_silently():
    off = min_days(1, 2)
    off.child("Active").text = "false"
    result = imported(
        [activity(1, "T1", "Y2"), activity(2, "T1", "Y2", active=False)],
        off,
        min_days(1, 2),
        constraint("TeachersMinRestingHours", leaf("Max", 1)),
        constraint("SomethingNew"),
    )
    report = result.report

    assert (report.inactive_activities, dict(report.inactive)) == (
        1,
        {"MinDaysBetweenActivities": 1},
    )
    # Of its two activities one is not active, so it compares nothing.
    assert dict(report.without_effect) == {"MinDaysBetweenActivities": 1}
    assert {name: n for (name, _), n in report.unsupported.items()} == {
        "SomethingNew": 1,
        "TeachersMinRestingHours": 1,
    }
    assert not report.is_complete


def home_of(students, name, weight="100"):
    return constraint(
        "StudentsSetHomeRoom",
        leaf("Students", students),
        leaf("Room", name),
        weight=weight,
    )


def for_subject(*rooms, weight="100"):
    return constraint(
        "SubjectPreferredRooms",
        leaf("Subject", "S1"),
        leaf("Number_of_Preferred_Rooms", len(rooms)),
        *(leaf("Preferred_Room", name) for name in rooms),
        weight=weight,
    )


def test_without_a_room_constraint_an_activity_needs_no_room():
    assert layouts_of(imported([activity(1, "T1", "Y2")])) == ("home",)


def test_home_rooms_are_for_activities_of_just_that_set_and_without_other_rooms():
    one, other = activity(1, "T1", "Y2"), activity(2, "T1", "Y2 G1")

    alone = imported([one, other], home_of("Y2", "R2"))
    both = imported([one, other], home_of("Y2", "R2"), for_subject("R3"))

    assert (layouts_of(alone, 1), layouts_of(alone, 2)) == (("R2",), ("home",))
    assert layouts_of(both, 1) == ("R3",)


def test_hard_preferences_are_intersected():
    result = imported(
        [activity(1, "T1", "Y2")],
        for_subject("R1", "R2"),
        constraint(
            "ActivityPreferredRooms",
            leaf("Activity_Id", 1),
            leaf("Number_of_Preferred_Rooms", 2),
            leaf("Preferred_Room", "R2"),
            leaf("Preferred_Room", "R3"),
        ),
    )

    assert layouts_of(result) == ("R2",)


def test_a_room_must_hold_the_students():
    # R1 has 30 places; 40 students fit into R2 only.
    result = imported([activity(1, "T1", "Y2", size=40)], for_subject("R1", "R2"))

    assert layouts_of(result) == ("R2",)


def test_an_activity_that_is_left_no_room_is_an_error():
    with pytest.raises(InputError, match='"1" is the id of an activity that its'):
        imported([activity(1, "T1", "Y2")], for_subject("R1"), for_subject("R2"))


def test_a_soft_room_leaves_the_choice_of_none_and_weighs():
    result = imported([activity(1, "T1", "Y2")], for_subject("R2", weight="37.5"))

    (row,) = result.problem.relations
    assert layouts_of(result) == ("R2", "home")
    assert (row.kind, row.lessons, row.layouts) == ("in_layouts", ("A1",), ("R2",))
    assert (row.level, row.weight) == (Level.SOFT, 3750)


def test_a_soft_room_that_hard_ones_forbid_is_a_wish_that_is_always_broken():
    # FET counts it too: "subject preferred room broken", 0.5.
    result = imported(
        [activity(1, "T1", "Y2")], for_subject("R2"), for_subject("R3", weight="50")
    )

    (row,) = result.problem.relations
    assert (layouts_of(result), row.layouts) == (("R2",), ("R3",))


def test_changes_of_buildings_are_idle_where_there_are_not_two():
    rule = constraint("TeachersMaxBuildingChangesPerDay", leaf("Max", 0))
    result = imported([activity(1, "T1", "Y2")], rule, rooms=[room("R1")])

    assert result.report.without_effect == {"TeachersMaxBuildingChangesPerDay": 1}


def test_a_virtual_room_is_a_layout_for_every_choice_of_real_rooms():
    rooms = [room("R1"), room("R2"), room("R3"), room("V", sets=["R1 R2", "R2 R3"])]
    result = imported([activity(1, "T1", "Y2")], for_subject("V"), rooms=rooms)
    problem = result.problem

    taken = {problem.layout[x].zones for x in layouts_of(result)}
    # R2 twice is no choice.
    assert taken == {("R1", "R2"), ("R1", "R3"), ("R2", "R3")}
    assert [v.venue_id for v in problem.venues] == ["R1"]
    assert {z.max_lessons for z in problem.zones} == {1}


def test_filters_select_by_shared_students_and_component():
    slots = times("Preferred_Starting_Time", "Preferred_Starting_", "11")
    result = imported(
        [
            activity(1, "T1", "Y1", group=1),
            activity(2, "T1", "Y1", group=1),
            activity(3, "T1", "Y2"),
        ],
        constraint(
            "SubactivitiesPreferredStartingTimes",
            leaf("Component_Number", 2),
            *filters(students="a"),
            leaf("Duration", ""),
            *slots,
        ),
        constraint("ActivitiesPreferredStartingTimes", *filters(tag="g1"), *slots),
    )

    (row,) = result.problem.relations
    assert (row.kind, row.lessons, row.slots) == ("starts_in", ("A1#2",), ((1, 1),))
    assert result.report.without_effect == {"ActivitiesPreferredStartingTimes": 1}


def test_only_the_soft_rules_a_file_asks_for_stay_on():
    soft = {rule.__name__ for rule in RULES if rule().level is Level.SOFT}

    assert soft - set(OTHER_WISHES) == {
        "PreferLimits",
        "PreferRelations",
        WISHED_TIMES,
    }
    settings = imported([activity(1, "T1", "Y2")]).problem.rules
    assert check_settings(settings) == ()
    assert not any(s.enabled for s in settings)


@given(st.lists(st.text(max_size=12), unique=True, max_size=12))
def test_any_names_become_ids_that_are_unique_and_read_back(names):
    ids = Ids()
    column = TEACHERS.column["teacher_id"]

    found = [ids[name] for name in names]

    assert len(set(found)) == len(names)
    assert [ids[name] for name in names] == found
    assert [read_cell(column, one) for one in found] == found


def test_the_tables_of_an_import_read_back_as_they_were(tmp_path):
    content = fet_bytes(
        [
            activity(1, "T1", "Y1", tags="g1 g2", group=1),
            activity(2, "T1", "Y1", tags="g1 g2", group=1, duration=2),
            activity(3, "", "Y2"),
            activity(4, "T2", ""),
        ],
        min_days(1, 2, consecutive=True),
        for_subject("R1", "V"),
        rooms=[room("R1"), room("R;2#"), room("V", sets=["R1", "R;2#"])],
    )
    (tmp_path / "x.fet").write_bytes(content)

    result = import_fet(tmp_path / "x.fet", tmp_path / "out")

    assert read_problem(tmp_path / "out").problem == result.problem
    assert (tmp_path / "out" / KEPT_FILE).read_bytes() == content
    assert kept_import(tmp_path / "out").problem == result.problem
