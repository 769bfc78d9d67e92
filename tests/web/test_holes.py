"""A hole in a class's day stands on the empty cell itself, not on its neighbours."""

import re

from scheduler.model.times import Week
from tests.small_school import at, need, small_problem, timetable
from web import create_app


def page_of(make_site, **placements):
    """The page of class A; its days may have no holes."""
    given = small_problem(
        need("R1", "A", "CN", "2"),
        need("R2", "A", "MUS", "0.5"),
        rules=(),
    )
    site = create_app(make_site(timetable(given, **placements))).test_client()
    return site.get("/o/s1/classes/A"), site


def cells(page, row):
    """Texts of one row's cells, its time first."""
    lines = re.findall(r"<tr>(.*?)</tr>", page.text, re.DOTALL)
    lessons = [line for line in lines if "<b>第" in line]
    return re.findall(r"<td.*?</td>", lessons[row], re.DOTALL)


def test_the_empty_cell_is_marked_and_its_neighbours_are_not(make_site):
    page, site = page_of(make_site, R1_1=at(1, 1), R1_2=at(1, 3))
    first, second, third = (cells(page, row)[0] for row in range(3))
    assert "空节" in second
    assert 'class="hole"' in second
    assert 'class="lesson' not in second
    for beside in (first, third):
        assert "hole" not in beside
        assert "broken" not in beside
    assert 'class="hole"' not in cells(page, 1)[1]  # Friday
    assert "后面还有课。" in site.get("/o/s1/conflicts/").text
    assert 'href="/o/s1/classes/A"' in site.get("/o/s1/conflicts/").text


def test_a_hole_of_one_week_stands_beside_the_other_weeks_lesson(make_site):
    places = {"R1_1": at(1, 1), "R1_2": at(1, 3)}
    page, _ = page_of(make_site, **places, R2_1=at(1, 2, "LM", Week.ODD))
    cell = cells(page, 1)[0]
    assert "双周空节" in cell
    assert "单周空节" not in cell
    assert "lesson" in cell
