"""Grids of classes: rows of one bell, odd and even weeks, blocks, clashes."""

from fractions import Fraction

from scheduler.formats.week_grid import class_grid
from scheduler.model.times import SlotKind, Week, parse_clock
from tests.small_school import at, bell, need, small_problem, timetable


def texts(grid):
    """Subjects and spans of every cell, row by row."""
    return [
        [
            ("/".join(e.subject_id for e in cell.entries), cell.row_span)
            for cell in r.cells
        ]
        for r in grid.rows
    ]


def test_class_grid_rows_follow_the_bell_with_bands_between():
    grid = class_grid(timetable(small_problem(need("R1", "A", "CN"))), "A")
    assert grid.days == (1, 5)
    assert [(r.label.zh, r.merged) for r in grid.rows] == [
        ("第1节", False),
        ("第2节", False),
        ("大课间", True),
        ("第3节", False),
        ("午餐午休", True),
        ("第4节", False),
        ("课后服务", True),
    ]


def test_class_grid_row_of_other_times_on_friday_keeps_both_clock_times():
    grid = class_grid(timetable(small_problem(need("R1", "A", "CN"))), "A")
    second = grid.rows[1]
    assert [(c.start, c.end) for c in second.cells] == [
        (parse_clock("09:15"), parse_clock("09:55")),
        (parse_clock("09:10"), parse_clock("09:50")),
    ]
    times = [{(c.start, c.end) for c in row.cells if c.exists} for row in grid.rows]
    assert [len(each) > 1 for each in times] == [
        False, True, True, False, False, False, True
    ]  # fmt: skip
    assert [cell.exists for cell in grid.rows[5].cells] == [True, False]


def test_class_grid_block_spans_its_rows_and_is_drawn_once():
    problem = small_problem(need("R1", "A", "CN", "2", blocks=(Fraction(2),)))
    grid = class_grid(timetable(problem, R1_1=at(1, 1, length=2)), "A")
    assert texts(grid)[:2] == [[("CN", 2), ("", 1)], [("CN", 0), ("", 1)]]
    assert grid.periods_a_week == 2


def test_class_grid_odd_and_even_lessons_share_a_cell_without_clash():
    problem = small_problem(
        need("R1", "A", "CLS", "1/2"), need("R2", "A", "PSY", "1/2")
    )
    table = timetable(
        problem, R1_1=at(1, 3, week=Week.EVEN), R2_1=at(1, 3, week=Week.ODD)
    )
    grid = class_grid(table, "A")
    cell = grid.rows[3].cells[0]
    assert [(e.subject_id, e.week) for e in cell.entries] == [
        ("PSY", Week.ODD),
        ("CLS", Week.EVEN),
    ]
    assert not cell.clash
    # Two half lessons are one period a week.
    assert grid.periods_a_week == 1


def test_class_grid_two_lessons_of_one_week_in_one_cell_are_a_clash():
    problem = small_problem(need("R1", "A", "CLS", "1/2"), need("R2", "A", "CN"))
    table = timetable(problem, R1_1=at(1, 3, week=Week.EVEN), R2_1=at(1, 3))
    grid = class_grid(table, "A")
    assert grid.rows[3].cells[0].clash
    assert grid.clashes == 1


def test_class_grid_unplaced_lessons_are_listed_and_nothing_is_lost():
    problem = small_problem(need("R1", "A;B", "CN", "2"), need("R2", "B", "CN"))
    grid = class_grid(timetable(problem, R1_2=at(5, 1)), "A")
    assert [e.lesson_id for e in grid.unplaced] == ["R1#1"]
    assert [e.class_names for e in grid.unplaced] == [("三(1)班", "三(2)班")]
    assert texts(grid)[0] == [("", 1), ("CN", 1)]


def test_class_grid_activity_in_the_big_break_keeps_the_row_unmerged():
    problem = small_problem(
        need("R1", "A", "PE", slots=SlotKind.ACTIVITY, layouts=("L1",))
    )
    grid = class_grid(timetable(problem, R1_1=at(1, 8, "L1")), "A")
    assert [(row.label.zh, row.merged) for row in grid.rows][2] == ("大课间", False)
    entry = grid.rows[2].cells[0].entries[0]
    assert (entry.subject_id, entry.place) == ("PE", "田径场(Z1)")


def test_class_grid_lesson_on_a_foreign_bell_stands_in_the_row_of_its_time():
    # A follows bell high but is taught with C, whose bell low counts the period:
    # Monday 08:30-09:10 overlaps A's first lesson 08:20-09:00.
    problem = small_problem(need("R1", "C;A", "CN"), need("R2", "A", "CLS"))
    grid = class_grid(timetable(problem, R1_1=at(1, 1), R2_1=at(1, 1)), "A")
    first = grid.rows[0]
    assert (first.label.zh, first.start) == ("第1节", parse_clock("08:20"))
    assert [(e.subject_id, e.start) for e in first.cells[0].entries] == [
        ("CLS", parse_clock("08:20")),
        ("CN", parse_clock("08:30")),
    ]
    assert [row.cells[0].clash for row in grid.rows[:2]] == [True, False]


def test_class_grid_rows_that_no_day_orders_go_by_the_clock():
    # Monday has club after lesson 1, Friday lunch; no day has both.
    rows = """
    1 1 lesson   08:20 09:00 第1节
    1 9 activity 16:00 16:40 社团
    5 1 lesson   08:20 09:00 第1节
    5 9 lunch    12:00 13:00 午餐
    """
    problem = small_problem(need("R1", "A", "CN"), bells=(bell("high", rows),))
    grid = class_grid(timetable(problem), "A")
    assert [row.label.zh for row in grid.rows] == ["第1节", "午餐", "社团"]


def test_class_grid_days_that_contradict_each_other_still_show_every_row():
    # Club comes before the meal on Monday and after it on Friday.
    rows = """
    1 8 activity 11:00 11:40 社团
    1 9 lunch    12:00 13:00 午餐
    1 1 lesson   14:00 14:40 第1节
    5 9 lunch    11:00 12:00 午餐
    5 8 activity 12:30 13:10 社团
    5 1 lesson   14:00 14:40 第1节
    """
    problem = small_problem(need("R1", "A", "CN"), bells=(bell("high", rows),))
    grid = class_grid(timetable(problem), "A")
    assert [row.label.zh for row in grid.rows] == ["社团", "午餐", "第1节"]
    assert [[c.start for c in row.cells] for row in grid.rows] == [
        [parse_clock("11:00"), parse_clock("12:30")],
        [parse_clock("12:00"), parse_clock("11:00")],
        [parse_clock("14:00"), parse_clock("14:00")],
    ]
