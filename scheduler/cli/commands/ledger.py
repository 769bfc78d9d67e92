"""ledger: hours of a term by class and subject: published, lost, made up, delivered."""

import argparse
import datetime as dt
from argparse import Namespace
from contextlib import closing
from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.cli.arguments import add_json, add_office
from scheduler.cli.console import say, say_json
from scheduler.cli.failing import NOTHING_PUBLISHED
from scheduler.cli.numbers import date
from scheduler.model.errors import InputError
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.services.offices import Store
from scheduler.term.ledger import TermHours, term_hours


def add_options(command: argparse.ArgumentParser) -> None:
    """The database, the dates counted, and the day whose books are read."""
    command.add_argument(
        "--database",
        metavar="URL",
        required=True,
        help="数据库，如 sqlite:///school.db / where the timetable is published",
    )
    add_office(command)
    command.add_argument(
        "--from",
        dest="first",
        type=date,
        metavar="DATE",
        help="从哪天起 / count from this date on (default: the whole term)",
    )
    command.add_argument(
        "--to",
        dest="last",
        type=date,
        metavar="DATE",
        help="到哪天为止 / up to this date",
    )
    command.add_argument(
        "--as-of",
        type=date,
        metavar="DATE",
        help="按这一天结束时的记录 / as the books were at the end of this date",
    )
    add_json(command)


def run(options: Namespace) -> int:
    """A line for each class and subject."""
    with closing(Store.connect(options.database, create=False)) as store:
        office = store.office_named(options.office)
        current = office.current()
        if current is None:
            raise InputError([NOTHING_PUBLISHED])
        problem = current.problem
        entries = office.entries(_moment(problem, options.as_of))
    first = options.first or dt.date.min
    until = dt.date.max
    if options.last is not None:
        until = options.last + dt.timedelta(days=1)
    rows = term_hours(entries, first, until)
    if options.json:
        say_json([asdict(row) for row in rows])
        return 0
    for row in rows:
        say(_line(problem, row).in_language(options.lang))
    return 0


def _moment(problem: Problem, day: dt.date | None) -> dt.datetime | None:
    """The last second of a date at the school."""
    if day is None:
        return None
    zone = ZoneInfo(problem.term.timezone)
    return dt.datetime.combine(day, dt.time(23, 59, 59), zone)


def _line(problem: Problem, row: TermHours) -> Text:
    known = problem.subject.get(row.subject_id)
    names: dict[str, Any] = {
        "group": problem.class_name.get(row.class_id, row.class_id),
        "subject": known.name if known else row.subject_id,
        "published": row.published.lessons,
        "lost": row.lost.lessons,
        "made_up": row.made_up.lessons,
        "delivered": row.delivered.lessons,
        "minutes": row.delivered.minutes,
    }
    return Text(
        "{group} {subject}：发布{published}节，缺{lost}节，补{made_up}节，"
        "实上{delivered}节（{minutes}分钟）".format(**names),
        "{group} {subject}: {published} published, {lost} lost, {made_up} made up, "
        "{delivered} delivered ({minutes} min)".format(**names),
    )
