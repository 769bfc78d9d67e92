"""Hours of every class side by side: one table for a school, grade by grade."""

from dataclasses import dataclass, replace
from fractions import Fraction

from scheduler.audit.findings import Finding, Severity
from scheduler.audit.hours_row import HoursRow
from scheduler.audit.profile import Profile
from scheduler.audit.running.catalogue import RULE
from scheduler.audit.standard import StandardKind, StandardRow
from scheduler.model.problem import Problem
from scheduler.model.resources import ClassGroup
from scheduler.model.text import Text, grade_title
from scheduler.model.timetable import Timetable
from scheduler.services.views.edition import Edition
from scheduler.services.views.grades import grade_heading

TOLERANCE = Text(
    "按分钟比较：一科相差不到半课时不算，周总课时相差1课时以内不算；在允许范围内的差"
    "写在“允许”后面。体育活动、大课间等在课时之外落实，不计入周总课时。",
    "Compared in minutes: less than half a lesson of a subject, and one lesson of the "
    "weekly total, count for nothing; such differences stand behind “allowed”. PE "
    "activities and big breaks come on top and are not in the weekly total.",
)


@dataclass(frozen=True, slots=True)
class HoursColumn:
    """A subject code; ``inside`` names subjects that count in it, as 书法 in 语文.

    ``listed`` says that the standard knows it.
    """

    code: str
    name: Text
    listed: bool
    inside: tuple[Text, ...]

    @property
    def short(self) -> Text:
        """The name without what stands in brackets."""
        return _short(self.name)


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
    def is_empty(self) -> bool:
        """Whether nothing is asked for, planned or done."""
        asked = self.row.standard is not None and self.row.standard.minimum
        return not (asked or self.row.taught.planned.lessons or self.times)

    @property
    def allowed(self) -> Fraction:
        """Lessons over or under the window that are allowed; 0 where there are none."""
        standard, row = self.row.standard, self.row
        if standard is None or row.mark != "√" or self.is_empty:
            return Fraction()
        placed = row.taught.placed.minutes / row.standard_minutes
        below = placed + row.flexible.placed.minutes / row.standard_minutes
        if placed > standard.maximum:
            return placed - standard.maximum
        return min(Fraction(), below - standard.minimum)


Cells = tuple[HoursCell | None, ...]


@dataclass(frozen=True, slots=True)
class HoursLine:
    """Classes with the very same hours: a cell for every column, None without one."""

    classes: tuple[ClassGroup, ...]
    cells: Cells


@dataclass(frozen=True, slots=True)
class HoursGrade:
    """What is demanded of a grade, column by column, and what its classes have."""

    title: Text
    demands: tuple[StandardRow | None, ...]
    lines: tuple[HoursLine, ...]


@dataclass(frozen=True, slots=True)
class HoursSheet:
    """The grades of one school; ``left_out`` neither demanded nor taught in any."""

    title: Text
    columns: tuple[HoursColumn, ...]
    grades: tuple[HoursGrade, ...]
    left_out: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class SharedFinding:
    """What several classes of a grade lack alike; ``rule`` is its id and name."""

    severity: Severity
    rule: Text | None
    what: Text
    classes: tuple[ClassGroup, ...]


@dataclass(frozen=True, slots=True)
class HoursPage:
    """Findings by grade, gravest first, and the sheets they come from."""

    source: Text
    count: int
    severity: Severity | None
    findings: tuple[tuple[Text, tuple[SharedFinding, ...]], ...]
    sheets: tuple[HoursSheet, ...]


def hours_page(edition: Edition) -> HoursPage:
    """Lay out the hours of all classes."""
    problem, findings = edition.problem, edition.hours.findings
    return HoursPage(
        _source(edition.profile),
        len(findings),
        min((f.severity for f in findings), key=lambda s: s.rank, default=None),
        tuple(_by_grade(problem, findings)),
        tuple(_sheet(edition, school.school_id) for school in edition.schools),
    )


def _source(profile: Profile) -> Text:
    return Text(
        f"依据：{profile.document.zh}。口径：{profile.title.zh}，"
        f"{profile.version}整理（{profile.id}）。",
        f"Held against: {profile.document.en}. Profile: {profile.title.en}, as of "
        f"{profile.version} ({profile.id}).",
    )


def _by_grade(
    problem: Problem, findings: tuple[Finding, ...]
) -> list[tuple[Text, tuple[SharedFinding, ...]]]:
    found: dict[Text, dict[tuple[Severity, str, Text], list[ClassGroup]]] = {}
    for f in findings:
        group = problem.class_group[f.class_id]
        title = grade_heading(problem, group.school_id, group.grade)
        alike = found.setdefault(title, {})
        alike.setdefault((f.severity, f.rule, f.what), []).append(group)
    return [(title, _shared(alike)) for title, alike in found.items()]


