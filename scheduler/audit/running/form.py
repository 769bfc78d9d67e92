"""The inspectors' form (regulations 6.3): √, +x, -x or 0 by grade and subject.

Of several classes of a grade the one furthest from the plan is shown. Who answers for a
lack: the staff where the school has too few teachers of the subject, the deployment
where it has them and they teach something else, else the school.
"""

from dataclasses import dataclass

from scheduler.audit.district.shortage import Shortage, shortages
from scheduler.audit.hours_row import HoursRow
from scheduler.audit.inputs.school import AuditSchool
from scheduler.audit.profile import Profile
from scheduler.audit.ruling.rule import Case
from scheduler.model.text import Text

RESPONSIBLE = {
    "": Text("", ""),
    "staff": Text("编制（县级）", "staffing (county)"),
    "deployment": Text("调配（教育局）", "deployment (bureau)"),
    "school": Text("学校", "head of the school"),
}


@dataclass(frozen=True, slots=True)
class FormCell:
    """One grade and subject: the mark, and who answers for it ("" for nobody)."""

    grade: int
    code: str
    mark: str
    responsible: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The form of one school."""

    grades: tuple[int, ...]
    codes: tuple[tuple[str, Text], ...]
    cells: dict[tuple[int, str], FormCell]


def inspectors_form(school: AuditSchool, profile: Profile) -> Form:
    """Fill in the form, with the classes whose own timetables are known."""
    case = Case(school, profile)
    whole = [c for c in school.classes if not c.glimpsed]
    grades = tuple(sorted({c.grade for c in whole if c.grade}))
    codes: dict[str, Text] = {}
    cells = {}
    lacking = {s.code: s for s in shortages(case)} if school.staff else {}
    for grade in grades:
        groups = [c for c in whole if c.grade == grade]
        for row in profile.standard.of_grade(grade):
            codes.setdefault(row.code, row.name)
            rows = [case.hours[c.key].rows[row.code] for c in groups]
            worst = max(rows, key=_distance)
            who = _responsible(worst, lacking.get(row.code))
            cells[grade, row.code] = FormCell(grade, row.code, worst.mark, who)
    return Form(grades, tuple(codes.items()), cells)


def _distance(row: HoursRow) -> float:
    """How far from the plan; what is short weighs more than what is too much."""
    return float(2 * row.short_placed + row.excess)


def _responsible(row: HoursRow, shortage: Shortage | None) -> str:
    if not row.short_placed:
        return ""
    if shortage is not None and shortage.due > shortage.capacity:
        return shortage.cause
    return "school"
