"""Hours of lessons that only some pupils of a class attend at a time."""

from dataclasses import replace
from fractions import Fraction

import pytest

from scheduler.audit.taught import taught_in
from scheduler.model.timetable import Timetable
from tests.builders import need, problem
from tests.cases import case


def planned(given, class_id):
    return {
        subject: hours.planned.lessons
        for subject, hours in taught_in(Timetable(given, {}), class_id).items()
    }


def test_halves_that_swap_laboratory_and_computer_room_have_one_lesson_of_each():
    # 24 of 48 pupils twice a week: one lesson for each pupil.
    assert planned(case("half-classes"), "C1") == {"CN": 2, "SC": 1, "IT": 1}


@pytest.mark.parametrize(
    ("pupils", "hours"),
    [(20, Fraction(1, 2)), (40, Fraction(1)), (60, Fraction(1))],
)
def test_a_lesson_of_some_pupils_counts_by_their_share(pupils, hours):
    # C1 has 40 pupils.
    given = problem(replace(need("R1", "C1", "CN"), pupils=pupils))
    assert planned(given, "C1") == {"CN": hours}


def test_pupils_of_two_classes_are_shared_out_between_them():
    # C1 and C2 have 40 and 30: 35 are half of them.
    given = problem(replace(need("R1", "C1;C2", "CN", "2"), pupils=35))
    assert planned(given, "C1") == planned(given, "C2") == {"CN": 1}
