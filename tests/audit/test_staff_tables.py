"""Staff in numbers: what a course lacks, who could teach it, what everybody teaches."""

from dataclasses import replace

from scheduler.audit.inputs.school import Staff
from scheduler.audit.running.audit import audit
from scheduler.formats.auditing.staff_tables import load_frame, shortage_frame
from tests.audit.clean_school import PROFILE, changed, clean_school


def test_a_course_lacks_the_lessons_its_teachers_cannot_give():
    """48 lessons of music; two teachers of 18: 12 are missing, two thirds of a post."""
    staff = tuple(Staff(f"T{n}", f"张{n}", ("MUS",)) for n in (1, 2))
    result = audit([replace(clean_school(), staff=staff)], PROFILE)
    rows = shortage_frame(result).set_index("课程").loc["音乐"]
    assert rows["每周应上"] == 48
    assert rows["现有教师能上"] == 36
    assert (rows["缺几节"], rows["约几个岗位"]) == (12, 0.7)
    assert (rows["原因"], rows["能教的教师（现上）"]) == (
        "缺编缺人",
        "张1（0节）、张2（0节）",
    )


def test_a_load_is_listed_with_subjects_grades_and_the_norm():
    """Maths and labour of 4(2): five lessons of a post of 14."""
    school = changed(
        clean_school(),
        "G4C2",
        lambda x: replace(x, teachers=("张敏",)) if x.code in ("MA", "LAB") else x,
    )
    rows = load_frame(audit([school], PROFILE)).set_index("教师").loc["张敏"]
    assert (rows["任教几科"], rows["年级"]) == (2, "4")
    assert (rows["每周几节"], rows["定额"], rows["占定额%"]) == (5, 14, 35.7)


def test_without_a_table_of_teachers_nothing_is_said_of_shortages():
    assert shortage_frame(audit([clean_school()], PROFILE)).empty


def test_course_without_any_teacher_has_no_share_of_what_they_can_give():
    staff = (Staff("T1", "张1", ("MA",)),)
    result = audit([replace(clean_school(), staff=staff)], PROFILE)
    said = {x.subject: x.text for rule, x in result.findings if rule.rule.id == "F04"}
    assert "每周要上48节，现有教师能上0节，缺48节" in said["MUS"].zh
    assert "48 lessons a week, its teachers can give 0, 48 short" in said["MUS"].en
    assert "∞" not in said["MUS"].zh
    assert "%）" in said["MA"].zh
