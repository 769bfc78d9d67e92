"""What an explanation names: caps, weeks, fixed rows, colleagues, exceptions."""

from dataclasses import replace

import pytest

from scheduler.model.problem import Problem
from scheduler.model.requirements import WeekRule
from scheduler.model.resources import ClassGroup, Level
from scheduler.model.settings import RuleSetting
from scheduler.model.times import Week
from scheduler.model.venues import Agreement, Layout, Venue, Zone
from scheduler.solver.explain.explaining import explain
from scheduler.solver.explain.sentences.explanation import Kind, Statement, Verdict
from tests.builders import agreement, blocks, fixed, need, problem, unavailable
from tests.cases import case


def only(given: Problem) -> Statement:
    """The one statement about a problem without a timetable."""
    explanation = explain(given, 20.0)
    assert explanation.verdict is Verdict.INFEASIBLE
    (statement,) = explanation.statements
    return statement


def told(statement: Statement) -> list[str]:
    """Its remedies in Chinese."""
    return [text.zh for text in statement.remedies]


def test_a_class_too_big_for_the_gym_is_told_with_both_numbers_and_a_remedy():
    statement = only(case("class-of-56"))
    assert "体育馆·Z-GYM最多容纳50名学生，C1有56名学生。" in statement.text.zh
    assert "holds at most 50 pupils, C1 has 56" in statement.text.en
    assert "体育馆可容纳56名学生" in told(statement)


def test_places_that_are_closed_and_places_too_small_are_counted_apart():
    # Thirty periods a week, two places.
    statement = only(case("class-of-56-two-places"))
    assert "最多容纳50名学生，C1有56名学生，排除30种" in statement.text.zh
    assert "操场不可用（周一至周五全天（跑道翻新）），排除30种" in statement.text.zh


BIG = (ClassGroup("C1", "S1", 3, "三(1)班", 61, "A"),)


@pytest.mark.parametrize(
    ("capped", "name"),
    [
        ({"zones": (Zone("Z", "HALL", 1, 60),)}, "礼堂·Z"),
        ({"layouts": (Layout("H", "HALL", ("Z",), ("PE",), 1, 60),)}, "礼堂"),
    ],
)
def test_the_cap_that_is_too_low_is_named_wherever_it_stands(capped, name):
    tables = {
        "classes": BIG,
        "venues": (Venue("HALL", "礼堂", "S1", "hall", True, "S1"),),
        "zones": (Zone("Z", "HALL", 1),),
        "layouts": (Layout("H", "HALL", ("Z",), ("PE",), 1),),
        **capped,
    }
    statement = only(problem(need("R1", "C1", "PE"), **tables))
    assert f"{name}最多容纳60名学生，三(1)班有61名学生。" in statement.text.zh
    assert told(statement) == ["礼堂可容纳61名学生"]


def test_the_cap_of_an_agreement_is_named_and_may_be_raised():
    given: tuple[Agreement, ...] = (agreement(1, max_pupils=60),)
    statement = only(
        problem(need("R1", "C1", "PE", layouts=("LP",)), classes=BIG, agreements=given)
    )
    assert "协议XY1最多容纳60名学生，三(1)班有61名学生" in statement.text.zh
    assert told(statement) == ["社区公园可容纳61名学生"]


def test_odd_and_even_weeks_of_fixed_rows_are_named_with_what_they_break():
    text = only(case("alternate-both-weeks")).text
    assert "固定在周一第1节（单周）、C1心理健康固定在周二第1节（双周）" in text.zh
    assert "（2）C1心理健康2节隔周上，各节同在单周或同在双周" in text.zh
    assert "(2) of C1 alternate, all in odd or all in even weeks" in text.en


def test_three_alternating_lessons_fixed_in_two_weeks_are_told_by_those_that_differ():
    rows = [
        replace(fixed("R1", day, 1, week=week), index=index)
        for index, (day, week) in enumerate([(1, Week.EVEN), (2, Week.ODD)], 1)
    ]
    given = problem(
        need("R1", "C1", "PSY", "1.5", week=WeekRule.ALTERNATE), fixed=tuple(rows)
    )
    text = only(given).text.zh
    assert "固定在周一第1节（双周）" in text
    assert "固定在周二第1节（单周）" in text
    assert "同在单周或同在双周" in text


def test_fixed_rows_that_leave_no_room_for_a_block_are_named_and_unfixed():
    statement = only(case("double-overnight"))
    assert (
        "（C1语文固定在周一第1节、C1语文固定在周二第2节）只能排在" in statement.text.zh
    )
    assert "2节连排的课每周只有2处可以开始" in statement.text.zh
    assert told(statement)[:2] == [
        "C1语文不再固定在周一第1节",
        "C1语文不再固定在周二第2节",
    ]


def test_a_fixed_lesson_in_closed_time_may_be_unfixed():
    given = problem(
        need("R1", "C1", "CN"),
        fixed=(fixed("R1", 3, 2),),
        unavailable=(unavailable("class", "C1", 3),),
    )
    statement = only(given)
    assert statement.kind is Kind.NO_OPTION
    assert "三(1)班语文不再固定在周三第2节" in told(statement)


def test_colleagues_who_are_rarely_free_together_are_named():
    text = only(case("co-teachers")).text
    assert "同时需要的教师T1不可用：周三至周五全天" in text.zh
    assert "同时需要的教师T2不可用：周一、周四、周五全天、周二第3至6节" in text.zh
    assert "教师T1 is needed too and unavailable" in text.en


def test_a_class_taught_together_with_one_of_another_bell_is_told_where_they_agree():
    # Bell B's 3 and 4 are bell A's 4 and 5: ten of 35 periods a week.
    given = problem(need("R1", "C1;C3", "CN", "11"))
    texts = [s.text.zh for s in explain(given, 20.0).statements]
    assert any("三(1)班、一(1)班合上，作息时间相同的每周只有10节" in t for t in texts)


def test_blocks_are_told_by_the_times_at_which_they_can_begin():
    # 1-2, 3-4, 5-6, 6-7 of each day; 2-3 is cut by the big break, 4-5 by lunch.
    closed = tuple(unavailable("class", "C1", day) for day in (1, 2, 3, 4))
    given = problem(
        need("R1", "C1", "CN", "8", blocks=blocks("2", "2", "2", "2")),
        unavailable=closed,
    )
    texts = [s.text.zh for s in explain(given, 20.0).statements]
    assert any("2节连排的课每周只有4处可以开始" in t for t in texts)


def test_daily_pe_may_be_made_soft_or_except_the_class_that_is_away():
    statement = only(case("pe-and-day-away"))
    assert statement.kind is Kind.DAILY_PE
    assert any("except_classes" in text for text in told(statement))
    assert any("GiveDailyPE 的 level" in text for text in told(statement))


@pytest.mark.parametrize(
    "setting",
    [
        RuleSetting("GiveDailyPE", level=Level.SOFT),
        RuleSetting("GiveDailyPE", parameters=(("except_classes", ("C1",)),)),
        RuleSetting("GiveDailyPE", parameters=(("except_days", (5,)),)),
    ],
)
def test_each_exception_from_daily_pe_leaves_a_timetable(setting):
    given = replace(case("pe-and-day-away"), rules=(setting,))
    assert explain(given, 20.0).verdict is Verdict.FEASIBLE


def test_an_excepted_day_is_the_only_one_without_pe():
    given = replace(
        case("pe-and-day-away"),
        rules=(RuleSetting("GiveDailyPE", parameters=(("except_days", (4,)),)),),
    )
    assert only(given).kind is Kind.DAILY_PE
