"""calendars: bookings that venues publish, fetched and listed."""

import argparse
from argparse import Namespace
from pathlib import Path

from scheduler.cli.arguments import add_json, allow_private_option
from scheduler.cli.console import say, say_json
from scheduler.cli.inputs import load_problem
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.services.clock import local_today, utc_now
from scheduler.services.outbound.calendars import refresh, statuses
from scheduler.services.views.places.calendars import (
    booking_sentences,
    status_facts,
    status_sentence,
)
from scheduler.services.views.places.dates import weekly_sentences
from scheduler.term.closing import with_weekly_closures

_SHOWN = 20


def add_options(command: argparse.ArgumentParser) -> None:
    """The folder; whether to fetch, and from where."""
    command.add_argument(
        "problem", metavar="DATA", type=Path, help="数据文件夹 / a folder of tables"
    )
    command.add_argument(
        "--refresh",
        action="store_true",
        help="读取或下载所有日历 / read or download every calendar",
    )
    allow_private_option(command)
    add_json(command)


def run(options: Namespace) -> int:
    """List calendars and their bookings; 1 where one is stale or could not be read."""
    data: Path = options.problem
    problem = load_problem(data)
    if options.refresh:
        found = refresh(problem, data, utc_now, options.allow_private)
        problem = with_weekly_closures(found)
    known = statuses(problem, data, utc_now())
    if options.json:
        say_json(
            {
                "calendars": [status_facts(status) for status in known],
                "bookings": [
                    {
                        "calendar_id": b.calendar_id,
                        "date": b.date.isoformat(),
                        "start": b.start,
                        "end": b.end,
                        "name": b.name,
                    }
                    for b in problem.bookings
                ],
                "weekly": [{"zh": x.zh, "en": x.en} for x in weekly_sentences(problem)],
            }
        )
    else:
        for status in known:
            say(status_sentence(problem, status).in_language(options.lang))
        _say_bookings(problem, options.lang)
    return 1 if any(s.stale or s.state.fault for s in known) else 0


def _say_bookings(problem: Problem, lang: str) -> None:
    for sentence in weekly_sentences(problem):
        say(sentence.in_language(lang))
    today = local_today(problem.term.timezone)
    rows = booking_sentences(problem, today)
    for row in rows[:_SHOWN]:
        say(f"  {row.in_language(lang)}")
    if len(rows) > _SHOWN:
        say(f"  … +{len(rows) - _SHOWN}")
    if not problem.calendars:
        say(_NONE.in_language(lang))


_NONE = Text("【场地日历】表中没有日历。", "calendars.csv names no calendar.")
