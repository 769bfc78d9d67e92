"""Rows of limits.csv and relations.csv: one planted fault, exactly its own line."""

import pytest

from scheduler.formats.problem.reading import read_problem
from tests.formats.primary_school import Folder

LIMITS = "limit_id,kind,on,ids,value,start,end,tags,level,weight\n"
RELATIONS = "relation_id,kind,lessons,value,slots,layouts,level,weight\n"
LIMIT_FAULTS = {
    "an unknown kind": (
        "X1,max_day,teacher,T023,3,,,,,",
        'kind: "max_day" is not a value of this column. Maybe "max_days" is '
        "meant? It is one of: max_days, min_days, max_days_within, "
        "max_periods_a_day, min_periods_a_day, min_periods_every_day, max_run, "
        "max_idle_a_week, max_idle_a_day, max_span_a_day, max_late_starts, "
        "max_periods_a_day_within, min_free_half_days, max_moves_a_day.",
    ),
    "an unknown teacher": (
        "X1,max_days,teacher,T999;T023,3,,,,,",
        'ids: "T999" is not in the table of teachers. Maybe renamed?',
    ),
    "a teacher where classes are meant": (
        "X1,max_days,class,T023,3,,,,,",
        'ids: "T023" is not in the table of classes. Maybe renamed?',
    ),
    "a value that is missing": (
        "X1,max_days,teacher,T023,,,,,,",
        "value: is empty but required.",
    ),
    "a negative value": (
        "X1,max_days,teacher,T023,-1,,,,,",
        'value: "-1" is less than 0. Maybe a slip?',
    ),
    "a weight of nothing": (
        "X1,max_days,teacher,T023,1,,,,soft,0",
        'weight: "0" is less than 1. Maybe a slip?',
    ),
    "a weight that no search can add up": (
        "X1,max_days,teacher,T023,1,,,,soft,3000000000",
        'weight: "3000000000" is more than 10000000. Maybe a slip?',
    ),
    "a time that is missing": (
        "X1,max_days_within,teacher,T023,1,08:00,,,,",
        "end: is missing, max_days_within needs it. Maybe fill in both start and end?",
    ),
    "times backwards": (
        "X1,max_days_within,teacher,T023,1,10:00,09:00,,,",
        'end: "09:00" is not after the start 10:00. Maybe start and end are swapped?',
    ),
}
RELATION_FAULTS = {
    "an unknown requirement": (
        "G1,same_day,R0001#1;R999#2,,,,,",
        'lessons: "R999" is not in the table of requirements. Maybe "R0099" is meant?',
    ),
    "a lesson that is not there": (
        "G1,same_day,R0001#1;R0001#3,,,,,",
        'lessons: "R0001#3" is out of range: R0001 has 2 lessons. Maybe '
        "the blocks were changed?",
    ),
    "no lesson's number": (
        "G1,same_day,R0001#1;R0001#x,,,,,",
        'lessons: "R0001#x" has no number after the "#". Maybe write it as '
        "R1#2, or R1?",
    ),
    "too few lessons for the kind": (
        "G1,ordered,R0002,,,,,",
        'lessons: "R0002" is 1 lesson(s), but ordered is of 2. Maybe name '
        "single lessons, as R1#2?",
    ),
    "too many lessons for the kind": (
        "G1,adjacent,R0001;R0002;R0003#1,,,,,",
        'lessons: "R0001;R0002;R0003#1" is 4 lesson(s), but adjacent is of '
        "2 or 3. Maybe name single lessons, as R1#2?",
    ),
    "a value that is missing": (
        "G1,min_gap,R0001,,,,,",
        "value: is missing. Maybe fill it in: min_gap needs it?",
    ),
    "a negative value": (
        "G1,min_gap,R0001,-2,,,,",
        'value: "-2" is less than 0. Maybe a slip?',
    ),
    "slots that are missing": (
        "G1,starts_in,R0001,,,,,",
        "slots: is missing. Maybe fill it in: starts_in needs it?",
    ),
    "a slot that is none": (
        "G1,starts_in,R0001,,2-3;9-1,,,",
        'slots: "9-1" is not a slot day-period. Maybe write it as 2-3 '
        "(Tuesday period 3)?",
    ),
    "a slot that no bell has": (
        "G1,starts_in,R0001,,2-3;周二-39,,,",
        'slots: "2-39" is no period of bell-low: Tuesday has no 39. Maybe '
        "the day is a slip?",
    ),
    "layouts that are missing": (
        "G1,in_layouts,R0001,,,,,",
        "layouts: is missing. Maybe fill it in: in_layouts needs it?",
    ),
    "an unknown layout": (
        "G1,in_layouts,R0002,,,home;L-NORT,,",
        'layouts: "L-NORT" is not in the table of layouts. Maybe "L-NORTH" is meant?',
    ),
    "layouts none of which may be used": (
        "G1,in_layouts,R0002,,,L-NORTH,hard,",
        'layouts: "L-NORTH" holds none that R0002 may use. Maybe one of: home?',
    ),
    "an id that is there twice": (
        "G1,same_day,R0001,,,,,\nG1,same_day,R0003,,,,,",
        'relation_id: "G1" repeats row 2 (relation_id). Maybe the row was copied?',
    ),
}


