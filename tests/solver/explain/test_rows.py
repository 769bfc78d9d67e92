"""Rows of limits.csv and relations.csv in counts, conflicts and remedies."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.model.limits import Limit, LimitKind, LimitOn
from scheduler.model.problem import Problem
from scheduler.model.relations import Relation, RelationKind
from scheduler.model.resources import ResourceKind, Unavailability
from scheduler.model.venues import Zone
from scheduler.solver.explain.counting.checks import count
from scheduler.solver.explain.explaining import explain
from scheduler.solver.explain.remedies.finding import remedies
from scheduler.solver.explain.sentences.explanation import Kind, Verdict
from scheduler.solver.hard_view import HardView
from scheduler.solver.status import Status
from tests.builders import need
from tests.impossible_five import school
from tests.solver.explain.test_soundness import exact_status, problems

LAST_TWO = tuple((day, period) for day in range(1, 6) for period in (5, 6))


def relation(kind: str, *lessons: str, **more: object) -> Relation:
    return Relation("X1", RelationKind(kind), lessons, **more)


def limit(kind: str, on: str, value: int, *ids: str, **more: object) -> Limit:
    return Limit("B1", LimitKind(kind), LimitOn(on), value, ids, **more)


def numbers(problem: Problem) -> list[tuple[Kind, int, int]]:
    return [(s.kind, s.need, s.supply) for s in count(HardView.of(problem))]


def told(problem: Problem) -> list[str]:
    """What helps against the only statement."""
    (statement,) = count(HardView.of(problem))
    found = remedies(problem, statement, float("inf"))
    return [change.text(problem).zh for change in found]


def there_on_two_days() -> tuple[Unavailability, ...]:
    return tuple(Unavailability(ResourceKind.TEACHER, "T1", day) for day in (3, 4, 5))


def test_lessons_on_different_days_for_a_teacher_of_two_days():
    problem = school(
        need("R1", "C1", "CN", "3"),
        relations=(relation("min_days_between", "R1", value=1),),
        unavailable=there_on_two_days(),
    )
    (statement,) = count(HardView.of(problem))
    assert (statement.kind, statement.need, statement.supply) == (
        Kind.DAILY_LIMIT,
        3,
        2,
    )
    assert statement.text.zh == (
        "三(1)班语文3节要排3次课，至少相隔1天（关系X1），能排的只有周一、周二"
        "（教师不可用：一老师周三至周五全天），最多排2次。"
    )
    assert told(problem) == [
        "不要求至少相隔1天（关系X1）",
        "一老师在周三可用",
        "少排1节（如三(1)班语文1节）",
    ]


def test_lessons_two_days_apart_have_three_days_a_week():
    # Monday, Wednesday and Friday.
    spread = (relation("min_days_between", "R1", value=2),)
    enough = school(need("R1", "C1", "CN", "3"), relations=spread)
    too_many = school(need("R1", "C1", "CN", "4"), relations=spread)
    assert numbers(enough) == []
    assert numbers(too_many) == [(Kind.DAILY_LIMIT, 4, 3)]


def test_one_a_day_for_a_teacher_with_at_most_two_days():
    problem = school(
        need("R1", "C1", "CN", "3", max_per_day=1),
        limits=(limit("max_days", "teacher", 2, "T1"),),
    )
    assert numbers(problem) == [(Kind.DAILY_LIMIT, 3, 2)]
    assert told(problem) == [
        "每天最多2次",
        "放宽为：一老师每周最多3天有课（限制B1）",
        "少排1节（如三(1)班语文1节）",
    ]


def test_teacher_of_at_most_two_days_has_the_periods_of_two_days():
    # 13 lessons, six periods a day.
    problem = school(
        need("R1", "C1", "CN", "7"),
        need("R2", "C2", "CN", "6"),
        limits=(limit("max_days", "teacher", 2),),
    )
    assert numbers(problem) == [(Kind.TEACHER_LIMIT, 13, 12)]
    (statement,) = count(HardView.of(problem))
    assert statement.text.zh == (
        "教师一老师每周要上13节，所有教师每周最多2天有课（限制B1），最多12节。"
    )


def test_class_of_at_most_three_periods_a_day():
    problem = school(
        need("R1", "C1", "CN", "8"),
        need("R2", "C1", "LAB", "8", teacher_ids=("T2",)),
        limits=(limit("max_periods_a_day", "class", 3, "C1"),),
    )
    assert numbers(problem) == [(Kind.CLASS_LIMIT, 16, 15)]
    assert told(problem) == [
        "放宽为：三(1)班每天最多4节（限制B1）",
        "少排1节（如三(1)班语文1节）",
    ]


@pytest.mark.parametrize("kind", ["starts_in", "stays_in"])
def test_twelve_lessons_for_one_field_in_ten_allowed_slots(kind):
    problem = school(
        *(
            need(f"R{k}", f"C{k}", "PE", "3", teacher_ids=(f"T{k}",))
            for k in range(1, 5)
        ),
        relations=(relation(kind, "R1", "R2", "R3", "R4", slots=LAST_TWO),),
    )
    (statement,) = count(HardView.of(problem))
    assert (statement.kind, statement.need, statement.supply) == (Kind.PLACES, 12, 10)
    assert "周一至周五第5、6节（关系X1）" in statement.text.zh
    assert "Monday to Friday periods 5, 6 (relation X1)" in statement.text.en


def test_lesson_without_a_slot_names_the_relation_that_leaves_it_none():
    problem = school(
        need("R1", "C1", "CN"),
        relations=(relation("starts_in", "R1", slots=((1, 1), (2, 1))),),
        unavailable=tuple(
            Unavailability(ResourceKind.TEACHER, "T1", day, 1) for day in (1, 2)
        ),
    )
    (statement,) = count(HardView.of(problem))
    assert statement.kind is Kind.NO_OPTION
    assert statement.text.zh == (
        "三(1)班语文1节没有任何可排的位置，30种排法（时间与场地）全被排除："
        "只能开始于周一、周二第1节（关系X1），排除28种；"
        "一老师不可用（周一、周二第1节），排除2种。"
    )
    assert told(problem) == [
        "不要求只能开始于周一、周二第1节（关系X1）",
        "一老师在周一可用",
    ]


def test_eleven_lessons_of_one_teacher_in_ten_allowed_slots():
    problem = school(
        need("R1", "C1", "CN", "6"),
        need("R2", "C2", "CN", "5"),
        relations=(relation("starts_in", "R1", "R2", slots=LAST_TWO),),
    )
    assert numbers(problem) == [(Kind.TEACHER_ROWS, 11, 10)]


def test_zone_for_two_classes_but_one_lesson_holds_one_at_a_time():
    requirements = [
        need(f"R{k}", f"C{k}", "PE", "3", teacher_ids=(f"T{1 + k % 4}",))
        for k in range(1, 12)
    ]
    problem = school(*requirements)
    wide = replace(problem.layouts[0], max_classes=2)
    zones = (Zone("FIELD", "FIELD", 2),)
    two = replace(problem, layouts=(wide,), zones=zones)
    one = replace(two, zones=(replace(zones[0], max_lessons=1),))
    assert numbers(two) == []
    assert numbers(one) == [(Kind.PLACES, 33, 30)]


def test_conflict_names_the_rows_that_make_it():
    # One teacher cannot begin two lessons at once.
    problem = school(
        need("R1", "C1", "CN"),
        need("R2", "C2", "CN"),
        need("R3", "C3", "CN", teacher_ids=("T2",)),
        relations=(
            relation("same_start", "R1", "R2"),
            replace(relation("same_day", "R1", "R3"), relation_id="X2"),
        ),
    )
    (statement,) = explain(problem, 20.0).statements
    assert statement.kind is Kind.RULES_TOGETHER
    assert set(statement.resource_ids) == {"T1", "X1"}
    assert "三(1)班语文1节、三(2)班语文1节同时开始（关系X1）" in statement.text.zh


def test_conflict_of_limits_with_day_patterns_is_narrowed():
    # Two lessons that share no day, and a teacher who comes on one day at most.
    problem = school(
        need("R1", "C1", "CN"),
        need("R2", "C2", "CN"),
        relations=(relation("min_days_between", "R1", "R2", value=1),),
        limits=(
            limit("max_days", "teacher", 1, "T1"),
            replace(limit("max_run", "teacher", 3, "T2"), limit_id="B2"),
        ),
    )
    found = explain(problem, 20.0)
    assert found.verdict is Verdict.INFEASIBLE
    assert {x for s in found.statements for x in s.resource_ids} >= {"X1", "B1"}
    assert not {x for s in found.statements for x in s.resource_ids} & {"B2"}


@st.composite
def problems_with_rows(draw: st.DrawFn) -> Problem:
    """A small problem with one limit and one relation."""
    problem = draw(problems())
    names = [r.requirement_id for r in problem.requirements]
    kind = draw(
        st.sampled_from(
            ("min_days_between", "starts_in", "same_day", "not_overlapping", "ordered")
        )
    )
    lessons = tuple(draw(st.lists(st.sampled_from(names), min_size=1, unique=True)))
    row = relation(
        kind,
        *lessons,
        value=draw(st.integers(1, 4)) if kind == "min_days_between" else None,
        slots=((1, 1), (5, 2)) if kind == "starts_in" else (),
    )
    sizes = row.kind.sizes
    usable = not sizes or len(problem.related_lessons(row)) in sizes
    caps = limit(
        draw(st.sampled_from(("max_days", "max_periods_a_day", "min_days"))),
        draw(st.sampled_from(("teacher", "class"))),
        draw(st.integers(1, 2)),
    )
    return replace(problem, relations=(row,) if usable else (), limits=(caps,))


@pytest.mark.parametrize(("pupils", "kinds"), [(None, 1), (10, 0)])
def test_limits_of_a_class_say_nothing_of_what_some_of_its_pupils_attend(pupils, kinds):
    """Three on one day, at most two a day: impossible, but not for a club."""
    problem = school(
        replace(need("R1", "C1", "CN", "3", max_per_day=2), pupils=pupils),
        limits=(limit("max_days", "class", 1),),
    )

    assert len(numbers(problem)) == kinds
    assert (exact_status(problem) is Status.INFEASIBLE) == bool(kinds)


@settings(max_examples=25, deadline=None)
@given(problems_with_rows())
def test_explain_with_rows_agrees_with_the_exact_model(problem: Problem) -> None:
    infeasible = exact_status(problem) is Status.INFEASIBLE
    explanation = explain(problem, 30.0)
    assert explanation.verdict is (
        Verdict.INFEASIBLE if infeasible else Verdict.FEASIBLE
    )


@settings(max_examples=20, deadline=None)
@given(problems_with_rows())
def test_remedy_with_rows_leaves_nothing_of_its_statement(problem: Problem) -> None:
    for statement in count(HardView.of(problem))[:2]:
        for change in remedies(problem, statement, float("inf")):
            after = count(HardView.of(change.apply(problem)))
            lessons = set(statement.lesson_ids)
            assert not [s for s in after if lessons.issuperset(s.lesson_ids)]


def test_remedy_is_tried_with_what_rows_ask_of_the_lessons_concerned():
    # T1 comes on one day at most, and R1 begins at two times only, like R2 of others:
    # without the row three on one day would do, with it one fits.
    row = relation("starts_in", "R1", "R2", slots=((1, 1), (5, 2)))
    problem = school(
        need("R1", "C1", "CN", "3", max_per_day=1),
        need("R2", "C2", "LAB", "1", teacher_ids=("T2",)),
        relations=(row,),
        limits=(limit("max_days", "teacher", 1, "T1"),),
    )
    # Neither more a day nor more days of the teacher would help.
    assert told(problem) == ["少排2节（如三(1)班语文2节）"]
