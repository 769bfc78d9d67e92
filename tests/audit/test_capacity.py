"""Norms of places and people, by hand."""

from dataclasses import replace
from fractions import Fraction

from scheduler.audit.capacity import capacity_checks
from scheduler.model.resources import Teacher
from scheduler.model.venues import Layout, Venue, Zone
from tests.small_school import CLASSES, SUBJECTS, need, small_problem

FIELD = Venue("V-F", "田径场", "S1", "field", False, "S1", 5400)
MUSIC = Venue("V-M", "音乐教室", "S1", "room", True, "S1", 90)
COURT = Venue("V-C", "球场", "S1", "court", False, "S1", 600)


def checks(**changes):
    """By the first words of each norm."""
    given = {"venues": (FIELD, MUSIC), **changes}
    problem = small_problem(need("R1", "A", "PE", "4"), **given)
    return {check.what.en: check for check in capacity_checks(problem)}


def numbers(check):
    return check.have, check.need, check.kept, check.missing


def test_three_classes_of_a_primary_school_with_a_200_metre_ground():
    found = checks()
    # 5400 m² hold a ring of 200 m; no courts; 90 pupils; no art room.
    assert numbers(found["ring track (told by its area)"]) == (200, 200, True, 0)
    assert numbers(found["ball courts (kind court)"]) == (0, 3, False, 3)
    assert numbers(found["sports area a pupil"]) == (60, Fraction("7.5"), True, 0)
    assert numbers(found["music rooms (1 per 12 classes)"]) == (1, 1, True, 0)
    assert numbers(found["smallest music room"]) == (90, 96, False, 6)
    assert numbers(found["art rooms (1 per 12 classes)"]) == (0, 1, False, 1)
    assert numbers(found["largest class"]) == (40, 45, True, 0)


def test_thirteen_classes_need_a_second_music_room_and_two_teachers_of_pe():
    many = tuple(replace(CLASSES[0], class_id=f"C{k}") for k in range(12))
    teachers = (Teacher("T1", "王芳", "S1", ("PE",)),)
    found = checks(classes=(*CLASSES[:1], *many), teachers=teachers)
    assert found["music rooms (1 per 12 classes)"].missing == 1
    # Thirteen classes of grade 3, one teacher for seven.
    by_class = found["PE teachers (1 per 6 classes in grades 1-2, per 7 above)"]
    assert numbers(by_class) == (1, 2, False, 1)
    # Four lessons a week are no burden to one teacher.
    assert numbers(found["PE teachers for all PE at 16 lessons a week"])[:2] == (1, 1)


def test_court_is_counted_by_its_zones():
    courts = tuple(Zone(f"B{k}", "V-C", 1) for k in range(3))
    found = checks(
        venues=(FIELD, MUSIC, COURT),
        zones=(Zone("Z1", "V-F", 1), Zone("Z2", "V-F", 1), *courts),
    )
    assert found["ball courts (kind court)"].kept is True


def test_area_that_is_not_filled_in_is_not_judged():
    found = checks(venues=(replace(FIELD, area_m2=None), MUSIC))
    assert found["ring track (told by its area)"].kept is None
    assert found["sports area a pupil"].kept is None


def test_too_large_a_class_is_over_by_the_difference():
    found = checks(classes=(replace(CLASSES[0], size=48), *CLASSES[1:]))
    assert numbers(found["largest class"]) == (48, 45, False, 3)


def test_a_venue_of_others_is_not_the_schools_own():
    park = replace(FIELD, owner="")
    layouts = (Layout("L1", "V-F", ("Z1",), ("PE",), 1),)
    found = checks(venues=(park, MUSIC), layouts=layouts)
    assert numbers(found["sports area a pupil"])[:2] == (0, Fraction("7.5"))


def test_subject_without_a_code_is_known_by_its_name():
    subjects = tuple(replace(s, standard_code="") for s in SUBJECTS)

    assert numbers(checks(subjects=subjects)["music rooms (1 per 12 classes)"])[0] == 1


def test_lack_that_one_decimal_would_hide_is_shown_with_two():
    # One teacher for 3 classes of 116 pupils in all: 0.862 per 100, 0.9 are asked for.
    classes = tuple(
        replace(c, size=size) for c, size in zip(CLASSES, (40, 40, 36), strict=True)
    )
    teachers = (Teacher("T1", "王芳", "S1", ("PE",)),)
    check = checks(classes=classes, teachers=teachers)["PE, music, art per 100 pupils"]

    assert check.figures == ("0.86", "0.9", "0.04")
    assert checks()["sports area a pupil"].figures == ("60", "7.5", "0")