def _shared(
    alike: dict[tuple[Severity, str, Text], list[ClassGroup]],
) -> tuple[SharedFinding, ...]:
    rows = (
        SharedFinding(severity, _rule_name(rule), what, tuple(classes))
        for (severity, rule, what), classes in alike.items()
    )
    return tuple(sorted(rows, key=lambda row: row.severity.rank))


def _rule_name(rule: str) -> Text | None:
    if rule not in RULE:
        return None
    return Text(f"{rule} {RULE[rule].title.zh}", f"{rule} {RULE[rule].title.en}")


def _sheet(edition: Edition, school_id: str) -> HoursSheet:
    groups = [g for g in edition.problem.classes if g.school_id == school_id]
    cells = {g.class_id: _cells(edition, g) for g in groups}
    all_columns = _columns(cells)
    columns = tuple(c for c in all_columns if c.code not in _empty(cells))
    grades: dict[int, list[ClassGroup]] = {}
    for group in groups:
        grades.setdefault(group.grade, []).append(group)
    return HoursSheet(
        Text(name := edition.problem.school[school_id].name, name),
        columns,
        tuple(_grade(n, found, cells, columns) for n, found in grades.items()),
        tuple(_short(c.name) for c in all_columns if c.listed and c not in columns),
    )


def _cells(edition: Edition, group: ClassGroup) -> dict[str, HoursCell]:
    times = _activities(edition.timetable, group.class_id)
    return {
        row.code: HoursCell(row, times.get(row.code, Fraction()))
        for row in edition.hours.of_class(group.class_id)
    }


def _columns(cells: dict[str, dict[str, HoursCell]]) -> tuple[HoursColumn, ...]:
    """Codes of all classes in the standard's order, named as where they are taught."""
    order: list[str] = []
    for found in cells.values():
        place = 0
        for code in found:
            if code in order:
                place = order.index(code) + 1
            else:
                order.insert(place, code)
                place += 1
    return tuple(_column(code, cells) for code in order)


def _column(code: str, cells: dict[str, dict[str, HoursCell]]) -> HoursColumn:
    having = [found for found in cells.values() if code in found]
    taught = next((x for x in having if not x[code].is_empty), having[0])
    inside = (_inside(found[code].row, found) for found in having)
    shown = taught[code].row
    listed = shown.standard is not None
    return HoursColumn(code, shown.name, listed, next(filter(None, inside), ()))


def _empty(cells: dict[str, dict[str, HoursCell]]) -> frozenset[str]:
    """Codes of which no class has anything, nor needs it."""
    full = {c for x in cells.values() for c, cell in x.items() if not cell.is_empty}
    return frozenset(code for found in cells.values() for code in found) - full


def _grade(
    number: int,
    groups: list[ClassGroup],
    cells: dict[str, dict[str, HoursCell]],
    columns: tuple[HoursColumn, ...],
) -> HoursGrade:
    alike: list[tuple[Cells, list[ClassGroup]]] = []
    demands: tuple[StandardRow | None, ...] = ()
    for group in groups:
        row: Cells = tuple(cells[group.class_id].get(c.code) for c in columns)
        demands = demands or tuple(cell and cell.row.standard for cell in row)
        plain = tuple(c and replace(c, row=replace(c.row, class_id="")) for c in row)
        known = next((classes for seen, classes in alike if seen == plain), None)
        if known is None:
            alike.append((plain, [group]))
        else:
            known.append(group)
    lines = tuple(HoursLine(tuple(classes), row) for row, classes in alike)
    return HoursGrade(grade_title(number), demands, lines)


def _inside(row: HoursRow, others: dict[str, HoursCell]) -> tuple[Text, ...]:
    """Names of the components that surely lie in a row and are taught at all."""
    return tuple(
        other.row.name
        for other in others.values()
        if other.row.standard is not None
        and other.row.standard.kind is StandardKind.COMPONENT
        and other.row.standard.relatives == (row.code,)
        and other.row.own.planned.lessons
    )


def _short(name: Text) -> Text:
    return Text(name.zh.partition("(")[0], name.en.partition(" (")[0])


def _activities(timetable: Timetable, class_id: str) -> dict[str, Fraction]:
    """Meetings a week of activities of a whole class, by code or subject."""
    problem = timetable.problem
    found: dict[str, Fraction] = {}
    for meeting in timetable.by_class[class_id]:
        requirement = meeting.lesson.requirement
        if requirement.activity_id and requirement.pupils is None:
            subject = problem.subject[requirement.subject_id]
            code = subject.code or subject.subject_id
            share = Fraction(len(meeting.layers), 2)
            for name in {code, subject.subject_id}:
                found[name] = found.get(name, Fraction()) + share
    return found
