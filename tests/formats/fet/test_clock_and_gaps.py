"""Clock times in names of hours, gaps over break hours, what was only approximated."""

from dataclasses import replace

import pytest

from scheduler.constraints.evaluate import evaluate
from scheduler.formats.fet.export.elements import constraint, leaf
from scheduler.formats.fet.importing import import_document
from scheduler.formats.fet.reading import parse_fet
from scheduler.formats.fet.week import named_times
from scheduler.model.relations import RelationKind
from scheduler.model.settings import RuleSetting, parameters_of
from scheduler.model.times import format_clock
from scheduler.model.timetable import Timetable
from scheduler.solver.explain.explaining import explain
from scheduler.solver.explain.sentences.explanation import Verdict
from scheduler.solver.solution import Solution
from scheduler.solver.status import Status
from tests.formats.fet.builder import activity, fet_bytes, ids, imported, times


@pytest.mark.parametrize(
    ("names", "spans"),
    [
        (["8:20-9:00", "9:10-9:50"], ["08:20–09:00", "09:10–09:50"]),
        (
            ["第1节 8：20～9：00", "第2节 9：10～9：50"],
            ["08:20–09:00", "09:10–09:50"],
        ),
        (["1 (08.00 - 08.45)", "2 (08.45 - 09.30)"], ["08:00–08:45", "08:45–09:30"]),
        (["07:30", "08:20", "09:30"], ["07:30–08:20", "08:20–09:10", "09:30–10:20"]),
    ],
)
def test_times_in_all_names_are_the_bell(names, spans):
    found = named_times(names)
    assert found is not None
    assert [f"{format_clock(a)}–{format_clock(b)}" for a, b in found] == spans


@pytest.mark.parametrize(
    "names",
    [
        ["8:20-9:00", "second"],
        ["9:10-9:50", "8:20-9:00"],
        ["8:20-9:00", "8:50-9:30"],
        ["9:00-8:20"],
        ["25:00-26:00"],
        ["1", "2"],
        ["8:20"],
        [],
    ],
)
def test_names_without_one_order_of_times_make_no_bell(names):
    assert named_times(names) is None


def test_a_file_whose_hours_are_named_by_the_clock_keeps_their_times():
    raw = fet_bytes([activity(1, "T1", "Y1")]).decode()
    for hour in range(1, 7):
        raw = raw.replace(f">H{hour}<", f">{7 + hour}:05 - {7 + hour}:50<")
    problem = import_document(parse_fet(raw.encode(), "x.fet"), "x.fet").problem
    rows = problem.bells[0].on(1)
    assert [(format_clock(r.start), format_clock(r.end)) for r in rows[:2]] == [
        ("08:05", "08:50"),
        ("09:05", "09:50"),
    ]


BREAK = constraint(
    "BreakTimes", *times("Break_Time", "", *((d, 2) for d in range(1, 6)))
)


def gap(kind: str, tag: str, value: int, weight: int = 100):
    return constraint(kind, *ids(1, 2), leaf(tag, value), weight=weight)


def test_gaps_over_break_hours_are_read_with_the_breaks_and_not_approximated():
    lessons = [activity(1, "T1", "Y1"), activity(2, "T2", "Y1")]
    most = imported(lessons, BREAK, gap("MaxGapsBetweenActivities", "MaxGaps", 1))
    least = imported(lessons, BREAK, gap("MinGapsBetweenActivities", "MinGaps", 1))
    plain = imported(lessons, gap("MinGapsBetweenActivities", "MinGaps", 1))
    assert [r.kind for r in most.problem.relations] == [RelationKind.MAX_ROWS_BETWEEN]
    assert [r.kind for r in least.problem.relations] == [RelationKind.MIN_ROWS_BETWEEN]
    assert [r.kind for r in plain.problem.relations] == [RelationKind.MIN_GAP]
    assert not most.report.approximated
    assert not least.report.approximated


def test_a_gap_that_only_the_break_fills_leaves_a_timetable():
    # Hours 1 and 3 of one day with the break between; all other hours are closed.
    closed = constraint(
        "StudentsSetNotAvailableTimes",
        leaf("Students", "Y1"),
        *times(
            "Not_Available_Time",
            "",
            *((d, h) for d in range(1, 6) for h in range(1, 7) if (d, h) not in OPEN),
        ),
    )
    lessons = [activity(1, "T1", "Y1"), activity(2, "T2", "Y1")]
    rule = gap("MinGapsBetweenActivities", "MinGaps", 1)
    problem = imported(lessons, BREAK, closed, rule).problem
    assert explain(problem, 20.0).verdict is Verdict.FEASIBLE


OPEN = {(1, 1), (1, 3)}


def source_of(problem):
    return parameters_of(problem.rules, "source")


def test_what_is_only_approximated_is_impossible_of_the_file_as_read():
    problem = imported([activity(k, "T1", "Y1") for k in range(1, 32)]).problem
    plain = explain(problem, 20.0)
    assert plain.verdict is Verdict.INFEASIBLE
    assert "读入后" not in plain.summary.zh
    told = (("file", "x.fet"), ("approximated", ("StudentsMaxSpanPerDay",)))
    rules = (*problem.rules, RuleSetting("source", parameters=told))
    bent = explain(replace(problem, rules=rules), 20.0)
    assert bent.summary.zh.endswith(
        "这只对读入后的文件成立：x.fet的StudentsMaxSpanPerDay是近似读入的，原文件可能有课表。"
    )
    assert "This holds of the file as read" in bent.summary.en


def test_the_import_notes_hard_constraints_it_approximated_and_no_soft_ones():
    lessons = [activity(1, "T1", "Y1")]
    span = constraint("StudentsMaxSpanPerDay", leaf("Max_Span", 3))
    assert source_of(imported(lessons, BREAK, span).problem) == {
        "file": "test.fet",
        "approximated": ("StudentsMaxSpanPerDay",),
    }
    assert source_of(imported(lessons, span).problem) == {}


def test_a_solve_of_an_approximated_file_says_so_in_its_certificate():
    problem = imported([activity(k, "T1", "Y1") for k in range(1, 32)]).problem
    told = (("file", "x.fet"), ("approximated", ("StudentsMaxSpanPerDay",)))
    rules = (*problem.rules, RuleSetting("source", parameters=told))
    empty = Timetable(replace(problem, rules=rules), {})
    solution = Solution(
        Status.INFEASIBLE, empty, evaluate(empty), None, 1.0, None, 1, 0
    )
    assert "这只对读入后的文件成立" in solution.certificate.zh
