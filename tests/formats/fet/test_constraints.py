"""What constraints become, and that broken ones cost what FET says they do."""

import pytest

from scheduler.constraints.catalogue import rules_in_force
from scheduler.formats.fet import importing
from scheduler.formats.fet.export.elements import branch, constraint, leaf
from scheduler.formats.fet.limits import FAMILIES, SCOPES
from scheduler.formats.fet.relations import SIMPLE
from scheduler.model.meeting import Placement
from scheduler.model.resources import Level
from scheduler.model.times import Week
from scheduler.model.timetable import Timetable
from tests.formats.fet.builder import activity, filters, ids, imported, min_days, times

FET_UNIT = 20_000
"""Cost of FET's soft conflict of 1: percent × 100, counted in both weeks."""


def placed(result, *slots, layouts=None):
    """A timetable with activities 1, 2, … at these slots, "11" for D1 H1."""
    problem, mapping = result.problem, result.mapping
    placements = {}
    for number, (day, hour) in enumerate(slots, start=1):
        lesson = problem.lesson[
            mapping.lessons.lesson_id(mapping.document.activity[number])
        ]
        at = mapping.week.period_of((int(day) - 1, int(hour) - 1))
        layout = (layouts or {}).get(number, lesson.requirement.layouts[0])
        placements[lesson.lesson_id] = Placement(
            Week.EVERY, *at, layout, lesson.requirement.teacher_ids, lesson.length
        )
    return Timetable(problem, placements)


def soft_total(timetable):
    """Soft cost in FET's unit."""
    rules = rules_in_force(timetable.problem)
    cost = sum(r.cost(timetable) for r in rules if r.level is Level.SOFT)
    return cost / FET_UNIT


def broken(timetable):
    """Names of the hard rules that do not hold, lessons without a place aside."""
    return {
        r.name
        for r in rules_in_force(timetable.problem)
        if r.level is Level.HARD and r.amount(timetable)
    }


def of_teacher(count, **more):
    return [activity(k + 1, "T1", "Y2", **more) for k in range(count)]


def half(name, *children):
    """A constraint at 50 %."""
    return constraint(name, *children, weight="50")


def starts(*slots):
    return times("Preferred_Starting_Time", "Preferred_Starting_", *slots)


def slots_of(*slots):
    return times("Preferred_Time_Slot", "Preferred_", *slots)


def pair():
    return (leaf("First_Activity_Id", 1), leaf("Second_Activity_Id", 2))


ONE = leaf("Activity_Id", 1)
LONG = [activity(1, "T1", "Y2", duration=3)]
THREE = [
    activity(1, "T1", "Y1", duration=2),
    activity(2, "T2", "Y2", duration=2),
    activity(3, "T3"),
]
# Activities, a constraint at 50 %, where they are, and the "Total soft conflicts"
# that fet-cl 6.8.5 reports of a file with those times fixed.
AS_FET_SAYS = {
    "min days 2, on days 1 1 2": (
        of_teacher(3),
        min_days(1, 2, 3, weight="50", days=2),
        ("11", "12", "21"),
        2.0,
    ),
    "max days 1, on days 1 4": (
        of_teacher(2),
        half("MaxDaysBetweenActivities", *ids(1, 2), leaf("MaxDays", 1)),
        ("11", "44"),
        1.0,
    ),
    "min gaps 3, one hour between": (
        [activity(1, "T1", "Y2", duration=2), activity(2, "T1", "Y2")],
        half("MinGapsBetweenActivities", *ids(1, 2), leaf("MinGaps", 3)),
        ("11", "14"),
        1.0,
    ),
    "same starting time, all three differ": (
        THREE,
        half("ActivitiesSameStartingTime", *ids(1, 2, 3)),
        ("11", "23", "31"),
        1.5,
    ),
    "same starting hour, two agree": (
        THREE,
        half("ActivitiesSameStartingHour", *ids(1, 2, 3)),
        ("11", "23", "31"),
        1.0,
    ),
    "same starting day, all three differ": (
        THREE,
        half("ActivitiesSameStartingDay", *ids(1, 2, 3)),
        ("11", "23", "31"),
        1.5,
    ),
    "consecutive, but days apart": (
        of_teacher(2),
        half("TwoActivitiesConsecutive", *pair()),
        ("14", "21"),
        0.5,
    ),
    "grouped, but days apart": (
        of_teacher(2),
        half("TwoActivitiesGrouped", *pair()),
        ("14", "31"),
        0.5,
    ),
    "ordered, but the second first": (
        of_teacher(2),
        half("TwoActivitiesOrdered", *pair()),
        ("21", "14"),
        0.5,
    ),
    "starting times count once": (
        LONG,
        half("ActivityPreferredStartingTimes", ONE, *starts("22")),
        ("11",),
        0.5,
    ),
    "a starting time under 100 % is a wish": (
        LONG,
        half(
            "ActivityPreferredStartingTime",
            *(ONE, leaf("Preferred_Day", "D2"), leaf("Preferred_Hour", "H2")),
        ),
        ("11",),
        0.5,
    ),
    "time slots count every hour outside": (
        LONG,
        half("ActivityPreferredTimeSlots", ONE, *slots_of("11")),
        ("11",),
        1.0,
    ),
    "filtered time slots count likewise": (
        LONG,
        half("ActivitiesPreferredTimeSlots", *filters("T1"), *slots_of("11")),
        ("11",),
        1.0,
    ),
    "one hour too many a day for three subgroups": (
        [activity(1, "T1", "Y1"), activity(2, "T1", "Y1")],
        half("StudentsMaxHoursDaily", leaf("Maximum_Hours_Daily", 1)),
        ("11", "12"),
        1.5,
    ),
}


