"""Hours of a term, counted by hand on the calendar in builders.py."""

from fractions import Fraction

from scheduler.term.ledger import PlannedHours, planned_hours
from tests.term.builders import placement, problem, requirement, timetable


def test_planned_hours_count_dates_blocks_and_joint_classes():
    school = problem(
        requirement("R1", per_week=Fraction(2), blocks=(Fraction(2),)),
        requirement("R2", subject_id="CN", class_ids=("C1", "C2")),
        requirement("R3", class_ids=("C1",)),
    )
    placed = timetable(school, R1=placement(2, length=2), R2=placement(5))
    assert planned_hours(placed) == (
        # R3 is not placed.
        PlannedHours("C1", "PE", 0, 0, 0),
        # Seven Fridays of 40 minutes.
        PlannedHours("C1", "CN", 7, 7, 280),
        # Nine Tuesdays (the make-up Sunday among them) of two periods.
        PlannedHours("C2", "PE", 9, 18, 720),
        PlannedHours("C2", "CN", 7, 7, 280),
    )
