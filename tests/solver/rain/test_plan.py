"""Plans for bad weather worked out by hand."""

from dataclasses import replace
from fractions import Fraction

import highspy

from scheduler.model.activities import Activity, ActivityKind
from scheduler.model.expansion import with_activities
from scheduler.model.requirements import HOME
from scheduler.model.times import RowKind, Week
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Layout, SiteDistance, Venue, Zone
from scheduler.solver.rain import planning
from scheduler.solver.rain.assignment import best_assignment
from scheduler.solver.rain.planning import rain_plan
from scheduler.solver.rain.slots import slot_choices
from tests import builders
from tests.builders import (
    agreement,
    need,
    place,
    timetable,
    unavailable,
)
from tests.solver.rain.builders import (
    FAR_AWAY,
    FAR_GYM,
    IN_CENTRE,
    IN_GYM,
    IN_HALL,
    on_field,
    pe,
    problem,
    turns,
    wet,
)

FIRST = "1-0800"


def two_outdoors(**more):
    """C1 and C2 have PE on the field on Monday, period 1."""
    given = problem(pe("R1", "C1", "T1"), pe("R2", "C2", "T2"), **more)
    return timetable(given, R1=on_field("L1"), R2=on_field("L2", teacher="T2"))


def test_two_classes_take_turns_in_a_gym_for_one():
    plan = rain_plan(two_outdoors())

    assert turns(plan, FIRST) == [("LG", HOME), (HOME, "LG")]
    assert plan.proven
    assert plan.slots[0].alike == ((0, 1),)
    assert plan.slots[0].turns_indoors(7) == (4, 3)


def test_timetable_without_outdoor_lessons_has_an_empty_plan():
    given = problem(pe("R1", "C1", "T1"), need("R2", "C2", "CN"))
    table = timetable(given, R1=place(1, 1, "LG"), R2=place(1, 1))

    assert rain_plan(table).slots == ()


def test_without_a_place_indoors_all_have_theory():
    plan = rain_plan(two_outdoors(layouts=()))

    assert turns(plan, FIRST) == [(HOME, HOME)]
    assert not plan.has_places


def test_hall_for_any_subject_is_used_only_where_it_is_marked_wet():
    plan = rain_plan(two_outdoors(layouts=(IN_GYM, wet(IN_HALL))))

    # Both are active on every bad day, so the list begins anew after the first.
    assert [sorted(turn) for turn in turns(plan, FIRST)] == [["LG", "LH"]]
    assert plan.slots[0].layouts == (("LG", "LH"), ("LG", "LH"))


def test_pupils_beyond_a_cap_stay_in_their_room():
    zones = (*builders.ZONES, Zone("GYM", "GYM", 2, 69))
    plan = rain_plan(
        two_outdoors(zones=zones, layouts=(replace(IN_GYM, max_classes=2),))
    )

    # 40 and 30 pupils are one too many.
    assert turns(plan, FIRST) == [("LG", HOME), (HOME, "LG")]


def test_gym_that_is_taken_in_odd_weeks_is_free_in_even_weeks():
    given = problem(
        pe("R1", "C1", "T1"), need("R2", "C2", "PE", "0.5", teacher_ids=("T2",))
    )
    table = timetable(
        given,
        R1=on_field(),
        R2=place(1, 1, "LG", week=Week.ODD, teachers=("T2",)),
    )
    plan = rain_plan(table)

    assert [s.slot_id for s in plan.slots] == ["1-0800-odd", "1-0800-even"]
    assert turns(plan, "1-0800-odd") == [(HOME,)]
    assert turns(plan, "1-0800-even") == [("LG",)]


def test_block_of_two_stays_in_one_place_that_is_free_for_both():
    given = problem(
        pe("R1", "C1", "T1", per_week="2", blocks=builders.blocks("2")),
        pe("R2", "C2", "T2"),
    )
    table = timetable(
        given,
        R1=on_field(length=2),
        R2=place(1, 2, "LG", teachers=("T2",)),
    )

    assert turns(rain_plan(table), FIRST) == [(HOME,)]


def test_bells_meet_by_the_clock():
    """C3 rings 08:10-08:50, C1 08:00-08:40: one slot, one gym."""
    given = problem(pe("R1", "C1", "T1"), pe("R2", "C3", "T2"))
    table = timetable(given, R1=on_field("L1"), R2=on_field("L2", teacher="T2"))
    plan = rain_plan(table)

    assert [s.slot_id for s in plan.slots] == [FIRST]
    assert (plan.slots[0].start, plan.slots[0].end) == (480, 530)
    assert turns(plan, FIRST) == [("LG", HOME), (HOME, "LG")]


