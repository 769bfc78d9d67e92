"""Ceilings and weights of venues, by hand."""

import pytest

from scheduler.constraints.rules.places.keep_venue_ceilings import KeepVenueCeilings
from scheduler.constraints.rules.places.stagger_venue_load import StaggerVenueLoad
from scheduler.formats.problem.reading import read_problem
from scheduler.model.errors import InputError
from scheduler.model.text import Text
from scheduler.model.times import Week
from scheduler.model.venues import VenueTarget
from tests.formats.primary_school import Folder
from tests.small_school import at, need, small_problem, timetable

NEEDS = (need("R1", "A", "PE"), need("R2", "B", "PE"), need("R3", "C", "PE"))


def on_the_field(*targets):
    """A and B from 08:20 to 09:00, C in odd weeks from 08:30 to 09:10."""
    problem = small_problem(*NEEDS, venue_targets=targets)
    return timetable(
        problem,
        R1_1=at(1, 1, "L1"),
        R2_1=at(1, 1, "L2"),
        R3_1=at(1, 1, "L1", week=Week.ODD),
    )


@pytest.mark.parametrize(
    ("target", "amount"),
    [
        (VenueTarget("V-F", None, 3), 0),
        # Odd weeks: one too many for 30 minutes.
        (VenueTarget("V-F", None, 2), 30),
        # Even: 40; odd: 10 with two, 30 with three, 10 with C alone.
        (VenueTarget("V-F", None, 1), 40 + 10 + 60),
        # A and B are grade 3, C is grade 1.
        (VenueTarget("V-F", 3, 1), 80),
        (VenueTarget("V-F", 1, 0), 40),
        (VenueTarget("V-M", None, 0), 0),
        (VenueTarget("V-F", None, None, 5), 0),
    ],
)
def test_ceiling_counts_classes_too_many_by_the_minute(target, amount):
    assert KeepVenueCeilings().amount(on_the_field(target)) == amount


def test_ceiling_of_a_grade_names_the_grade():
    table = on_the_field(VenueTarget("V-F", 1, 0))
    rule = KeepVenueCeilings()
    (found,) = rule.violations(table)
    assert rule.explain(table.problem, found) == Text(
        "田径场（1年级）周一08:30–09:10（单周）有1个班，上限0：一(1)班体育与健康。",
        "田径场 (grade 1) holds 1 classes on Monday 08:30–09:10 (odd weeks), at most 0 "
        "may: PE and health of 一(1)班 (R3#1).",
    )


@pytest.mark.parametrize(("weight", "times"), [(None, 1), (3, 3), (0, 0)])
def test_weight_of_a_venue_multiplies_what_an_uneven_load_costs(weight, times):
    plain = StaggerVenueLoad().amount(on_the_field())
    weighed = on_the_field(VenueTarget("V-F", None, 9, weight))
    # 08:20: two classes in both weeks; 08:30: three in odd, two in even weeks.
    assert plain == 2 + 3 + 1
    assert StaggerVenueLoad().amount(weighed) == times * plain


def test_weight_of_a_grade_is_added_for_its_classes_alone():
    # A and B are of grade 3: two when their period begins, 08:20, in both weeks.
    third = on_the_field(VenueTarget("V-F", 3, None, 5))
    first = on_the_field(VenueTarget("V-F", 1, None, 5))
    only = on_the_field(VenueTarget("V-F", None, None, 0), VenueTarget("V-F", 3, 9, 5))

    assert StaggerVenueLoad().amount(third) == 6 + 5 * 2
    assert StaggerVenueLoad().amount(first) == 6
    assert StaggerVenueLoad().amount(only) == 5 * 2
    found = [StaggerVenueLoad().explain(only.problem, v).zh for v in violations(only)]
    assert found[0] == "田径场（3年级）周一（单周）08:20有2个班同时使用。"


def violations(table):
    return list(StaggerVenueLoad().violations(table))


FAULTS = {
    "a venue that is not there": (
        "V-X,,2,",
        'venue_id: "V-X" is not in the table of venues. Maybe renamed?',
    ),
    "a row that says nothing": (
        "V-FIELD,,,",
        "max_classes_at_once: is empty, as is the weight, so the row says "
        "nothing. Maybe a ceiling or a weight is missing?",
    ),
    "a grade without classes": (
        "V-FIELD,9,2,",
        'grade: "9" is no grade that has classes (there are 1, 2, 3, 4, 5, '
        "6). Maybe another grade is meant?",
    ),
    "a negative ceiling": (
        "V-FIELD,,-1,",
        'max_classes_at_once: "-1" is less than 0. Maybe a slip?',
    ),
    "the same venue twice": (
        "V-FIELD,,2,\nV-FIELD,,3,",
        'row 3, venue_id: "V-FIELD" has a second row without a grade. Maybe '
        "join them into one?",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_in_venue_targets_is_one_clear_line(tmp_path, name):
    rows, line = FAULTS[name]
    folder = Folder(tmp_path)
    header = "venue_id,grade,max_classes_at_once,weight\n"
    (folder.path / "venue_targets.csv").write_text(header + rows + "\n", "utf-8")
    with pytest.raises(InputError) as caught:
        read_problem(folder.path)
    (error,) = caught.value.errors
    assert line in str(error)
