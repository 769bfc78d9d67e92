"""Holes that no timetable avoids: proven by counting, never more than are needed."""

from itertools import product

from scheduler.constraints.evaluate import evaluate
from scheduler.constraints.rules.fill_class_days import most_holes
from scheduler.model.times import Week
from scheduler.model.timetable import Timetable
from scheduler.solver.explain.counting.holes import least_allowed, unavoidable_holes
from scheduler.solver.explain.explaining import explain
from scheduler.solver.explain.sentences.explanation import Verdict
from scheduler.solver.hard_view import HardView
from scheduler.solver.options import candidates
from tests.builders import bell, fixed, need, problem, unavailable

SHORT = bell(
    "A", "1 lesson 08:00-08:40\n2 lesson 08:50-09:30\n3 lesson 10:00-10:40", (1, 2)
)


def school(*needs, **tables):
    """Class C1 on two days of three rows; holes in its day are not allowed."""
    classes = tuple(c for c in problem().classes if c.class_id == "C1")
    return problem(*needs, bells=(SHORT,), classes=classes, rules=(), **tables)


def fewest_of_all(given):
    """The fewest holes of all timetables without another broken rule, by trying."""
    lessons = given.lessons
    least = None
    for choice in product(*(list(candidates(given, x)) for x in lessons)):
        placed = {x.lesson_id: p for x, p in zip(lessons, choice, strict=True)}
        table = Timetable(given, placed)
        results = evaluate(table).results
        others = [r for r in results if r.level == "hard" and r.name != "FillClassDays"]
        if not any(r.amount for r in others):
            found = most_holes(table)
            least = found if least is None else min(least, found)
    return least


def test_few_lessons_need_no_holes():
    assert least_allowed(school(need("R1", "C1", "CN", "2"))) == 0


def test_a_lesson_fixed_at_the_end_needs_those_before_it():
    # Monday 3 is fixed: one more lesson fills one of two rows before it.
    given = school(
        need("R1", "C1", "CN", "1"),
        need("R2", "C1", "LAB", "1", teacher_ids=("T2",)),
        fixed=(fixed("R1", 1, 3),),
    )
    assert least_allowed(given) == fewest_of_all(given) == 1
    (statement,) = unavoidable_holes(HardView.of(given))
    assert statement.need == 1
    assert statement.text.zh.startswith("三(1)班无论怎么排，一周中间至少空1节")
    assert explain(given, 10.0).verdict is Verdict.INFEASIBLE


def test_rows_that_no_lesson_can_take_are_holes():
    # T1 never has the first period; two lessons need a day each or one day.
    away = tuple(unavailable("teacher", "T1", day, period=1) for day in (1, 2))
    given = school(need("R1", "C1", "CN", "2"), unavailable=away)
    assert least_allowed(given) == fewest_of_all(given) == 1
    three = school(need("R1", "C1", "CN", "3"), unavailable=away)
    assert least_allowed(three) == fewest_of_all(three) == 2


def test_rows_closed_to_the_class_need_no_lesson():
    away = tuple(unavailable("class", "C1", day, period=1) for day in (1, 2))
    assert least_allowed(school(need("R1", "C1", "CN", "3"), unavailable=away)) == 0


def test_a_lesson_fixed_in_odd_weeks_needs_a_partner_in_even_ones():
    given = school(
        need("R1", "C1", "PSY", "0.5"),
        need("R2", "C1", "LAB", "1", teacher_ids=("T2",)),
        fixed=(
            fixed("R1", 1, 1, week=Week.ODD),
            fixed("R2", 1, 2),
        ),
    )
    assert least_allowed(given) == fewest_of_all(given) == 1