def test_closed_gym_is_not_used():
    table = two_outdoors(unavailable=(unavailable("venue", "GYM"),))

    assert turns(rain_plan(table), FIRST) == [(HOME, HOME)]


def centre(period, **more):
    """C1 has Chinese, then PE; the centre is ten minutes away."""
    given = problem(
        pe("R1", "C1", "T1"),
        need("R2", "C1", "CN", teacher_ids=("T3",)),
        layouts=(IN_CENTRE,),
        agreements=(agreement(venue_id="CENTRE", **more),),
    )
    return timetable(
        given,
        R1=on_field(period=period),
        R2=place(1, period - 1, teachers=("T3",)),
    )


def test_covered_venue_is_used_within_its_window_where_the_walk_fits():
    # Period 2 ends at 09:30, period 3 begins at 10:00: time for ten minutes' walk.
    assert turns(rain_plan(centre(3)), "1-1000") == [("LC",)]
    # Period 3 ends at 10:40, period 4 begins at 10:50: the walk needs all of it.
    assert turns(rain_plan(centre(4)), "1-1050") == [("LC",)]
    assert turns(rain_plan(centre(4, walk_minutes=11)), "1-1050") == [(HOME,)]
    # The window begins at 10:00.
    assert turns(rain_plan(centre(2)), "1-0850") == [(HOME,)]


def test_agreement_for_one_class_takes_one_at_a_time():
    given = problem(
        pe("R1", "C1", "T1"),
        pe("R2", "C2", "T2"),
        layouts=(IN_CENTRE,),
        agreements=(agreement(venue_id="CENTRE", max_classes=1),),
    )
    table = timetable(
        given,
        R1=on_field("L1", period=3),
        R2=on_field("L2", period=3, teacher="T2"),
    )

    assert turns(rain_plan(table), "1-1000") == [("LC", HOME), (HOME, "LC")]


def test_far_gym_is_out_of_reach_between_two_lessons():
    """Ten minutes of way: free beside the big break, not in a break of ten minutes."""
    given = problem(
        pe("R1", "C1", "T1"),
        need("R2", "C1", "CN", teacher_ids=("T3",)),
        layouts=(FAR_AWAY,),
        sites=(SiteDistance("S1", "S1B", 11),),
    )
    near = timetable(given, R1=on_field(period=1), R2=place(1, 2, teachers=("T3",)))
    wide = timetable(given, R1=on_field(period=2), R2=place(1, 3, teachers=("T3",)))

    assert turns(rain_plan(near), FIRST) == [(HOME,)]
    assert turns(rain_plan(wide), "1-0850") == [("LFG",)]


def two_in_a_row(*shelters, **tables):
    """C1 has PE outdoors in periods 1 and 2, ten minutes apart."""
    given = problem(
        pe("R1", "C1", "T1"), pe("R2", "C1", "T1"), layouts=shelters, **tables
    )
    return timetable(given, R1=on_field(period=1), R2=on_field(period=2))


def test_two_lessons_in_a_row_go_far_together_or_not_at_all():
    ways = (SiteDistance("S1", "S1B", 11),)
    both = rain_plan(two_in_a_row(FAR_AWAY, sites=ways))
    shut = (unavailable("venue", "FARGYM", start=530, end=570),)
    one = rain_plan(two_in_a_row(FAR_AWAY, sites=ways, unavailable=shut))

    assert turns(both, FIRST) == [("LFG", "LFG")]
    # The first could go there only with the second.
    assert [s.slot_id for s in one.slots] == [FIRST, "1-0850"]
    assert [t.layout_ids for s in one.slots for t in s.turns] == [(HOME,), (HOME,)]


def test_two_far_sites_are_not_visited_in_a_row():
    """Either is near the school, but the way between them takes longer than the break.

    The one is shut in the second period, the other in the first.
    """
    other = Venue("OTHER", "南校体育馆", "S1C", "gym", True, "S1")
    venues = (*builders.VENUES, FAR_GYM, other)
    ways = (
        SiteDistance("S1", "S1B", 5),
        SiteDistance("S1", "S1C", 5),
        SiteDistance("S1B", "S1C", 20),
    )
    shut = (
        unavailable("venue", "FARGYM", start=530, end=570),
        unavailable("venue", "OTHER", start=480, end=520),
    )
    plan = rain_plan(
        two_in_a_row(
            FAR_AWAY,
            Layout("LO", "OTHER", ("OTHER",), ("PE",), 1),
            venues=venues,
            zones=builders.ZONES,
            sites=ways,
            unavailable=shut,
        )
    )

    assert turns(plan, FIRST) == [("LFG", HOME), (HOME, "LO")]


