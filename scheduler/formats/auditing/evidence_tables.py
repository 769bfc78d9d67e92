"""Tables that go into the evidence pack beside the findings, school by school.

Timetables under standard names; where a problem is known the use of its venues, the
agreements on those of others, and the sheets of teachers who travel.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction

from scheduler.audit.findings import number
from scheduler.audit.inputs.school import AuditSchool, Use
from scheduler.audit.profile import Profile
from scheduler.formats.tables.files.writing import csv_bytes
from scheduler.model.meeting import Meeting
from scheduler.model.text import weekday
from scheduler.model.times import LAYERS, LESSON_ROWS, Week, format_clock
from scheduler.model.timetable import Timetable

Row = tuple[str, ...]
_WEEKS = {Week.EVERY: "", Week.ODD: "单周", Week.EVEN: "双周"}
_TIMETABLE = ("班级", "星期", "节次", "周次", "课程", "原名", "教师", "地点")
_USE = ("场地", "每周用几节", "每周共几节", "使用率%")
_AGREEMENTS = (
    "协议",
    "场地",
    "有效期起",
    "有效期止",
    "星期",
    "开始",
    "结束",
    "最多班数",
    "步行分钟",
    "带队人数",
    "每周用几节",
)
_TRAVEL = ("教师", "星期", "开始", "结束", "学校", "班级", "课程", "周次")


def evidence_tables(
    schools: Iterable[AuditSchool], profile: Profile
) -> dict[str, bytes]:
    """CSV files by name; a table without a row is left out."""
    found = {}
    for count, school in enumerate(schools, start=1):
        name = "".join(c for c in school.name if c not in '\\/:*?"<>|') or str(count)
        tables: dict[str, tuple[Row, Iterator[Row]]]
        tables = {"课表（规范名称）": (_TIMETABLE, _lessons(school, profile))}
        if school.timetable is not None:
            tables |= {
                "场地使用": (_USE, _use(school, school.timetable)),
                "场地协议": (_AGREEMENTS, _agreements(school, school.timetable)),
                "走教安排": (_TRAVEL, _travel(school, school.timetable)),
            }
        for title, (heads, rows) in tables.items():
            lines = list(rows)
            if lines:
                found[f"{title}/{count:03d} {name}.csv"] = csv_bytes([heads, *lines])
    return found


def _lessons(school: AuditSchool, profile: Profile) -> Iterator[Row]:
    for group in school.classes:
        for x in school.of(group):
            if x.use is Use.NOT_LESSON:
                continue
            standard = profile.names.print_name(x.code) if x.code else x.name
            titled = x.code in ("SCH", "LOC") and x.name != standard
            yield (
                group.name,
                weekday(x.day).zh,
                str(x.period or ""),
                _WEEKS[x.week],
                x.name if titled else standard,
                x.name,
                "、".join(school.teacher(t) for t in x.teachers),
                x.place,
            )


def _periods(meetings: Iterable[Meeting]) -> Fraction:
    """Periods a week, on average over both weeks."""
    shares = (Fraction(len(m.layers) * len(m.rows), len(LAYERS)) for m in meetings)
    return sum(shares, Fraction())


def _use(school: AuditSchool, timetable: Timetable) -> Iterator[Row]:
    bells = [c.bell for c in school.classes if c.bell is not None]
    usable = max(
        (sum(len(b.rows(d, LESSON_ROWS)) for d in b.school_days) for b in bells),
        default=0,
    )
    at: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in timetable.meetings:
        if meeting.layout is not None:
            at[meeting.layout.venue_id].append(meeting)
    for venue in timetable.problem.venues:
        if venue.owner == school.school_id and usable:
            used = _periods(at[venue.venue_id])
            percent = number(100 * used / usable)
            yield venue.name, number(used), str(usable), percent


def _agreements(school: AuditSchool, timetable: Timetable) -> Iterator[Row]:
    under: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in timetable.meetings:
        for use in meeting.uses:
            if use.agreement is not None:
                under[use.agreement.agreement_id].append(meeting)
    for row in timetable.problem.agreements:
        if row.school_id == school.school_id:
            yield (
                row.agreement_id,
                timetable.problem.venue[row.venue_id].name,
                row.valid_from.isoformat(),
                row.valid_to.isoformat(),
                weekday(row.day).zh,
                format_clock(row.start),
                format_clock(row.end),
                str(row.max_classes),
                str(row.walk_minutes),
                str(row.escorts),
                number(_periods(under[row.agreement_id])),
            )


def _travel(school: AuditSchool, timetable: Timetable) -> Iterator[Row]:
    """The week of every teacher of the school who has lessons at several places."""
    problem = timetable.problem
    for member in school.staff or ():
        meetings = timetable.by_teacher[member.key]
        places = {(u.school_id, m.site_id) for m in meetings for u in m.uses}
        if len(places) < 2:
            continue
        for m in sorted(meetings, key=lambda m: (m.day, m.start)):
            names = "、".join(problem.school[u.school_id].name for u in m.uses)
            yield (
                member.name,
                weekday(m.day).zh,
                format_clock(m.start),
                format_clock(m.end),
                names,
                "、".join(problem.class_name[c] for c in m.class_ids),
                problem.subject[m.lesson.requirement.subject_id].name,
                _WEEKS[m.placement.week],
            )
