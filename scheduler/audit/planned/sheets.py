"""Hours of classes side by side: one table for a school, grade by grade."""

from dataclasses import dataclass, replace
from fractions import Fraction

from scheduler.audit.findings import number
from scheduler.audit.hours_row import HoursRow
from scheduler.audit.planned.table import HoursTable
from scheduler.audit.standard import StandardKind, StandardRow
from scheduler.model.resources import ClassGroup
from scheduler.model.text import Text, grade_title
from scheduler.model.timetable import Timetable

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

    @property
    def state(self) -> str:
        """``short`` or ``excess``; empty where there is enough and not too much."""
        mark = self.row.mark
        if mark.startswith("-") or mark == "0":
            return "short"
        return "excess" if mark.startswith("+") else ""

    @property
    def mark(self) -> Text:
        """The inspectors' mark as people write it, or the difference allowed."""
        if self.row.mark == "0":
            return Text("未开", "none")
        if not self.allowed:
            mark = self.row.mark.replace("√", "✓").replace("-", "−")
            return Text(mark, mark)
        sign = "+" if self.allowed > 0 else "−"
        lessons = f"{sign}{number(abs(self.allowed))}"
        return Text(f"允许{lessons}", f"allowed {lessons}")


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


def hours_sheet(timetable: Timetable, hours: HoursTable, school_id: str) -> HoursSheet:
    """Lay out the hours of a school's classes.

    Raises:
        KeyError: there is no such school.
    """
    problem = timetable.problem
    name = problem.school[school_id].name
    groups = [g for g in problem.classes if g.school_id == school_id]
    cells = {g.class_id: _cells(timetable, hours, g) for g in groups}
    all_columns = _columns(cells)
    columns = tuple(c for c in all_columns if c.code not in _empty(cells))
    grades: dict[int, list[ClassGroup]] = {}
    for group in groups:
        grades.setdefault(group.grade, []).append(group)
    return HoursSheet(
        Text(name, name),
        columns,
        tuple(_grade(n, found, cells, columns) for n, found in grades.items()),
        tuple(_short(c.name) for c in all_columns if c.listed and c not in columns),
    )


def _cells(
    timetable: Timetable, hours: HoursTable, group: ClassGroup
) -> dict[str, HoursCell]:
    times = _activities(timetable, group.class_id)
    return {
        row.code: HoursCell(row, times.get(row.code, Fraction()))
        for row in hours.of_class(group.class_id)
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
