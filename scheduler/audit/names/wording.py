"""B01-B05: names of courses, titles, what a published timetable shows, and when."""

from collections import defaultdict
from collections.abc import Iterator

from scheduler.audit.findings import Severity
from scheduler.audit.inputs.school import AuditClass, AuditLesson, Use
from scheduler.audit.profile import plain
from scheduler.audit.ruling.documents import (
    ASSUMED,
    GUIDE,
    HABIT,
    PLAN,
    SHANDONG,
    cited,
)
from scheduler.audit.ruling.rule import (
    MET,
    Case,
    Found,
    Item,
    NotChecked,
    Scope,
    each_class,
    rule,
)
from scheduler.audit.ruling.saying import course, joined
from scheduler.model.course_names import NameUse
from scheduler.model.text import Text

_TITLED = ("LOC", "SCH")
_PARTS = {
    "title": Text("标题", "a title"),
    "class": Text("班级", "the class"),
    "term": Text("学年学期", "the term"),
    "effective": Text("执行周次或日期", "the week or date from which it holds"),
    "teacher": Text("任课教师", "teachers"),
}


def _named(case: Case, group: AuditClass) -> dict[str, list[AuditLesson]]:
    """Lessons of a class by printed name, activities of a course included."""
    found: dict[str, list[AuditLesson]] = defaultdict(list)
    for lesson in case.school.of(group):
        if lesson.name and lesson.use is not Use.NOT_LESSON:
            found[case.profile.names.course_part(lesson.name)].append(lesson)
    return found


@rule(
    "B01",
    Severity.ERROR,
    "T",
    Text("课程名称规范", "standard course names"),
    wording="应当使用课程方案规定的课程名称",
    source=cited(PLAN, SHANDONG),
    mend=Text("把课程名称改为规范名称", "write the standard name"),
)
def standard_names(case: Case, group: AuditClass) -> Iterator[Item]:
    """Obsolete names: a warning, in a published copy an error."""
    published = case.profile.values.published_copy
    severity = Severity.ERROR if published else Severity.WARNING
    for printed, lessons in _named(case, group).items():
        known = case.profile.names.of(printed)
        misprint = not lessons[0].code and any(x.suggested for x in lessons)
        if known is None and misprint:
            yield _unclear(group, printed)
        elif known is None or known.use is not NameUse.OBSOLETE:
            if lessons[0].code:
                yield MET
        else:
            name = course(case, known.code)
            yield Found(
                Text(
                    f"{group.name}：“{printed}”应写作“{name.zh}”。",
                    f"{group.name}: “{printed}” should read “{name.zh}”.",
                ),
                printed,
                name.zh,
                group,
                subject=known.code,
                day=joined(dict.fromkeys(x.day for x in lessons)),
                period=joined(dict.fromkeys(x.period for x in lessons)),
                severity=severity,
            )


def _unclear(group: AuditClass, printed: str) -> NotChecked:
    text = Text(
        f"{group.name}：不认识的课程名称“{printed}”，请先核对",
        f"{group.name}: the course name “{printed}” is not known; review it first",
    )
    return NotChecked("unread_cells", text, group)


@rule(
    "B02",
    Severity.WARNING,
    "T",
    Text("校本、地方课程写明名称", "school and local courses carry a title"),
    wording="应当写明具体课程名称",
    source=GUIDE,
    mend=Text(
        "写明课程名称，例如“校本/经典诵读”",
        "add the title, e.g. 校本/经典诵读",
    ),
)
def titled_courses(case: Case, group: AuditClass) -> Iterator[Item]:
    """Bare 校本, 地方, 兴趣, 自主."""
    for printed, lessons in _named(case, group).items():
        known = case.profile.names.of(printed)
        if known is not None and known.use is NameUse.PLACEHOLDER:
            yield Found(
                Text(
                    f"{group.name}：“{printed}”没有写明具体课程。",
                    f"{group.name}: “{printed}” does not say which course it is.",
                ),
                printed,
                f"{'地方' if known.code == 'LOC' else '校本'}/课程名称",
                group,
                subject=known.code,
                day=joined(dict.fromkeys(x.day for x in lessons)),
                period=joined(dict.fromkeys(x.period for x in lessons)),
            )
        elif lessons[0].code in _TITLED:
            yield MET


