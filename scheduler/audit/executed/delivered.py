"""E02-E07: lessons as they were given, against those planned."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction

from scheduler.audit.findings import Severity, number
from scheduler.audit.inputs.school import AuditClass, Delivery
from scheduler.audit.ruling.documents import (
    ASSUMED,
    GANSU,
    MINISTRY_2026,
    NANCHANG,
    SPORT_LAW,
    SUBSTITUTION,
    cited,
)
from scheduler.audit.ruling.rule import MET, Case, Found, Item, NotChecked, Scope, rule
from scheduler.audit.ruling.saying import course
from scheduler.model.term import monday
from scheduler.model.text import Text

_GRADUATING = (6, 9)
_BACK = Text("把被占的课补回来", "give the lessons back")


def _log(case: Case, group: AuditClass) -> list[Delivery]:
    rows = case.school.delivered or ()
    return sorted(
        (d for d in rows if d.class_key == group.key), key=lambda d: (d.date, d.period)
    )


def _full(case: Case) -> bool:
    """Whether the log has lessons given as planned, not only what differed."""
    return any(d.planned and d.planned == d.given for d in case.school.delivered or ())


@rule(
    "E02",
    Severity.CRITICAL,
    "X",
    Text("受保护课程任意四周实授不低于90%", "protected courses are given in full"),
    wording="严禁“折扣课表”",
    source=cited(NANCHANG, ASSUMED),
    mend=_BACK,
)
def given_in_full(case: Case, group: AuditClass) -> Iterator[Item]:
    """Lessons given of a course in any four weeks, those made up included."""
    log, values = _log(case, group), case.profile.values
    if not log:
        return
    weeks = _weeks(log)
    if len(weeks) < values.delivered_weeks:
        text = Text(
            f"{group.name}的实授记录不足{values.delivered_weeks}周",
            f"the log of {group.name} has less than {values.delivered_weeks} weeks",
        )
        yield NotChecked("short_log", text, group)
        return
    for code in case.profile.lists.protected:
        planned = _weekly(case, group, log, weeks, code)
        given = Counter(monday(d.date) for d in log if d.given == code)
        if not _full(case):
            lost = Counter(
                monday(d.date) for d in log if d.planned == code and d.given != code
            )
            given = Counter({w: planned[w] - lost[w] + given[w] for w in weeks})
        yield from _worst(case, group, code, weeks, planned, given)


def _weeks(log: list[Delivery]) -> list[date]:
    """Mondays from the first week of a log to its last."""
    first, last = monday(log[0].date), monday(log[-1].date)
    return [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]


def _weekly(
    case: Case, group: AuditClass, log: list[Delivery], weeks: list[date], code: str
) -> dict[date, Fraction]:
    """Lessons planned by week: the log's own, or the timetable's in every week."""
    if _full(case):
        counts = Counter(monday(d.date) for d in log if d.planned == code)
        return {w: Fraction(counts[w]) for w in weeks}
    hours = case.hours.get(group.key)
    return dict.fromkeys(weeks, hours.lessons(code) if hours else Fraction())


def _worst(
    case: Case,
    group: AuditClass,
    code: str,
    weeks: list[date],
    planned: dict[date, Fraction],
    given: "Counter[date]",
) -> Iterator[Item]:
    size, least = case.profile.values.delivered_weeks, case.profile.values.delivered
    windows = [weeks[n : n + size] for n in range(len(weeks) - size + 1)]
    shares = [
        (Fraction(sum(given[w] for w in x)) / due, x[0], due)
        for x in windows
        if (due := sum((planned[w] for w in x), Fraction()))
    ]
    if not shares:
        return
    share, start, due = min(shares)
    if 100 * share >= least:
        yield MET
        return
    name = course(case, code)
    yield Found(
        Text(
            f"{group.name}{name.zh}从{start}起{size}周应上{number(due)}节，实授"
            f"{number(share * due)}节，为{number(100 * share)}%，不得低于{least}%。",
            f"{group.name}, {name.en}: in the {size} weeks from {start} "
            f"{number(share * due)} of {number(due)} lessons were given, "
            f"{number(100 * share)} %, at least {least} % are demanded.",
        ),
        number(100 * share),
        str(least),
        group,
        subject=code,
    )


@rule(
    "E03",
    Severity.CRITICAL,
    "X",
    Text(
        "受保护课程被主科占用须两周内补上", "a replaced lesson is made up in two weeks"
    ),
    wording="不得挤占体育课（体育法）",
    source=cited(SPORT_LAW, MINISTRY_2026),
    mend=_BACK,
)
def made_up(case: Case, group: AuditClass) -> Iterator[Item]:
    """Each protected lesson given to a core subject, unless made up in time."""
    log = _log(case, group)
    if not log:
        return
    lists, days = case.profile.lists, case.profile.values.make_up_days
    spare = [d for d in log if d.given in lists.protected and d.planned != d.given]
    silent = True
    for row in log:
        if row.planned not in lists.protected or row.given not in lists.core:
            continue
        silent = False
        limit = row.date + timedelta(days=days)
        if row.made_up_on is not None and row.made_up_on <= limit:
            yield MET
            continue
        back = next(
            (d for d in spare if d.given == row.planned and row.date < d.date <= limit),
            None,
        )
        if back is not None:
            spare.remove(back)
            yield MET
        elif log[-1].date < limit:
            text = Text(
                f"{group.name}{row.date}被占的课补课期限未到",
                f"{group.name}: the lesson of {row.date} may still be made up",
            )
            yield NotChecked("still_open", text, group, row.planned)
        else:
            yield _taken(case, group, row, days)
    if silent:
        yield MET


def _taken(case: Case, group: AuditClass, row: Delivery, days: int) -> Found:
    lost, won = course(case, row.planned), course(case, row.given)
    return Found(
        Text(
            f"{group.name}{row.date}第{row.period}节{lost.zh}改上{won.zh}，{days}天内没有补上。",
            f"{group.name}, {row.date}, period {row.period}: {lost.en} was replaced by "
            f"{won.en} and not made up in {days} days.",
        ),
        row.given,
        row.planned,
        group,
        subject=row.planned,
        teacher=row.teacher,
        day=str(row.date.isoweekday()),
        period=str(row.period),
    )


@rule(
    "E04",
    Severity.ERROR,
    "X",
    Text("主科一学期净增不到3节", "core subjects gain nothing by substitutions"),
    wording="不得借代课增加主科课时",
    source=cited(GANSU, ASSUMED),
    mend=_BACK,
)
def net_gain(case: Case, group: AuditClass) -> Iterator[Item]:
    """Lessons won by substitutions less those lost."""
    log = _log(case, group)
    for code in case.profile.lists.core if log else ():
        won = sum(d.given == code and d.planned != code for d in log)
        lost = sum(d.planned == code and d.given != code for d in log)
        if won - lost < case.profile.values.net_gain:
            yield MET
            continue
        name = course(case, code)
        yield Found(
            Text(
                f"{group.name}{name.zh}因代课净增{won - lost}节（增{won}、减{lost}）。",
                f"{group.name}: {name.en} gained {won - lost} lessons by substitutions "
                f"({won} won, {lost} lost).",
            ),
            str(won - lost),
            str(case.profile.values.net_gain - 1),
            group,
            subject=code,
        )


@rule(
    "E05",
    Severity.WARNING,
    "X",
    Text("调代课先填单", "a substitution has its form first"),
    wording="应当课前办理",
    source=SUBSTITUTION,
    mend=Text("补办手续，今后课前填单", "file the form before the lesson"),
    scope=Scope.SCHOOL,
)
def forms(case: Case) -> Iterator[Item]:
    """Substitutions without a form, or entered after the day."""
    log = case.school.delivered or ()
    changed = [d for d in log if d.planned != d.given or d.substituted]
    if not changed:
        if case.school.delivered:
            yield MET
        return
    if all(d.form is None and d.entered is None for d in changed):
        text = Text("记录里没有调课单号和登记时间", "the log has no forms and no times")
        yield NotChecked("no_forms", text)
        return
    for row in changed:
        missing = row.form is not None and not row.form
        late = row.entered is not None and row.entered > _end(row)
        if not (missing or late):
            yield MET
            continue
        group = case.school.class_of.get(row.class_key)
        what = Text("没有调课单", "has no form")
        if not missing:
            what = Text("课后才登记", "was entered after the lesson")
        label = group.name if group else row.class_key
        yield Found(
            Text(
                f"{label}{row.date}第{row.period}节的调代课{what.zh}。",
                f"{label}, {row.date}, period {row.period}: the substitution "
                f"{what.en}.",
            ),
            row.form or (row.entered.isoformat(" ", "minutes") if row.entered else ""),
            "form" if missing else row.date.isoformat(),
            group,
            subject=row.planned,
            teacher=row.teacher,
            day=str(row.date.isoweekday()),
            period=str(row.period),
        )


def _end(row: Delivery) -> datetime:
    return datetime.combine(row.date, datetime.max.time())


@rule(
    "E06",
    Severity.WARNING,
    "XK",
    Text("期末、毕业年级没有挤占趋势", "no trend of crowding-out"),
    wording="不得挤占",
    source=cited(GANSU, ASSUMED),
    mend=Text("按课表上课，学校巡课", "teach as planned, and walk the corridors"),
    scope=Scope.SCHOOL,
)
def trend(case: Case) -> Iterator[Item]:
    """Protected lessons lost to core subjects: last four weeks, grades 6 and 9."""
    lists, school = case.profile.lists, case.school
    log = school.delivered or ()
    if not log or school.term is None:
        return
    taken = [d for d in log if d.planned in lists.protected and d.given in lists.core]
    split = school.term.last_day - timedelta(weeks=4) + timedelta(days=1)
    late = [d for d in taken if d.date >= split]
    grade = {c.key: c.grade for c in school.classes}
    old = [d for d in taken if grade.get(d.class_key) in _GRADUATING]
    rest = school.term.last_day - school.term.first_day - timedelta(weeks=4)
    seniors = sum(c.grade in _GRADUATING for c in school.classes)
    juniors = len(school.classes) - seniors
    whole = [d.date for d in log]
    checks = (
        (
            late,
            len(taken) - len(late),
            Fraction(28, max(1, rest.days)),
            Text("期末四周", "in the last four weeks"),
            max(whole) >= split,
        ),
        (
            old,
            len(taken) - len(old),
            Fraction(seniors, max(1, juniors)),
            Text("六、九年级", "in grades 6 and 9"),
            bool(seniors),
        ),
    )
    for rows, others, ratio, where, known in checks:
        if not known:
            continue
        usual = others * ratio
        if len(rows) < case.profile.values.trend_lessons or len(rows) <= usual:
            yield MET
            continue
        yield Found(
            Text(
                f"{where.zh}受保护课程被主科占用{len(rows)}节，按其余时段或年级推算为"
                f"{number(usual)}节。",
                f"{where.en} {len(rows)} protected lessons went to core subjects; "
                f"{number(usual)} would be usual elsewhere.",
            ),
            str(len(rows)),
            number(usual),
        )


@rule(
    "E07",
    Severity.INFORMATION,
    "X",
    Text("体育课不总由同一教师让出", "PE is not always given away by one teacher"),
    wording="提示",
    source=ASSUMED,
    mend=Text("了解原因", "ask why"),
    scope=Scope.SCHOOL,
)
def giving_away(case: Case) -> Iterator[Item]:
    """PE lessons replaced, by the teacher of the class's PE."""
    school = case.school
    if not school.delivered:
        return
    teachers: dict[str, str] = {}
    for lesson in school.lessons:
        if lesson.code == "PE" and lesson.teachers:
            for key in lesson.classes:
                teachers.setdefault(key, lesson.teachers[0])
    lost: dict[str, int] = defaultdict(int)
    for row in school.delivered:
        if row.planned == "PE" and row.given != "PE" and row.class_key in teachers:
            lost[teachers[row.class_key]] += 1
    if not teachers:
        text = Text("不知道各班体育教师", "the PE teachers are not known")
        yield NotChecked("no_teachers", text)
        return
    total = sum(lost.values())
    found = [
        (t, n)
        for t, n in sorted(lost.items())
        if n >= case.profile.values.given_away and 2 * n > total
    ]
    if not found:
        yield MET
    for teacher, count in found:
        person = school.teacher(teacher)
        yield Found(
            Text(
                f"{person}的体育课被让出{count}节，全校共{total}节。",
                f"{count} of {total} PE lessons given away were those of {person}.",
            ),
            str(count),
            str(case.profile.values.given_away - 1),
            subject="PE",
            teacher=person,
        )
