"""The tables of a bureau's pages, for files: all schools, weeks of venues, shares."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.formats.auditing.trend import MENDED, NEW
from scheduler.formats.district.reports import (
    CERTIFICATE,
    STYLE,
    Cell,
    ReportTable,
    printable,
    report_workbook,
)
from scheduler.model.text import Text, weekday
from scheduler.model.times import format_clock
from scheduler.services.reports.staff_report import CERTIFICATES, TITLE
from scheduler.services.reports.staff_tables import (
    SCHOOL,
    VENUE,
    VENUE_WEEK,
    WEEK_NAMES,
)
from scheduler.services.views.bureau.asking import Answered, answered
from scheduler.services.views.bureau.maps import VenueMap, maps_of
from scheduler.services.views.bureau.schools import SchoolLine, school_lines
from scheduler.services.views.bureau.venues import VenueWeek, venue_weeks
from scheduler.services.views.site import SiteState

PRINTED_STYLE = STYLE
"""What a printed page has inside, which its policy must allow."""
LESSONS = Text("课时", "lessons")
_NOTHING = Text("没有发布", "nothing published")


def schools_table(site: SiteState) -> list[ReportTable]:
    """Every school with its state, faults now and in the version before."""
    columns = (
        ("school", SCHOOL),
        ("version", Text("版本", "version")),
        ("hard", Text("硬性冲突", "hard violations")),
        ("unplaced", Text("未排", "not placed")),
        ("full", Text("课时足额的班", "classes with full hours")),
        ("classes", Text("班级数", "classes")),
        ("faults", Text("不合格处", "faults")),
        ("faults_before", Text("上一版不合格处", "faults in the version before")),
        ("audited", Text("审查的版本", "version audited")),
        ("audit", Text("审查不合格处", "faults of the audit")),
        ("mended", Text("比上次审查已整改", "mended since the audit before")),
        ("new", Text("新增", "new")),
        ("used", Text("体育场地使用场次", "zone-periods used")),
        ("open", Text("开放场次", "zone-periods open")),
    )
    rows = [_school_row(x) for x in school_lines(site)]
    return [ReportTable("schools", Text("全区各校", "All schools"), columns, rows)]


def _school_row(x: SchoolLine) -> Sequence[Cell]:
    if x.edition is None:
        return (x.name, _NOTHING, *[""] * 12)
    before: Cell = "" if x.grave_before is None else x.grave_before
    counts = (x.conflicts, x.lessons - x.placed, x.fulfilled, x.classes, x.grave)
    audited: Sequence[Cell] = [""] * 4
    if (a := x.audit) is not None:
        trend = [a.trend.get(word, 0) if a.before else "" for word in (MENDED, NEW)]
        audited = (a.version, a.grave, *trend)
    return (x.name, x.edition.label, *counts, before, *audited, x.used, x.opened)


def venues_table(site: SiteState) -> list[ReportTable]:
    """All lessons at venues that several schools may use, and how full those are."""
    weeks = venue_weeks(site)
    rows = [row for week in weeks for row in _stays(week)]
    full: list[Sequence[Cell]] = [
        (w.name, "、".join(w.schools), w.lessons, w.peak, w.capacity) for w in weeks
    ]
    heads = (
        ("venue", VENUE),
        ("schools", SCHOOL),
        ("lessons", LESSONS),
        ("peak", Text("同时最多几个班", "classes at once at most")),
        ("capacity", Text("容纳几个班", "classes that fit in")),
    )
    return [
        ReportTable("venue_weeks", Text("共用场地的一周", "Weeks"), VENUE_WEEK, rows),
        ReportTable("venues", Text("共用场地", "Shared venues"), heads, full),
    ]


def _stays(week: VenueWeek) -> list[Sequence[Cell]]:
    return [
        (
            week.name,
            weekday(day),
            f"{format_clock(start)}–{format_clock(end)}",
            WEEK_NAMES[stay.week.value],
            *(stay.school, stay.classes, stay.subject),
        )
        for (start, end), row in week.rows.items()
        for day, stays in sorted(row.items())
        for stay in stays
    ]


def shares_table(site: SiteState) -> list[ReportTable]:
    """All tables of the newest cases; empty before any was computed."""
    found = []
    for number, case in enumerate(answered(site).cases, 1):
        for table in tables_of(case):
            title = Text(f"{number} {table.title.zh}", f"{number} {table.title.en}")
            key, notes = f"{table.key}_{number}", table.note
            found.append(ReportTable(key, title, table.columns, table.rows, notes))
    return found


def staff_tables(site: SiteState) -> list[ReportTable]:
    """What the newest job has found of teachers."""
    return tables_of(answered(site).staff)


def certificates(site: SiteState) -> list[ReportTable]:
    """走教 certificates, each to be signed."""
    found = answered(site).staff.get(CERTIFICATES, {})
    return [ReportTable.of_facts(x) for x in found.values()]


def tables_of(case: Mapping[str, Any]) -> list[ReportTable]:
    """The tables that a job kept with a case, or of teachers."""
    return [ReportTable.of_facts(x) for x in case.get("tables", ())]


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A case with its maps."""

    case: Mapping[str, Any]
    maps: Sequence[VenueMap]


def shown(found: Answered) -> list[ShownCase]:
    """The newest cases as their page shows them."""
    return [ShownCase(case, maps_of(tables_of(case))) for case in found.cases]


def table_file(
    site: SiteState, about: str, kind: str, language: str, teacher: str = ""
) -> bytes | None:
    """The tables of a page as a file: ``xlsx``, ``json`` or ``html``.

    None: there is no such page or file, or nothing is in its tables yet.

    Parameters:
        teacher: Whose certificate alone is asked for.
    """
    make = _TABLES.get(about)
    if make is None or kind not in ("xlsx", "json", "html"):
        return None
    title, tables = make[0], make[1](site)
    if teacher:
        tables = [x for x in tables if x.key == f"{CERTIFICATE}-{teacher}"]
    if not tables:
        return None
    if kind == "json":
        facts = {t.key: t.records() for t in tables}
        return json.dumps(facts, ensure_ascii=False, indent=2).encode()
    if kind == "html":
        return printable(tables, title, language).encode()
    return report_workbook(tables, language)


_TABLES = {
    "schools": (Text("全区各校", "All schools"), schools_table),
    "venues": (Text("共用场地", "Shared venues"), venues_table),
    "shares": (Text("分配与缺口", "Shares and shortages"), shares_table),
    "staff": (TITLE, staff_tables),
    "certificates": (Text("走教证明", "Certificates"), certificates),
}
