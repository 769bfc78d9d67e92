"""Moves between sites, teachers' lunch, half days of a group, hours in an interval."""

from dataclasses import replace

import pytest

from scheduler.constraints.catalogue import rules_in_force
from scheduler.constraints.rules.limits.rules import KeepLimits
from scheduler.constraints.rules.teachers.keep_teacher_lunch import KeepTeacherLunch
from scheduler.constraints.rules.teachers.limit_site_moves import LimitSiteMoves
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.model.limits import Limit, LimitKind, LimitOn
from scheduler.model.problem import Problem
from scheduler.model.timetable import Timetable
from scheduler.solver.explain.explaining import explain
from scheduler.solver.explain.sentences.explanation import Verdict
from tests.builders import TEACHERS, need, place, problem, timetable
from tests.cases import FOLDER, case


def read(name: str, file: str) -> Timetable:
    """A timetable that lies beside a case."""
    given = case(name)
    return read_timetable(given, FOLDER / name / file).timetable


def limited(given: Problem, *rows: Limit) -> Problem:
    return replace(given, limits=rows)


def agreed(rule, table: Timetable) -> int:
    """The amount, which the terms say too."""
    said = sum(t.amount(table.meeting) for t in rule.primitives(table.problem))
    assert said == rule.amount(table)
    return said


def test_going_to_and_fro_between_two_sites_costs_each_move_by_default():
    # S1, S2, S1, S2 on both days: three moves a day, two weeks.
    table = read("trips-a-day", "zigzag.csv")
    rule = LimitSiteMoves()
    assert any(isinstance(x, LimitSiteMoves) for x in rules_in_force(table.problem))
    assert agreed(rule, table) == 12
    assert agreed(LimitSiteMoves(free=1), table) == 8
    first = next(iter(rule.violations(table)))
    assert rule.explain(table.problem, first).zh.endswith("在校区之间往返3次。")


def test_a_day_at_each_site_costs_nothing():
    given = case("trips-a-day")
    order = ["M1#1", "M1#2", "M2#1", "M2#2", "M3#1", "M3#2", "M4#1", "M4#2"]
    placed = {x: place(1 + k // 4, 1 + k % 4) for k, x in enumerate(order)}
    assert agreed(LimitSiteMoves(), Timetable(given, placed)) == 0


@pytest.mark.parametrize(("most", "amount"), [(3, 0), (2, 4), (0, 12)])
def test_a_row_limits_the_moves_of_a_day(most, amount):
    table = read("trips-a-day", "zigzag.csv")
    row = Limit("L1", LimitKind.MAX_MOVES_A_DAY, LimitOn.TEACHER, most)
    given = limited(table.problem, row)
    assert agreed(KeepLimits(), Timetable(given, table.placements)) == amount


def test_no_move_between_sites_that_is_allowed_leaves_a_timetable_of_whole_days():
    row = Limit("L1", LimitKind.MAX_MOVES_A_DAY, LimitOn.TEACHER, 0)
    assert explain(limited(case("trips-a-day"), row), 20).verdict is Verdict.FEASIBLE


def test_the_way_to_a_second_site_of_a_venue_counts_as_a_move():
    # PE at the branch field between two lessons at school; the park is no site.
    given = problem(need("R1", "C1", "CN", "2"), need("R2", "C1", "PE"))
    table = timetable(given, R1_1=place(1, 1), R2_1=place(1, 3, "LF"), R1_2=place(1, 5))
    assert agreed(LimitSiteMoves(), table) == 4


def test_lessons_in_both_lunches_leave_the_teacher_none():
    table = read("teacher-lunch", "nolunch.csv")
    rule = KeepTeacherLunch()
    assert any(isinstance(x, KeepTeacherLunch) for x in rules_in_force(table.problem))
    assert agreed(rule, table) == 2
    first = next(iter(rule.violations(table)))
    said = rule.explain(table.problem, first)
    assert said.zh == "教师教师T1周一（单周）每段午餐时间都有课。"
    assert "has a lesson in every lunch on Monday" in said.en


def test_one_free_lunch_of_two_is_enough():
    table = read("teacher-lunch", "nolunch.csv")
    placed = {k: v for k, v in table.placements.items() if k != "CN1#2"}
    assert agreed(KeepTeacherLunch(), Timetable(table.problem, placed)) == 0


def test_a_teacher_of_one_bell_always_has_lunch():
    given = problem(need("R1", "C1", "CN", "7"))
    table = timetable(given, **{f"R1_{k}": place(1, k) for k in range(1, 8)})
    assert agreed(KeepTeacherLunch(), table) == 0
    assert not list(KeepTeacherLunch().primitives(given))


def test_periods_within_an_interval_are_limited_day_by_day():
    # Bell A's 3, 4 and 5 (10:00-13:40) touch 10:30-13:30; two are allowed.
    row = Limit(
        *("L1", LimitKind.MAX_PERIODS_A_DAY_WITHIN, LimitOn.TEACHER, 2),
        start=630,
        end=810,
    )
    given = problem(need("R1", "C1", "CN", "4"), limits=(row,))
    table = timetable(given, **{f"R1_{k}": place(1, k + 1) for k in range(1, 5)})
    assert agreed(KeepLimits(), table) == 2
    (first, _) = KeepLimits().violations(table)
    said = KeepLimits().explain(given, first)
    assert "在10:30–13:30有3节课，最多2节" in said.zh


def halves(value: int, on: str, *ids: str) -> Limit:
    return Limit("L1", LimitKind.MIN_FREE_HALF_DAYS, LimitOn(on), value, ids)


def test_a_half_day_free_for_a_whole_group_counts_all_of_its_teachers():
    # Of ten half days T1 uses five mornings, T2 five afternoons: none is common.
    teachers = tuple(replace(t, group="数学组") for t in TEACHERS[:2])
    given = problem(
        need("R1", "C1", "CN", "5"),
        need("R2", "C2", "CN", "5", teacher_ids=("T2",)),
        teachers=teachers,
        limits=(halves(1, "group", "数学组"),),
    )
    placed = {f"R1_{day}": place(day, 1) for day in range(1, 6)}
    other = {f"R2_{day}": place(day, 5, teachers=("T2",)) for day in range(1, 6)}
    table = timetable(given, **placed, **other)
    assert agreed(KeepLimits(), table) == 2
    (first, _) = KeepLimits().violations(table)
    said = KeepLimits().explain(given, first).zh
    assert said.startswith("数学组")
    assert "一周只有0个半天没有课，至少1个" in said
    assert agreed(KeepLimits(), timetable(given, **placed)) == 0


def test_free_half_days_of_one_teacher_are_his_own():
    given = problem(need("R1", "C1", "CN", "5"), limits=(halves(6, "teacher", "T1"),))
    placed = {f"R1_{day}": place(day, 1) for day in range(1, 6)}
    assert agreed(KeepLimits(), timetable(given, **placed)) == 2


def test_a_group_may_ask_for_some_half_day_and_gets_one():
    given = replace(case("group-half-day"), unavailable=())
    row = halves(6, "group", "数学组")  # ten lessons of two classes in four half days
    assert explain(limited(given, row), 20).verdict is Verdict.FEASIBLE
    more = replace(row, value=10)
    assert explain(limited(given, more), 20).verdict is Verdict.INFEASIBLE
