"""Tables of a division: fairness before and after, who gets what, hour by hour."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from scheduler.district.sharing.fairness import fairness, met_by
from scheduler.district.sharing.shares import Shares
from scheduler.district.sharing.telling import (
    percent_of,
    school_sentences,
    teacher_sentences,
)
from scheduler.district.sharing.venues import Grant
from scheduler.district.sharing.windows import windows_of
from scheduler.formats.district.reports import Cell, ReportTable
from scheduler.model.text import Text, weekday
from scheduler.model.times import format_clock
from scheduler.services.reports.staff_tables import SCHOOL, TEACHER

_FULL, _SOME, _FREE = (
    Text("■ 已满", "■ full"),
    Text("▣ 还有空位", "▣ room left"),
    Text("□ 没有分出", "□ not given"),
)


def share_tables(shares: Shares, before: Sequence[int]) -> list[ReportTable]:
    """All tables of a division.

    Parameters:
        before: What each need would get if schools came one after the other.
    """
    return [
        _fairness(shares, before),
        _schools(shares, before),
        _hours(shares),
        _windows(shares),
        _half_days(shares),
        _teachers(shares),
    ]


def _fairness(shares: Shares, before: Sequence[int]) -> ReportTable:
    proven = Text("是", "yes") if shares.proven else Text("否", "no")
    ways = (
        (Text("先到先得", "first come, first served"), before, Text("–", "–")),
        (Text("公平分配", "fair shares"), met_by(shares), proven),
    )
    rows: list[Sequence[Cell]] = [
        (way, f.lacking, f.met, percent_of(f.least), round(f.jain, 3), sure)
        for way, met, sure in ways
        for f in (fairness(shares, met),)
    ]
    columns = (
        ("case", Text("办法", "way")),
        ("lacking", Text("所缺课时", "lessons lacking")),
        ("met", Text("分到", "given")),
        ("least", Text("最差的学校（%）", "worst-off school (%)")),
        ("jain", Text("均衡度（1为最均衡）", "evenness (Jain's index)")),
        ("proven", Text("已证明", "proven")),
    )
    note = Text(
        "先到先得：各校按学校表的顺序，依次拿走全部所需。",
        "First come: schools take all they need, in the order of their table.",
    )
    return ReportTable("fairness", FAIRNESS, columns, rows, note)


def _schools(shares: Shares, before: Sequence[int]) -> ReportTable:
    told = dict(school_sentences(shares))
    rows: list[Sequence[Cell]] = []
    for k, need in enumerate(shares.venues.needs):
        if need.lacking:
            met = shares.venues.met(k)
            share = percent_of(Fraction(met, need.lacking))
            why = told[need.part.key]
            rows.append((need.part.name, need.lacking, before[k], met, share, why))
    columns = (
        ("school", SCHOOL),
        ("lacking", Text("所缺课时", "lessons lacking")),
        ("before", Text("先到先得时分到", "given if first come")),
        ("met", Text("公平分到", "given")),
        ("percent", Text("满足（%）", "met (%)")),
        ("sentence", Text("说明", "in words")),
    )
    return ReportTable("school_shares", SHARES_OF, columns, rows)


def _hours(shares: Shares) -> ReportTable:
    """Every stretch of a contested venue: what schools may want, what there is."""
    whole = shares.district.problem
    wanted: dict[tuple[str, int, int, int], int] = defaultdict(int)
    for k, need in enumerate(shares.venues.needs):
        for w in windows_of(k, need, shares.contested):
            at_once = sum(g.at_once for g in w.rows)
            most = min(w.agreement.max_classes, at_once)
            wanted[w.venue_id, w.day, w.start, w.end] += most
    given: dict[tuple[str, int, int, int], list[str]] = defaultdict(list)
    classes: dict[tuple[str, int, int, int], int] = defaultdict(int)
    for grant in shares.venues.grants:
        w = grant.window
        name = whole.school[w.agreement.school_id].name
        given[w.venue_id, w.day, w.start, w.end].append(f"{name} {grant.classes}")
        classes[w.venue_id, w.day, w.start, w.end] += grant.classes
    holds = {
        v: sum(z.max_classes for z in whole.all_zones if z.venue_id == v)
        for v in shares.contested
    }
    rows: list[Sequence[Cell]] = [
        (
            whole.venue[at[0]].name,
            weekday(at[1]),
            f"{format_clock(at[2])}–{format_clock(at[3])}",
            wanted[at],
            holds[at[0]],
            classes[at],
            _sign(classes[at], holds[at[0]]),
            "、".join(given[at]),
        )
        for at in sorted(wanted)
    ]
    columns = (
        ("venue", Text("场地", "venue")),
        ("day", Text("星期", "day")),
        ("time", Text("时间", "time")),
        ("wanted", Text("各校最多想来几个班", "classes that may want it")),
        ("places", Text("容纳几个班", "classes that fit in")),
        ("given", Text("分给几个班", "classes given it")),
        ("state", Text("状态", "state")),
        ("schools", Text("分给（学校 班数）", "given to (school, classes)")),
    )
    return ReportTable("hours", HOURS, columns, rows)


def _sign(given: int, holds: int) -> Text:
    if not given:
        return _FREE
    return _FULL if given >= holds else _SOME


def _windows(shares: Shares) -> ReportTable:
    whole = shares.district.problem
    rows: list[Sequence[Cell]] = [
        (
            whole.school[g.window.agreement.school_id].name,
            whole.venue[g.window.venue_id].name,
            weekday(g.window.day),
            f"{format_clock(g.window.start)}–{format_clock(g.window.end)}",
            g.classes,
            "、".join(g.zones),
        )
        for g in sorted(shares.venues.grants, key=_by_school)
    ]
    columns = (
        ("school", SCHOOL),
        ("venue", Text("场地", "venue")),
        ("day", Text("星期", "day")),
        ("time", Text("时间", "time")),
        ("classes", Text("最多几个班", "classes at most")),
        ("zones", Text("分区", "zones")),
    )
    return ReportTable("windows", WINDOWS, columns, rows)


def _by_school(grant: Grant) -> tuple[int, str, int, int]:
    window = grant.window
    return window.claim, window.venue_id, window.day, window.start


def _half_days(shares: Shares) -> ReportTable:
    names = {part.key: part.name for part in shares.parts}
    rows: list[Sequence[Cell]] = [
        (
            t.teacher.name,
            weekday(half.day),
            (Text("上午", "morning"), Text("下午", "afternoon"))[half.half],
            names[key],
            f"{format_clock(half.rows[0][0])}–{format_clock(half.rows[-1][1])}",
        )
        for t in shares.teachers
        for day, key, half in sorted(
            ((h.day, h.half), key, h)
            for key, halves in zip(t.parts, t.halves, strict=True)
            for h in halves
        )
    ]
    columns = (
        ("teacher", TEACHER),
        ("day", Text("星期", "day")),
        ("half", Text("半天", "half-day")),
        ("school", SCHOOL),
        ("time", Text("可上课时间", "lessons from and to")),
    )
    return ReportTable("half_days", HALF_DAYS, columns, rows)


def _teachers(shares: Shares) -> ReportTable:
    rows = list(_teacher_rows(shares))
    columns = (
        ("teacher", TEACHER),
        ("needed", Text("需要课时", "lessons needed")),
        ("met", Text("半天里排得下", "that its half-days hold")),
        ("sentence", Text("说明", "in words")),
    )
    return ReportTable("teacher_shares", Text("走教教师", "Teachers"), columns, rows)


def _teacher_rows(shares: Shares) -> Iterator[Sequence[Cell]]:
    told: dict[str, list[Text]] = defaultdict(list)
    for name, text in teacher_sentences(shares):
        told[name].append(text)
    for t in shares.teachers:
        words = told[t.teacher.teacher_id]
        sentence = Text("".join(x.zh for x in words), " ".join(x.en for x in words))
        yield t.teacher.name, sum(t.needs), sum(t.met), sentence


TITLE = Text("全区场地和教师分配", "Shares of venues and teachers")
FAIRNESS = Text("公平程度", "Fairness")
SHARES_OF = Text("各校所缺和所得", "What schools lack and get")
HOURS = Text("需求与容量", "Needs and capacity")
WINDOWS = Text("场地时段", "Windows of venues")
HALF_DAYS = Text("走教半天", "Half-days of teachers")
