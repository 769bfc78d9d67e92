"""What a placement means by the clock."""

import pytest

from scheduler.model.meeting import Meeting
from tests.builders import agreement, need, place, problem, timetable


def test_walk_of_joint_classes_is_each_schools_own_and_the_longer_for_teachers():
    given = problem(
        need("R1", "C1;D1", "PE"),
        agreements=(
            agreement(walk_minutes=5),
            agreement(agreement_id="XY-S2", school_id="S2", walk_minutes=15),
        ),
    )
    (meeting,) = timetable(given, R1=place(1, 3, "LP")).meetings

    # The lesson is 600–640.
    assert meeting.class_busy("C1") == (595, 645)
    assert meeting.class_busy("D1") == (585, 655)
    assert meeting.adult_busy == (585, 655)
    assert (meeting.class_site("C1"), meeting.class_site("D1")) == ("S1", "S2")


def test_own_venue_elsewhere_is_where_the_class_begins_and_ends():
    (meeting,) = timetable(
        problem(need("R1", "C1", "PE")), R1=place(1, 3, "LF")
    ).meetings

    assert (meeting.site_id, meeting.walk) == ("S1B", 0)


def test_row_that_the_bell_does_not_have_is_refused():
    given = problem(need("R1", "C1", "CN"))

    with pytest.raises(KeyError, match="99"):
        Meeting.of(given, given.lessons[0], place(1, 99))
