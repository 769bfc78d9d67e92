"""Grids of teachers, venues and schools."""

from dataclasses import replace
from datetime import date

from scheduler.formats.week_grid import school_grid, teacher_grid, venue_grid
from scheduler.model.resources import Level, ResourceKind, Unavailability
from scheduler.model.times import format_clock, parse_clock
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Agreement, Venue
from tests.small_school import CLASSES, at, need, small_problem, timetable


def shown(grid, day_place=0):
    """Time, lessons (… where continued) and span of one day's cells."""
    return [
        (
            f"{format_clock(row.start)}-{format_clock(row.end)}",
            " ".join(
                e.lesson_id + ("…" if e.continued else "")
                for e in row.cells[day_place].entries
            ),
            row.cells[day_place].row_span,
        )
        for row in grid.rows
    ]


def test_teacher_grid_on_two_bells_has_one_row_for_a_period_of_both():
    # Monday: class A 08:20-09:00, class C 09:30-10:10; A's second lesson is
    # 09:15-09:55 (Friday 09:10-09:50).
    problem = small_problem(need("R1", "A", "CN"), need("R2", "C", "CN"))
    grid = teacher_grid(timetable(problem, R1_1=at(1, 1), R2_1=at(1, 2)), "T1")
    assert [row for row in shown(grid) if row[1]] == [
        ("08:20-09:00", "R1#1", 1),
        ("09:10-09:50", "R2#1", 1),
    ]
    assert [row.label.zh for row in grid.rows[:2]] == ["第1节", "第2节"]


def test_teacher_grid_lessons_at_once_in_two_rows_are_a_clash_in_both():
    # A's Friday lesson 1 ends at 09:00; C's begins at 08:30, its second at 09:30,
    # while A's second, 09:10-09:50, still runs: they share a row. Monday's third
    # lesson of A, 10:25-11:05, meets nothing of C's.
    problem = small_problem(need("R1", "A", "CN", "2"), need("R2", "C", "CN"))
    table = timetable(problem, R1_1=at(5, 2), R1_2=at(1, 3), R2_1=at(5, 2))
    grid = teacher_grid(table, "T1")
    friday = [row.label.zh for row in grid.rows if row.cells[1].clash]
    monday = [row.label.zh for row in grid.rows if row.cells[0].clash]
    assert (friday, monday) == (["第2节"], [])


def test_teacher_grid_escort_is_shown_but_not_counted():
    problem = small_problem(
        need("R1", "A", "PE", layouts=("L1",), escort_ids=("T2",)),
        need("R2", "A", "CN", teacher_ids=("T2",)),
    )
    table = timetable(problem, R1_1=at(1, 1, "L1"), R2_1=at(1, 2, teachers=("T2",)))
    grid = teacher_grid(table, "T2")
    entries = [e for row in grid.rows for c in row.cells for e in c.entries]
    assert [(e.lesson_id, e.escort) for e in entries] == [
        ("R1#1", True),
        ("R2#1", False),
    ]
    assert grid.periods_a_week == 1


def test_teacher_grid_pool_lesson_unplaced_is_listed_for_all_who_may_give_it():
    problem = small_problem(
        need("R1", "A", "CN", teacher_ids=(), teacher_pool=("T1", "T2"))
    )
    table = timetable(problem)
    listed = {
        name: [e.lesson_id for e in teacher_grid(table, name).unplaced]
        for name in ("T1", "T2", "T3")
    }
    assert listed == {"T1": ["R1#1"], "T2": ["R1#1"], "T3": []}


def test_venue_grid_has_one_row_for_all_zones_and_names_those_taken():
    problem = small_problem(need("R1", "A", "PE"), need("R2", "B", "PE"))
    table = timetable(problem, R1_1=at(1, 1, "L12"), R2_1=at(1, 2, "L2"))
    grid = venue_grid(table, "V-F")
    assert shown(grid) == [
        ("08:20-09:00", "R1#1", 1),
        ("09:10-09:50", "R2#1", 1),
        ("10:25-11:05", "", 1),
        ("13:00-13:40", "", 1),
    ]
    # A is on all of the field, B on a part.
    parts = [e.part for row in grid.rows for e in row.cells[0].entries]
    assert parts == ["", "Z2"]


def test_venue_grid_has_one_row_for_the_periods_of_two_bells_that_are_mostly_at_once():
    # Monday: A's lessons 08:20, 09:15, C's 08:30, 09:30; each pair shares a row.
    problem = small_problem(need("R1", "A", "PE"), need("R2", "C", "PE", "2"))
    table = timetable(
        problem, R1_1=at(1, 2, "L1"), R2_1=at(1, 1, "L2"), R2_2=at(1, 2, "L2")
    )
    grid = venue_grid(table, "V-F")
    assert [(row[0], row[1]) for row in shown(grid)[:2]] == [
        ("08:20-09:00", "R2#1"),
        ("09:10-09:50", "R1#1 R2#2"),
    ]
    (second,) = (e for e in grid.rows[1].cells[0].entries if e.lesson_id == "R2#2")
    assert (second.start, second.end) == (parse_clock("09:30"), parse_clock("10:10"))


