"""What hangs on a wall, held cell by cell against the version in force."""

from dataclasses import replace

import pytest

from scheduler.formats.profiles import read_profile
from scheduler.model.errors import InputError
from scheduler.services.school.posted import compare
from scheduler.services.school.starting import File
from tests.term.cover.school import school

RIGHT = ("语文 王芳", "体育与健康 赵强", "语文 王芳", "数学 孙丽")

LAKE = "湖滨小学"


def sheet(*tuesday, title="三(2)班课程表"):
    """A class timetable of two days; nothing is taught on Mondays."""
    lines = [title, ",星期一,星期二"]
    lines += [f"第{k}节,,{text}" for k, text in enumerate(tuesday, start=1)]
    return File("三2班.csv", "\n".join(lines).encode())


def compared(*files, **tables):
    return compare(school(**tables), read_profile("national-2022"), files)


def test_a_sheet_that_says_the_same_agrees_and_tells_which_classes_it_lacks():
    found = compared(sheet(*RIGHT))
    assert (found.classes, found.differences) == (1, ())
    assert found.cells == 8
    assert found.lacking == ("三(1)班",)


def test_another_subject_teacher_or_an_empty_cell_is_told_with_both_sides():
    """PE became maths, the second Chinese went to somebody else, maths is gone."""
    found = compared(sheet(RIGHT[0], "数学 孙丽", "语文 李明", ""))
    told = [x.zh for x in found.differences]
    assert [x.split("：")[0] for x in told] == [
        "三(2)班周二第2节",
        "三(2)班周二第3节",
        "三(2)班周二第4节",
    ]
    assert "三2班.csv" in told[0]
    assert "写“数学 孙丽”" in told[0]
    assert "系统写“体育与健康 赵强”" in told[0]
    assert "“李明”" in told[1]
    assert "写“空”" in told[2]
    told = [x.en for x in found.differences]
    assert "the system has “体育与健康 赵强”" in told[0]
    assert "has “nothing”" in told[2]


def test_a_class_of_another_school_is_named_and_not_compared():
    found = compared(sheet(*RIGHT, title="五(9)班课程表"))
    assert (found.classes, found.cells, found.unknown) == (0, 0, ("五(9)班",))


def test_classes_of_one_name_are_told_apart_by_the_school_on_the_sheet():
    """湖滨小学 has a 三(2)班, too, in which nothing is taught."""
    ours = school().problem
    other = replace(ours.classes[1], class_id="D2", school_id="S2")
    tables = {
        "schools": (*ours.schools, replace(ours.schools[0], school_id="S2", name=LAKE)),
        "classes": (*ours.classes, other),
    }
    found = compared(sheet(*RIGHT, title="铁山路学校三(2)班课程表"), **tables)
    assert (found.classes, found.differences) == (1, ())
    assert found.lacking == ("三(1)班", f"{LAKE}三(2)班")
    found = compared(sheet(*RIGHT, title=f"{LAKE}三(2)班课程表"), **tables)
    assert (found.classes, len(found.differences)) == (1, 4)
    found = compared(sheet(*RIGHT), **tables)
    assert (found.classes, found.unknown) == (0, ("三(2)班",))


def test_classes_without_a_number_are_each_told_to_be_lacking():
    first, second = school().problem.classes
    classes = (replace(first, name="三A班"), replace(second, name="三B班"))
    found = compared(sheet(*RIGHT), classes=classes)
    assert (found.unknown, found.lacking) == (("三(2)班",), ("三A班", "三B班"))


@pytest.mark.parametrize("name", ["墙上.jpg", "课表.PDF"])
def test_a_photo_is_refused_with_the_way_that_there_is(name):
    with pytest.raises(InputError) as caught:
        compared(File(name, b"x"))
    (fault,) = caught.value.errors
    assert "校验码" in fault.sentence("zh")
