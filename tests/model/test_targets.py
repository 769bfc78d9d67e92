"""What orders name."""

from scheduler.model.targets import Target, TargetKind, read_targets
from tests.builders import need, problem

PROBLEM = problem(need("R1", "C1", "CN", "2"))
KINDS = tuple(TargetKind)


def read(*texts, daily=False):
    """Targets and the values and problems of the faults."""
    targets, errors = read_targets(PROBLEM, "--x", texts, KINDS, daily)
    return targets, [(e.value, e.problem.en, e.advice.en) for e in errors]


def test_kinds_of_targets_are_read():
    targets, errors = read("grade:3", "class:C3", "teacher:T2", "day:2", "lesson:R1#2")

    assert errors == []
    assert targets == [
        Target(TargetKind.GRADE, "3"),
        Target(TargetKind.CLASS, "C3"),
        Target(TargetKind.TEACHER, "T2"),
        Target(TargetKind.DAY, "2"),
        Target(TargetKind.LESSON, "R1#2"),
    ]


def test_day_stands_behind_the_name():
    assert read("venue:FIELD@3", "zone:Z1", daily=True)[0] == [
        Target(TargetKind.VENUE, "FIELD", 3),
        Target(TargetKind.ZONE, "Z1"),
    ]


def test_everything_that_names_nothing_is_said_at_once():
    _, errors = read("teacher:T9", "C3", "venue:FEILD", "venue:FIELD@6", daily=True)

    assert errors[0] == ("teacher:T9", 'names nothing: there is no "T9"', "")
    assert errors[1][:2] == ("C3", "is not understood")
    assert errors[2][2] == 'Maybe "FIELD" is meant?'
    assert errors[3][1] == 'is not possible: "6" is not a school day'