@pytest.mark.parametrize("claim", LIMIT_FAULTS)
def test_read_problem_with_one_faulty_limit_names_exactly_it(tmp_path, claim):
    row, line = LIMIT_FAULTS[claim]
    folder = Folder(tmp_path)
    folder.overwrite("limits.csv", f"{LIMITS}{row}\n")

    assert folder.errors() == [f"limits row 2, {line}"]


@pytest.mark.parametrize("claim", RELATION_FAULTS)
def test_read_problem_with_one_faulty_relation_names_exactly_it(tmp_path, claim):
    row, line = RELATION_FAULTS[claim]
    folder = Folder(tmp_path)
    folder.overwrite("relations.csv", f"{RELATIONS}{row}\n")

    number = 2 + row.count("\n")
    assert folder.errors() == [f"relations row {number}, {line}"]


def test_rows_without_effect_are_warnings(tmp_path):
    folder = Folder(tmp_path)
    folder.put("requirements", 2, "tags", "lab;户外")
    folder.overwrite(
        "limits.csv", f"{LIMITS}X1,max_days,teacher,,3,08:00,09:00,labs;lab,,\n"
    )
    folder.overwrite(
        "relations.csv", f"{RELATIONS}G1,same_day,R0002,1,1-1,home,soft,2\n"
    )

    assert folder.warnings() == [
        'limits row 2, start: "08:00" has no effect on max_days.',
        'limits row 2, end: "09:00" has no effect on max_days.',
        'limits row 2, tags: "labs" is the tag of no requirement. '
        'Maybe "lab" is meant?',
        'relations row 2, value: "1" has no effect on same_day.',
        'relations row 2, slots: "1-1" has no effect on same_day.',
        'relations row 2, layouts: "home" has no effect on same_day.',
        'relations row 2, lessons: "R0002" is one lesson; same_day has no effect.',
    ]


def test_chinese_titles_and_weekdays_are_read(tmp_path):
    folder = Folder(tmp_path)
    folder.overwrite(
        "relations.csv",
        "关系编号,类型,课次,时段,级别,权重,原因\n"
        "G1,starts_in,R0001＃1；R0002,周二-3；5-1,soft,4,教研\n",
    )

    (row,) = read_problem(folder.path).problem.relations

    assert row.lessons == ("R0001#1", "R0002")
    assert row.slots == ((2, 3), (5, 1))
    assert (row.level, row.weight, row.reason) == ("soft", 4, "教研")


def test_requirement_may_say_that_nobody_teaches_it(tmp_path):
    folder = Folder(tmp_path)
    folder.put("requirements", 2, "teacher_ids", "")
    folder.put("requirements", 2, "no_teacher", "1")

    assert folder.errors() == []

    folder.put("requirements", 2, "teacher_ids", "T023")

    assert folder.errors() == [
        'requirements row 2, no_teacher: "1" contradicts the teachers '
        "named. Maybe empty one of the two?",
    ]
