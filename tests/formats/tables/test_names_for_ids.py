"""Names in the long tables: what an office calls people, classes and places."""

import pytest

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.names import class_number
from scheduler.model.errors import InputError, sentences
from tests.formats.primary_school import EXAMPLE, Folder


@pytest.fixture
def problem():
    return read_problem(EXAMPLE).problem


def chinese(folder):
    with pytest.raises(InputError) as caught:
        read_problem(folder.path)
    return sentences(caught.value.errors, "zh")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("三（2）班", "3.2"),
        ("三年级2班", "3.2"),
        ("三年级（二）班", "3.2"),
        ("3年级2班", "3.2"),
        ("三2班", "3.2"),
        ("3.2", "3.2"),
        ("302班", "3.2"),
        ("三(12)班", "3.12"),
        ("初一（3）班", "7.3"),
        ("七(3)班", "7.3"),
        ("三年级", ""),
        ("田径队", ""),
        ("", ""),
    ],
)
def test_a_class_has_one_number_however_it_is_written(text, number):
    assert class_number(text) == number


def test_names_stand_for_the_ids_in_every_long_table(tmp_path, problem):
    folder = Folder(tmp_path)
    names = {t.teacher_id: t.name for t in problem.teachers}
    classes = {c.class_id: c for c in problem.classes}
    subjects = {s.subject_id: s.name for s in problem.subjects}
    rows = folder.rows("requirements")
    at = {title: k for k, title in enumerate(rows[0])}
    for row in rows[1:]:
        called = []
        for own in (classes[name] for name in row[at["class_ids"]].split(";")):
            number = own.name.strip("班").partition("(")[2].strip(")")
            called.append(f"{'一二三四五六'[own.grade - 1]}年级{number}班")
        row[at["class_ids"]] = "、".join(called)
        row[at["subject_id"]] = subjects[row[at["subject_id"]]]
        people = row[at["teacher_ids"]].split(";")
        row[at["teacher_ids"]] = "、".join(names[name] for name in people if name)
    folder.write("requirements", rows)
    absent = folder.rows("unavailable")
    absent[1][:2] = ["教师", names["T001"]]
    folder.write("unavailable", absent)

    read = read_problem(folder.path).problem
    assert read.requirements == problem.requirements
    assert read.unavailable[0].resource_id == "T001"


def test_an_id_counts_before_a_name(tmp_path, problem):
    folder = Folder(tmp_path)
    first, second = problem.teachers[:2]
    folder.put("teachers", 3, "name", first.teacher_id)
    assert second.teacher_id != first.teacher_id
    assert read_problem(folder.path).problem.requirements == problem.requirements


def test_a_name_of_two_teachers_is_told_with_both_ids(tmp_path):
    folder = Folder(tmp_path)
    folder.put("teachers", 2, "name", "张伟")
    folder.put("teachers", 3, "name", "张伟")
    folder.put("requirements", 2, "teacher_ids", "张伟")
    assert chinese(folder) == [
        "【教学要求】第2行“教师”：“张伟”在【教师】表中有2个（T001、T002）。请写编号。"
    ]


def test_a_venue_stands_for_its_layouts_that_take_the_subject(tmp_path, problem):
    folder = Folder(tmp_path)
    given = problem.requirement["R0003"]
    lent = [x for x in problem.layouts if x.venue_id == "V-FIELD"]
    name = problem.venue["V-FIELD"].name
    rows = folder.rows("requirements")
    at = rows[0].index("requirement_id")
    number = next(k for k, row in enumerate(rows, 1) if row[at] == given.requirement_id)
    folder.put("requirements", number, "subject_id", "体育与健康")
    folder.put("requirements", number, "layouts", name)
    read = read_problem(folder.path).problem.requirement["R0003"]
    assert read.layouts == tuple(
        x.layout_id for x in lent if {read.subject_id, "*"} & {*x.subjects}
    )
    assert read.layouts


def test_the_whole_school_is_called_so_in_activities(tmp_path):
    folder = Folder(tmp_path)
    columns = "activity_id,name,kind,class_ids,per_week,waves"
    folder.overwrite("activities.csv", f"{columns}\nBB,大课间,大课间,全校,5,按年级\n")
    (activity,) = read_problem(folder.path).problem.activities
    assert activity.class_ids == ("school:S1",)
