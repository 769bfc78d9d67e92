"""Faults of activities.csv: one planted fault, exactly its own line."""

import pytest

from scheduler.formats.problem.reading import read_problem
from tests.formats.primary_school import Folder

TITLES = (
    "activity_id,name,kind,class_ids,pupils,subject_id,per_week,length,rows,"
    "teacher_ids,teacher_pool,layouts,waves,pe"
)
CLUB = "HD1,篮球社团,club,grade:3,20,,2,1,after_school,,,,,"
CASES = {
    "an unknown class": (
        "HD1,社团,club,G3C01;G3C99,20,,2,1,after_school,,,,,",
        'class_ids: "G3C99" stands for no class. Maybe a class '
        "id, grade:3 or school:S1 is meant?",
    ),
    "a grade that the school has not": (
        "HD1,社团,club,grade:9,20,,2,1,after_school,,,,,",
        'class_ids: "grade:9" stands for no class. Maybe a '
        "class id, grade:3 or school:S1 is meant?",
    ),
    "the id of a subject": (
        "PE,社团,club,grade:3,20,,2,1,after_school,,,,,",
        'activity_id: "PE" is the id of a subject or requirement, too. Maybe '
        "choose another?",
    ),
    "a long meeting every other week": (
        "HD1,社团,club,grade:3,20,,0.5,2,after_school,,,,,",
        'per_week: "0.5" has a meeting every other week, which is one period '
        "long, not 2. Maybe a whole number is meant?",
    ),
    "a layout for another subject": (
        "HD1,社团,club,grade:3,20,MUS,2,1,after_school,,,L-NORTH,,",
        'layouts: "L-NORTH" does not allow the subject MUS. Maybe add the '
        "subject to the layout?",
    ),
    "more pupils than the classes have": (
        "HD1,社团,club,grade:3,2000,,2,1,after_school,,,,,",
        'pupils: "2000" is more than the {size} pupils of the classes. Maybe '
        "a class is missing?",
    ),
    "a length that fits no row": (
        "HD1,社团,club,grade:3,20,,2,3,after_school,,,,,",
        'length: "3" fits no row: bell {bell} has no 3 of after_school in a '
        "row. Maybe it is shorter?",
    ),
    "a kind without such a row in the bell": (
        "HD1,训练,training,grade:3,20,,2,1,activity,,,,,",
        'rows: "activity" has no row to meet in: bell {bell} has none of kind '
        "activity. Maybe add such rows to the bell, or other rows?",
    ),
}


def planted(tmp_path, *lines: str) -> Folder:
    tmp_path.mkdir(exist_ok=True)
    folder = Folder(tmp_path)
    path = folder.path / "activities.csv"
    path.write_text("\n".join((TITLES, *lines)) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", CASES)
def test_fault_is_one_line_with_row_column_value_and_advice(tmp_path, name):
    line, expected = CASES[name]
    folder = planted(tmp_path, line)
    clean = read_problem(planted(tmp_path / "other", CLUB).path).problem
    third = [c for c in clean.classes if c.grade == 3]
    words = {"size": sum(c.size for c in third), "bell": third[0].bell_id}

    assert folder.errors() == [f"activities row 2, {expected.format(**words)}"]


def test_every_wave_needs_a_listed_layout_that_takes_its_grade(tmp_path):
    folder = planted(
        tmp_path, "HD1,活动,pe_activity,grade:1;grade:3,,,1,1,lesson,,,L-ROOF,grade,"
    )
    folder.add("layouts", "L-ROOF,V-HALL,Z-HALL,*,1,,")
    last = len(folder.rows("layouts"))
    folder.put("layouts", last, "grades", "3;4")

    assert folder.errors() == [
        'activities row 2, layouts: "G1C01;G1C02" leaves no place: L-ROOF '
        "does not take grade 1, nor does any other layout. Maybe another layout, or "
        "change its grades or not_for?"
    ]


def test_big_break_needs_such_a_row_in_the_bell(tmp_path):
    folder = planted(tmp_path, "BB,大课间,big_break,grade:3,,,5,1,,,,,grade,")
    folder.replace("bells.csv", ",big_break,", ",break,")

    assert folder.errors() == [
        'activities row 2, kind: "big_break" has no row to meet in: bell '
        "bell-high has none of kind big_break. Maybe add such rows to the bell, or "
        "other rows?"
    ]


def test_classes_of_two_bells_cannot_have_their_big_break_together(tmp_path):
    folder = planted(tmp_path, "BB,大课间,big_break,school:S1,,,5,1,,,,,,")

    assert folder.errors() == [
        'activities row 2, class_ids: "school:S1" share no clock time for '
        "it in their bells bell-low, bell-high. Maybe let waves be grade or class?"
    ]


def test_coach_has_no_more_meetings_than_there_are_times(tmp_path):
    folder = planted(
        tmp_path,
        "HD1,篮球,club,grade:3,20,,3,1,after_school,COACH,,,,",
        "HD2,足球,club,grade:4,20,,3,1,after_school,COACH,,,,",
    )
    folder.add("teachers", "COACH,教练,S1,,,,purchased,")

    assert [line for line in folder.errors() if "teachers row" in line] == [
        'teachers row 30, teacher_id: "COACH" has 6 periods a week, but '
        "the bells have room for 5. Maybe per_week is a slip?"
    ]


def test_activities_are_read_with_lessons_fixed_and_unavailable(tmp_path):
    folder = planted(tmp_path, CLUB, "BB,大课间,big_break,school:S1,,,5,,,,,,grade,")
    folder.add("fixed", "BB.S1.3,1,1,8,,")

    problem = read_problem(folder.path).problem

    assert [a.activity_id for a in problem.activities] == ["HD1", "BB"]
    assert problem.fixed[-1].requirement_id == "BB.S1.3"
    assert problem.lesson["HD1#2"].requirement.pupils == 20
