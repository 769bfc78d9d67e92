"""Rules about all schools together: shares of nine years, differences of schools."""

from dataclasses import replace
from fractions import Fraction

from scheduler.audit.district.balance import variation
from scheduler.audit.inputs.school import AuditClass, AuditLesson, AuditSchool, Staff
from scheduler.audit.running.audit import Outcome, audit
from scheduler.audit.running.catalogue import RULE
from scheduler.audit.standard import StandardKind
from scheduler.model.resources import Stage
from scheduler.model.times import Week
from tests.audit.clean_school import PROFILE, clean_school


def nine_years() -> AuditSchool:
    """One class of each grade with the reference plan; when it is taught is all one."""
    classes, lessons = [], []
    for grade in range(1, 10):
        key = f"G{grade}"
        classes.append(AuditClass(key, f"{grade}年级1班", grade))
        for row in PROFILE.standard.of_grade(grade):
            if row.kind is not StandardKind.PLAN:
                continue
            for _ in range(int(2 * (row.reference or 0))):
                slot = len(lessons)
                lessons.append(
                    AuditLesson(
                        str(slot), (key,), 1, slot, Week.ODD, row.code, row.code
                    )
                )
    return AuditSchool("九年一贯制学校", tuple(classes), tuple(lessons))


def result(rule, *schools):
    return audit(schools, PROFILE, [RULE[rule]]).results[0]


def test_the_reference_plan_keeps_all_ten_shares():
    whole = result("A17", nine_years())
    assert (whole.outcome, whole.met) == (Outcome.MET, 10)


def english_for_art() -> AuditSchool:
    """Two lessons of art a week are English in grades 3-8."""
    school = nine_years()
    seen: dict[str, int] = {}
    lessons = []
    for x in school.lessons:
        grade = int(x.classes[0][1:])
        count = seen.get(x.classes[0], 0)
        if x.code == "AR" and 3 <= grade <= 8 and count < 4:
            seen[x.classes[0]] = count + 1
            x = replace(x, code="FL")
        lessons.append(x)
    return replace(school, lessons=tuple(lessons))


def test_english_for_art_breaks_both_shares():
    """Art has 1046 lessons; two a week less in grades 3-8 leave 626 (6.6 %)."""
    found = result("A17", english_for_art()).found
    assert {(f.subject, f.measured, f.demanded) for f in found} == {
        ("FL", "12.4", "8"),
        ("AR", "6.6", "9"),
    }


def test_shares_do_not_apply_where_grades_are_missing():
    assert result("A17", clean_school()).outcome is Outcome.NOT_APPLICABLE


def test_two_schools_with_1_and_3_arts_teachers_differ_by_half():
    """Shares 1 and 3: mean 2, deviation 1, coefficient 0.5; with 1 and 4 it is 0.6."""
    assert variation([Fraction(1), Fraction(3)]) == 0.5
    base = replace(clean_school(), stage=Stage.PRIMARY)

    def school(count):
        staff = tuple(Staff(f"T{n}", f"T{n}", ("PE",)) for n in range(count))
        return replace(base, staff=staff)

    assert result("F05", school(1), school(3)).found == ()
    (found,) = result("F05", school(1), school(4)).found
    assert (found.measured, found.demanded) == ("0.60", "0.50")
