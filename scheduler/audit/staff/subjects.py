"""D08 and D09: how many subjects a teacher has, and which in his own class."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from scheduler.audit.findings import Severity, number
from scheduler.audit.inputs.school import AuditClass, AuditLesson, Use
from scheduler.audit.ruling.documents import ASSUMED, DISTRICT, GANSU, cited
from scheduler.audit.ruling.rule import MET, Case, Found, Item, NotChecked, Scope, rule
from scheduler.audit.ruling.saying import course, joined
from scheduler.audit.staff.loads import INSIDE, vague
from scheduler.model.text import Text

_OF_THE_POST = ("CLS",)
"""What comes with being a class teacher: no subject more to teach."""
_MINOR = ("PE", "PEA", "MUS", "FA", "AR", "LAB", "PSY")


@rule(
    "D08",
    Severity.ERROR,
    "TS",
    Text("不多头带课（3科提醒、4科错误；备课不超过3种）", "not too many subjects"),
    wording="一般不超过",
    source=cited(DISTRICT, ASSUMED),
    mend=Text("减少任教科目，优先专职", "give specialists their subject"),
    scope=Scope.SCHOOL,
)
def many_subjects(case: Case) -> Iterator[Item]:
    """Subjects, and preparations (subject and grade)."""
    values, school = case.profile.values, case.school
    small = len(school.classes) < values.small_school
    for name, lessons in school.by_teacher.items():
        if vague(case, name):
            text = Text(f"“{name}”只有姓氏", f"“{name}” is a surname only")
            yield NotChecked("surname_only", text)
            continue
        spared = case.profile.lists.class_teachers_own if small else _OF_THE_POST
        taught = {
            (INSIDE.get(x.code, x.code), school.class_of[c].grade)
            for x in lessons
            for c in x.classes
            if x.use is Use.LESSON and x.code and x.code not in spared
        }
        taught = {x for x in taught if x[0]}
        codes = sorted({code for code, _grade in taught})
        silent = True
        if len(codes) >= values.subjects_warning:
            silent = False
            yield _subjects_found(case, name, codes)
        if len(taught) > values.preparations:
            silent = False
            yield Found(
                Text(
                    f"{school.teacher(name)}要备{len(taught)}种课（学科×年级），"
                    f"不超过{values.preparations}种。",
                    f"{school.teacher(name)} has {len(taught)} preparations (subject "
                    f"and grade), at most {values.preparations}.",
                ),
                str(len(taught)),
                str(values.preparations),
                subject=";".join(codes),
                teacher=school.teacher(name),
                severity=Severity.WARNING,
            )
        if silent and taught:
            yield MET


def _subjects_found(case: Case, name: str, codes: list[str]) -> Found:
    values, person = case.profile.values, case.school.teacher(name)
    grave = len(codes) >= values.subjects_error
    names = "、".join(case.profile.names.print_name(c) for c in codes)
    most = (values.subjects_error if grave else values.subjects_warning) - 1
    return Found(
        Text(
            f"{person}任教{len(codes)}科：{names}。",
            f"{person} teaches {len(codes)} subjects: {', '.join(codes)}.",
        ),
        str(len(codes)),
        str(most),
        subject=";".join(codes),
        teacher=person,
        severity=Severity.ERROR if grave else Severity.WARNING,
    )


@rule(
    "D09",
    Severity.WARNING,
    "TS",
    Text("语文、数学教师不兼本班体育、艺术、劳动、心理", "no core teacher in the rest"),
    wording="提倡由专职教师任教",
    source=cited(GANSU, ASSUMED),
    mend=Text("换专职教师任教", "give the course to a specialist"),
)
def core_teacher(case: Case, group: AuditClass) -> Iterator[Item]:
    """The class's own Chinese or maths teacher in PE, arts, labour or psychology."""
    lessons = [
        x for x in case.school.of(group) if x.sure and x.use is not Use.NOT_LESSON
    ]
    core = {t for x in lessons if x.code in ("CN", "MA") for t in x.teachers}
    found: dict[tuple[str, str], list[AuditLesson]] = defaultdict(list)
    seen = False
    for lesson in lessons:
        if lesson.code in _MINOR and lesson.teachers:
            seen = True
            for teacher in core & set(lesson.teachers):
                found[teacher, lesson.code].append(lesson)
    for (teacher, code), rows in sorted(found.items()):
        if vague(case, teacher):
            text = Text(f"“{teacher}”只有姓氏", f"“{teacher}” is a surname only")
            yield NotChecked("surname_only", text)
            continue
        yield _core_found(case, group, teacher, code, rows)
    if seen and not found:
        yield MET


def _core_found(
    case: Case, group: AuditClass, teacher: str, code: str, rows: list[AuditLesson]
) -> Found:
    person, name = case.school.teacher(teacher), course(case, code)
    have = sum((x.share for x in rows), Fraction())
    label = group.name
    return Found(
        Text(
            f"{label}的语文或数学教师{person}兼任本班{name.zh}（每周{number(have)}节）。",
            f"{person}, who teaches {label} Chinese or maths, also gives its "
            f"{name.en} ({number(have)} a week).",
        ),
        number(have),
        "0",
        group,
        subject=code,
        teacher=person,
        day=joined(dict.fromkeys(x.day for x in rows)),
        period=joined(dict.fromkeys(x.period for x in rows)),
    )
