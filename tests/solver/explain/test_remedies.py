"""What is said to help: each change is made and counted again."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from scheduler.model.problem import Problem
from scheduler.model.resources import ResourceKind, Teacher, Unavailability
from scheduler.solver.explain.counting import packing
from scheduler.solver.explain.counting.checks import count
from scheduler.solver.explain.explaining import explain
from scheduler.solver.explain.remedies import finding
from scheduler.solver.explain.remedies.changes import FewerLessons, MorePlaces, OpenDay
from scheduler.solver.explain.remedies.finding import remedies
from scheduler.solver.explain.sentences.explanation import Kind, Verdict
from scheduler.solver.hard_view import HardView
from tests import impossible_five as five
from tests.builders import blocks, fixed, need
from tests.solver.explain.test_soundness import exact_status, problems

FOREVER = float("inf")


def changes_of(problem: Problem):
    """The changes that were found to help against the only statement."""
    (statement,) = count(HardView.of(problem))
    return remedies(problem, statement, FOREVER)


FIVE = (
    five.teacher_with_31_lessons,
    five.class_with_31_lessons,
    five.three_days_for_a_teacher_of_two,
    five.field_for_33_lessons,
    five.ten_periods_for_12_lessons,
)


@pytest.mark.parametrize("make", FIVE, ids=lambda f: f.__name__)
def test_every_remedy_of_the_five_gives_a_timetable(make):
    problem = make()
    changes = changes_of(problem)
    assert changes
    for change in changes:
        assert explain(change.apply(problem), 20.0).verdict is Verdict.FEASIBLE


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (five.teacher_with_31_lessons, ["少排1节（如三(1)班语文1节）"]),
        (five.class_with_31_lessons, ["少排1节（如三(1)班劳动1节）"]),
        (
            five.three_days_for_a_teacher_of_two,
            ["每天最多2次", "一老师在周三可用", "少排1节（如三(1)班语文1节）"],
        ),
        # Three lessons are missing; a morning has four periods.
        (
            five.field_for_33_lessons,
            [
                "周一上午再多1个同类场地（每个同时1个班）",
                "少排3节（如三(1)班体育与健康1节、三(2)班体育与健康1节、"
                "三(3)班体育与健康1节）",
            ],
        ),
        # The field opens for four more periods on Monday; two are missing.
        (
            five.ten_periods_for_12_lessons,
            [
                "周一下午再多1个同类场地（每个同时1个班）",
                "操场在周一可用",
                "少排2节（如三(1)班体育与健康1节、三(2)班体育与健康1节）",
            ],
        ),
    ],
    ids=lambda f: getattr(f, "__name__", ""),
)
def test_remedies_of_the_five_are_told_with_names_and_numbers(make, told):
    problem = make()
    assert [change.text(problem).zh for change in changes_of(problem)] == told


def test_places_for_too_few_periods_are_not_said_to_help():
    # Ten lessons are missing: an afternoon of one more field has two periods.
    problem = five.school(
        *(
            need(f"R{k}", f"C{k}", "PE", "4", teacher_ids=(f"T{k}",))
            for k in range(1, 10)
        ),
        need("R10", "C10", "PE", "4", teacher_ids=("T1",)),
    )
    more = [c for c in changes_of(problem) if isinstance(c, MorePlaces)]
    assert [(c.count, c.day) for c in more] == [(1, None)]


def test_opening_a_day_helps_only_where_the_teacher_is_away():
    away = tuple(Unavailability(ResourceKind.TEACHER, "T1", day) for day in (4, 5))
    problem = five.school(need("R1", "C1", "CN", "20"), unavailable=away)
    opened = [c for c in changes_of(problem) if isinstance(c, OpenDay)]
    assert opened == [OpenDay(ResourceKind.TEACHER, "T1", 4)]


def test_raised_limits_are_as_high_as_needed():
    # 12 periods on five days: 2 a day hold 10, 3 a day hold 15.
    problem = five.school(
        need("R1", "C1", "CN", "12"), teachers=(Teacher("T1", "王芳", "S1", (), 2, 10),)
    )
    told = [change.text(problem).zh for change in changes_of(problem)]
    assert told == [
        "王芳的限额放宽到每天最多3节、每周最多12节",
        "少排2节（如三(1)班语文2节）",
    ]


def test_fixed_lessons_may_be_let_go():
    problem = five.school(
        need("R1", "C1", "CN"),
        need("R2", "C1", "LAB", teacher_ids=("T2",)),
        fixed=(fixed("R1", 1, 1), fixed("R2", 1, 1)),
    )
    told = [change.text(problem).zh for change in changes_of(problem)]
    assert told == [
        "三(1)班语文不再固定在周一第1节",
        "三(1)班劳动不再固定在周一第1节",
    ]


def test_fewer_lessons_takes_the_last_ones_and_keeps_blocks():
    problem = five.school(
        need("R1", "C1", "CN", "4", blocks=blocks("2", "1", "1")),
        need("R2", "C2", "CN", "1"),
        fixed=(fixed("R2", 1, 1),),
    )
    fewer = FewerLessons(("R1#3", "R2#1")).apply(problem)
    assert [(r.requirement_id, r.per_week, r.blocks) for r in fewer.requirements] == [
        ("R1", 3, blocks("2", "1"))
    ]
    assert fewer.fixed == ()


def test_remedies_out_of_time_are_none():
    problem = five.field_for_33_lessons()
    (statement,) = count(HardView.of(problem))
    assert remedies(problem, statement, 0.0) == ()


@settings(max_examples=20)
@given(problems())
def test_remedy_leaves_nothing_of_its_statement(problem: Problem) -> None:
    statements = count(HardView.of(problem))
    for statement in statements[:2]:
        for change in remedies(problem, statement, FOREVER):
            after = count(HardView.of(change.apply(problem)))
            lessons = set(statement.lesson_ids)
            assert not [s for s in after if lessons.issuperset(s.lesson_ids)]


@settings(max_examples=40)
@given(problems())
def test_statement_alone_is_infeasible_by_the_exact_model(problem: Problem) -> None:
    """Only the requirements a statement names are impossible by themselves."""
    for statement in count(HardView.of(problem))[:2]:
        if statement.kind in (Kind.DAILY_PE, Kind.PLACES_ON_DAY):
            continue
        names = {problem.lesson[x].requirement for x in statement.lesson_ids}
        alone = tuple(r for r in problem.requirements if r in names)
        part = replace(problem, requirements=alone)
        assert exact_status(part).value == "infeasible"


def test_what_was_cut_short_is_not_told_to_help(monkeypatch):
    """The packing that would show whether a change helps does not end in time."""
    problem = five.field_for_33_lessons()
    (statement,) = count(HardView.of(problem))
    whole, now, packed = packing.pack, [0.0], []

    def pack(*arguments):
        packed.append(whole(*arguments))
        if len(packed) == 1:
            return packed[0]
        now[0] += 1000.0
        return None

    monkeypatch.setattr(packing, "pack", pack)
    monkeypatch.setattr(finding, "monotonic", lambda: now[0])

    assert remedies(problem, statement, 10.0) == ()
    assert len(packed) == 2
