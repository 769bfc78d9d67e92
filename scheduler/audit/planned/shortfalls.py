"""Findings of the hours table: which rule, how grave, one sentence.

Severities are those of the rules of chapter A, words those of their sentences. A plan
is judged against the standard, the timetable against the plan.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from fractions import Fraction

from scheduler.audit.complete.windows import UNDER_TOTAL
from scheduler.audit.findings import Finding, FindingKind, Severity, number
from scheduler.audit.hours_row import HoursRow
from scheduler.audit.hours_words import NOT_OF_THE_PLAN, least, most, over, short
from scheduler.audit.running.catalogue import RULE
from scheduler.audit.standard import TOTAL
from scheduler.model.resources import ClassGroup
from scheduler.model.text import Text

Verdict = tuple[str, Severity]
_SHORT = {
    "PE": "A05",
    "LAB": "A07",
    "CPA": "A08",
    "IT": "A09",
    "PSY": "A10",
    **dict.fromkeys(("AR", "MUS", "FA"), "A11"),
    "CAL": "A13",
    "CLS": "A14",
    "XJP": "A15",
    **dict.fromkeys(("LOC", "SCH", "INT"), "A16"),
}
_LONG = {
    TOTAL: "A01",
    **dict.fromkeys(("CN", "MA", "FL", "PH", "CH"), "A04"),
    **dict.fromkeys(("LOC", "SCH", "INT"), "A16"),
}
NO_NOTE = Text("", "")
_NO_RULE: Verdict = ("", Severity.INFORMATION)


_NOT_IN_THIS_GRADE = Text("课程标准未列此课程", "not a subject of the standard")


def _verdict(rule: str) -> Verdict:
    """A rule with the severity that its declaration has."""
    return rule, RULE[rule].severity


def class_findings(
    group: ClassGroup, rows: tuple[HoursRow, ...], off_plan: Collection[str]
) -> list[Finding]:
    """All findings of one class, in the order of its rows.

    Parameters:
        off_plan: Subjects that stand for no course of any grade.
    """
    if not any(row.standard for row in rows):
        return [_without_standard(group)]
    found = []
    for row in rows:
        judge = _Judge(group, row, off_plan)
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
    off_plan: Collection[str]

    def plan(self) -> list[Finding]:
        """The school's plan against the standard."""
        standard = self.row.standard
        if standard is None:
            return []
        if self.row.short:
            planned = self.row.taught.planned + self.row.flexible.planned
            kind = FindingKind.TOO_FEW if planned.lessons else FindingKind.MISSING
            text = self._sentence(
                least(standard.minimum), self._gap(self.row.short, short)
            )
            return [self._finding(self._short(kind), kind, standard.minimum, text)]
        if self.row.excess:
            text = self._sentence(
                most(standard.maximum), self._gap(self.row.excess, over)
            )
            rule = _LONG.get(standard.code)
            verdict = _verdict(rule) if rule else _NO_RULE
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
            demand = least(standard.minimum)
        if self.row.short_placed:
            verdict = self._short(FindingKind.TOO_FEW)
        gap = _in_minutes(short(lessons), minutes)
        text = self._sentence(demand, gap)
        minimum = standard.minimum if standard else None
        return [self._finding(verdict, FindingKind.NOT_PLACED, minimum, text)]

    def unlisted(self) -> list[Finding]:
        """A subject in lesson rows that the standard does not list in this grade."""
        if self.row.standard is not None or not self.row.own.planned.lessons:
            return []
        off_plan = self.row.code in self.off_plan
        note = NOT_OF_THE_PLAN if off_plan else _NOT_IN_THIS_GRADE
        text = self._sentence(Text("", ""), note)
        verdict = _verdict("A18") if off_plan else _NO_RULE
        return [self._finding(verdict, FindingKind.UNLISTED, None, text)]

    def _short(self, kind: FindingKind) -> Verdict:
        if self.row.code == TOTAL:
            return "A01", UNDER_TOTAL
        if self.row.code == "SC" and self.group.grade <= 2:
            return _verdict("A12")
        usual = "A02" if kind is FindingKind.MISSING else "A03"
        return _verdict(_SHORT.get(self.row.code, usual))

    def _gap(self, minutes: Fraction, said: Callable[[Fraction], Text]) -> Text:
        row = self.row
        note = NO_NOTE
        if row.lesson_minutes != row.standard_minutes:
            note = Text(
                f"，本校每节{row.lesson_minutes}分钟，"
                f"按标准每节{row.standard_minutes}分钟折算",
                f"; lessons here have {row.lesson_minutes} minutes, those of the"
                f" standard {row.standard_minutes}",
            )
        return _in_minutes(said(minutes / row.standard_minutes), minutes, note)

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


def _in_minutes(said: Text, minutes: Fraction, note: Text = NO_NOTE) -> Text:
    n = number(minutes)
    return Text(f"{said.zh}（{n}分钟{note.zh}）", f"{said.en} ({n} minutes{note.en})")