def test_venue_grid_shows_a_double_lesson_once_over_both_its_periods():
    problem = small_problem(
        need("R1", "A", "PE", "2", blocks=(2,), layouts=("L1",)),
        need("R2", "B", "PE", layouts=("L2",)),
    )
    table = timetable(problem, R1_1=at(1, 1, "L1", length=2), R2_1=at(1, 2, "L2"))
    assert [row[1:] for row in shown(venue_grid(table, "V-F"))[:2]] == [
        ("R1#1", 1),
        ("R1#1… R2#1", 1),
    ]
    alone = Timetable(problem, {"R1#1": table.placements["R1#1"]})
    assert [row[1:] for row in shown(venue_grid(alone, "V-F"))[:2]] == [
        ("R1#1", 2),
        ("R1#1…", 0),
    ]


def test_venue_grid_zone_over_its_classes_is_a_clash_only_while_they_overlap():
    # A 08:20-09:00 and C 08:30-09:10 share zone Z1, which takes one class.
    problem = small_problem(need("R1", "A", "PE"), need("R2", "C", "PE"))
    both = timetable(problem, R1_1=at(1, 1, "L1"), R2_1=at(1, 1, "L1"))
    later = timetable(problem, R1_1=at(1, 1, "L1"), R2_1=at(1, 2, "L1"))
    # Both bells' first lesson is one row.
    assert venue_grid(both, "V-F").clashes == 1
    assert venue_grid(later, "V-F").clashes == 0


def test_venue_grid_pupils_over_the_zone_cap_are_a_clash():
    big = (replace(CLASSES[0], size=41), *CLASSES[1:])
    problem = small_problem(need("R1", "A", "PE"), classes=big)
    assert venue_grid(timetable(problem, R1_1=at(1, 1, "L1")), "V-F").clashes == 1


def test_venue_grid_blocked_time_is_closed():
    rows = (
        Unavailability(
            ResourceKind.ZONE, "Z1", 1, None, parse_clock("08:50"), parse_clock("09:20")
        ),
    )
    problem = small_problem(need("R1", "A", "PE"), unavailable=rows)
    grid = venue_grid(timetable(problem, R1_1=at(1, 3, "L2")), "V-F")
    shut = [(row.label.zh, row.cells[0].shut) for row in grid.rows]
    # Lessons 1 (08:20-09:00) and 2 (09:15-09:55) both touch 08:50-09:20.
    assert shut[:3] == [("第1节", ("Z1",)), ("第2节", ("Z1",)), ("第3节", ())]
    assert not any(row.cells[0].closed for row in grid.rows)


def test_venue_grid_soft_unavailability_does_not_close():
    rows = (Unavailability(ResourceKind.VENUE, "V-F", 1, level=Level.SOFT),)
    problem = small_problem(need("R1", "A", "PE"), unavailable=rows)
    grid = venue_grid(timetable(problem, R1_1=at(1, 1, "L1")), "V-F")
    cells = [cell for row in grid.rows for cell in row.cells]
    assert not any(cell.closed for cell in cells if cell.exists)


def test_venue_grid_foreign_venue_is_open_inside_its_agreement_windows():
    park = Venue("V-F", "公园", "PARK", "public", False)
    # Monday 09:00-11:05 holds lessons 2 (09:15-09:55) and 3 (10:25-11:05).
    window = Agreement(
        "X1",
        "V-F",
        "S1",
        date(2026, 9, 1),
        date(2027, 1, 22),
        1,
        parse_clock("09:00"),
        parse_clock("11:05"),
        1,
        0,
    )
    problem = small_problem(
        need("R1", "A", "PE"), venues=(park,), agreements=(window,), zones=()
    )
    whole = replace(problem.layouts[0], zones=("V-F",))
    problem = replace(problem, layouts=(whole,))
    grid = venue_grid(timetable(problem, R1_1=at(1, 2, "L1")), "V-F")
    opened = [row.label.zh for row in grid.rows if not row.cells[0].closed]
    assert opened == ["第2节", "第3节"]
    assert all(row.cells[1].closed for row in grid.rows)


def test_venue_grid_lesson_at_a_closed_time_is_a_clash():
    rows = (Unavailability(ResourceKind.VENUE, "V-F", 1, 2),)
    problem = small_problem(need("R1", "A", "PE", "2"), unavailable=rows)
    table = timetable(problem, R1_1=at(1, 1, "L1"), R1_2=at(1, 2, "L1"))
    grid = venue_grid(table, "V-F")
    assert [row.label.zh for row in grid.rows if row.cells[0].clash] == ["第2节"]


def test_school_grid_groups_classes_by_bell_and_continues_blocks():
    problem = small_problem(
        need("R1", "A", "CN", "2", blocks=(2,)), need("R2", "C", "CN")
    )
    grid = school_grid(timetable(problem, R1_1=at(1, 1, length=2)), "S1")
    assert [[row.name for row in g.rows] for g in grid.groups] == [
        ["三(1)班", "三(2)班"],
        ["一(1)班"],
    ]
    high, low = grid.groups
    assert [(c.day, c.number) for c in high.columns] == [
        (1, 1), (1, 2), (1, 3), (1, 4), (5, 1), (5, 2), (5, 3)
    ]  # fmt: skip
    first = high.rows[0].cells
    assert [[(e.lesson_id, e.continued) for e in c.entries] for c in first[:3]] == [
        [("R1#1", False)],
        [("R1#1", True)],
        [],
    ]
    assert [e.lesson_id for e in low.rows[0].unplaced] == ["R2#1"]
