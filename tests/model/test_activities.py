"""What a row of activities.csv is made into."""

from dataclasses import replace
from fractions import Fraction

from scheduler.model.activities import Activity, ActivityKind, Waves
from scheduler.model.expansion import own_requirements, own_subjects, with_activities
from scheduler.model.resources import ClassGroup, School, Stage, SubjectKind
from scheduler.model.times import RowKind
from tests.small_school import CLASSES, need, small_problem

BREAK = Activity(
    "BB",
    "大课间",
    ActivityKind.BIG_BREAK,
    ("school:S1",),
    Fraction(5),
    waves=Waves.GRADE,
)
CLUB = Activity(
    "BALL",
    "篮球社团",
    ActivityKind.CLUB,
    ("grade:3",),
    Fraction(2),
    pupils=20,
    subject_id="PE",
    length=2,
    teacher_ids=("T2",),
)


def school(*activities, **tables):
    return with_activities(small_problem(activities=activities, **tables))


def test_big_break_in_waves_is_a_requirement_for_each_grade_of_each_school():
    classes = (*CLASSES, ClassGroup("D", "S2", 3, "西三(1)班", 30, "high"))
    schools = tuple(School(x, x, Stage.PRIMARY) for x in ("S1", "S2"))
    everybody = replace(BREAK, class_ids=("grade:3", "C"))

    made = school(everybody, classes=classes, schools=schools).requirements

    assert [(r.requirement_id, r.class_ids) for r in made] == [
        ("BB.S1.3", ("A", "B")),
        ("BB.S1.1", ("C",)),
        ("BB.S2.3", ("D",)),
    ]
    assert {len(r.lessons) for r in made} == {5}
    assert {r.max_per_day for r in made} == {1}
    assert {r.rows for r in made} == {frozenset({RowKind.BIG_BREAK})}


def test_club_is_some_pupils_of_its_classes_on_the_places_of_its_subject():
    (club,) = school(CLUB).requirements

    assert club.class_ids == ("A", "B")
    assert (club.pupils, club.classes_counted) == (20, 1)
    assert [x.length for x in club.lessons] == [2, 2]
    assert club.layouts == ("L1", "L2", "L12")
    assert club.rows == {RowKind.AFTER_SCHOOL, RowKind.ACTIVITY}


def test_only_pe_activity_of_whole_classes_is_a_pe_type_lesson():
    sport = replace(CLUB, activity_id="SPORT", kind=ActivityKind.PE_ACTIVITY)
    whole = replace(sport, activity_id="WHOLE", pupils=None)

    problem = school(BREAK, CLUB, sport, whole)

    kinds = {a.activity_id: problem.subject[a.activity_id] for a in problem.activities}
    assert [kinds[x].kind for x in ("BB", "BALL", "SPORT", "WHOLE")] == [
        *(SubjectKind.OTHER, SubjectKind.OTHER, SubjectKind.OTHER),
        SubjectKind.PE_ACTIVITY,
    ]
    assert kinds["WHOLE"].standard_code == "PE"
    assert [a.counts_as_pe for a in problem.activities] == [True, False, True, True]


def test_tables_keep_their_own_rows_apart_from_what_activities_make():
    given = small_problem(need("R1", "A", "CN"), activities=(BREAK, CLUB))

    problem = with_activities(given)

    assert own_requirements(problem) == given.requirements
    assert own_subjects(problem) == given.subjects
    assert with_activities(problem) == problem
