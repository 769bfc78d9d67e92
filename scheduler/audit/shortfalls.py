"""Findings of the hours table: which rule, how grave, one sentence.

Rule ids and severities: regulations 6.4, chapter A. A plan is judged against the
standard, the timetable against the plan.
"""

from dataclasses import dataclass
from fractions import Fraction

from scheduler.audit.findings import Finding, FindingKind, Severity, number
from scheduler.audit.hours_row import HoursRow
from scheduler.audit.standard import TOTAL
from scheduler.model.resources import ClassGroup
from scheduler.model.text import Text

Verdict = tuple[str, Severity]
_E, _W = Severity.ERROR, Severity.WARNING
_SHORT: dict[str, Verdict] = {
    TOTAL: ("A01", _W),
    "PE": ("A05", Severity.CRITICAL),
    "LAB": ("A07", _E),
    "CPA": ("A08", _E),
    "IT": ("A09", _E),
    "PSY": ("A10", _E),
    "AR": ("A11", _E),
    "MUS": ("A11", _E),
    "FA": ("A11", _E),
    "CAL": ("A13", _W),
    "CLS": ("A14", _W),
    "XJP": ("A15", Severity.INFORMATION),
    "LOC": ("A16", _W),
    "SCH": ("A16", _W),
    "INT": ("A16", _W),
}
_LONG: dict[str, Verdict] = {
    TOTAL: ("A01", _E),
    **dict.fromkeys(("CN", "MA", "FL", "PH", "CH"), ("A04", _E)),
    **dict.fromkeys(("LOC", "SCH", "INT"), ("A16", _W)),
}
_YOUNGEST_SCIENCE: Verdict = ("A12", _E)
_UNLISTED: Verdict = ("A18", Severity.INFORMATION)


def class_findings(group: ClassGroup, rows: tuple[HoursRow, ...]) -> list[Finding]:
    """All findings of one class, in the order of its rows."""
    if not any(row.standard for row in rows):
        return [_without_standard(group)]
    found = []
    for row in rows:
        judge = _Judge(group, row)
        found += [*judge.unlisted(), *judge.plan(), *judge.placing()]
    return found


def _without_standard(group: ClassGroup) -> Finding:
    text = Text(
        f"课程标准中没有{group.grade}年级，未核对课时",
        f"the standard has no grade {group.grade}; hours not compared",
    )
    nothing = Fraction()
    return Finding(
        Severity.INFORMATION,
        "",
        group.class_id,
        group.name,
        "",
        FindingKind.NO_STANDARD,
        None,
        nothing,
        nothing,
        text,
    )


@dataclass(frozen=True, slots=True)
class _Judge:
    """Judges one row of a class."""

    group: ClassGroup
    row: HoursRow

    def plan(self) -> list[Finding]:
        """The school's plan against the standard."""
        standard = self.row.standard
        if standard is None:
            return []
        if self.row.short:
            planned = self.row.taught.planned + self.row.flexible.planned
            kind = FindingKind.TOO_FEW if planned.lessons else FindingKind.MISSING
            text = self._sentence(
                Text(
                    f"应开{number(standard.minimum)}节",
                    f"{number(standard.minimum)} demanded",
                ),
                self._gap(self.row.short, Text("缺", "short")),
            )
            return [self._finding(self._short(kind), kind, standard.minimum, text)]
        if self.row.excess:
            text = self._sentence(
                Text(
                    f"至多{number(standard.maximum)}节",
                    f"{number(standard.maximum)} at most",
                ),
                self._gap(self.row.excess, Text("超", "too many")),
            )
            verdict = _LONG.get(standard.code, ("", Severity.INFORMATION))
            kind = FindingKind.TOO_MANY
            return [self._finding(verdict, kind, standard.maximum, text)]
        return []

    def placing(self) -> list[Finding]:
        """The timetable against the school's plan, lessons of this code only."""
        own = self.row.own
        lessons = own.planned.lessons - own.placed.lessons
        if not lessons or self.row.short:
            return []
        minutes = own.planned.minutes - own.placed.minutes
        demand, verdict = Text("", ""), ("", Severity.WARNING)
        standard = self.row.standard
        if standard is not None:
            demand = Text(
                f"应开{number(standard.minimum)}节",
                f"{number(standard.minimum)} demanded",
            )
        if self.row.short_placed:
            verdict = self._short(FindingKind.TOO_FEW)
        gap = Text(
            f"缺{number(lessons)}节（{number(minutes)}分钟）",
            f"{number(lessons)} short ({number(minutes)} minutes)",
        )
        text = self._sentence(demand, gap)
        minimum = standard.minimum if standard else None
        return [self._finding(verdict, FindingKind.NOT_PLACED, minimum, text)]

    def unlisted(self) -> list[Finding]:
        """A subject in lesson rows that the standard does not list in this grade."""
        if self.row.standard is not None or not self.row.own.planned.lessons:
            return []
        note = Text("课程标准未列此课程", "not a subject of the standard")
        text = self._sentence(Text("", ""), note)
        return [self._finding(_UNLISTED, FindingKind.UNLISTED, None, text)]

    def _short(self, kind: FindingKind) -> Verdict:
        if self.row.code == "SC" and self.group.grade <= 2:
            return _YOUNGEST_SCIENCE
        usual = ("A02" if kind is FindingKind.MISSING else "A03", Severity.ERROR)
        return _SHORT.get(self.row.code, usual)

    def _gap(self, minutes: Fraction, word: Text) -> Text:
        row = self.row
        lessons = number(minutes / row.standard_minutes)
        note = Text("", "")
        if row.lesson_minutes != row.standard_minutes:
            note = Text(
                f"，本校每节{row.lesson_minutes}分钟，"
                f"按标准每节{row.standard_minutes}分钟折算",
                f"; lessons here have {row.lesson_minutes} minutes, those of the"
                f" standard {row.standard_minutes}",
            )
        return Text(
            f"{word.zh}{lessons}节（{number(minutes)}分钟{note.zh}）",
            f"{lessons} {word.en} ({number(minutes)} minutes{note.en})",
        )

    def _sentence(self, demand: Text, end: Text) -> Text:
        taught, row = self.row.taught, self.row
        planned, placed = number(taught.planned.lessons), number(taught.placed.lessons)
        parts_zh = [demand.zh, f"计划{planned}节", f"已排{placed}节", end.zh]
        parts_en = [demand.en, f"{planned} planned", f"{placed} placed", end.en]
        if taught.outside.lessons:
            outside = number(taught.outside.lessons)
            parts_zh.append(f"另有{outside}节在课外时段，不计入")
            parts_en.append(f"{outside} outside lesson rows not counted")
        return Text(
            f"{row.name.zh}：{'，'.join(filter(None, parts_zh))}",
            f"{row.name.en}: {', '.join(filter(None, parts_en))}",
        )

    def _finding(
        self, verdict: Verdict, kind: FindingKind, demanded: Fraction | None, text: Text
    ) -> Finding:
        rule, severity = verdict
        return Finding(
            severity,
            rule,
            self.group.class_id,
            self.group.name,
            self.row.code,
            kind,
            demanded,
            self.row.taught.planned.lessons,
            self.row.taught.placed.lessons,
            text,
        )
