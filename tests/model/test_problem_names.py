"""What classes are called where several schools share a problem."""

from dataclasses import replace

from scheduler.constraints import describe
from tests.builders import CLASSES, need, problem


def named(*names):
    """The four classes of ``tests.builders`` with other names; D1 is of 西校."""
    classes = tuple(replace(c, name=n) for c, n in zip(CLASSES, names, strict=True))
    return problem(need("R1", "C1;D1", "PE"), classes=classes)


def test_name_that_one_class_bears_stays_as_it_is():
    given = named("三(1)班", "三(2)班", "一(1)班", "三(3)班")

    assert given.class_name["C1"] == "三(1)班"


def test_name_that_two_schools_have_bears_the_school():
    given = named("三(1)班", "三(2)班", "一(1)班", "三(1)班")

    assert given.class_name == {
        "C1": "东校三(1)班",
        "C2": "三(2)班",
        "C3": "一(1)班",
        "D1": "西校三(1)班",
    }
    assert describe.lesson(given, "R1#1").zh == "东校三(1)班、西校三(1)班体育与健康"


def test_name_that_one_school_has_twice_bears_the_id():
    given = named("三(1)班", "三(1)班", "一(1)班", "三(2)班")

    assert (given.class_name["C1"], given.class_name["C2"]) == (
        "东校三(1)班(C1)",
        "东校三(1)班(C2)",
    )


def test_teachers_of_one_name_are_told_apart_by_their_ids():
    given = problem()
    twin = replace(given.teachers[0], teacher_id="T9")
    names = replace(given, teachers=(*given.teachers, twin)).teacher_name
    first, other = given.teachers[0], given.teachers[1]
    assert names[first.teacher_id] == f"{first.name}({first.teacher_id})"
    assert names["T9"] == f"{first.name}(T9)"
    assert names[other.teacher_id] == other.name


def test_problem_is_called_by_the_schools_that_have_classes():
    given = problem(need("R1", "C1;D1", "PE"))
    visited = replace(given, classes=tuple(c for c in given.classes if c != CLASSES[3]))

    assert given.title == "东校、西校"
    assert visited.title == "东校"
