"""PE activities for the days on which a class has neither PE nor such an activity."""

from dataclasses import replace
from fractions import Fraction

from scheduler.audit.inputs.school import AuditClass
from scheduler.audit.remedy.wanted import daily_pe_days
from scheduler.audit.ruling.rule import Case
from scheduler.model.requirements import HOME
from scheduler.model.resources import ResourceKind, Unavailability
from scheduler.model.times import Bell, Period, RowKind, SlotKind
from scheduler.services.complying.staffing import Hands
from scheduler.services.complying.tables import Tables

ROWS = frozenset({RowKind.ACTIVITY, RowKind.AFTER_SCHOOL})
"""Where a PE activity counts for the day; a big break does not (rule A06)."""
MINUTES, GAP = 40, 10
"""Of the row that is put behind the last one where a day has none (assumed)."""


def give_daily_pe(
    tables: Tables, case: Case, group: AuditClass, more: int, hands: Hands
) -> None:
    """As many PE activities as days lack, once ``more`` PE lessons are placed too.

    The class teacher leads them, else its teacher of Chinese, else somebody new.
    """
    if not case.profile.values.daily_pe:
        return
    days = case.school.days(group)
    lacking = len(days) - len(daily_pe_days(case, group)) - more
    home = tables.problem.class_group[group.key]
    bell = tables.bells[home.bell_id]
    if lacking > 0 or _may_go_to_big_breaks(tables, group.key):
        tables.closed += _big_breaks(case, group, bell)
    if lacking <= 0:
        return
    if not all(bell.rows(day, ROWS) for day in days):
        tables.bells[home.bell_id] = _with_rows(bell)
        tables.say(
            "作息里没有可安排体育活动的时段，在最后一节之后加了一段",
            "the bell has no row for a PE activity: one was put behind the last lesson",
        )
    subject = tables.subject("PEA", group.key)
    teacher = _leader(case, group) or hands.stand_in(f"{group.name}{subject.name}")
    named = any(subject.subject_id in x.subjects for x in tables.problem.layouts)
    layouts = () if named else (HOME,)
    tables.add(
        group.key,
        subject,
        Fraction(lacking),
        teacher,
        layouts,
        slots=SlotKind.ACTIVITY,
    )


def _leader(case: Case, group: AuditClass) -> str:
    taught = (x for x in case.school.of(group) if x.code == "CN" and x.teachers)
    return group.class_teacher or next((x.teachers[0] for x in taught), "")


def _with_rows(bell: Bell) -> Bell:
    """The bell with an activity row behind the last row of each day that has none."""
    number = max(p.number for p in bell.periods) + 1
    more = []
    for day in bell.school_days:
        if not bell.rows(day, ROWS):
            start = max(p.end for p in bell.on(day)) + GAP
            end = start + MINUTES
            more.append(Period(day, number, RowKind.ACTIVITY, start, end, "体育活动"))
    return replace(bell, periods=(*bell.periods, *more))


def _may_go_to_big_breaks(tables: Tables, class_id: str) -> bool:
    """Whether a PE activity of the class could be moved to where it counts no more."""
    kinds = {s.subject_id: s.kind for s in tables.problem.subjects}
    return any(
        class_id in r.class_ids
        and kinds[r.subject_id].is_pe_type
        and RowKind.BIG_BREAK in r.rows
        for r in tables.problem.requirements
    )


def _big_breaks(case: Case, group: AuditClass, bell: Bell) -> list[Unavailability]:
    """Big breaks closed to a class, unless it has something of its own in them now."""
    if any(x.row is RowKind.BIG_BREAK for x in case.school.of(group)):
        return []
    return [
        Unavailability(
            ResourceKind.CLASS,
            group.key,
            row.day,
            row.number,
            reason="大课间不算当天的体育课",
        )
        for row in bell.periods
        if row.kind is RowKind.BIG_BREAK
    ]
