"""The staff report of a district: who teaches where, what is short, who could help."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scheduler import __version__
from scheduler.district.people.coverage import Coverage
from scheduler.district.people.many_subjects import ManySubjects, many_subjects
from scheduler.district.people.proposals import Proposals, propose
from scheduler.district.people.shortages import next_year, shortage_table, this_year
from scheduler.district.people.skills import Skills
from scheduler.district.people.weeks import Weeks, workload
from scheduler.formats.district.reports import (
    ReportTable,
    write_report,
    write_workbook,
)
from scheduler.model.problem import Problem
from scheduler.model.staff_plan import StaffPlan
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.reports.certificates import certificates
from scheduler.services.reports.kept_times import groups_table, research_table
from scheduler.services.reports.staff_tables import (
    TEACHER,
    StaffTables,
    missing_sentence,
    too_many_sentences,
)

CERTIFICATES = "certificates"


@dataclass(frozen=True)
class StaffReport:
    """All tables, the sentences of the screen, and who gets a certificate.

    ``warnings`` are the sentences that no table has.
    """

    tables: tuple[ReportTable, ...]
    sentences: tuple[Text, ...]
    warnings: tuple[Text, ...]
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
        write_report(self.tables, folder, "staff", TITLE, language, facts)
        for name, table in self.certificates.items():
            place = folder / CERTIFICATES
            place.mkdir(exist_ok=True)
            write_workbook([table], place / f"{name}.xlsx", language)

    def facts(self) -> dict[str, Any]:
        """The whole report as JSON has it."""
        return {
            "tables": [t.facts() for t in self.tables],
            "warnings": [x.both() for x in self.warnings],
            CERTIFICATES: {k: t.facts() for k, t in self.certificates.items()},
        }


@dataclass(frozen=True)
class Figures:
    """Who can teach what, what is lacking now, who could help, who has too much."""

    skills: Skills
    now: Coverage
    proposals: Proposals
    many: tuple[ManySubjects, ...]


def figures(problem: Problem, plan: StaffPlan, seconds: float) -> Figures:
    """Work out what is short as things are, and what could be done about it.

    Parameters:
        problem: As read, before times are kept free.
    """
    skills = Skills(problem, plan)
    now = this_year(skills, seconds)
    return Figures(skills, now, propose(skills, now, seconds), many_subjects(skills))


def staff_report(
    given: Figures, timetable: Timetable | None, seconds: float
) -> StaffReport:
    """Figures as tables, with next year's; weeks and certificates of a timetable."""
    problem, plan = given.skills.problem, given.skills.plan
    tables, then = StaffTables(given.skills), next_year(given.skills, seconds)
    missing_now = shortage_table(problem, plan, given.now)
    missing_then = shortage_table(problem, plan, then)
    found = [
        tables.shortages("shortages", _NOW, missing_now.itertuples()),
        tables.shortages("next_year", _NEXT, missing_then.itertuples()),
        tables.proposals(given.proposals),
        tables.many(given.many),
        groups_table(problem, plan, timetable),
        research_table(problem, plan, timetable),
    ]
    sentences = [
        missing_sentence(problem, row)
        for row in missing_now.itertuples()
        if row.missing
    ]
    warnings: tuple[Text, ...] = () if sentences else (_ENOUGH,)
    certified = {}
    if timetable is not None:
        weeks = Weeks(timetable)
        found += [tables.travellers(weeks), tables.weeks(weeks)]
        found.append(_workload(timetable))
        warnings += tuple(too_many_sentences(problem, weeks))
        certified = certificates(timetable, weeks.meetings)
    sentences += warnings
    return StaffReport(tuple(found), tuple(sentences), warnings, certified)


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


def short_lines(report: StaffReport) -> Iterator[Text]:
    """What stands on the screen."""
    yield from report.sentences
    for table in report.tables:
        count = len(table.rows)
        yield Text(f"{table.title.zh}：{count}行", f"{table.title.en}: {count} rows")


TITLE = Text("区教师调配报告", "Teachers of the district")
_NOW = Text("本学年缺口", "Shortages this year")
_NEXT = Text("下学年缺口", "Shortages next year")
_WORKLOAD = Text("工作量", "Workload")
_ENOUGH = Text("各校各学科教师够用。", "Every school has teachers for every subject.")
