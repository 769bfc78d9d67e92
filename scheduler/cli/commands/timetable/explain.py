"""explain: why there is no timetable, in numbers, and what would help."""

import argparse
from argparse import Namespace

from scheduler.cli.arguments import (
    add_json,
    add_problem,
    add_time,
)
from scheduler.cli.console import say, say_json
from scheduler.cli.inputs import load_problem
from scheduler.model.text import Text, joined


def add_options(command: argparse.ArgumentParser) -> None:
    """Data and time."""
    add_problem(command)
    add_time(command, 60)
    add_json(command)


def run(options: Namespace) -> int:
    """Say why there is no timetable; 1 where none exists, 0 where one was found."""
    from scheduler.solver.explain.explaining import explain as find_reasons
    from scheduler.solver.explain.sentences.explanation import Verdict

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
    told = joined(remedies, "；", "; ")
    return Text(
        f"下列任一项即可消除这一条（已复算）：{told.zh}。",
        f"Any one of these removes this (counted again): {told.en}.",
    )
