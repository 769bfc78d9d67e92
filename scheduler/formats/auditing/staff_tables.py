"""Tables on staff: what each course lacks and who could teach it, and every load."""

import pandas as pd

from scheduler.audit.district.shortage import shortages
from scheduler.audit.ruling.rule import Case
from scheduler.audit.running.audit import Audit
from scheduler.audit.staff.loads import load_of, norm_of, vague

_CAUSES = {"staff": "缺编缺人", "deployment": "有教师但在教别的科"}


def shortage_frame(audit: Audit) -> pd.DataFrame:
    """Lessons due of every course against its teachers, where their subjects are known.

    Those who may teach a course stand with the lessons a week they give now.
    """
    rows = []
    for school in audit.schools:
        members = {s.name: s for s in school.staff or () if s.codes}
        if not members:
            continue
        for row in shortages(Case(school, audit.profile)):
            lack = max(row.due - row.capacity, row.due * 0)
            able = "、".join(
                f"{name}（{float(load_of(school, members[name].key)):g}节）"
                for name in row.teachers
            )
            rows.append(
                {
                    "学校": school.name,
                    "课程": audit.profile.names.print_name(row.code),
                    "每周应上": float(row.due),
                    "现有教师能上": float(row.capacity),
                    "缺几节": float(lack),
                    "约几个岗位": round(float(row.posts), 1),
                    "原因": _CAUSES[row.cause] if lack else "",
                    "能教的教师（现上）": able,
                }
            )
    return pd.DataFrame(rows)


def load_frame(audit: Audit) -> pd.DataFrame:
    """Every teacher's subjects, grades and lessons a week, against the norm."""
    rows = []
    for school in audit.schools:
        case = Case(school, audit.profile)
        for name, lessons in school.by_teacher.items():
            load = load_of(school, name)
            if not load or vague(case, name):
                continue
            norm = norm_of(case, name)
            codes = dict.fromkeys(x.code for x in lessons if x.code)
            grades = {school.class_of[c].grade or 0 for x in lessons for c in x.classes}
            rows.append(
                {
                    "学校": school.name,
                    "教师": school.teacher(name),
                    "任教几科": len(codes),
                    "学科": "、".join(map(audit.profile.names.print_name, codes)),
                    "年级": "、".join(str(g) for g in sorted(grades - {0})),
                    "每周几节": float(load),
                    "定额": norm,
                    "占定额%": round(float(100 * load / norm), 1),
                }
            )
    return pd.DataFrame(rows)
