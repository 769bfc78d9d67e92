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
from scheduler.model.errors import DataError, InputError
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.services.offices import Store
from scheduler.services.school.publishing import local_date
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
        _in_order(options)
        current = office.current()
        if current is None:
            raise InputError([NOTHING_PUBLISHED])
        problem = current.problem
        entries = office.entries(_moment(problem, options.as_of))
        today = local_date(store.database.now(), problem.term.timezone)
    first = options.first or dt.date.min
    until = dt.date.max
    if options.last is not None:
        until = options.last + dt.timedelta(days=1)
    rows = term_hours(entries, first, until)
    if options.json:
        say_json([asdict(row) for row in rows])
        return 0
    last = min(options.last or dt.date.max, problem.term.last_day)
    if rows and max(first, problem.term.first_day) <= today < last:
        say(_planned_after(today).in_language(options.lang))
    order = {x: k for k, x in enumerate(problem.class_group)}
    for row in sorted(rows, key=lambda x: order.get(x.class_id, len(order))):
        say(_line(problem, row).in_language(options.lang))
    return 0


def _in_order(options: Namespace) -> None:
    """Refuse a last date before the first.

    Raises:
        InputError: there is no date between the two.
    """
    if options.first and options.last and options.last < options.first:
        problem = Text("早于 --from 的日期", "is before the date of --from")
        raise InputError([DataError("--to", problem, value=options.last.isoformat())])


def _planned_after(today: dt.date) -> Text:
    """What lessons to come count as: a ledger of a whole term looks ahead."""
    return Text(
        f"{today}以后的课还没有上，按发布的课表计；只看已上的请加 --to {today}。",
        f"Lessons after {today} are yet to be given and count as published; "
        f"--to {today} leaves them out.",
    )


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
