"""Events, bells for many days, self-study and classes taught together, on dates."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

from scheduler.term.changes import BellDay, DatedChange, EventDay, EventKind, Was
from scheduler.term.checking import change_faults, refusals
from scheduler.term.facts import facts_of
from scheduler.term.held import term_lessons
from scheduler.term.versions import Versions
from tests.term.builders import (
    dates,
    entries,
    placement,
    problem,
    requirement,
    timetable,
)
from tests.term.ledgers.hours import term_hours
from tests.term.rain_school import late_bell

TUESDAY, NEXT, MAKE_UP = dates("9-8", "9-15", "9-20")
TOGETHER = "R2#1"


def school(**tables):
    """Chinese of both classes at 08:00 on Tuesdays, each with its own teacher."""
    given = problem(
        requirement("R1", subject_id="CN"),
        requirement("R2", class_ids=("C1",), subject_id="CN", teacher_ids=("T2",)),
        bells=(*problem().bells, late_bell()),
    )
    return timetable(
        replace(given, **tables), R1=placement(), R2=placement(teacher_ids=("T2",))
    )


def off(table, *changes, on=TUESDAY):
    lessons = term_lessons(Versions.of(table), changes, (on,))
    return {x.lesson_id: x.off and x.off.value for x in lessons}


def joined(date=TUESDAY):
    """Class 3(2) goes to class 3(1), whose teacher takes both."""
    return DatedChange(date, "R1#1", teacher_ids=("T2",), joins=TOGETHER)


def test_event_takes_the_lessons_of_its_classes_within_its_hours():
    exam = EventDay(TUESDAY, EventKind.EXAM, ("C2",))
    assert off(school(), exam) == {"R1#1": "exam", "R2#1": None}
    assert off(school(), EventDay(TUESDAY, EventKind.SPORTS)) == {
        "R1#1": "sports",
        "R2#1": "sports",
    }
    after = EventDay(TUESDAY, EventKind.EARLY_END, start=520)
    assert off(school(), after) == {"R1#1": None, "R2#1": None}
    assert off(school(), replace(after, start=519))["R1#1"] == "early_end"


def test_event_of_several_days_takes_each_of_them():
    week = EventDay(TUESDAY, EventKind.EXAM, to_date=NEXT)
    assert len(week.dates) == 8
    assert off(school(), week, on=NEXT)["R1#1"] == "exam"
    assert off(school(), week, on=MAKE_UP)["R1#1"] is None


def test_winter_bell_holds_from_its_day_to_its_last():
    winter = BellDay(TUESDAY, "LATE", to_date=NEXT)
    starts = [
        x.start
        for x in term_lessons(
            Versions.of(school()), (winter,), (TUESDAY, NEXT, MAKE_UP)
        )
        if x.lesson_id == "R1#1"
    ]
    assert starts == [600, 600, 480]
    assert refusals(Versions.of(school()), (), (winter,)) == ()


def test_days_outside_the_term_or_backwards_are_refused_in_one_sentence():
    late = EventDay(TUESDAY, EventKind.EXAM, to_date=dt.date(2027, 3, 1))
    (text,) = refusals(Versions.of(school()), (), (late,))
    assert text.zh == "2026-11-01（周日）：不在本学期之内（2026-09-01至2026-10-31）。"
    back = EventDay(NEXT, EventKind.EXAM, to_date=TUESDAY)
    (text,) = refusals(Versions.of(school()), (), (back,))
    assert text.zh == "2026-09-15（周二）：最后一天早于第一天。"


def test_self_study_is_lost_and_not_delivered():
    """Eight Tuesdays and the Sunday that acts as one: nine, of which one is lost."""
    change = DatedChange(TUESDAY, "R1#1", teacher_ids=("T2",), self_study=True)
    free = school(bells=problem().bells)
    (row,) = [
        x
        for x in term_hours(entries(free, change))
        if (x.class_id, x.subject_id) == ("C2", "CN")
    ]
    counted = [x.lessons for x in (row.published, row.lost, row.made_up, row.delivered)]
    assert counted == [9, 1, 0, 8]


def test_one_teacher_may_have_two_classes_only_where_they_are_taught_together():
    versions = Versions.of(school())
    apart = replace(joined(), joins="")
    (text,) = refusals(versions, (), (apart,))
    assert "教师李明周二08:00–08:40同时有2节课" in text.zh
    assert refusals(versions, (), (joined(),)) == ()
    (guest,) = [
        x
        for x in term_lessons(versions, (joined(),), (TUESDAY,))
        if x.lesson_id == "R1#1"
    ]
    assert [group.name for group in facts_of(guest).joined] == ["三(1)班"]


def test_substitute_is_refused_beyond_the_limits_of_day_and_week():
    given = problem(
        requirement("R1", subject_id="CN"),
        requirement("R2", class_ids=("C1",), subject_id="CN", teacher_ids=("T2",)),
    )
    tired = replace(given.teachers[1], max_per_day=1)
    given = replace(given, teachers=(given.teachers[0], tired))
    table = timetable(given, R1=placement(), R2=placement(2, 2, teacher_ids=("T2",)))
    change = DatedChange(TUESDAY, "R1#1", teacher_ids=("T2",))
    (text,) = refusals(Versions.of(table), (), (change,))
    assert "教师李明周二有2节课，一天最多1节" in text.zh
    gone = DatedChange(TUESDAY, "R2#1", cancelled=True)
    assert refusals(Versions.of(table), (gone,), (change,)) == ()


def test_cover_that_a_later_timetable_has_made_needless_is_told():
    first = school()
    other = requirement("R1", subject_id="CN", teacher_ids=("T3",))
    people = (
        *first.problem.teachers,
        replace(first.problem.teachers[0], teacher_id="T3"),
    )
    given = replace(
        first.problem,
        requirements=(other, first.problem.requirements[1]),
        teachers=people,
    )
    later = timetable(
        given, R1=placement(teacher_ids=("T3",)), R2=placement(teacher_ids=("T2",))
    )
    cover = DatedChange(
        *(NEXT, "R1#1"), teacher_ids=("T2",), joins=TOGETHER, was=_was("T1")
    )
    assert change_faults(Versions.of(first), (cover,)) == ()
    (fault,) = change_faults(Versions.of(first).then(NEXT, later), (cover,))
    assert "原来的代课不再起作用" in fault.why.zh


def _was(*teachers):
    return Was(teacher_ids=teachers)


def test_lesson_off_already_is_said_to_be_so():
    gone = DatedChange(TUESDAY, "R1#1", cancelled=True)
    (text,) = refusals(Versions.of(school()), (gone,), (gone,))
    assert text.zh == "2026-09-08（周二）三(2)班语文：这节课已经停课。"


def test_twice_a_day_is_refused_where_the_requirement_says_once():
    once = requirement("R1", subject_id="CN", per_week=Fraction(2), max_per_day=1)
    given = problem(once)
    table = replace(
        timetable(given, R1=placement()),
        placements={"R1#1": placement(), "R1#2": placement(3)},
    )
    move = DatedChange(TUESDAY + dt.timedelta(1), "R1#2", to_date=TUESDAY, start=580)
    (text,) = refusals(Versions.of(table), (), (move,))
    assert "周二" in text.zh
