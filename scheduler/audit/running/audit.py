"""Audit: schools judged by every rule, with four outcomes and all findings."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from scheduler.audit.findings import Severity
from scheduler.audit.inputs.school import AuditClass, AuditSchool
from scheduler.audit.profile import Profile
from scheduler.audit.ruling.rule import (
    NO_TEXT,
    Case,
    District,
    Found,
    Item,
    Met,
    NotChecked,
    Rule,
    Scope,
    each_class,
)
from scheduler.audit.running.catalogue import NEEDS, RULES
from scheduler.audit.standard import TOTAL
from scheduler.model.text import Text, joined

_NOT_LACKS = frozenset({"A04", "A18", "A19"})
"""Rules of chapter A on what a class has too much of; the others say what it lacks."""


class Outcome(StrEnum):
    """How a rule ended for a school."""

    MET = "met"
    VIOLATED = "found"
    NOT_CHECKED = "not_checked"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Result:
    """One rule for one school (None: all schools together)."""

    rule: Rule
    school: AuditSchool | None
    found: tuple[Found, ...] = ()
    unchecked: tuple[NotChecked, ...] = ()
    met: int = 0
    why: Text = NO_TEXT

    @property
    def outcome(self) -> Outcome:
        """A breach outweighs what could not be checked, which outweighs the rest."""
        if self.found:
            return Outcome.VIOLATED
        if self.unchecked:
            return Outcome.NOT_CHECKED
        return Outcome.MET if self.met else Outcome.NOT_APPLICABLE

    def severity(self, found: Found) -> Severity:
        """How grave one of its findings is."""
        return found.severity or self.rule.severity


@dataclass(frozen=True)
class Audit:
    """All results, school by school in the order given, rules in that of their ids."""

    profile: Profile
    schools: tuple[AuditSchool, ...]
    results: tuple[Result, ...]

    def of(self, school: AuditSchool | None) -> tuple[Result, ...]:
        """Results of one school, or those about all together."""
        return tuple(r for r in self.results if r.school is school)

    def count(self, outcome: Outcome, school: AuditSchool | None = None) -> int:
        """Rules that ended so, for a school or in all."""
        return sum(
            r.outcome is outcome
            for r in self.results
            if school is None or r.school is school
        )

    @cached_property
    def findings(self) -> tuple[tuple[Result, Found], ...]:
        """Every finding with its result, the gravest of a school first."""
        return tuple((r, f) for r in self.results for f in r.found)

    @property
    def fails(self) -> bool:
        """Whether anything critical or wrong was found."""
        return any(r.severity(f).fails for r, f in self.findings)

    def counts(self, school: AuditSchool | None = None) -> dict[str, int]:
        """Findings by severity letter."""
        found = dict.fromkeys("CEWI", 0)
        for result, item in self.findings:
            if school is None or result.school is school:
                found[result.severity(item).letter] += 1
        return found


def audit(
    schools: Iterable[AuditSchool],
    profile: Profile,
    rules: Iterable[Rule] = RULES,
    told: Callable[[int, int], object] = lambda done, of: None,
) -> Audit:
    """Judge schools by rules.

    Parameters:
        told: Told how many rules of schools are judged, and of how many.
    """
    cases = tuple(Case(school, profile) for school in schools)
    district, rules = District(cases), tuple(rules)
    asked: list[tuple[Case | None, Rule]] = [
        (case, rule)
        for case in cases
        for rule in rules
        if rule.scope is not Scope.DISTRICT
    ]
    asked += [(None, rule) for rule in rules if rule.scope is Scope.DISTRICT and cases]
    results = []
    for done, (case, rule) in enumerate(asked):
        told(done, len(asked))
        results.append(
            _judge(case, rule, profile) if case else _district(district, rule, profile)
        )
    return Audit(profile, tuple(c.school for c in cases), tuple(results))


def _judge(case: Case, rule: Rule, profile: Profile) -> Result:
    school, switch = case.school, profile.switch(rule.id)
    if not switch.enabled:
        off = Text("口径中已关闭：", "switched off in the profile: ")
        why = off + switch.reason
        return Result(rule, school, why=why)
    if rule.scope is Scope.CLASS and not list(each_class(case, rule.grades)):
        unknown = tuple(_no_grade(case))
        why = Text("", "") if unknown else _why(rule)
        return Result(rule, school, unchecked=unknown, why=why)
    missing = [n for n in rule.needs if not case.has(n)]
    if missing:
        text = Text("缺少", "missing: ") + joined(NEEDS[n] for n in missing)
        reason = "missing_" + "".join(missing)
        return Result(rule, school, unchecked=(NotChecked(reason, text),))
    return _result(rule, school, _items(case, rule), switch.severity, _why(rule))


def _items(case: Case, rule: Rule) -> Iterator[Item]:
    if rule.scope is Scope.SCHOOL:
        yield from rule.judge(case)
        return
    for group in each_class(case, rule.grades):
        if group.glimpsed and _says_lacks(rule) and _lacks(case, group):
            yield NotChecked("glimpsed", _glimpsed(group), group)
        else:
            yield from rule.judge(case, group)
    yield from _no_grade(case)


def _says_lacks(rule: Rule) -> bool:
    return rule.id == "C06" or (rule.chapter == "A" and rule.id not in _NOT_LACKS)


def _lacks(case: Case, group: AuditClass) -> bool:
    """Whether fewer lessons of a class are known than a week has."""
    rows = case.profile.standard.of_grade(group.grade or 0)
    least = next((row.minimum for row in rows if row.code == TOTAL), 0)
    known = sum(x.share for x in case.school.taught(group))
    return known < least - case.profile.values.total_tolerance


def _glimpsed(group: AuditClass) -> Text:
    return Text(
        f"{group.name}只出现在教师或场地的课表里，看不到全部课程",
        f"only timetables of teachers or rooms name {group.name}: not its whole week",
    )


def _no_grade(case: Case) -> Iterator[NotChecked]:
    for group in case.school.classes:
        if group.grade is None:
            yield NotChecked("no_grade", _grade_unknown(group), group)


def _grade_unknown(group: AuditClass) -> Text:
    return Text(
        f"看不出{group.name}是几年级", f"the grade of {group.name} cannot be told"
    )


def _why(rule: Rule) -> Text:
    if rule.applies.zh:
        return Text(f"只适用于{rule.applies.zh}", f"applies to {rule.applies.en} only")
    return Text("课表中没有涉及的内容", "nothing it is about is there")


def _district(district: District, rule: Rule, profile: Profile) -> Result:
    switch = profile.switch(rule.id)
    if not switch.enabled:
        return Result(rule, None, why=switch.reason)
    return _result(rule, None, rule.judge(district), switch.severity, _why(rule))


def _result(
    rule: Rule,
    school: AuditSchool | None,
    items: Iterable[Item],
    severity: Severity | None,
    why: Text,
) -> Result:
    found: list[Found] = []
    unchecked: list[NotChecked] = []
    met = 0
    for item in items:
        match item:
            case Met():
                met += 1
            case Found():
                found.append(replace(item, severity=severity) if severity else item)
            case NotChecked():
                unchecked.append(item)
    equal = tuple(dict.fromkeys(unchecked))
    return Result(rule, school, tuple(found), equal, met, why)
