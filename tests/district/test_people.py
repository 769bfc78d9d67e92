"""People of a district: shortages, proposals, many subjects, weeks, times kept free."""

from dataclasses import replace
from fractions import Fraction

import pytest

from scheduler.district.people.coverage import Post, cover
from scheduler.district.people.many_subjects import many_subjects
from scheduler.district.people.proposals import propose
from scheduler.district.people.reserving import (
    common_slots,
    kept_free,
    slot_of,
)
from scheduler.district.people.shortages import next_year, shortage_table, this_year
from scheduler.district.people.skills import Skills
from scheduler.district.people.weeks import Weeks
from scheduler.model.district import District
from scheduler.model.errors import InputError
from scheduler.model.resources import School, Stage, Teacher
from scheduler.model.settings import RuleSetting
from scheduler.model.staff_plan import Joining, Preparation, Research, StaffPlan
from tests.builders import ANYWHERE, fixed, need, place, problem, timetable

PLAN = StaffPlan(lessons_a_post=4)
LIN = Teacher("P1", "林浩", "S1", ("PE",))
WU = Teacher("P2", "吴敏", "S2", ("PE",))


def _two_schools(east: str, west: str, **tables):
    """PE at two schools with one PE teacher each, so many lessons."""
    return problem(
        need("E", "C1", "PE", east, teacher_ids=("P1",)),
        need("W", "D1", "PE", west, teacher_ids=("P2",)),
        **{"teachers": (LIN, WU), **tables},
    )


def test_missing_lessons_and_posts_are_those_above_what_a_post_holds():
    """7 lessons at S2 with one post of 4: 3 are missing, 0.8 of a post."""
    given = _two_schools("2", "7")
    table = shortage_table(given, PLAN, this_year(Skills(given, PLAN), 5.0))
    assert table.to_dict("records") == [
        {
            **{"school": "S2", "subject": "PE", "needed": 7.0, "available": 4.0},
            **{"missing": 3.0, "posts": 0.8},
        },
        {
            **{"school": "S1", "subject": "PE", "needed": 2.0, "available": 2.0},
            **{"missing": 0.0, "posts": 0.0},
        },
    ]


def test_who_teaches_two_subjects_is_given_to_where_most_is_lacking():
    """5 lessons for needs of 4 and 6: shares of 1/2 and 3/6 are the most even."""
    needs = {("S", "A"): Fraction(4), ("S", "B"): Fraction(6)}
    both = Post("T", Fraction(5), (("S", "A"), ("S", "B")))
    found = cover(needs, [both], 5.0)
    assert found.met == {("S", "A"): 2, ("S", "B"): 3}
    assert found.given == {"T": 5}
    assert found.proven


def test_next_year_counts_classes_posts_and_who_leaves():
    """West: 2 classes of 7 lessons; a post of 4 and half of one. East: 4 classes of 1.

    The east's grades 1, 2 and 4 have no PE now and are taught as its grade 3 is.
    """
    given = _two_schools("2", "7")
    plan = replace(
        PLAN,
        classes={("S2", 3): 2, ("S2", 4): 0},
        leaving=("P1",),
        joining=(Joining("S2", "PE", Fraction(1, 2)),),
    )
    found = next_year(Skills(given, plan), 5.0)
    assert found.needs == {("S1", "PE"): 4, ("S2", "PE"): 14}
    assert found.missing(("S1", "PE")) == 4
    assert found.missing(("S2", "PE")) == 14 - 4 - 2


def test_spare_lessons_go_where_they_lack_and_cost_the_way_there_and_back():
    """2 spare in the east, 3 missing in the west, 20 minutes away: one visit, 40."""
    given = _two_schools("2", "7")
    skills = Skills(given, PLAN)
    found = propose(skills, this_year(skills, 5.0), 5.0)
    assert found.proven
    assert [(p.teacher_id, p.school_id, p.lessons) for p in found.proposals] == [
        ("P1", "S2", {"PE": 2})
    ]
    assert [(p.visits, p.minutes) for p in found.proposals] == [(1, 40)]
    assert found.missing == {("S2", "PE"): 1}


@pytest.mark.parametrize(
    "tables",
    [
        {"sites": ()},
        {
            "rules": (
                ANYWHERE,
                RuleSetting("district", parameters=(("schools_a_term", 1),)),
            )
        },
        {
            "schools": (
                School("S1", "东校", Stage.PRIMARY, "G1"),
                School("S2", "西校", Stage.PRIMARY, "G2"),
            )
        },
    ],
    ids=["no way known", "one school a term", "two unions"],
)
def test_nobody_is_proposed_where_they_may_not_go(tables):
    given = _two_schools("2", "7", **tables)
    skills = Skills(given, PLAN)
    found = propose(skills, this_year(skills, 5.0), 5.0)
    assert found.proposals == ()
    assert found.missing == {("S2", "PE"): 3}


