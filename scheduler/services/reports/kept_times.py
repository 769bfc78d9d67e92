"""Tables of the times kept free: preparation groups, research half-days."""

from collections.abc import Sequence

from scheduler.district.people.reserving import (
    RESEARCH,
    Slot,
    common_slots,
    kept_free,
    slot_of,
)
from scheduler.district.people.skills import Skills
from scheduler.formats.district.reports import Cell, ReportTable
from scheduler.model.district import District
from scheduler.model.problem import Problem
from scheduler.model.staff_plan import Preparation, StaffPlan
from scheduler.model.text import Text, weekday
from scheduler.model.times import format_clock
from scheduler.model.timetable import Timetable
from scheduler.services.reports.staff_tables import SUBJECT

_SHOWN = 3
"""Free times of a group that are told."""


def groups_table(
    problem: Problem, plan: StaffPlan, timetable: Timetable | None
) -> ReportTable:
    """When each preparation group meets, and other times that all its members have."""
    free = _with_others(problem, plan)
    rows = []
    for group in plan.preparations:
        kept = slot_of(free[group.name], group)
        found = sorted(common_slots(problem, group, timetable))
        holds = timetable is None or kept is None or _is_kept(timetable, group, kept)
        rows.append(
            (
                group.name,
                "、".join(_who(problem, t) for t in group.teacher_ids),
                _NONE if kept is None else _slot(kept),
                YES if holds else NO,
                "；".join(_slot(s).zh for s in found[:_SHOWN]),
            )
        )
    columns = (
        ("group", Text("备课组", "group")),
        ("teachers", Text("成员", "members")),
        ("kept", Text("保留时间", "time kept")),
        ("free", Text("全员有空", "all are free")),
        ("common", Text("共同空闲", "common free times")),
    )
    return ReportTable("preparation", _PREPARATION, columns, rows)


def _who(problem: Problem, teacher_id: str) -> str:
    teacher = problem.teacher[teacher_id]
    return f"{teacher.name}（{problem.school[teacher.school_id].name}）"


def _with_others(problem: Problem, plan: StaffPlan) -> dict[str, Problem]:
    """What each group meets: the times of research and of the groups before it."""
    found = {}
    for number, group in enumerate(plan.preparations):
        before = _plan_of(plan, plan.preparations[:number])
        found[group.name] = kept_free(District(problem), before).problem
    return found


def _plan_of(plan: StaffPlan, groups: Sequence[Preparation]) -> StaffPlan:
    return StaffPlan(research=plan.research, preparations=tuple(groups))


def _is_kept(timetable: Timetable, group: Preparation, slot: Slot) -> bool:
    return not any(
        set(m.adult_ids) & set(group.teacher_ids)
        and m.day == slot.day
        and m.start < slot.end
        and slot.start < m.end
        for m in timetable.meetings
    )


def research_table(
    problem: Problem, plan: StaffPlan, timetable: Timetable | None
) -> ReportTable:
    """Research times, and who teaches in them all the same."""
    skills = Skills(problem, plan)
    rows: list[Sequence[Cell]] = []
    for time in plan.research:
        members = {
            t.teacher_id
            for t in problem.teachers
            if skills.main(t.teacher_id) == time.subject_id
        }
        busy = {
            name
            for m in (timetable.meetings if timetable else ())
            if m.day == time.day and m.start < time.end and time.start < m.end
            for name in members & set(m.adult_ids)
        }
        names = "、".join(_who(problem, n) for n in sorted(busy))
        subject = problem.subject[time.subject_id].name
        when = _slot(Slot(0, False, time.day, time.start, time.end))
        rows.append((subject, when, len(members), len(busy), names))
    columns = (
        ("subject", SUBJECT),
        ("time", Text("教研时间", "research time")),
        ("teachers", Text("教师数", "teachers")),
        ("busy", Text("仍有课人数", "who teach then")),
        ("names", Text("名单", "names")),
    )
    return ReportTable("research", Text(RESEARCH[:3], "Research"), columns, rows)


def _slot(slot: Slot) -> Text:
    times = f"{format_clock(slot.start)}–{format_clock(slot.end)}"
    day = weekday(slot.day)
    return Text(day.zh + times, f"{day.en} {times}")


YES, NO = Text("是", "yes"), Text("否", "no")
_NONE = Text("没有", "none")
_PREPARATION = Text("集体备课", "Preparation groups")
