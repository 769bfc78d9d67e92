"""Properties of all grids over random, mostly bad timetables."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scheduler.formats.week_grid import (
    class_grid,
    school_grid,
    teacher_grid,
    venue_grid,
    venue_load,
)
from scheduler.model.requirements import WeekRule
from scheduler.model.timetable import Timetable
from tests.small_school import at, need, small_problem

PROBLEM = small_problem(
    need("R1", "A", "CN", "3", blocks=(Fraction(2), Fraction(1))),
    need("R2", "A;C", "CN"),
    need("R3", "B", "PE", "2", teacher_ids=("T2",), escort_ids=("T1",)),
    need("R4", "C", "PE", "3/2", teacher_ids=("T2",)),
    need("R5", "B", "PSY", "1/2", week=WeekRule.ALTERNATE, teacher_ids=("T3",)),
    need("R6", "C;B", "PE", "1", teacher_ids=("T3",)),
)
SLOTS = [(1, 1), (1, 2), (5, 1), (5, 2)]


@st.composite
def timetables(draw):
    """Every lesson anywhere in the first two periods, or nowhere."""
    placements = {}
    for lesson in PROBLEM.lessons:
        if draw(st.booleans()):
            continue
        day, period = draw(st.sampled_from(SLOTS))
        outdoors = lesson.requirement.subject_id == "PE"
        layout = draw(st.sampled_from(["L1", "L2", "L12"])) if outdoors else "home"
        placements[lesson.lesson_id] = at(
            day,
            period,
            layout,
            draw(st.sampled_from(lesson.weeks)),
            lesson.length,
            lesson.requirement.teacher_ids,
        )
    return Timetable(PROBLEM, placements)


def lesson_ids(grid):
    """Lessons of all cells that are drawn, and those that begin in one."""
    cells = [cell for row in grid.rows for cell in row.cells if cell.row_span]
    every = {e.lesson_id for cell in cells for e in cell.entries}
    begun = {e.lesson_id for c in cells for e in c.entries if not e.continued}
    return every, begun


def ids(meetings):
    return {m.lesson.lesson_id for m in meetings}


@given(timetables())
def test_grids_show_every_lesson_where_it_begins(table):
    for class_id, meetings in table.by_class.items():
        grid = class_grid(table, class_id)
        assert lesson_ids(grid) == (ids(meetings), ids(meetings))
        asked = {x.lesson_id for x in PROBLEM.lessons_of_class[class_id]}
        assert {e.lesson_id for e in grid.unplaced} == asked - ids(meetings)
    for teacher_id in table.by_teacher:
        present = [m for m in table.meetings if teacher_id in m.adult_ids]
        shown = lesson_ids(teacher_grid(table, teacher_id))
        assert shown == (ids(present), ids(present))
    used = [m for m in table.meetings if m.layout]
    assert lesson_ids(venue_grid(table, "V-F")) == (ids(used), ids(used))


@given(timetables())
def test_grids_spans_cover_exactly_the_cells_marked_zero(table):
    grids = [class_grid(table, c) for c in table.by_class]
    grids += [teacher_grid(table, t) for t in table.by_teacher]
    grids.append(venue_grid(table, "V-F"))
    for grid in grids:
        for day in range(len(grid.days)):
            spans = [row.cells[day].row_span for row in grid.rows]
            assert sum(spans) == len(spans)
            for place, span in enumerate(spans):
                assert spans[place + 1 : place + span] == [0] * (span - 1)


@given(timetables())
def test_school_grid_shows_every_lesson_or_says_it_is_off_the_bell(table):
    for group in school_grid(table, "S1").groups:
        for row in group.rows:
            shown = {e.lesson_id for cell in row.cells for e in cell.entries}
            apart = {e.lesson_id for e in row.off_bell}
            assert shown | apart == ids(table.by_class[row.class_id])
            assert shown & apart == set()


@given(timetables())
def test_class_grid_clash_is_two_lessons_at_one_moment_of_one_week(table):
    for class_id, meetings in table.by_class.items():
        busy = [
            (m.day, layer, minute)
            for m in meetings
            for layer in m.layers
            for minute in range(m.start, m.end)
        ]
        clashes = len(busy) != len(set(busy))
        assert (class_grid(table, class_id).clashes > 0) == clashes


@given(timetables())
def test_venue_load_counts_every_class_for_as_long_as_it_is_there(table):
    load = venue_load(table, "V-F")
    counted = sum(
        (cell.end - cell.start) * sum(cell.classes)
        for row in load.rows
        for cell in row.cells
        if cell
    )
    present = {
        (m.day, layer, minute, class_id)
        for m in table.meetings
        if m.layout
        for layer in m.layers
        for minute in range(m.start, m.end)
        for class_id in m.class_ids
    }
    assert counted == len(present)
