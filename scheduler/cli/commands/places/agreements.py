"""agreements: what each says, what it lacks, when it ends, what it carries."""

import argparse
from argparse import Namespace
from pathlib import Path
from typing import Any

from scheduler.cli.arguments import add_json, add_problem
from scheduler.cli.console import say, say_json
from scheduler.cli.inputs import load_problem, load_timetable
from scheduler.model.text import Text, said_of
from scheduler.model.timetable import Timetable
from scheduler.services.clock import local_today
from scheduler.services.views.places.agreements import AgreementSheet, agreement_sheets
from scheduler.term.changes import from_replacements
from scheduler.term.settling import date_clashes
from scheduler.term.versions import Versions


def add_options(command: argparse.ArgumentParser) -> None:
    """The problem; the timetable whose lessons are listed."""
    add_problem(command)
    command.add_argument(
        "timetable",
        metavar="TIMETABLE",
        type=Path,
        nargs="?",
        help="课表；不给则只列条款 / timetable.csv; without it only terms are listed",
    )
    add_json(command)


def run(options: Namespace) -> int:
    """List agreements; 1 where one has ended or ends before its lessons do."""
    problem = load_problem(options.problem)
    timetable = Timetable(problem, {})
    if options.timetable is not None:
        timetable = load_timetable(problem, options.timetable)
    today = local_today(problem.term.timezone)
    changes = from_replacements(problem.replacements)
    clashes = date_clashes(Versions.of(timetable), changes, today)
    sheets = agreement_sheets(timetable, clashes, today)
    if options.json:
        say_json({"agreements": [_facts(sheet) for sheet in sheets]})
    else:
        for sheet in sheets:
            _say(sheet, options.lang)
        if not sheets:
            say(_NONE.in_language(options.lang))
    return 1 if any(sheet.urgent or sheet.moved for sheet in sheets) else 0


def _say(sheet: AgreementSheet, lang: str) -> None:
    say(sheet.title.in_language(lang))
    for label, value in sheet.terms:
        say(f"  {said_of(label, value).in_language(lang)}")
    for sentence in (*sheet.urgent, *sheet.soon, *sheet.missing):
        say(f"  ! {sentence.in_language(lang)}")
    for line in sheet.lines:
        parts = (line.time.in_language(lang), line.classes, line.subject, line.teachers)
        say(f"  {' '.join(filter(None, parts))} {line.zones}")
    if sheet.without_escorts:
        text = Text(
            f"{sheet.without_escorts}节课没有指定足够的随行教师",
            f"{sheet.without_escorts} lesson(s) name too few escorts",
        )
        say(f"  ! {text.in_language(lang)}")
    for sentence in sheet.moved:
        say(f"  ! {sentence.in_language(lang)}")


def _facts(sheet: AgreementSheet) -> dict[str, Any]:
    return {
        "school_id": sheet.school_id,
        "venue_id": sheet.venue_id,
        "terms": [
            {"label": label.both(), "value": value.both()}
            for label, value in sheet.terms
        ],
        "urgent": [text.both() for text in sheet.urgent],
        "soon": [text.both() for text in sheet.soon],
        "missing": [text.both() for text in sheet.missing],
        "moved": [text.both() for text in sheet.moved],
        "lessons": [
            {
                "lesson_id": line.meeting.lesson.lesson_id,
                "time": line.time.both(),
                "pupils": line.pupils,
                "walk_minutes": line.walk,
                "escorts": list(line.escorts),
                "escorts_needed": line.escorts_needed,
            }
            for line in sheet.lines
        ],
    }


_NONE = Text("【场地协议】表中没有协议。", "agreements.csv names no agreement.")
