"""validate, check, explain: answers about data and timetables."""

import json
import sys
from argparse import Namespace
from typing import Any

from scheduler.audit.activity_time import activity_time
from scheduler.audit.findings import Finding
from scheduler.audit.hours import hours_table
from scheduler.cli.activity_time import activity_facts, activity_line
from scheduler.cli.inputs import load_problem, load_timetable, read, warn
from scheduler.constraints.evaluate import Report, RuleResult, evaluate
from scheduler.formats.standards import read_standard
from scheduler.model.errors import DataError, InputError
from scheduler.model.expansion import own_requirements
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable

SHOWN_VIOLATIONS = 20


def say(text: str = "") -> None:
    """One line to standard output."""
    sys.stdout.write(f"{text}\n")


def say_json(value: Any) -> None:
    """One JSON document to standard output."""
    say(json.dumps(value, ensure_ascii=False, indent=2))


def validate(options: Namespace) -> int:
    """Read and check a problem."""
    try:
        reading = read(options.problem)
    except InputError as error:
        if options.json:
            say_json({"ok": False, "errors": list(map(_fault, error.errors))})
        raise
    problem = reading.problem
    counts = _counts(problem)
    if options.json:
        warnings = list(map(_fault, reading.warnings))
        say_json({"ok": True, "errors": [], "warnings": warnings, "counts": counts})
        return 0
    warn(reading.warnings)
    activities = Text(
        "{activities}项活动每周{meetings}次，",
        "{activities} activities with {meetings} meetings a week, ",
    )
    shown = activities if problem.activities else Text("", "")
    text = Text(
        "数据正确：{classes}个班，{teachers}位教师，{requirements}项教学任务，"
        f"{{lessons}}节课，{shown.zh}{{venues}}处场地。",
        "Valid: {classes} classes, {teachers} teachers, {requirements} requirements, "
        f"{{lessons}} lessons, {shown.en}{{venues}} venues.",
    )
    say(text.in_language(options.lang).format(**counts))
    return 0


def check(options: Namespace) -> int:
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


def explain(options: Namespace) -> int:
    """Say why there is no timetable; 1 where none exists, 0 where one was found."""
    from scheduler.solver.explain import Verdict
    from scheduler.solver.explain import explain as find_reasons

    problem = load_problem(options.problem, even_impossible=True)
    found = find_reasons(problem, options.time)
    if options.json:
        say_json(
            {
                "verdict": found.verdict,
                "summary": found.summary.both(),
                "hints": [hint.both() for hint in found.hints],
                "seconds": round(found.seconds, 2),
                "statements": [
                    {
                        "kind": s.kind,
                        "proven": s.proven,
                        "text": s.text.both(),
                        "advice": s.advice.both(),
                        "remedies": [r.both() for r in s.remedies],
                        "need": s.need,
                        "supply": s.supply,
                        "resource_ids": list(s.resource_ids),
                        "lesson_ids": list(s.lesson_ids),
                    }
                    for s in found.statements
                ],
            }
        )
    else:
        say(found.summary.in_language(options.lang))
        for statement in found.statements:
            text, advice = statement.text, statement.advice
            say(f"  ✗ {text.in_language(options.lang)}")
            if advice.in_language(options.lang):
                say(f"    → {advice.in_language(options.lang)}")
            if statement.remedies:
                say(f"    ✓ {_remedies(statement.remedies).in_language(options.lang)}")
        for hint in found.hints:
            say(f"  ? {hint.in_language(options.lang)}")
    return 0 if found.verdict is Verdict.FEASIBLE else 1


def _remedies(remedies: tuple[Text, ...]) -> Text:
    """What was found to help, each tried by counting again."""
    return Text(
        f"下列任一项即可消除这一条（已复算）：{'；'.join(r.zh for r in remedies)}。",
        "Any one of these removes this (counted again): "
        f"{'; '.join(r.en for r in remedies)}.",
    )


def _counts(problem: Problem) -> dict[str, int]:
    """What there is; what activities are turned into is no lesson of the tables."""
    lessons = [x for x in problem.lessons if not x.requirement.activity_id]
    return {
        "schools": len(problem.schools),
        "classes": len(problem.classes),
        "teachers": len(problem.teachers),
        "requirements": len(own_requirements(problem)),
        "lessons": len(lessons),
        "activities": len(problem.activities),
        "meetings": len(problem.lessons) - len(lessons),
        "venues": len(problem.venues),
    }


def _fault(error: DataError) -> dict[str, Any]:
    return {
        "file": error.file,
        "row": error.row,
        "column": error.column,
        "value": error.value,
        "problem": error.problem.both(),
        "advice": error.advice.both(),
        "line": str(error),
    }


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
    verdict = (
        Text("没有硬性冲突", "No hard violation")
        if not report.hard
        else Text(
            f"硬性冲突 {report.conflicts} 处", f"{report.conflicts} hard violation(s)"
        )
    )
    soft = Text(f"软性代价 {report.soft}", f"soft cost {report.soft}")
    say(f"{verdict.in_language(lang)}; {soft.in_language(lang)}")
    for result in report.results:
        if result.violations:
            _say_rule(result, lang)


def _say_rule(result: RuleResult, lang: str) -> None:
    hard = result.level is Level.HARD
    level = level_name(result.level)
    head = f"[{level.in_language(lang)}] {result.title.in_language(lang)} {result.name}"
    say(
        f"{head}: {len(result.violations)} ×, amount {result.amount}, "
        f"cost {result.cost}"
    )
    shown = result.violations if hard else result.violations[:3]
    for violation in shown[:SHOWN_VIOLATIONS]:
        say(f"    {result.explain(violation).in_language(lang)}")
    hidden = len(result.violations) - min(len(shown), SHOWN_VIOLATIONS)
    if hidden:
        say(f"    … +{hidden}")


def level_name(level: Level) -> Text:
    """Hard or soft, for people."""
    return Text("硬性", "hard") if level is Level.HARD else Text("软性", "soft")


def _say_hours(findings: tuple[Finding, ...], lang: str) -> None:
    if findings:
        title = Text("足额开设", "Full hours").in_language(lang)
        say(f"[{title}] {len(findings)}")
    for finding in findings[:SHOWN_VIOLATIONS]:
        say(f"    {finding.text.in_language(lang)}")
    if len(findings) > SHOWN_VIOLATIONS:
        say(f"    … +{len(findings) - SHOWN_VIOLATIONS}")
