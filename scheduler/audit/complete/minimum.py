"""A02, A03, A05, A07-A10, A12-A15: every course of the grade, at least so often."""

from collections.abc import Iterator
from fractions import Fraction

from scheduler.audit.findings import Severity
from scheduler.audit.hours_words import least
from scheduler.audit.inputs.school import AuditClass
from scheduler.audit.ruling.documents import (
    GUANGDONG,
    HUNAN,
    JIANGXI,
    LIAONING,
    PLAN,
    PLAN_PRESENTED,
    SHANDONG,
    SPORT_LAW,
    ZHEJIANG,
    cited,
)
from scheduler.audit.ruling.rule import MET, Case, Found, Item, NotChecked, rule
from scheduler.audit.ruling.saying import at_least, course, doubtful
from scheduler.audit.standard import StandardKind, StandardRow
from scheduler.model.text import Text

OWN_RULES = frozenset({"PE", "LAB", "CPA", "IT", "AR", "CLS", "LOC", "SCH"})
"""Plan subjects whose minimum is a rule of its own."""
_FULL = Text("按课程方案补足课时", "bring the hours up to the curriculum plan")
_ADD = Text("把缺的课程排进课表", "put the missing course on the timetable")
LAW = "应当开齐开足国家课程"


def _plan(case: Case, group: AuditClass) -> Iterator[StandardRow]:
    rows = case.profile.standard.of_grade(group.grade or 0)
    return (r for r in rows if r.kind is StandardKind.PLAN and r.minimum > 0)


def minimum(case: Case, group: AuditClass, code: str) -> Fraction | None:
    """The least lessons of a code in the class's grade; None where it is not listed."""
    rows = case.profile.standard.of_grade(group.grade or 0)
    return next((r.minimum for r in rows if r.code == code), None)


def _own_minimum(case: Case, group: AuditClass, code: str) -> Iterator[Item]:
    least = minimum(case, group, code)
    if least:
        yield from at_least(case, group, code, least)


@rule(
    "A02",
    Severity.ERROR,
    "T",
    Text("开齐本年级全部课程", "every subject of the grade is there"),
    wording=LAW,
    source=cited(PLAN, HUNAN, SHANDONG),
    mend=_ADD,
)
def every_subject(case: Case, group: AuditClass) -> Iterator[Item]:
    """Every plan subject with a minimum appears."""
    hours = case.hours[group.key]
    for row in _plan(case, group):
        if case.profile.lists.filed and row.code in case.profile.lists.filed:
            continue
        if row.code in case.school.facts.filed:
            continue
        if hours.standard(row.code):
            yield MET
        elif hours.could_be(row.code, row.minimum):
            yield doubtful(group, row.name, row.code)
        else:
            name, limit = course(case, row.code), least(row.minimum)
            text = Text(
                f"{group.name}没有开{name.zh}，本年级每周{limit.zh}。",
                f"{group.name} has no {name.en}; {limit.en} a week.",
            )
            yield Found(text, "0", f"{float(row.minimum):g}", group, subject=row.code)


@rule(
    "A03",
    Severity.ERROR,
    "T",
    Text("各科课时不低于下限", "every subject has its minimum"),
    wording=LAW,
    source=cited(PLAN, GUANGDONG, ZHEJIANG),
    mend=_FULL,
)
def each_minimum(case: Case, group: AuditClass) -> Iterator[Item]:
    """Subjects without a rule of their own; what is absent is for A02."""
    hours = case.hours[group.key]
    for row in _plan(case, group):
        young_science = row.code == "SC" and (group.grade or 0) <= 2
        if row.code in OWN_RULES or young_science or not hours.standard(row.code):
            continue
        yield from at_least(case, group, row.code, row.minimum)


@rule(
    "A05",
    Severity.CRITICAL,
    "T",
    Text("体育与健康开足（一、二年级4节，三至九年级3节）", "PE has its full hours"),
    wording="应当开足，不得挤占（体育法）",
    source=cited(PLAN, HUNAN, SPORT_LAW),
    mend=Text("把被占的体育课补回课表", "give PE its lessons back"),
)
def physical_education(case: Case, group: AuditClass) -> Iterator[Item]:
    """PE lessons by name; activity periods do not count as PE."""
    least = minimum(case, group, "PE")
    if least is not None:
        yield from at_least(case, group, "PE", least)


@rule(
    "A07",
    Severity.ERROR,
    "T",
    Text("劳动每周不少于1节，单独列出", "labour once a week under its own name"),
    wording="应当独立开设，每周不少于1课时",
    source=cited(PLAN, HUNAN),
    mend=Text(
        "单列劳动课，不并入综合实践活动",
        "give labour its own lesson, apart from comprehensive practice",
    ),
)
def labour(case: Case, group: AuditClass) -> Iterator[Item]:
    """Lessons named 劳动."""
    yield from _own_minimum(case, group, "LAB")


