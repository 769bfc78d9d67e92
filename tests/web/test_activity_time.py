"""The page of PE-type minutes shows what was published, in colours and in words."""

from dataclasses import replace
from fractions import Fraction

from scheduler.model.activities import Activity, ActivityKind
from scheduler.model.expansion import with_activities
from scheduler.model.timetable import Timetable
from tests.small_school import at, need, small_problem
from tests.web.test_pages import cells, plain
from web import create_app

BREAK = Activity("BB", "大课间", ActivityKind.BIG_BREAK, ("A",), Fraction(2))
CLUB = Activity(
    *("BALL", "篮球社团", ActivityKind.CLUB, ("A", "B"), Fraction(1), 20), pe=True
)


def school():
    """A: on Monday PE 40 + big break 30, on Friday 30; then an hour's club."""
    problem = with_activities(
        small_problem(need("R1", "A", "PE"), activities=(BREAK, CLUB))
    )
    return Timetable(
        problem,
        {
            "R1#1": at(1, 1, "L1"),
            "BB#1": at(1, 8, teachers=()),
            "BB#2": at(5, 7, teachers=()),
            "BALL#1": at(1, 10, teachers=()),
        },
    )


def test_page_shows_minutes_with_and_without_clubs_and_how_far_they_come(make_site):
    page = create_app(make_site(school())).test_client().get("/o/s1/activity-time/")

    assert cells(page, "三(1)班") == ["70 不足120 含社团 130", "30 不足60", "50"]
    assert "有5个班·天不足法定的60分钟（共6个班·天，0个达到120分钟）" in (
        plain(page.text)
    )


def test_cell_bears_a_class_for_its_colour(make_site):
    page = (
        create_app(make_site(school()))
        .test_client()
        .get("/o/s1/activity-time/?lang=en")
    )

    assert page.text.count('<td class="minutes-below_target">') == 1
    assert page.text.count('<td class="minutes-below_floor">') == 5


def test_day_without_school_is_empty(make_site):
    table = school()
    problem = table.problem
    low = problem.bell["low"]
    short = replace(low, periods=tuple(p for p in low.periods if p.day == 1))
    classes = tuple(replace(c, grade=3) for c in problem.classes)
    changed = replace(problem, bells=(problem.bell["high"], short), classes=classes)

    state = make_site(Timetable(changed, table.placements))
    page = create_app(state).test_client().get("/o/s1/activity-time/")

    assert cells(page, "一(1)班") == ["0 不足60", "", "0"]


def test_pages_say_how_many_pupils_are_in_a_club(make_site):
    client = create_app(make_site(school())).test_client()

    assert "篮球社团 （部分学生）" in plain(client.get("/o/s1/classes/A").text)


def test_week_counts_lessons_and_activities_apart(make_site):
    """One lesson of PE, two big breaks and a club, which is no lesson of the class."""
    page = create_app(make_site(school())).test_client().get("/o/s1/classes/A")

    assert "每周 1 节、3 次活动" in plain(page.text)