@rule(
    "B03",
    Severity.INFORMATION,
    "T",
    Text("同一年级同一课程名称一致", "one name for one course in a grade"),
    wording="一般应当一致",
    source=ASSUMED,
    mend=Text("全年级统一名称", "use one name in the whole grade"),
    scope=Scope.SCHOOL,
)
def one_name(case: Case) -> Iterator[Item]:
    """Names of a course that differ between the classes of a grade."""
    for grade in sorted({c.grade for c in case.school.classes if c.grade}):
        names: dict[str, dict[str, set[str]]] = defaultdict(dict)
        for group in each_class(case, (grade,)):
            for printed, lessons in _named(case, group).items():
                code = lessons[0].code
                if code and code not in _TITLED:
                    names[code].setdefault(group.key, set()).add(plain(printed))
        for code, by_class in names.items():
            sets = {frozenset(x) for x in by_class.values()}
            if len(sets) == 1 and (code == "CLS" or len(next(iter(sets))) == 1):
                yield MET
                continue
            used = "、".join(sorted(set().union(*sets)))
            name = course(case, code)
            yield Found(
                Text(
                    f"{grade}年级{name.zh}有不同的写法：{used}。",
                    f"grade {grade} writes {name.en} in several ways: {used}.",
                ),
                used,
                name.zh,
                grade=grade,
                subject=code,
            )


@rule(
    "B04",
    Severity.WARNING,
    "T",
    Text("课表要素齐全", "a timetable shows what it must"),
    wording="一般应当有标题、班级、学年学期、任课教师",
    source=HABIT,
    mend=Text("补上缺少的内容", "add what is missing"),
    scope=Scope.SCHOOL,
)
def complete_sheet(case: Case) -> Iterator[Item]:
    """What sheets do not show; once for the school where no class has it."""
    sheets = [c for c in case.school.classes if c.shown is not None]
    if not sheets:
        text = Text(
            "没有印发的课表文件，只有排课数据",
            "there is no printed timetable, only the data of one",
        )
        yield NotChecked("no_sheet", text)
        return
    for part in case.profile.lists.shown:
        lacking = [c for c in sheets if part not in (c.shown or ())]
        name = _PARTS[part]
        if not lacking:
            yield MET
        elif len(lacking) == len(sheets):
            yield Found(
                Text(
                    f"课表没有写{name.zh}（共{len(sheets)}个班）。",
                    f"the timetables do not show {name.en} ({len(sheets)} classes).",
                ),
                "0",
                part,
                cause="school",
            )
        else:
            for group in lacking:
                yield Found(
                    Text(
                        f"{group.name}的课表没有写{name.zh}。",
                        f"the timetable of {group.name} does not show {name.en}.",
                    ),
                    "0",
                    part,
                    group,
                )


@rule(
    "B05",
    Severity.WARNING,
    "TK",
    Text("开学两周内公布课表", "published within two weeks of the term's start"),
    wording="应当在开学两周内公布（山东省）",
    source=SHANDONG,
    mend=Text("按期公布课表", "publish in time"),
    scope=Scope.SCHOOL,
)
def published_in_time(case: Case) -> Iterator[Item]:
    """The date of publication against the term's first day."""
    school = case.school
    if school.term is None or school.facts.published_on is None:
        text = Text("没有公布课表的日期", "the date of publication is not known")
        yield NotChecked("no_date", text)
        return
    days = (school.facts.published_on - school.term.first_day).days
    most = case.profile.values.publish_days
    if days <= most:
        yield MET
        return
    yield Found(
        Text(
            f"课表在开学{days}天后公布，应在{most}天内。",
            f"published {days} days after the term began; {most} days are allowed.",
        ),
        str(days),
        str(most),
    )
