"""A01, A04, A06, A11, A16, A19: totals, maxima, windows, PE every day."""

from collections.abc import Iterator
from fractions import Fraction

from scheduler.audit.findings import Severity, number
from scheduler.audit.hours_words import most, over, short
from scheduler.audit.inputs.school import AuditClass, Use
from scheduler.audit.profile import is_primary
from scheduler.audit.ruling.documents import (
    DAILY_PE,
    GANSU,
    GUANGDONG,
    JIANGXI,
    LIAONING,
    MINISTRY_2026,
    PLAN,
    ZHEJIANG,
    cited,
)
from scheduler.audit.ruling.rule import MET, Case, Found, Item, NotChecked, rule
from scheduler.audit.ruling.saying import (
    HALF,
    at_least,
    course,
    days_text,
    doubtful,
    joined,
    unread,
)
from scheduler.audit.standard import TOTAL, StandardRow
from scheduler.model.text import Text
from scheduler.model.times import LAYERS, RowKind

UNDER_TOTAL = Severity.WARNING
"""How grave a week with too few lessons is; one with too many is an error."""


def _row(case: Case, group: AuditClass, code: str) -> StandardRow | None:
    rows = case.profile.standard.of_grade(group.grade or 0)
    return next((r for r in rows if r.code == code), None)


@rule(
    "A01",
    Severity.ERROR,
    "TB",
    Text("周总课时26／30／34节（按分钟折算）", "the weekly total, in minutes"),
    wording="不得随意增减周总课时",
    source=PLAN,
    mend=Text("按总课时增减课程", "add or take lessons until the total is right"),
)
def weekly_total(case: Case, group: AuditClass) -> Iterator[Item]:
    """Over: error; under: warning; one lesson of tolerance. By the clock."""
    row, hours = _row(case, group, TOTAL), case.hours[group.key]
    if row is None:
        return
    if group.bell is None or not hours.timed:
        text = Text(
            f"{group.name}的课表没有作息时间", f"{group.name} shows no clock times"
        )
        yield NotChecked("no_bell", text, group)
        return
    total, per = hours.rows[TOTAL], Fraction(hours.standard_minutes)
    firm = total.taught.placed.minutes / per
    enough = (total.taught.placed + total.flexible.placed + hours.unsure).minutes / per
    tolerance = case.profile.values.total_tolerance
    if firm > row.maximum + tolerance:
        severity, have, word = Severity.ERROR, firm, over(firm - row.maximum)
    elif enough < row.minimum - tolerance:
        severity, have, word = UNDER_TOTAL, enough, short(row.minimum - enough)
    else:
        yield MET
        return
    text = Text(
        f"{group.name}每周{number(have * per)}分钟，合{number(have)}个标准课时"
        f"（每课时{hours.standard_minutes}分钟），应为{number(row.minimum)}课时，"
        f"{word.zh}。",
        f"{group.name} has {number(have * per)} minutes a week, {number(have)} "
        f"standard lessons of {hours.standard_minutes} minutes; {number(row.minimum)} "
        f"demanded, {word.en}.",
    )
    yield Found(
        text,
        number(have),
        number(row.minimum),
        group,
        subject=TOTAL,
        severity=severity,
    )


@rule(
    "A04",
    Severity.ERROR,
    "T",
    Text("语文、数学、外语、物理、化学不超课时", "core subjects keep to their maximum"),
    wording="不得增加考试科目课时",
    source=cited(PLAN, GANSU),
    mend=Text("把多出的主科课时还给其他课程", "give the surplus to other courses"),
)
def core_maximum(case: Case, group: AuditClass) -> Iterator[Item]:
    """Both readings of the hours must be above the maximum (see hours_row)."""
    hours = case.hours[group.key]
    for code in case.profile.lists.core:
        row = _row(case, group, code)
        if row is None or (code == "FL" and (group.grade or 0) <= 2):
            continue
        have = hours.firm(code)
        if have - row.maximum < HALF:
            yield MET
            continue
        name, limit = course(case, code), most(row.maximum)
        gap = over(have - row.maximum)
        text = Text(
            f"{group.name}{name.zh}：每周{number(have)}节，{limit.zh}，{gap.zh}。",
            f"{group.name}, {name.en}: {number(have)} lessons a week, {limit.en}, "
            f"{gap.en}.",
        )
        yield Found(text, number(have), number(row.maximum), group, subject=code)