def test_nearer_place_is_taken_where_as_many_are_active():
    given = problem(pe("R1", "C1", "T1"), layouts=(FAR_AWAY, IN_GYM))
    plan = rain_plan(timetable(given, R1=on_field()))

    assert plan.slots[0].layouts == (("LFG", "LG"),)
    assert turns(plan, FIRST) == [("LG",)]


def test_class_served_elsewhere_waits_where_turns_are_equal():
    """In period 1 C1 goes first; in period 2 it is C2's turn to."""
    given = problem(
        pe("R1", "C1", "T1", per_week="2"), pe("R2", "C2", "T2", per_week="2")
    )
    table = timetable(
        given,
        R1_1=on_field("L1"),
        R2_1=on_field("L2", teacher="T2"),
        R1_2=on_field("L1", period=3),
        R2_2=on_field("L2", period=3, teacher="T2"),
    )
    plan = rain_plan(table)

    first, second = (plan.slots[k].turn(1).layout_ids for k in (0, 1))
    assert {first.index("LG"), second.index("LG")} == {0, 1}


def test_class_that_no_place_is_open_to_does_not_lengthen_the_list():
    """D1's school owns no gym and has no agreement."""
    given = problem(pe("R1", "C1", "T1"), pe("R2", "D1", "T2"))
    table = timetable(given, R1=on_field("L1"), R2=on_field("L2", teacher="T2"))
    plan = rain_plan(table)

    assert plan.slots[0].layouts == (("LG",), ())
    assert turns(plan, FIRST) == [("LG", HOME)]


def test_turns_that_never_even_out_are_listed_until_they_repeat():
    """Of classes of 40, 30 and 20 the two small ones fill 50 seats every time.

    C1 alone would be one class less, so it is the same on every date of the term.
    """
    zones = (*builders.ZONES, Zone("GYM", "GYM", 2, 50))
    given = problem(
        *(pe(f"R{k}", f"C{k}", f"T{k}") for k in (1, 2, 3)),
        zones=zones,
        layouts=(replace(IN_GYM, max_classes=2),),
    )
    fields = {1: "L1", 2: "L2", 3: "L12"}
    table = timetable(
        given, **{f"R{k}": on_field(x, teacher=f"T{k}") for k, x in fields.items()}
    )
    plan = rain_plan(table)

    assert turns(plan, FIRST) == [(HOME, "LG", "LG")]
    assert plan.slot(FIRST).turns_indoors(8) == (0, 8, 8)
    assert plan.proven


def activity(kind, pupils=None):
    """C1 and C2 have it together in the open, Mondays at 15:30; it finds PE places."""
    made = Activity(
        "CLUB",
        "社团",
        kind,
        ("C1", "C2"),
        Fraction(1),
        pupils=pupils,
        subject_id="PE",
        rows=(RowKind.AFTER_SCHOOL,),
        teacher_ids=("T1",),
    )
    zones = (*builders.ZONES, Zone("GYM", "GYM", 2, 30))
    layouts = (replace(IN_GYM, max_classes=2),)
    given = with_activities(problem(layouts=layouts, zones=zones, activities=(made,)))
    return Timetable(given, {"CLUB#1": on_field(period=20)})


def test_club_goes_where_its_pupils_fit():
    assert turns(rain_plan(activity(ActivityKind.CLUB, 30)), "1-1530") == [("LG",)]
    assert turns(rain_plan(activity(ActivityKind.CLUB, 31)), "1-1530") == [(HOME,)]


def test_activity_that_no_place_holds_whole_stays_in_the_rooms():
    assert turns(rain_plan(activity(ActivityKind.TRAINING)), "1-1530") == [(HOME,)]


def test_turns_that_time_was_too_short_to_prove_are_fair_all_the_same(monkeypatch):
    """A solver that sends the first lesson in every time is put right."""
    unfair = (((0, 0),), False)
    monkeypatch.setattr(planning, "best_assignment", lambda *_: unfair)
    plan = rain_plan(two_outdoors())

    assert turns(plan, FIRST) == [("LG", HOME), (HOME, "LG")]
    assert not plan.proven


def test_everybody_stays_home_where_the_solver_found_nothing(monkeypatch):
    choice = slot_choices(two_outdoors())[0]
    monkeypatch.setattr(highspy.Highs, "run", lambda _: None)

    assert best_assignment(choice, (0, 0), 1.0) == ((), False)
