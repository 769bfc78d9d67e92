"""The figures of a scenario."""

from scheduler.model.times import Week
from scheduler.services.jobs.what_if import visits_outside
from tests.term.builders import placement, problem, requirement, timetable

BOTH = problem(requirement(class_ids=("C1", "C2")))


def test_one_lesson_outside_is_one_visit_of_each_class():
    # Two classes, five minutes there and five back: 2 visits, 20 minutes.
    assert visits_outside(timetable(BOTH, R1=placement(layout_id="L-PARK"))) == (2, 20)


def test_visit_of_every_other_week_is_half_a_visit():
    odd = placement(layout_id="L-PARK", week=Week.ODD)

    assert visits_outside(timetable(BOTH, R1=odd)) == (1, 10)


def test_lessons_at_school_are_no_visits():
    assert visits_outside(timetable(BOTH, R1=placement(layout_id="L-NORTH"))) == (0, 0)
