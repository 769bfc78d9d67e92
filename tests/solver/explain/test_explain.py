"""Statements on hand-sized problems; the numbers are worked out in comments."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from scheduler.model.requirements import FixedLesson
from scheduler.model.resources import ClassGroup, ResourceKind, Teacher, Unavailability
from scheduler.model.times import SlotKind
from scheduler.model.venues import Agreement, Layout, Venue, Zone
from scheduler.solver.explain.explaining import explain
from scheduler.solver.explain.sentences.explanation import Kind, Verdict
from tests.small_school import CLASSES, need, small_problem

LOW = (
    ClassGroup("A", "S1", 1, "一(1)班", 40, "low"),
    ClassGroup("B", "S1", 1, "一(2)班", 30, "low"),
)


def away(kind: ResourceKind, name: str, day: int, **when: int) -> Unavailability:
    return Unavailability(kind, name, day, **when)


def numbers(problem):
    """(kind, need, supply) of every statement, in order."""
    return [(s.kind, s.need, s.supply) for s in explain(problem, 20.0).statements]


def test_explain_problem_with_timetable_is_feasible():
    explanation = explain(small_problem(need("R1", "A", "CN", "2")), 20.0)
    assert explanation.verdict is Verdict.FEASIBLE
    assert explanation.statements == ()


def test_explain_class_with_more_lessons_than_rows_counts_both():
    # Bell "low": two rows on Monday and two on Friday; period 1 of Friday is closed.
    problem = small_problem(
        need("R1", "A", "CN", "4"),
        classes=LOW,
        unavailable=(away(ResourceKind.CLASS, "A", 5, period=1),),
    )
    assert numbers(problem) == [(Kind.CLASS_ROWS, 4, 3)]


def test_explain_teacher_of_two_bells_counts_rows_that_do_not_overlap():
    # Monday of "high": 08:20, 09:15, 10:25, 13:00; Friday 08:20, 09:10, 10:25: 7 rows.
    # Rows of "low" overlap the first two of each day. Needed: 5 for A and 3 for C.
    problem = small_problem(need("R1", "A", "CN", "5"), need("R2", "C", "CN", "3"))
    assert numbers(problem) == [(Kind.TEACHER_ROWS, 8, 7)]


def test_explain_teacher_over_weekly_limit_counts_the_limit():
    problem = small_problem(
        need("R1", "A", "CN", "4"), teachers=(Teacher("T1", "王芳", "S1", (), None, 3),)
    )
    assert numbers(problem) == [(Kind.TEACHER_LIMIT, 4, 3)]


def test_explain_teacher_over_daily_limit_counts_days_times_limit():
    problem = small_problem(
        need("R1", "A", "CN", "3"), teachers=(Teacher("T1", "王芳", "S1", (), 1),)
    )
    assert numbers(problem) == [(Kind.TEACHER_LIMIT, 3, 2)]


def test_explain_block_longer_than_any_run_has_no_option():
    # No three rows of bell "low" exist on one day.
    problem = small_problem(
        need("R1", "A", "CN", "3", blocks=(Fraction(3),)), classes=LOW
    )
    explanation = explain(problem, 20.0)
    statement = explanation.statements[0]
    assert (statement.kind, statement.lesson_ids) == (Kind.NO_OPTION, ("R1#1",))
    assert statement.text.zh == (
        "一(1)班语文3节没有任何可排的位置，4种排法（时间与场地）全被排除："
        "作息中放不下3节连排。"
    )


def test_explain_two_lessons_fixed_at_once_names_all_they_share():
    problem = small_problem(
        need("R1", "A", "CN"),
        need("R2", "A", "MUS"),
        fixed=(FixedLesson("R1", 1, 1, 1), FixedLesson("R2", 1, 1, 1)),
    )
    statement = explain(problem, 20.0).statements[0]
    assert (statement.kind, statement.need, statement.supply) == (
        Kind.FIXED_TOGETHER,
        2,
        1,
    )
    assert statement.lesson_ids == ("R1#1", "R2#1")
    assert statement.resource_ids == ("T1", "A")


def test_explain_daily_limit_with_too_few_days_counts_lessons():
    problem = small_problem(need("R1", "A", "CN", "3", max_per_day=1))
    assert numbers(problem) == [(Kind.DAILY_LIMIT, 3, 2)]


def test_explain_daily_pe_on_fewer_days_than_school_days_counts_days():
    # Four PE lessons fill Monday's four rows, the fifth takes an activity row; Friday,
    # the second school day, has none.
    problem = small_problem(
        need("R1", "A", "PE", "4"),
        need("R2", "A", "PE", slots=SlotKind.ACTIVITY),
        unavailable=(away(ResourceKind.CLASS, "A", 5),),
    )
    assert numbers(problem) == [(Kind.DAILY_PE, 2, 1)]


def test_explain_names_the_place_that_is_shut_and_no_hours_that_do_not_matter():
    # Two music lessons on two days; the room is shut on Friday. The teacher's hour on
    # Monday leaves three rows there.
    problem = small_problem(
        need("R1", "A", "MUS", "2", max_per_day=1),
        unavailable=(
            away(ResourceKind.VENUE, "V-M", 5),
            away(ResourceKind.TEACHER, "T1", 1, period=1),
        ),
    )
    (statement,) = explain(problem, 20.0).statements
    assert (statement.kind, statement.need, statement.supply) == (
        Kind.DAILY_LIMIT,
        2,
        1,
    )
    assert "能排的只有周一（场地不可用：音乐教室周五全天）" in statement.text.zh
    assert "王芳" not in statement.text.zh


def test_explain_names_a_place_shut_period_by_period_and_one_open_for_one_not():
    # Friday of "high" has periods 1 to 3.
    def told(*periods: int) -> str:
        problem = small_problem(
            need("R1", "A", "MUS", "2", max_per_day=1),
            unavailable=(
                *(away(ResourceKind.VENUE, "V-M", 5, period=n) for n in periods),
                away(ResourceKind.CLASS, "A", 5, period=3),
            ),
        )
        (statement,) = explain(problem, 20.0).statements
        return statement.text.zh

    assert "场地不可用：音乐教室周五第1至3节" in told(1, 2, 3)
    assert "（班级不可用：三(1)班周五第3节）" in told(1, 2)


def test_explain_names_a_missing_agreement_only_where_no_own_place_is_left():
    # A park of others has an agreement on Mondays. While the field is open on Fridays,
    # it is not for the park that there is one lesson too many.
    park = Venue("V-P", "公园", "", "public", False, "")
    monday = Agreement(
        *("X1", "V-P", "S1", date(2026, 9, 1), date(2027, 1, 22), 1, 480, 1020, 1, 0),
    )
    base = small_problem()

    def told(*closed: Unavailability) -> str:
        problem = small_problem(
            need("R1", "A", "PE", "2", max_per_day=1),
            venues=(*base.venues, park),
            layouts=(*base.layouts, Layout("LP", "V-P", ("V-P",), ("PE",), 1)),
            agreements=(monday,),
            unavailable=closed,
        )
        (statement,) = explain(problem, 20.0).statements
        return statement.text.zh

    away_friday = away(ResourceKind.TEACHER, "T1", 5)
    assert "（教师不可用：王芳周五全天）" in told(away_friday)
    assert "（场地不可用：田径场周五全天、公园周五没有协议）" in told(
        away(ResourceKind.VENUE, "V-F", 5)
    )


def test_explain_daily_pe_names_the_class_that_is_away():
    problem = small_problem(
        need("R1", "A", "PE", "4"),
        need("R2", "A", "PE", slots=SlotKind.ACTIVITY),
        unavailable=(away(ResourceKind.CLASS, "A", 5),),
    )
    (statement,) = explain(problem, 20.0).statements
    assert "周五没有可排的时间和场地，最多覆盖1天（班级不可用：三(1)班周五全天）" in (
        statement.text.zh
    )


def test_explain_teacher_limit_names_shut_places_of_days_below_the_limit_only():
    # One lesson a day: Monday 1, Friday 0 for the room is shut. With one a week the
    # week's limit binds, and no day is named.
    def told(per_week: int | None) -> str:
        problem = small_problem(
            need("R1", "A", "MUS", "2"),
            teachers=(Teacher("T1", "王芳", "S1", (), 1, per_week),),
            unavailable=(away(ResourceKind.VENUE, "V-M", 5),),
        )
        (statement,) = explain(problem, 20.0).statements
        assert statement.kind is Kind.TEACHER_LIMIT
        return statement.text.zh

    assert "最多1节（周一1）（场地不可用：音乐教室周五全天）" in told(None)
    assert "不可用" not in told(1)


def test_explain_a_teacher_s_limit_does_not_hide_the_day_without_pe():
    # Five lessons of T1, none on Friday: Monday has four rows, T1 may give three.
    problem = small_problem(
        need("R1", "A", "PE", "4"),
        need("R2", "A", "PE", slots=SlotKind.ACTIVITY, teacher_ids=("T1",)),
        teachers=(Teacher("T1", "王芳", "S1", (), 3),),
        unavailable=(away(ResourceKind.VENUE, "V-F", 5),),
    )
    kinds = [s.kind for s in explain(problem, 20.0).statements]
    assert kinds.count(Kind.TEACHER_LIMIT) == 1
    assert kinds.count(Kind.DAILY_PE) == 1


def test_explain_room_asked_for_more_than_it_holds_counts_place_periods():
    # LM holds one class: four rows on Monday, three on Friday. Two teachers, 8 lessons.
    problem = small_problem(
        need("R1", "A", "MUS", "4"),
        need("R2", "B", "MUS", "4", teacher_ids=("T2",)),
    )
    assert numbers(problem) == [(Kind.PLACES, 8, 7)]


def test_explain_pool_with_too_little_time_counts_all_its_teachers():
    # T1 and T2 give at most two periods a week each.
    pool = {"teacher_ids": (), "teacher_pool": ("T1", "T2")}
    problem = small_problem(
        need("R1", "A", "CN", "2", **pool),
        need("R2", "B", "CN", "2", **pool),
        need("R3", "C", "CN", "1", **pool),
        teachers=tuple(Teacher(t, t, "S1", (), None, 2) for t in ("T1", "T2")),
    )
    assert numbers(problem) == [(Kind.POOL, 5, 4)]


def test_explain_rules_in_conflict_leaves_out_what_does_not_matter():
    # Any two of three lessons share a class or a teacher: Monday's two rows hold two.
    problem = small_problem(
        need("R1", "A", "CN"),
        need("R2", "A", "CN", teacher_ids=("T2",)),
        need("R3", "B", "CN", teacher_ids=("T1", "T2")),
        need("R4", "B", "CN", teacher_ids=("T3",)),
        classes=LOW,
        unavailable=tuple(away(ResourceKind.TEACHER, t, 5) for t in ("T1", "T2", "T3")),
    )
    explanation = explain(problem, 20.0)
    statement = explanation.statements[0]
    assert explanation.verdict is Verdict.INFEASIBLE
    assert statement.kind is Kind.RULES_TOGETHER
    assert (statement.need, statement.supply) == (3, 2)
    assert statement.lesson_ids == ("R1#1", "R2#1", "R3#1")
    assert statement.advice.zh == "放宽其中任意一项即可（已逐项验证）。"


def test_explain_stopped_at_once_claims_nothing():
    explanation = explain(
        small_problem(need("R1", "A", "CN")), 20.0, lambda progress: True
    )
    assert explanation.verdict is Verdict.UNKNOWN


def test_explain_agreement_too_short_is_a_hint_where_nothing_needs_it():
    given = Agreement(
        "G1",
        "V-F",
        "S1",
        date(2026, 9, 1),
        date(2026, 10, 30),
        5,
        480,
        720,
        1,
        8,
    )
    problem = small_problem(need("R1", "A", "CN"), agreements=(given,))
    explanation = explain(problem, 20.0)
    assert explanation.verdict is Verdict.FEASIBLE
    # Fridays from 6 November to 22 January: 12.
    assert [hint.zh for hint in explanation.hints] == [
        "协议G1有效期为2026-09-01至2026-10-30，未覆盖学期内12个周五，"
        "因此每周的课表不能使用它。"
    ]


def test_explain_lessons_fixed_at_once_names_what_it_counts():
    # 40 and 30 pupils on a half for 40, for which one class would be too many, too.
    zones = (Zone("Z1", "V-F", 2, 40), Zone("Z2", "V-F", 1, 40))
    layouts = (Layout("L1", "V-F", ("Z1",), ("PE",), 2),)
    problem = small_problem(
        need("R1", "A", "PE"),
        need("R2", "B", "PE", teacher_ids=("T2",)),
        zones=zones,
        layouts=layouts,
        fixed=(FixedLesson("R1", 1, 1, 1), FixedLesson("R2", 1, 1, 1)),
    )
    text = explain(problem, 20.0).statements[0].text
    assert text.zh.endswith("却共用田径场·Z1，同时需要70名学生、最多40名学生。")
    assert text.en.endswith("share 田径场·Z1: 70 pupils needed at once, at most 40.")


def test_explain_grades_that_may_not_share_a_place_names_the_place_and_the_limit():
    classes = (CLASSES[0], replace(CLASSES[1], grade=1))
    problem = small_problem(
        need("R1", "A", "PE"),
        need("R2", "B", "PE", teacher_ids=("T2",)),
        classes=classes,
        zones=(Zone("Z1", "V-F", 2, max_grades_apart=1), Zone("Z2", "V-F", 1)),
        layouts=(Layout("L1", "V-F", ("Z1",), ("PE",), 2),),
        fixed=(FixedLesson("R1", 1, 1, 1), FixedLesson("R2", 1, 1, 1)),
    )
    text = explain(problem, 20.0).statements[0].text
    assert "田径场·Z1同时上课的年级最多相差1级" in text.zh
    assert "grades at once on 田径场·Z1 at most 1 apart" in text.en
