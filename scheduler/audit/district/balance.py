"""F01-F03, F05: norms of the quality-balance indicators, differences of schools."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from math import ceil, sqrt

from scheduler.audit.findings import Severity
from scheduler.audit.inputs.school import AuditClass
from scheduler.audit.profile import is_primary
from scheduler.audit.ruling.documents import (
    BALANCE,
    BUILDING_CODE,
    HUBEI_SCHOOLS,
    cited,
)
from scheduler.audit.ruling.rule import (
    MET,
    Case,
    District,
    Found,
    Item,
    NotChecked,
    Scope,
    rule,
)
from scheduler.audit.ruling.saying import course
from scheduler.model.resources import Post, Stage
from scheduler.model.text import Text

_ARTS = frozenset({"PE", "MUS", "FA", "AR"})
_STAFF = Text("招聘、调配或校际共享", "recruit, transfer or share teachers")


def arts_share(case: Case) -> Fraction | None:
    """Full-time PE, music and art teachers per hundred pupils; None if not known."""
    school = case.school
    if school.staff is None or not school.pupils:
        return None
    full = [
        s for s in school.staff if s.post is Post.FULL_TIME and _ARTS & set(s.codes)
    ]
    return Fraction(100 * len(full), school.pupils)


@rule(
    "F01",
    Severity.WARNING,
    "S",
    Text(
        "每百名学生体育、艺术专任教师不少于0.9人", "PE and arts teachers per 100 pupils"
    ),
    wording="达到0.9人以上",
    source=BALANCE,
    mend=_STAFF,
    scope=Scope.SCHOOL,
)
def arts_teachers(case: Case) -> Iterator[Item]:
    """Full-time teachers of PE, music and art over all pupils."""
    have, least = arts_share(case), case.profile.values.arts_teachers
    if have is None:
        text = Text("没有教师登记或班额", "no table of teachers, or no class sizes")
        yield NotChecked("no_staff", text)
    elif have >= least:
        yield MET
    else:
        shown = f"{float(have):.2f}"
        yield Found(
            Text(
                f"每百名学生有体育、艺术专任教师{shown}人，应不少于{float(least):g}人。",
                f"{shown} full-time PE and arts teachers per 100 pupils, at least "
                f"{float(least):g} demanded.",
            ),
            shown,
            f"{float(least):g}",
            cause="staff",
        )


@rule(
    "F02",
    Severity.WARNING,
    "T",
    Text("班额不超过45人（小学）／50人（初中）", "class sizes"),
    wording="不超过",
    source=cited(BUILDING_CODE, HUBEI_SCHOOLS),
    mend=Text("分班或控制招生", "split the class, or enrol fewer"),
)
def class_size(case: Case, group: AuditClass) -> Iterator[Item]:
    """Pupils of the class."""
    if group.size is None:
        text = Text(
            f"不知道{group.name}的人数", f"the size of {group.name} is not known"
        )
        yield NotChecked("no_size", text, group)
        return
    values = case.profile.values
    young = is_primary(group.grade or 0)
    most = values.class_size_primary if young else values.class_size_junior
    if group.size <= most:
        yield MET
        return
    yield Found(
        Text(
            f"{group.name}有{group.size}人，不超过{most}人。",
            f"{group.name} has {group.size} pupils, at most {most}.",
        ),
        str(group.size),
        str(most),
        group,
    )


def special_rooms(case: Case, code: str) -> int | None:
    """Own rooms with a layout that names the course; None if not known."""
    timetable = case.school.timetable
    if timetable is None:
        return None
    problem = timetable.problem
    subjects = {s.subject_id for s in problem.subjects if case.profile.code(s) == code}
    named = {x.venue_id for x in problem.layouts if any(map(x.names, subjects))}
    return sum(
        v.owner == case.school.school_id and v.venue_id in named for v in problem.venues
    )


@rule(
    "F03",
    Severity.WARNING,
    "V",
    Text("每12个班各有1间音乐、美术教室", "a music and an art room per 12 classes"),
    wording="每12个班配备1间以上",
    source=BALANCE,
    mend=Text("增设专用教室", "add rooms"),
    scope=Scope.SCHOOL,
)
def arts_rooms(case: Case) -> Iterator[Item]:
    """Rooms of each kind against the classes."""
    for code in ("MUS", "FA"):
        have = special_rooms(case, code)
        if have is None:
            text = Text("没有场地登记", "no register of venues")
            yield NotChecked("no_venues", text)
            return
        classes = len(case.school.classes)
        need = ceil(classes / case.profile.values.classes_a_room)
        if have >= need:
            yield MET
            continue
        name = course(case, code)
        yield Found(
            Text(
                f"{classes}个班有{name.zh}教室{have}间，应有{need}间。",
                f"{have} rooms for {name.en} for {classes} classes, {need} demanded.",
            ),
            str(have),
            str(need),
            subject=code,
            cause="deployment",
        )


def variation(values: list[Fraction]) -> float:
    """Coefficient of variation: standard deviation over the mean, of all schools."""
    mean = sum(values, Fraction()) / len(values)
    if not mean:
        return 0.0
    square = sum(((x - mean) ** 2 for x in values), Fraction()) / len(values)
    return sqrt(square) / float(mean)


def indicators(case: Case) -> dict[str, Fraction]:
    """Indicators of one school that can be worked out, by name."""
    found = {}
    teachers = arts_share(case)
    if teachers is not None:
        found["arts_teachers"] = teachers
    timetable, pupils = case.school.timetable, case.school.pupils
    if timetable is not None and pupils:
        areas = [
            v.area_m2
            for v in timetable.problem.venues
            if v.owner == case.school.school_id and v.kind in ("field", "court", "gym")
        ]
        if areas and None not in areas:
            found["sports_area"] = Fraction(sum(a or 0 for a in areas), pupils)
        rooms = [special_rooms(case, c) or 0 for c in ("MUS", "FA")]
        found["arts_rooms"] = Fraction(12 * sum(rooms), len(case.school.classes))
    return found


INDICATORS = {
    "arts_teachers": Text("每百名学生体育、艺术教师", "PE and arts teachers a hundred"),
    "sports_area": Text("生均体育场地面积", "sports area a pupil"),
    "arts_rooms": Text("每12班音乐、美术教室", "music and art rooms per 12 classes"),
}


@rule(
    "F05",
    Severity.WARNING,
    "TSV",
    Text("校际差异系数不大于0.50（小学）／0.45（初中）", "differences between schools"),
    wording="小学不大于0.50，初中不大于0.45",
    source=BALANCE,
    mend=Text("向薄弱学校倾斜", "give to the weaker schools"),
    scope=Scope.DISTRICT,
    applies=Text("两所以上同类学校", "two or more schools of a kind"),
)
def differences(district: District) -> Iterator[Item]:
    """Coefficient of variation of each indicator over schools of a kind."""
    values = district.profile.values
    for stage, most in (
        (Stage.PRIMARY, values.variation_primary),
        (Stage.JUNIOR, values.variation_junior),
    ):
        cases = [c for c in district.cases if _is(c, stage)]
        known: dict[str, list[Fraction]] = defaultdict(list)
        for case in cases:
            for key, value in indicators(case).items():
                known[key].append(value)
        for key, name in INDICATORS.items():
            if len(known[key]) < 2 or len(known[key]) < len(cases):
                if len(cases) > 1:
                    text = Text(f"{name.zh}的数据不全", f"{name.en}: data is missing")
                    yield NotChecked("no_indicator", text)
                continue
            have = variation(known[key])
            if have <= most:
                yield MET
                continue
            kind = (
                Text("小学", "primary")
                if stage is Stage.PRIMARY
                else (Text("初中", "junior"))
            )
            yield Found(
                Text(
                    f"{len(cases)}所{kind.zh}{name.zh}的差异系数{have:.2f}，"
                    f"应不大于{float(most):.2f}。",
                    f"{name.en}: coefficient of variation {have:.2f} over {len(cases)} "
                    f"{kind.en} schools, at most {float(most):.2f}.",
                ),
                f"{have:.2f}",
                f"{float(most):.2f}",
            )


def _is(case: Case, stage: Stage) -> bool:
    """Whether a school counts as primary, or as junior."""
    if case.school.stage is not None:
        return case.school.stage is stage
    grades = [c.grade for c in case.school.classes if c.grade]
    primary = bool(grades) and all(map(is_primary, grades))
    return primary if stage is Stage.PRIMARY else bool(grades) and not primary
