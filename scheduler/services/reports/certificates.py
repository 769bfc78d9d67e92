"""走教 certificates: what a teacher gives at each school over the dates of a term."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scheduler.district.people.weeks import workload
from scheduler.formats.district.reports import CERTIFICATE, Cell, ReportTable
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.model.times import Week
from scheduler.model.timetable import Timetable
from scheduler.services.reports.staff_tables import MINUTES, SCHOOL, SUBJECT
from scheduler.term.calendar import teaching_dates


def certificates(
    timetable: Timetable, teacher_ids: Iterable[str]
) -> dict[str, ReportTable]:
    """The certificate of each teacher, by id."""
    frame, dates = workload(timetable), _dates(timetable.problem)
    lessons = dict(tuple(frame.groupby("teacher", sort=False)))
    return {
        name: _certificate(timetable.problem, name, lessons[name], dates)
        for name in teacher_ids
    }


def _certificate(
    problem: Problem,
    name: str,
    mine: Any,
    dates: Mapping[tuple[int, str], list[int]],
) -> ReportTable:
    """What is given at each school over the dates of the term."""
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
    teacher = problem.teacher[name]
    who = f"{teacher.name}（{problem.school[teacher.school_id].name}）"
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
    rows += [signed, stamp]
    return ReportTable(f"{CERTIFICATE}-{name}", title, columns, rows)


def _dates(problem: Problem) -> dict[tuple[int, str], list[int]]:
    """Ordinals of the term's dates by weekday followed and weeks."""
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    for day in teaching_dates(problem.term):
        for week in (Week.EVERY, day.week):
            found[day.weekday, week.value].append(day.date.toordinal())
    return found