def test_courses_beyond_the_subjects_allowed_go_to_who_has_room():
    """Wang gives Chinese, PE and music; Lin has one lesson left, Wu two (40 min)."""
    wang = Teacher("T1", "王芳", "S1", ("CN",))
    given = problem(
        need("R1", "C1", "CN", "4"),
        need("R2", "C1", "PE", "2"),
        need("R3", "C1", "MUS", "1"),
        need("R4", "C2", "MUS", "1"),
        need("R5", "C2", "PE", "2", teacher_ids=("P1",)),
        teachers=(
            wang,
            Teacher("P1", "林浩", "S1", ("PE", "MUS"), max_per_week=3),
            Teacher("P2", "吴敏", "S2", ("MUS",)),
        ),
    )
    (found,) = many_subjects(Skills(given, PLAN))
    assert found.teacher_id == "T1"
    assert found.subjects == ("CN", "MUS", "PE")
    assert [(h.requirement.requirement_id, h.to) for h in found.handovers] == [
        ("R2", None)
    ]
    more = replace(given, teachers=(wang, LIN, *given.teachers[2:]))
    roomy = Skills(more, replace(PLAN, max_subjects=1))
    (found,) = many_subjects(roomy)
    assert {
        h.requirement.requirement_id: (h.to, h.minutes) for h in found.handovers
    } == {
        "R2": ("P1", 0),
        "R3": ("P2", 40),
        "R4": ("P2", 40),
    }


@pytest.mark.parametrize(("period", "late"), [(2, 1), (3, 0)])
def test_weeks_of_travellers_count_ways_by_the_clock(period, late):
    """S1 until 08:40, then S2 at 08:50 or 10:00: 20 minutes fit only the second."""
    given = problem(need("R1", "C1", "CN"), need("R2", "D1", "CN"))
    weeks = Weeks(timetable(given, R1=place(1, 1), R2=place(1, period)))
    (found,) = weeks.travellers()
    assert (found.schools, found.most_a_day, found.late) == (("S1", "S2"), 2, late)
    assert (found.visits, found.minutes) == (1, 40)  # there and back to S1
    row = weeks.table().to_dict("records")[1]
    assert (row["needs"], row["has"]) == ("20", "10" if period == 2 else "80")


def test_research_times_are_kept_free_by_the_main_subject():
    given = _two_schools("2", "2")
    plan = StaffPlan(research=(Research("PE", 3, 720, 1440),))
    rows = kept_free(District(given), plan).problem.unavailable
    assert [(r.resource_id, r.day, r.start, r.reason) for r in rows] == [
        ("P1", 3, 720, "区教研：体育与健康"),
        ("P2", 3, 720, "区教研：体育与健康"),
    ]


def test_a_fixed_lesson_in_a_research_time_is_refused():
    given = replace(_two_schools("2", "2"), fixed=(fixed("E", 3, 5),))
    plan = StaffPlan(research=(Research("PE", 3, 720, 1440),))
    with pytest.raises(InputError, match="research time"):
        kept_free(District(given), plan)


def test_a_group_gets_an_afternoon_that_all_members_have():
    """80 minutes, with 20 minutes of travel from S2: lunch and Monday are out."""
    given = replace(_two_schools("2", "2"), fixed=(fixed("E", 1, 7),))
    group = Preparation("体育", ("P1", "P2"), 80, "S1")
    assert all(s.day != 1 or s.morning for s in common_slots(given, group))
    best = slot_of(given, group)
    assert best is not None
    # 14:30–15:50 takes one row of Lin; with the way also row 6 of Wu, and row 7.
    assert (best.day, best.start, best.rows) == (2, 870, 3)
    rows = kept_free(District(given), StaffPlan(preparations=(group,)))
    times = [(r.start, r.end) for r in rows.problem.unavailable]
    assert times == [(870, 950), (850, 970)]


def test_a_group_without_a_common_time_is_named():
    group = Preparation("体育", ("P1", "P2"), 500)
    with pytest.raises(InputError, match="without a common free time"):
        kept_free(District(_two_schools("2", "2")), StaffPlan(preparations=(group,)))
