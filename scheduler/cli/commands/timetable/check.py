"""check: any timetable, rule by rule, by the program's own definition of the rules."""

import argparse
from argparse import Namespace
from typing import Any

from scheduler.audit.activity_time import activity_time
from scheduler.audit.findings import Finding
from scheduler.audit.planned.table import hours_table
from scheduler.cli.activity_time import activity_facts, activity_line
from scheduler.cli.arguments import (
    add_json,
    add_limits,
    add_problem,
    add_timetable,
)
from scheduler.cli.console import SHOWN_VIOLATIONS, rule_line, say, say_json
from scheduler.cli.inputs import load_problem, load_timetable
from scheduler.constraints.evaluate import Report, RuleResult, evaluate
from scheduler.formats.standards import read_standard
from scheduler.model.resources import Level
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable


def add_options(command: argparse.ArgumentParser) -> None:
    """Data and timetable; whether its bound is proven anew."""
    add_problem(command)
    add_timetable(command)
    command.add_argument(
        "--bound",
        action="store_true",
        help="离最优多远：重新加总 certificate.json，没有则重新证明 / how far from the "
        "best it can be: certificate.json added up again, or proven anew",
    )
    add_limits(command, 60)
    add_json(command)


def run(options: Namespace) -> int:
    """Evaluate a timetable; 1 on a hard violation."""
    problem = load_problem(options.problem)
    timetable = load_timetable(problem, options.timetable)
    report = evaluate(timetable)
    findings = hours_table(timetable, read_standard()).findings
    minutes = activity_time(timetable)
    proof = _proof(timetable, report, options) if options.bound else {}
    if options.json:
        if proof:
            said = {k: v.both() for k, v in proof.items() if isinstance(v, Text)}
            proof |= said
        say_json(
            {
                "hard": report.hard,
                "soft": report.soft,
                "conflicts": report.conflicts,
                **proof,
                "rules": [_rule(r) for r in report.results],
                "hours": [_finding(f) for f in findings],
                "activity_minutes": activity_facts(minutes),
            }
        )
    else:
        _say_report(report, options.lang)
        _say_hours(findings, options.lang)
        say(activity_line(minutes).in_language(options.lang))
        if proof:
            for text in filter(None, (proof.get("recount"), proof["certificate"])):
                say(text.in_language(options.lang))
    return 1 if report.hard else 0


def _proof(timetable: Timetable, report: Report, options: Namespace) -> dict[str, Any]:
    # Imported late: the solver takes longer to start than a plain check takes.
    from scheduler.cli.proving import prove

    return prove(timetable, report, options)


def _rule(result: RuleResult) -> dict[str, Any]:
    return {
        "name": result.name,
        "title": result.title.both(),
        "level": result.level,
        "weight": result.weight,
        "amount": result.amount,
        "cost": result.cost,
        "violations": [
            {
                "amount": v.amount,
                "lesson_ids": list(v.lesson_ids),
                "resource_ids": list(v.resource_ids),
                "text": result.explain(v).both(),
            }
            for v in result.violations
        ],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "severity": finding.severity,
        "kind": finding.kind,
        "class_id": finding.class_id,
        "code": finding.code,
        "text": finding.text.both(),
    }


def _say_report(report: Report, lang: str) -> None:
    count = report.conflicts
    verdict = Text("课表没有冲突", "No conflicts")
    if report.hard:
        verdict = Text(f"课表有冲突 {count} 处", f"{count} conflict(s)")
    text = Text(
        f"{verdict.zh}；待改进分 {report.soft}（越低越好）",
        f"{verdict.en}; cost {report.soft} (the lower, the better)",
    )
    say(text.in_language(lang))
    for result in report.results:
        if result.violations:
            _say_rule(result, lang)


def _say_rule(result: RuleResult, lang: str) -> None:
    hard = result.level is Level.HARD
    say(rule_line(result).in_language(lang))
    shown = result.violations if hard else result.violations[:3]
    for violation in shown[:SHOWN_VIOLATIONS]:
        say(f"    {result.explain(violation).in_language(lang)}")
    hidden = len(result.violations) - min(len(shown), SHOWN_VIOLATIONS)
    if hidden:
        say(f"    … +{hidden}")


def _say_hours(findings: tuple[Finding, ...], lang: str) -> None:
    if findings:
        count = len(findings)
        title = Text(f"课时问题 {count} 处", f"Hours: {count} finding(s)")
        say(title.in_language(lang))
    for finding in findings[:SHOWN_VIOLATIONS]:
        say(f"    {finding.text.in_language(lang)}")
    if len(findings) > SHOWN_VIOLATIONS:
        say(f"    … +{len(findings) - SHOWN_VIOLATIONS}")
