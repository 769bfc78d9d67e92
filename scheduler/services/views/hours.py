"""Hours of every class side by side: one sheet for each school and grade."""

from dataclasses import dataclass
from fractions import Fraction

from scheduler.audit.codes import code_of
from scheduler.audit.findings import Finding, Severity
from scheduler.audit.hours_row import HoursRow
from scheduler.audit.standard import StandardKind, StandardRow
from scheduler.model.resources import ClassGroup
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.views.edition import Edition

SOURCE = Text(
    "依据：《义务教育课程方案（2022年版）》（教育部，教材〔2022〕2号），国家课程方案口径；"
    "没有采用省、市的地方方案。",
    "Held against: curriculum plan for compulsory education of 2022 (Ministry of "
    "Education, 教材〔2022〕2号), national profile; no plan of a province or city.",
)
TOLERANCE = Text(
    "按分钟比较：一科相差不到半课时不算，周总课时相差1课时以内不算；在允许范围内的差"
    "写在“允许”后面。体育活动、大课间等在课时之外落实，不计入周总课时。",
    "Compared in minutes: less than half a lesson of a subject, and one lesson of the "
    "weekly total, count for nothing; such differences stand behind “allowed”. PE "
    "activities and big breaks come on top and are not in the weekly total.",
)
RULE_NAMES = {
    "A01": Text("周总课时", "weekly total"),
    "A03": Text("科目课时", "hours of subjects"),
    "A04": Text("学科超课时", "subjects over their hours"),
    "A05": Text("体育与健康课时", "PE and health"),
    "A07": Text("劳动课时", "labour"),
    "A08": Text("综合实践活动课时", "integrated practice"),
    "A09": Text("信息科技课时", "information technology"),
    "A10": Text("心理健康教育课时", "psychology"),
    "A11": Text("艺术课时", "arts"),
    "A12": Text("低年级科学课时", "science in the first grades"),
    "A13": Text("书法（写字）课时", "handwriting"),
    "A14": Text("班团队活动课时", "class meetings"),
    "A15": Text("读本课时", "the Student Reader"),
    "A16": Text("地方与校本课程课时", "local and school courses"),
    "A18": Text("方案之外的课程", "courses outside the plan"),
}


@dataclass(frozen=True, slots=True)
class HoursColumn:
    """A subject code; ``standard`` is None for subjects it does not list.

    ``inside`` names subjects whose lessons count in it, as 书法 in 语文.
    """

    code: str
    name: Text
    standard: StandardRow | None
    inside: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class HoursCell:
    """Hours of a subject in a class; ``times`` is how often an activity is a week."""

    row: HoursRow
    times: Fraction

    @property
    def inside(self) -> Fraction:
        """Lessons of other subjects that are counted in."""
        return self.row.taught.placed.lessons - self.row.own.placed.lessons

    @property
    def allowed(self) -> Fraction:
        """Lessons over or under the window that are allowed; 0 where there are none."""
        standard, row = self.row.standard, self.row
        if standard is None or row.mark != "√":
            return Fraction()
        placed = row.taught.placed.minutes / row.standard_minutes
        below = placed + row.flexible.placed.minutes / row.standard_minutes
        if placed > standard.maximum:
            return placed - standard.maximum
        return min(Fraction(), below - standard.minimum)


@dataclass(frozen=True, slots=True)
class HoursLine:
    """A class: a cell for every column, None where it has no such row."""

    group: ClassGroup
    cells: tuple[HoursCell | None, ...]


@dataclass(frozen=True, slots=True)
class HoursSheet:
    """The classes of one grade of one school."""

    title: Text
    columns: tuple[HoursColumn, ...]
    lines: tuple[HoursLine, ...]


@dataclass(frozen=True, slots=True)
class HoursPage:
    """Findings, gravest first, and the sheets they come from."""

    findings: tuple[Finding, ...]
    sheets: tuple[HoursSheet, ...]


def hours_page(edition: Edition) -> HoursPage:
    """Lay out the hours of all classes."""
    found: dict[tuple[str, int], list[ClassGroup]] = {}
    for group in edition.problem.classes:
        found.setdefault((group.school_id, group.grade), []).append(group)
    order = list(Severity)
    findings = sorted(edition.hours.findings, key=lambda f: order.index(f.severity))
    sheets = (_sheet(edition, *key, groups) for key, groups in found.items())
    return HoursPage(tuple(findings), tuple(sheets))


def _sheet(
    edition: Edition, school_id: str, grade: int, groups: list[ClassGroup]
) -> HoursSheet:
    rows = {g.class_id: edition.hours.of_class(g.class_id) for g in groups}
    columns: dict[str, HoursColumn] = {}
    for row in (row for found in rows.values() for row in found):
        if row.code not in columns:
            inside = _inside(row, rows[row.class_id])
            columns[row.code] = HoursColumn(row.code, row.name, row.standard, inside)
    lines = []
    for group in groups:
        times = _activities(edition.timetable, group.class_id)
        by_code = {
            row.code: HoursCell(row, times.get(row.code, Fraction()))
            for row in rows[group.class_id]
        }
        lines.append(HoursLine(group, tuple(by_code.get(code) for code in columns)))
    school = edition.problem.school[school_id].name
    prefix = f"{school} · " if len(edition.problem.schools) > 1 else ""
    title = Text(f"{prefix}{grade}年级", f"{prefix}Grade {grade}")
    return HoursSheet(title, tuple(columns.values()), tuple(lines))


def _inside(row: HoursRow, others: tuple[HoursRow, ...]) -> tuple[Text, ...]:
    """Names of the components that surely lie in a row and are taught at all."""
    return tuple(
        other.name
        for other in others
        if other.standard is not None
        and other.standard.kind is StandardKind.COMPONENT
        and other.standard.relatives == (row.code,)
        and other.own.planned.lessons
    )


def _activities(timetable: Timetable, class_id: str) -> dict[str, Fraction]:
    """Meetings a week of activities of a whole class, by code or subject."""
    problem = timetable.problem
    found: dict[str, Fraction] = {}
    for meeting in timetable.by_class[class_id]:
        requirement = meeting.lesson.requirement
        if requirement.activity_id and requirement.pupils is None:
            subject = problem.subject[requirement.subject_id]
            code = code_of(subject) or subject.subject_id
            share = Fraction(len(meeting.layers), 2)
            for name in {code, subject.subject_id}:
                found[name] = found.get(name, Fraction()) + share
    return found