@pytest.mark.parametrize("name", AS_FET_SAYS)
def test_a_broken_wish_costs_what_fet_reports(name):
    activities, rule, slots, total = AS_FET_SAYS[name]
    result = imported(activities, rule)
    timetable = placed(result, *slots)

    assert soft_total(timetable) == total
    assert broken(timetable) == set()


@pytest.mark.parametrize(
    ("name", "slots", "kept"),
    [
        ("TwoActivitiesConsecutive", ("12", "14"), True),
        ("TwoActivitiesConsecutive", ("14", "12"), False),
        ("TwoActivitiesGrouped", ("14", "12"), True),
        ("TwoActivitiesGrouped", ("11", "14"), False),
        ("TwoActivitiesGrouped", ("12", "24"), False),
    ],
)
def test_grouped_activities_may_have_a_break_hour_between(name, slots, kept):
    # So does FET: hours 2 and 4 are together where hour 3 is a break.
    stop = constraint("BreakTimes", *times("Break_Time", "", "13", "23"))
    timetable = placed(imported(of_teacher(2), stop, constraint(name, *pair())), *slots)

    assert (broken(timetable) == set()) is kept


def test_three_grouped_activities_fill_what_lies_between():
    third = leaf("Third_Activity_Id", 3)
    rule = constraint("ThreeActivitiesGrouped", *pair(), third)
    stop = constraint("BreakTimes", *times("Break_Time", "", "13"))
    result = imported(of_teacher(3), stop, rule)

    assert broken(placed(result, "11", "14", "12")) == set()
    assert broken(placed(result, "11", "15", "12")) == {"KeepRelations"}


@pytest.mark.parametrize(("second", "kept"), [("12", True), ("13", False)])
def test_consecutive_if_same_day_is_hard_whatever_the_weight(second, kept):
    result = imported(of_teacher(2), min_days(1, 2, weight="1", consecutive=True))
    timetable = placed(result, "11", second)

    assert soft_total(timetable) == 0.01
    assert (broken(timetable) == set()) is kept


def test_tags_keep_apart_but_not_within_one_tag():
    activities = [
        activity(1, "T1", "Y1", tags="g1"),
        activity(2, "T2", "Y2", tags="g1"),
        activity(3, "T3", tags="g2"),
    ]
    tags = (leaf("Number_of_Activity_Tags", 2), *map(_tag, ("g1", "g2")))
    result = imported(activities, constraint("ActivityTagsNotOverlapping", *tags))

    assert broken(placed(result, "11", "11", "12")) == set()
    assert broken(placed(result, "11", "12", "12")) == {"KeepRelations"}


def _tag(name):
    return leaf("Activity_Tag", name)


def number_of(element, value):
    return [leaf(element, value)] if element else []


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_on_people_becomes_a_limit(scope, family):
    own = FAMILIES[family]
    who = {
        "Teacher": [leaf("Teacher_Name", "T1")],
        "StudentsSet": [leaf("Students", "Y1")],
    }
    rule = constraint(
        scope + family,
        *who.get(scope, []),
        *([_tag("g1")] if own.by_tag else []),
        leaf("Interval_Start_Hour", "H2"),
        leaf("Interval_End_Hour", ""),
        leaf("Allow_Empty_Days", text=True),
        leaf(own.number, 3),
    )
    result = imported([activity(1, "T1", "Y1"), activity(2, "T2", "Y1")], rule)

    (limit,) = result.problem.limits
    assert (limit.kind, limit.value, limit.level) == (own.kind, 3, Level.HARD)
    people = {
        "Teacher": ("T1",),
        "Teachers": (),
        "StudentsSet": ("Y1",),
        "Students": ("Y1",),
    }
    assert limit.ids == people[scope]
    assert limit.tags == (("g1",) if own.by_tag else ())
    # H2 begins at 8:45 and H6, the last, ends at 12:30.
    interval = family in ("IntervalMaxDaysPerWeek", "MaxHoursDailyInInterval")
    assert (limit.start, limit.end) == ((525, 750) if interval else (None, None))
    assert result.report.read[rule.tag.removeprefix("Constraint")] == 1