@rule(
    "A06",
    Severity.ERROR,
    "T",
    Text("每天都有体育课或体育活动课", "a PE-type period on every school day"),
    wording="确保每天1节体育课",
    source=cited(MINISTRY_2026, DAILY_PE),
    mend=Text(
        "没有体育的那天补一节体育活动课（可放课后时段）",
        "add a PE activity on the day without, after school if need be",
    ),
)
def daily_pe(case: Case, group: AuditClass) -> Iterator[Item]:
    """PE or a PE activity period, in odd and in even weeks; a big break is none.

    A blank row named 体育活动 is one for classes that have their PE lessons in full: it
    comes on top of these and takes the place of none.
    """
    if not case.profile.values.daily_pe:
        return
    days, blank = case.school.days(group), not _lacks_pe(case, group)
    have = {
        (x.day, layer)
        for x in case.school.of(group)
        if x.code in ("PE", "PEA")
        and x.use is not Use.NOT_LESSON
        and x.row is not RowKind.BIG_BREAK
        and x.sure
        and (blank or not x.implied)
        for layer in x.week.layers
    }
    lacking = [d for d in days if any((d, layer) not in have for layer in LAYERS)]
    if not lacking:
        if days:
            yield MET
        return
    proven = [d for d in lacking if not unread(case.school, group, d)]
    if not proven:
        yield doubtful(group, Text("体育课", "PE"), "PE")
        return
    text = days_text(proven)
    yield Found(
        Text(
            f"{group.name}{text.zh}没有体育课或体育活动课，应每天都有。",
            f"{group.name} has no PE or PE activity on {text.en}; every day is due.",
        ),
        str(len(days) - len(proven)),
        str(len(days)),
        group,
        subject="PE",
        day=joined(proven),
    )


def _lacks_pe(case: Case, group: AuditClass) -> bool:
    row = _row(case, group, "PE")
    have = case.hours[group.key].standard("PE")
    return row is not None and row.minimum - have >= HALF


@rule(
    "A11",
    Severity.ERROR,
    "T",
    Text("艺术课时足，音乐、美术都有", "arts in full, music and fine art both"),
    wording="应当开足；八、九年级至少两项",
    source=cited(PLAN, ZHEJIANG, JIANGXI),
    mend=Text("补足音乐、美术", "bring music and fine art up to the plan"),
)
def arts(case: Case, group: AuditClass) -> Iterator[Item]:
    """The total, and the parts: music and fine art; in grades 8-9 two items."""
    grade = group.grade or 0
    if _row(case, group, "AR") is None:
        return
    values = case.profile.values
    total = values.arts_primary if is_primary(grade) else values.arts_junior
    yield from at_least(case, group, "AR", total)
    hours = case.hours[group.key]
    names = {x.name for x in case.school.taught(group) if x.code == "AR"}
    general = hours.rows["AR"].own.placed.lessons
    for code in ("MUS", "FA"):
        row = _row(case, group, code)
        if row is None or hours.lessons(code):
            continue
        if grade >= 8:
            other = "FA" if code == "MUS" else "MUS"
            if general or len(names) + bool(hours.lessons(other)) >= 2:
                continue
        elif general >= 2 or (
            general and hours.lessons("FA" if code == "MUS" else "MUS")
        ):
            continue
        yield from at_least(case, group, code, row.minimum)


@rule(
    "A16",
    Severity.WARNING,
    "T",
    Text("综合类课时合计在范围内，地方课程不超3%", "the integrated group's range"),
    wording="劳动、综合实践、地方与校本占14%—18%；地方课程不超过3%",
    source=cited(PLAN, LIAONING),
    mend=Text(
        "调整地方与校本课程的课时", "change the hours of local and school courses"
    ),
)
def integrated_group(case: Case, group: AuditClass) -> Iterator[Item]:
    """The group's sum between its bounds, local courses at most theirs."""
    hours = case.hours[group.key]
    row = _row(case, group, "INT")
    if row is not None:
        filed = (*case.profile.lists.filed, *case.school.facts.filed)
        if not filed:
            yield from at_least(case, group, "INT", row.minimum)
        yield from _at_most(group, row, hours.firm("INT"))
    local = _row(case, group, "LOC")
    if local is not None:
        yield from _at_most(group, local, hours.firm("LOC"))


def _at_most(group: AuditClass, row: StandardRow, have: Fraction) -> Iterator[Item]:
    if have - row.maximum < HALF:
        yield MET
        return
    name, limit = row.name, most(row.maximum)
    yield Found(
        Text(
            f"{group.name}{name.zh}：每周{number(have)}节，{limit.zh}。",
            f"{group.name}, {name.en}: {number(have)} a week, {limit.en}.",
        ),
        number(have),
        number(row.maximum),
        group,
        subject=row.code,
    )


@rule(
    "A19",
    Severity.WARNING,
    "T",
    Text("一、二年级不单设英语", "no English of its own in grades 1-2"),
    wording="一、二年级可开口语，从地方、校本课时中安排",
    source=cited(GUANGDONG, JIANGXI),
    mend=Text(
        "改为校本课程并写明名称，例如“校本/英语口语”",
        "give it as a titled school course, e.g. 校本/英语口语",
    ),
    grades=(1, 2),
    applies=Text("一、二年级", "grades 1-2"),
)
def early_english(case: Case, group: AuditClass) -> Iterator[Item]:
    """Lessons named as the foreign language."""
    have = sum(
        (x.share for x in case.school.taught(group) if x.code == "FL"), Fraction()
    )
    if not have:
        if case.school.taught(group):
            yield MET
        return
    yield Found(
        Text(
            f"{group.name}每周有{number(have)}节英语；一、二年级只能用地方、校本课时"
            "开口语。",
            f"{group.name} has {number(have)} lessons of English a week; grades 1-2 "
            "may only use local or school-based hours.",
        ),
        number(have),
        "0",
        group,
        subject="FL",
    )
