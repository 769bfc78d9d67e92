"""The heat map's numbers, by hand."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from scheduler.formats.week_grid import venue_grid, venue_load
from scheduler.model.resources import ResourceKind, Unavailability
from scheduler.model.times import RowKind, Week
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Layout, Zone
from tests.small_school import CLASSES, at, need, small_problem, timetable
from tests.term.builders import agreement
from tests.term.builders import problem as of_dates


def test_venue_load_counts_classes_by_week_and_idle_zones():
    # Monday lesson 1: A every week on Z1, B in odd weeks on Z2.
    problem = small_problem(need("R1", "A", "PE"), need("R2", "B", "PE", "1/2"))
    table = timetable(problem, R1_1=at(1, 1, "L1"), R2_1=at(1, 1, "L2", week=Week.ODD))
    load = venue_load(table, "V-F")
    cell = load.rows[0].cells[0]
    assert cell.classes == (2, 1)
    assert cell.pupils == (70, 40)
    assert (cell.capacity, cell.pupil_capacity) == (2, 80)
    assert (cell.open_zones, cell.idle_zones) == ((2, 2), (0, 1))
    assert not cell.over
    assert (load.peak_classes, load.peak_pupils) == (2, 70)
    # 7 lesson periods of bell high x 2 zones; used: Z1 once, Z2 every other week.
    assert load.open_zone_periods == 14
    assert load.idle_zone_periods == Fraction(25, 2)
    # 1.5 classes on average in one of 7 open periods.
    assert load.mean == Fraction(3, 14)


def test_venue_load_blocked_time_is_neither_open_nor_idle():
    blocked = (Unavailability(ResourceKind.VENUE, "V-F", 5),)
    problem = small_problem(need("R1", "A", "PE"), unavailable=blocked)
    load = venue_load(timetable(problem, R1_1=at(1, 1, "L1")), "V-F")
    # Monday's 4 periods x 2 zones remain, one zone-period is used.
    assert load.open_zone_periods == 8
    assert load.idle_zone_periods == 7
    assert load.rows[0].cells[1].capacity == 0


def test_venue_load_of_two_bells_weighs_bands_by_their_part_of_a_period():
    # A 08:20-09:00, C 08:30-09:10: bands of 10, 30 and 10 of 40 minutes.
    small = (replace(CLASSES[0], size=10), *CLASSES[1:])
    problem = small_problem(need("R1", "A", "PE"), need("R2", "C", "PE"), classes=small)
    load = venue_load(
        timetable(problem, R1_1=at(1, 1, "L1"), R2_1=at(1, 1, "L1")), "V-F"
    )
    first = load.rows[:3]
    assert [row.weight for row in first] == [
        Fraction(1, 4),
        Fraction(3, 4),
        Fraction(1, 4),
    ]
    assert [row.cells[0].classes for row in first] == [(1, 1), (2, 2), (1, 1)]
    assert [row.cells[0].idle_zones for row in first] == [(1, 1), (1, 1), (1, 1)]


def test_venue_load_more_classes_than_zones_take_is_over():
    problem = small_problem(
        need("R1", "A", "PE"), need("R2", "B", "PE"), need("R3", "C", "PE")
    )
    table = timetable(
        problem, R1_1=at(1, 1, "L1"), R2_1=at(1, 1, "L2"), R3_1=at(1, 1, "L1")
    )
    # Three classes at 08:30-09:00, two zones of one class each.
    over = [row.cells[0].over for row in venue_load(table, "V-F").rows[:3]]
    assert over == [False, True, False]


def test_pupil_capacity_is_what_the_layouts_hold_not_the_sum_of_zones():
    # Zones of 40 pupils each, but the only layout takes both for 50.
    both = Layout("L12", "V-F", ("Z1", "Z2"), ("PE",), 1, 50)
    problem = small_problem(need("R1", "A;B", "PE"), layouts=(both,))
    cell = venue_load(timetable(problem, R1_1=at(1, 1, "L12")), "V-F").rows[0].cells[0]
    assert (cell.pupils, cell.pupil_capacity) == ((70, 70), 40)
    assert cell.over


def test_one_crowded_zone_is_over_beside_an_empty_one():
    # A and B, 70 pupils, in a zone of 40; the field holds 80.
    halves = tuple(Layout(f"L{k}", "V-F", (f"Z{k}",), ("PE",), 2) for k in (1, 2))
    zones = tuple(Zone(f"Z{k}", "V-F", 2, 40) for k in (1, 2))
    needs = need("R1", "A", "PE"), need("R2", "B", "PE")
    problem = small_problem(*needs, layouts=halves, zones=zones)
    table = timetable(problem, R1_1=at(1, 1, "L1"), R2_1=at(1, 1, "L1"))
    cell = venue_load(table, "V-F").rows[0].cells[0]
    assert (cell.classes, cell.capacity) == ((2, 2), 4)
    assert (cell.pupils, cell.pupil_capacity) == ((70, 70), 80)
    assert cell.over


def test_time_open_to_a_club_is_open_whether_taken_or_not():
    # A club after school, Monday or Friday: 2 rows, and 7 lesson periods for PE.
    club = need("R2", "A", "CLUB", layouts=("L1",), row_kinds=(RowKind.AFTER_SCHOOL,))
    problem = small_problem(need("R1", "A", "PE"), club)
    table = timetable(problem, R1_1=at(1, 1, "L1"), R2_1=at(1, 10, "L1"))
    loads = [venue_load(t, "V-F") for t in (timetable(problem), table)]

    assert [x.open_zone_periods for x in loads] == [18, 18]
    assert [x.idle_zone_periods for x in loads] == [18, 16]


def test_place_of_clubs_alone_is_not_open_in_lessons():
    club = need("R2", "A", "CLUB", layouts=("LM",), row_kinds=(RowKind.AFTER_SCHOOL,))
    load = venue_load(timetable(small_problem(club)), "V-M")

    assert load.open_zone_periods == 2


def test_agreement_that_has_ended_opens_nothing():
    # Windows contain Tuesday's four periods.
    def opened(**changes):
        school = of_dates(agreements=(agreement(2, **changes),))
        return venue_load(Timetable(school, {}), "PARK").open_zone_periods

    assert opened() == 4
    assert opened(valid_to=date(2026, 8, 31)) == 0


def test_venue_load_is_read_by_periods_at_their_fullest():
    # A 08:20-09:00, C 08:30-09:10: one row, in which both are there at 08:30.
    small = (replace(CLASSES[0], size=10), *CLASSES[1:])
    problem = small_problem(need("R1", "A", "PE"), need("R2", "C", "PE"), classes=small)
    load = venue_load(
        timetable(problem, R1_1=at(1, 1, "L1"), R2_1=at(1, 1, "L1")), "V-F"
    )
    assert [row.label.zh for row in load.periods] == [
        "第1节",
        "第2节",
        "第3节",
        "第4节",
    ]
    assert [(row.start, row.end) for row in load.periods[:1]] == [(500, 540)]
    monday, friday = load.periods[0].cells
    assert (monday.most_classes, monday.start, monday.end) == (2, 510, 540)
    assert friday.most_classes == 0


def test_venue_load_leaves_out_periods_in_which_it_is_closed_all_week():
    blocked = tuple(
        Unavailability(ResourceKind.VENUE, "V-F", day, start=500, end=540)
        for day in (1, 5)
    )
    problem = small_problem(need("R1", "A", "PE"), unavailable=blocked)
    load = venue_load(timetable(problem, R1_1=at(1, 2, "L1")), "V-F")
    assert [row.label.zh for row in load.periods] == ["第2节", "第3节", "第4节"]
    assert load.rows[0].label.zh == "第1节"


def test_no_row_of_periods_stands_before_an_earlier_one():
    problem = small_problem(need("R1", "A", "PE"), need("R2", "C", "PE"))
    table = timetable(problem, R1_1=at(5, 3, "L1"), R2_1=at(1, 1, "L2"))
    for rows in (venue_load(table, "V-F").periods, venue_grid(table, "V-F").rows):
        assert [row.start for row in rows] == sorted(row.start for row in rows)
