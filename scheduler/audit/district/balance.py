"""F01-F06: norms of the quality-balance indicators, shortages, differences."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, sqrt

from scheduler.audit.findings import Severity, number
from scheduler.audit.inputs.school import AuditClass, Staff, Use
from scheduler.audit.profile import is_primary
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
from scheduler.audit.staff.loads import load_of
from scheduler.model.resources import Post, Stage
from scheduler.model.text import Text

BALANCE = "S23 县域义务教育优质均衡发展督导评估办法（教督〔2017〕6号）"
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
    source="S27 S59 GB 50099-2011，湖北办学基本标准",
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
    subjects = {
        s.subject_id
        for s in problem.subjects
        if s.standard_code == code or case.profile.print_name(code) == s.name
    }
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


@dataclass(frozen=True, slots=True)
class Shortage:
    """Lessons a week of a course that are due, and what its teachers can give.

    ``able`` is what they could give if nothing else were theirs. ``posts`` are full
    posts missing.
    """

    code: str
    due: Fraction
    capacity: Fraction
    able: Fraction
    posts: Fraction
    teachers: tuple[str, ...]

    @property
    def percent(self) -> Fraction | None:
        """Lessons due in per cent of the capacity; None where there is none."""
        return 100 * self.due / self.capacity if self.capacity else None

    @property
    def cause(self) -> str:
        """``staff`` where there are too few teachers, ``deployment`` where they
        teach other courses."""
        return "staff" if self.able < self.due else "deployment"


def shortages(case: Case) -> list[Shortage]:
    """Every course taught in the school against its teachers' capacity."""
    school = case.school
    due: dict[str, Fraction] = defaultdict(Fraction)
    for lesson in school.lessons:
        if lesson.use is Use.LESSON and lesson.code:
            due[_family(lesson.code)] += Fraction(len(lesson.week.layers), 2)
    grades = [c.grade or 1 for c in school.classes]
    stage = "primary" if 2 * sum(map(is_primary, grades)) >= len(grades) else "junior"
    found = []
    for code in sorted(due):
        able = [s for s in school.staff or () if code in s.codes]
        norms = {s.key: Fraction(case.profile.norm(stage, s.codes[0])) for s in able}
        free = {
            s.key: max(Fraction(), norms[s.key] - _elsewhere(case, s, code))
            for s in able
        }
        capacity = sum(free.values(), Fraction())
        lack = max(Fraction(), due[code] - capacity)
        found.append(
            Shortage(
                code,
                Fraction(due[code]),
                capacity,
                sum(norms.values(), Fraction()),
                lack / case.profile.norm(stage, code),
                tuple(s.name for s in able),
            )
        )
    return found


def _family(code: str) -> str:
    """The course whose teachers give another: calligraphy is taught by Chinese."""
    return {"PEA": "PE", "CAL": "CN", "XJP": "ME"}.get(code, code)


def _elsewhere(case: Case, member: Staff, code: str) -> Fraction:
    """Lessons a week that a teacher gives of other courses."""
    own = {
        (x.meeting, x.day, x.period, x.week): x.share
        for x in case.school.by_teacher.get(member.key, ())
        if x.use is Use.LESSON and _family(x.code) == code
    }
    return load_of(case.school, member.key) - sum(own.values(), Fraction())


@rule(
    "F04",
    Severity.ERROR,
    "TS",
    Text("各科师资够用（超100%黄色、超120%红色）", "enough teachers for each subject"),
    wording="预警",
    source="区督导整改报告 S44",
    mend=_STAFF,
    scope=Scope.SCHOOL,
)
def enough_teachers(case: Case) -> Iterator[Item]:
    """Lessons due over what teachers of the subject can give beside their others."""
    values = case.profile.values
    if not any(s.codes for s in case.school.staff or ()):
        text = Text("没有教师任教学科的登记", "the subjects of teachers are not known")
        yield NotChecked("no_staff", text)
        return
    for shortage in shortages(case):
        percent = shortage.percent
        if percent is not None and percent <= values.shortage_warning:
            yield MET
            continue
        red = percent is None or percent > values.shortage_error
        yield _shortage_found(case, shortage, red)


_CAUSES = {
    "staff": Text("缺编缺人", "too few teachers"),
    "deployment": Text("有教师但在教别的科", "its teachers teach other courses"),
}


def _shortage_found(case: Case, shortage: Shortage, red: bool) -> Found:
    values, name = case.profile.values, course(case, shortage.code)
    percent = "∞" if shortage.percent is None else number(shortage.percent)
    bound = values.shortage_error if red else values.shortage_warning
    why = _CAUSES[shortage.cause]
    due, able = number(shortage.due), number(shortage.capacity)
    lack = number(shortage.due - shortage.capacity)
    posts = number(shortage.posts)
    return Found(
        Text(
            f"{name.zh}每周要上{due}节，现有教师能上{able}节（{percent}%），缺{lack}节，"
            f"约{posts}个岗位；原因：{why.zh}。",
            f"{name.en}: {due} lessons a week, its teachers can give {able} "
            f"({percent} %), {lack} short, about {posts} posts; {why.en}.",
        ),
        percent,
        str(bound),
        subject=shortage.code,
        severity=Severity.ERROR if red else Severity.WARNING,
        cause=shortage.cause,
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


@rule(
    "F06",
    Severity.INFORMATION,
    "S",
    Text("来年师资缺口", "staffing gap expected next year"),
    wording="预警",
    source="区督导整改报告",
    mend=_STAFF,
    scope=Scope.SCHOOL,
)
def next_year(case: Case) -> Iterator[Item]:
    """This year's lessons scaled to next year's classes, less who retires."""
    facts = case.school.facts
    if not facts.next_year and not facts.retiring:
        text = Text(
            "没有来年班数和退休人数",
            "next year's classes and retirements are not known",
        )
        yield NotChecked("no_forecast", text)
        return
    now = Counter(c.grade for c in case.school.classes)
    planned = dict(facts.next_year)
    before = len(case.school.classes)
    after = sum(planned.get(g or 0, n) for g, n in now.items()) + sum(
        n for g, n in planned.items() if g not in now
    )
    leaving = dict(facts.retiring)
    for shortage in shortages(case):
        if not shortage.teachers:
            continue
        due = shortage.due * after / before
        norm = shortage.able / len(shortage.teachers)
        capacity = shortage.capacity - leaving.get(shortage.code, 0) * norm
        if due <= capacity:
            yield MET
            continue
        name = course(case, shortage.code)
        yield Found(
            Text(
                f"来年{after}个班，{name.zh}每周要上{number(due)}节，教师能上"
                f"{number(capacity)}节，缺{number((due - capacity) / norm)}个岗位。",
                f"next year {after} classes need {number(due)} lessons of {name.en} a "
                f"week, teachers can give {number(capacity)}: "
                f"{number((due - capacity) / norm)} posts short.",
            ),
            number(due),
            number(capacity),
            subject=shortage.code,
            cause="staff",
        )
