"""Tables of a district that was solved: schools, hours and use, weeks of venues."""

from collections.abc import Iterator, Sequence

from scheduler.audit.planned.table import hours_table
from scheduler.formats.district.reports import Cell, ReportTable
from scheduler.formats.standards import read_standard
from scheduler.formats.week_grid import venue_load
from scheduler.model.text import Text, joined, weekday
from scheduler.model.times import Week, format_clock
from scheduler.model.timetable import Timetable
from scheduler.services.district.solving import DistrictSolution, Solved
from scheduler.services.reports.staff_tables import (
    SCHOOL,
    VENUE_WEEK,
    WEEK_NAMES,
)


def solution_tables(solution: DistrictSolution) -> list[ReportTable]:
    """All tables beside those of the shares."""
    solved = tuple(solution.solved.values())
    timetable = solution.judgement.timetable
    return [
        _results(solved),
        _audits(solved),
        _venue_weeks(timetable),
        _rounds(solution),
    ]


def _results(solved: Sequence[Solved]) -> ReportTable:
    rows = [
        (x.part.name, _state(x), *x.cost, _allowed(x), _reasons(x))
        for x in sorted(solved, key=lambda x: x.is_sound)
    ]
    columns = (
        ("school", SCHOOL),
        ("state", Text("状态", "state")),
        ("unplaced", Text("未排", "not placed")),
        ("hard", Text("硬性扣分", "hard cost")),
        ("soft", Text("待改进分", "cost")),
        ("holes", Text("允许每班空节", "holes allowed a class")),
        ("reasons", Text("原因", "why")),
    )
    return ReportTable("results", Text("各校结果", "Schools"), columns, rows)


def _state(solved: Solved) -> Text:
    if solved.is_sound:
        return Text("完成", "done")
    if solved.timetable is None:
        return Text("没有课表", "no timetable")
    return Text("未排完", "incomplete")


def _allowed(solved: Solved) -> int:
    holes = solved.facts.get("holes") or {}
    return int(holes.get("allowed", 0))


def _reasons(solved: Solved) -> Text:
    told = [Text(x["zh"], x["en"]) for x in solved.facts.get("reasons", ())]
    if solved.fault:
        told.append(Text(solved.fault, solved.fault))
    return joined(told, "；", "; ")


def _audits(solved: Sequence[Solved]) -> ReportTable:
    """Hours against the curriculum standard, and use of PE places, of every school."""
    rows: list[Sequence[Cell]] = []
    for x in solved:
        if x.timetable is not None:
            found = hours_table(x.timetable, read_standard()).findings
            grave = [f for f in found if f.severity.fails]
            classes = len(x.part.problem.classes)
            full = classes - len({f.class_id for f in grave})
            places = x.part.problem.pe_venues
            heats = [venue_load(x.timetable, name) for name in sorted(places)]
            opened = float(sum(h.open_zone_periods for h in heats))
            used = opened - float(sum(h.idle_zone_periods for h in heats))
            share = round(100 * used / opened) if opened else "–"
            rows.append((x.part.name, classes, full, len(grave), used, opened, share))
    columns = (
        ("school", SCHOOL),
        ("classes", Text("班级数", "classes")),
        ("full", Text("课时足额的班", "classes with full hours")),
        ("faults", Text("课时不合格处", "faults in hours")),
        ("used", Text("体育场地使用场次", "zone-periods used")),
        ("open", Text("开放场次", "zone-periods open")),
        ("percent", Text("使用率（%）", "use (%)")),
    )
    return ReportTable("audits", Text("课时与场地", "Hours and places"), columns, rows)


def _venue_weeks(timetable: Timetable) -> ReportTable:
    """Lessons at venues that are not the school's own, all schools together."""
    rows = list(_stays(timetable))
    return ReportTable("venue_weeks", Text("场地一周", "Weeks"), VENUE_WEEK, rows)


def _stays(timetable: Timetable) -> Iterator[Sequence[Cell]]:
    problem = timetable.problem
    away = [
        (problem.venue[m.layout.venue_id].name, m.day, m.start, m)
        for m in timetable.meetings
        if m.layout is not None
        and problem.venue[m.layout.venue_id].owner
        not in problem.schools_of(m.lesson.requirement)
    ]
    for name, day, start, m in sorted(away, key=lambda x: x[:3]):
        r = m.lesson.requirement
        yield (
            name,
            weekday(day),
            f"{format_clock(start)}–{format_clock(m.end)}",
            WEEK_NAMES[Week(m.placement.week).value],
            "、".join(problem.school[s].name for s in problem.schools_of(r)),
            "、".join(problem.class_group[c].name for c in r.class_ids),
            problem.subject[r.subject_id].name,
        )


def _rounds(solution: DistrictSolution) -> ReportTable:
    names = {k: x.part.name for k, x in solution.solved.items()}
    rows = [
        (
            r.number,
            "、".join(names[k] for k in r.lacking),
            r.bound,
            r.crowded,
            Text("是", "yes") if r.better else Text("否", "no"),
        )
        for r in solution.rounds
    ]
    columns = (
        ("round", Text("轮次", "round")),
        ("asked", Text("请求另分的学校", "schools that asked")),
        ("bound", Text("全区理论最低", "bound of the district")),
        ("crowded", Text("想用的多于容量的时刻", "moments wanted beyond room")),
        ("better", Text("有改进", "better")),
    )
    return ReportTable("asking", Text("请求另分", "Rounds of asking"), columns, rows)


TITLE = Text("全区排课结果", "The district's timetable")
