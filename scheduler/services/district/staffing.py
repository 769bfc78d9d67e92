"""The staff report of a district: who teaches where, what is short, who could help."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scheduler import __version__
from scheduler.district.people.many_subjects import many_subjects
from scheduler.district.people.proposals import propose
from scheduler.district.people.reserving import (
    RESEARCH,
    Slot,
    common_slots,
    kept_free,
    slot_of,
)
from scheduler.district.people.shortages import next_year, shortage_table, this_year
from scheduler.district.people.skills import Skills
from scheduler.district.people.weeks import Weeks, workload
from scheduler.formats.district.reports import (
    Cell,
    ReportTable,
    write_report,
    write_workbook,
)
from scheduler.model.district import District
from scheduler.model.problem import Problem
from scheduler.model.staff_plan import Preparation, StaffPlan
from scheduler.model.text import Text, weekday
from scheduler.model.times import Week, format_clock
from scheduler.model.timetable import Timetable
from scheduler.services.reports.staff_tables import (
    MINUTES,
    SCHOOL,
    SUBJECT,
    TEACHER,
    StaffTables,
    missing_sentence,
    too_many_sentences,
)
from scheduler.term.calendar import teaching_dates

CERTIFICATES = "certificates"
_SHOWN = 3
"""Free times of a group that are told."""


@dataclass(frozen=True)
class StaffReport:
    """All tables, the sentences of the screen, and who gets a certificate."""

    tables: tuple[ReportTable, ...]
    sentences: tuple[Text, ...]
    certificates: dict[str, ReportTable]

    def write(self, folder: Path, language: str) -> None:
        """staff.xlsx, staff.html, staff.json and a workbook for each traveller.

        Raises:
            OSError: the folder cannot be written.
        """
        facts = {
            "version": __version__,
            "sentences": [x.both() for x in self.sentences],
        }
        write_report(self.tables, folder, "staff", _TITLE, language, facts)
        for name, table in self.certificates.items():
            place = folder / CERTIFICATES
            place.mkdir(exist_ok=True)
            write_workbook([table], place / f"{name}.xlsx", language)


def staff_report(
    district: District, plan: StaffPlan, timetable: Timetable | None, seconds: float
) -> StaffReport:
    """Work everything out; weeks and certificates only of a timetable.

    Parameters:
        district: As read, before times are kept free.

    Raises:
        InputError: times to be kept free contradict fixed lessons.
    """
    kept_free(district, plan)
    problem = district.problem
    skills = Skills(problem, plan)
    tables = StaffTables(skills)
    now, then = this_year(skills, seconds), next_year(skills, seconds)
    proposals, many = propose(skills, now, seconds), many_subjects(skills)
    missing_now = shortage_table(problem, plan, now)
    missing_then = shortage_table(problem, plan, then)
    found = [
        tables.shortages("shortages", _NOW, missing_now.itertuples()),
        tables.shortages("next_year", _NEXT, missing_then.itertuples()),
        tables.proposals(proposals),
        tables.many(many),
        _groups(problem, plan, timetable),
        _research(problem, plan, timetable),
    ]
    sentences = [
        missing_sentence(problem, row)
        for row in missing_now.itertuples()
        if row.missing
    ]
    if not sentences:
        sentences.append(_ENOUGH)
    certificates = {}
    if timetable is not None:
        weeks = Weeks(timetable)
        found += [tables.travellers(weeks), tables.weeks(weeks)]
        found.append(_workload(timetable))
        sentences += too_many_sentences(problem, weeks)
        certificates = {n: _certificate(timetable, n) for n in weeks.meetings}
    return StaffReport(tuple(found), tuple(sentences), certificates)


def _groups(
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


def _research(
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


def _workload(timetable: Timetable) -> ReportTable:
    """Lessons a week of every teacher, at home and elsewhere."""
    problem = timetable.problem
    frame = workload(timetable)
    frame["each"] = frame["periods"] / frame["week"].map(
        {"every": 1, "odd": 2, "even": 2}
    )
    frame["away"] = [
        problem.teacher[t].school_id != s
        for t, s in zip(frame["teacher"], frame["school"], strict=True)
    ]
    rows = [
        (
            problem.teacher[str(name)].name,
            problem.school[problem.teacher[str(name)].school_id].name,
            float(part["each"].sum()),
            float(part.loc[part["away"], "each"].sum()),
            int(part["subject"].nunique()),
            int(part["school"].nunique()),
        )
        for name, part in frame.groupby("teacher", sort=False)
    ]
    columns = (
        ("teacher", TEACHER),
        ("school", Text("任职学校", "own school")),
        ("lessons", Text("周课时", "lessons a week")),
        ("away", Text("其中走教", "of them elsewhere")),
        ("subjects", Text("学科数", "subjects")),
        ("schools", Text("学校数", "schools")),
    )
    return ReportTable("workload", _WORKLOAD, columns, rows)


def _certificate(timetable: Timetable, name: str) -> ReportTable:
    """A 走教 certificate: what is given at each school over the dates of the term."""
    problem = timetable.problem
    frame = workload(timetable)
    mine = frame[frame["teacher"] == name]
    dates = _dates(problem)
    rows: list[Sequence[Cell]] = []
    for (school, subject), part in mine.groupby(["school", "subject"], sort=False):
        lessons = list(part.itertuples())
        classes = dict.fromkeys(c for x in lessons for c in str(x[4]).split(";"))
        times = [dates[int(x.day), str(x.week)] for x in lessons]
        rows.append(
            (
                problem.school[school].name,
                problem.subject[subject].name,
                "、".join(problem.class_name[c] for c in classes),
                sum(len(d) * x.periods for d, x in zip(times, lessons, strict=True)),
                sum(len(d) * x.minutes for d, x in zip(times, lessons, strict=True)),
                len({d for each in times for d in each}),
            )
        )
    columns = (
        ("school", SCHOOL),
        ("subject", SUBJECT),
        ("classes", Text("班级", "classes")),
        ("lessons", Text("学期课时", "lessons of the term")),
        ("minutes", MINUTES),
        ("days", Text("到校天数", "days there")),
    )
    who = problem.teacher[name].name
    title = Text(f"走教证明 {who}", f"Travelling {who}")
    term = problem.term
    note = Text(
        f"{term.name} {term.first_day}—{term.last_day}，按课表和校历计划。",
        f"{term.name}, {term.first_day} to {term.last_day}, as planned.",
    )
    signed: Sequence[Cell] = (
        *(Text("合计", "in all"), "", note),
        *(sum(int(str(r[k])) for r in rows) for k in (3, 4)),
        "",
    )
    stamp: Sequence[Cell] = (Text("教育局（盖章）：", "Bureau (stamp):"), *[""] * 5)
    return ReportTable("certificate", title, columns, [*rows, signed, stamp], note)


def _dates(problem: Problem) -> dict[tuple[int, str], list[int]]:
    """Ordinals of the term's dates by weekday followed and weeks."""
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    for day in teaching_dates(problem.term):
        for week in (Week.EVERY, day.week):
            found[day.weekday, week.value].append(day.date.toordinal())
    return found


def short_lines(report: StaffReport) -> Iterator[Text]:
    """What stands on the screen."""
    yield from report.sentences
    for table in report.tables:
        count = len(table.rows)
        yield Text(f"{table.title.zh}：{count}行", f"{table.title.en}: {count} rows")


YES, NO = Text("是", "yes"), Text("否", "no")
_NONE = Text("没有", "none")
_TITLE = Text("区教师调配报告", "Teachers of the district")
_NOW = Text("本学年缺口", "Shortages this year")
_NEXT = Text("下学年缺口", "Shortages next year")
_PREPARATION = Text("集体备课", "Preparation groups")
_WORKLOAD = Text("工作量", "Workload")
_ENOUGH = Text("各校各学科教师够用。", "Every school has teachers for every subject.")