def test_students_may_have_no_empty_day_unless_said():
    rule = constraint("StudentsMinHoursDaily", leaf("Minimum_Hours_Daily", 2))

    (limit,) = imported([activity(1, "T1", "Y2")], rule).problem.limits

    assert limit.kind == "min_periods_every_day"


@pytest.mark.parametrize("name", SIMPLE)
def test_every_simple_type_becomes_a_relation(name):
    simple = SIMPLE[name]
    members = (1, 2, 3)
    if simple.kind.sizes:
        members = members[: 3 if name.startswith("Three") else 2]
    ordinals = ("First", "Second", "Third")
    named = (
        [leaf(f"{o}_Activity_Id", k) for o, k in zip(ordinals, members, strict=False)]
        if simple.kind.sizes
        else ids(*members)
    )
    rule = constraint(
        name,
        *([*filters("T1")] if simple.selects else named),
        *times("Selected_Time_Slot", "Selected_", "11", "12"),
        *number_of(simple.number, 2),
        leaf("Allow_Empty_Slots", text=False),
    )
    (row,) = imported(of_teacher(3), rule).problem.relations

    assert (row.kind, row.level) == (simple.kind, Level.HARD)
    assert row.value == (2 if simple.number else None)
    assert row.slots == (((1, 1), (1, 2)) if simple.kind.needs_slots else ())
    # Where the order counts, lessons are named one by one.
    mark = "#1" if simple.kind.sizes else ""
    assert row.lessons == tuple(f"A{k}{mark}" for k in members)


def test_what_a_type_cannot_say_is_unsupported_with_its_reason():
    span = constraint(
        "TeachersMaxSpanPerDay",
        leaf("Max_Span", 4),
        leaf("Allow_One_Day_Exception_of_Plus_One", text=True),
    )
    result = imported(of_teacher(1), span)

    assert [text.en for text in result.report.sentences()] == [
        "not supported: TeachersMaxSpanPerDay, 1 constraint(s) (one day is excepted)"
    ]


def test_numbers_that_are_missing_are_told_also_of_rooms():
    gap = constraint("MinGapsBetweenActivities", *ids(1, 2), leaf("MinGaps", "x"))
    room = constraint("SubjectPreferredRoom", *filters(), leaf("Duration", "one"))
    result = imported(of_teacher(2), gap, room)

    assert [text.en for text in result.report.sentences()] == [
        f"not supported: {name}, 1 constraint(s) (its number is missing)"
        for name in ("MinGapsBetweenActivities", "SubjectPreferredRoom")
    ]


def test_a_fault_in_reading_a_constraint_is_not_told_as_a_missing_number(monkeypatch):
    def fail(*_):
        raise ValueError("a bug")

    monkeypatch.setattr(importing, "limit_rows", fail)

    with pytest.raises(ValueError, match="a bug"):
        imported(
            of_teacher(1), constraint("TeachersMaxSpanPerDay", leaf("Max_Span", 4))
        )


def test_a_fixed_time_is_a_fixed_lesson_once():
    fixed = constraint(
        "ActivityPreferredStartingTime",
        *(ONE, leaf("Preferred_Day", "D3"), leaf("Preferred_Hour", "H2")),
    )
    (row,) = imported(of_teacher(1), fixed, fixed).problem.fixed

    assert (row.requirement_id, row.index, row.day, row.period) == ("A1", 1, 3, 2)


def test_a_preferred_day_leaves_every_hour_of_it():
    day = constraint("ActivityPreferredDay", ONE, leaf("Preferred_Day", "D2"))
    (row,) = imported(of_teacher(1), day).problem.relations

    assert (row.kind, row.slots) == ("starts_in", tuple((2, k) for k in range(1, 7)))


def test_a_room_closed_by_wish_is_approximated_and_said():
    closed = constraint(
        "RoomNotAvailableTimes",
        leaf("Room", "R1"),
        *times("Not_Available_Time", "", "11"),
        weight="40",
    )
    result = imported(of_teacher(1), closed)

    (row,) = result.problem.unavailable
    assert (row.kind, row.resource_id, row.level) == ("zone", "R1", Level.SOFT)
    assert [n for (n, _), n in result.report.approximated.items()] == [1]


def test_unused_branches_of_the_tree_are_ignored():
    note = branch("Remark", leaf("Text", "x"))

    assert imported(of_teacher(1), constraint("BreakTimes", note)).report.is_complete