@rule(
    "A08",
    Severity.ERROR,
    "T",
    Text("综合实践活动每周不少于1节", "comprehensive practice once a week"),
    wording="应当每周不少于1课时，可备案集中安排",
    source=cited(PLAN, HUNAN),
    mend=Text(
        "排上综合实践活动，或备案集中安排的方案",
        "add the lesson, or file a plan for concentrated practice",
    ),
)
def comprehensive_practice(case: Case, group: AuditClass) -> Iterator[Item]:
    """At least one lesson, unless a concentrated plan is filed."""
    if "CPA" in (*case.profile.lists.filed, *case.school.facts.filed):
        yield MET
        return
    yield from _own_minimum(case, group, "CPA")


@rule(
    "A09",
    Severity.ERROR,
    "T",
    Text("三至八年级信息科技每周不少于1节", "IT once a week in grades 3-8"),
    wording="应当独立开设",
    source=cited(PLAN, LIAONING),
    mend=_ADD,
    grades=range(3, 9),
    applies=Text("三至八年级", "grades 3-8"),
)
def information_technology(case: Case, group: AuditClass) -> Iterator[Item]:
    """One lesson a week."""
    yield from _own_minimum(case, group, "IT")


@rule(
    "A10",
    Severity.ERROR,
    "T",
    Text("心理健康隔周不少于1节", "mental health every other week"),
    wording="每两周不少于1课时（湖南；湖北待核实）",
    source=HUNAN,
    mend=Text(
        "与班队隔周轮换，排上心理健康课",
        "alternate mental health with the class meeting",
    ),
)
def mental_health(case: Case, group: AuditClass) -> Iterator[Item]:
    """Half a lesson a week, or what the profile says."""
    yield from _own_minimum(case, group, "PSY")


@rule(
    "A12",
    Severity.ERROR,
    "T",
    Text("一、二年级开设科学", "science in grades 1-2"),
    wording="应当从一年级起开设",
    source=cited(PLAN, PLAN_PRESENTED),
    mend=_ADD,
    grades=(1, 2),
    applies=Text("一、二年级", "grades 1-2"),
)
def early_science(case: Case, group: AuditClass) -> Iterator[Item]:
    """At least the minimum of the grade."""
    yield from _own_minimum(case, group, "SC")


@rule(
    "A13",
    Severity.WARNING,
    "T",
    Text("三至六年级每周1节书法", "calligraphy once a week in grades 3-6"),
    wording="在语文课中每周安排1课时书法",
    source=cited(HUNAN, LIAONING),
    mend=Text("从语文课时中单列1节书法", "name one of the Chinese lessons calligraphy"),
    grades=range(3, 7),
    applies=Text("三至六年级", "grades 3-6"),
)
def calligraphy(case: Case, group: AuditClass) -> Iterator[Item]:
    """One lesson, inside those of Chinese."""
    yield from _own_minimum(case, group, "CAL")


@rule(
    "A14",
    Severity.WARNING,
    "T",
    Text("班团队活动每周1节（轮换的隔周1节）", "a class meeting each week"),
    wording="原则上每周1课时",
    source=HUNAN,
    mend=Text("排上班团队活动", "add the class meeting"),
)
def class_meeting(case: Case, group: AuditClass) -> Iterator[Item]:
    """One lesson; half of one where another course has its slot in the other week."""
    if minimum(case, group, "CLS") is None:
        return
    lessons = case.school.of(group)
    own = [x for x in lessons if x.code == "CLS" and x.sure]
    demanded = case.profile.values.class_meeting
    shared = {(x.day, x.period) for x in lessons if x.code != "CLS" and x.name}
    halves = [x for x in own if x.share < 1]
    if halves and all((x.day, x.period) in shared for x in halves):
        demanded = min(demanded, Fraction(1, 2))
    yield from at_least(case, group, "CLS", demanded)


@rule(
    "A15",
    Severity.INFORMATION,
    "TK",
    Text("三、五、八年级上学期有学生读本", "the Student Reader in grades 3, 5, 8"),
    wording="平均每周1课时，从道德与法治、班团队或校本课中安排",
    source=cited(HUNAN, JIANGXI),
    mend=Text("上学期安排学生读本", "give the Student Reader a slot in term 1"),
    grades=(3, 5, 8),
    applies=Text("三、五、八年级上学期", "grades 3, 5, 8 in term 1"),
)
def student_reader(case: Case, group: AuditClass) -> Iterator[Item]:
    """One slot in the first term."""
    if case.school.term_number is None:
        text = Text("不知道是哪个学期", "which term it is is not known")
        yield NotChecked("term", text, group)
    elif case.school.term_number == 1:
        yield from at_least(case, group, "XJP", Fraction(1))
