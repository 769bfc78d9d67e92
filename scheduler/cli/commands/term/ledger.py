"""ledger: the three ledgers of a term: planned, published, delivered."""

import argparse
import datetime as dt
from argparse import Namespace
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from scheduler.cli.arguments import add_database, add_json, add_office
from scheduler.cli.console import say, say_json
from scheduler.cli.failing import NOTHING_PUBLISHED
from scheduler.cli.numbers import date
from scheduler.formats.ledgers.books import write_books
from scheduler.model.errors import DataError, InputError
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.services.offices import Store
from scheduler.services.school.ledgers import Books, books_of
from scheduler.term.ledgers.counting import Counted
from scheduler.term.ledgers.tables import LedgerRow


def add_options(command: argparse.ArgumentParser) -> None:
    """The database, the dates counted, and the day whose books are read."""
    add_database(command)
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
    command.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="三本账（应开、发布、实上）写成 Excel 和 CSV / write the three ledgers as "
        "a workbook and CSV files",
    )
    add_json(command)


def run(options: Namespace) -> int:
    """A line for each class and subject."""
    with closing(Store.connect(options.database, create=False)) as store:
        office = store.office_named(options.office)
        _in_order(options)
        books = books_of(office, options.as_of)
    if books is None:
        raise InputError([NOTHING_PUBLISHED])
    first = options.first or dt.date.min
    until = dt.date.max
    if options.last is not None:
        until = options.last + dt.timedelta(days=1)
    ledger = books.ledger(first, until)
    if options.out is not None:
        write_books(ledger, books.problem, books.digest, options.out)
    rows = ledger.rows(Counted.CLASS)
    if options.json:
        say_json([asdict(row) for row in rows])
        return 0
    _say(rows, books, options)
    return 0


def _say(rows: tuple[LedgerRow, ...], books: Books, options: Namespace) -> None:
    if not books.entries:
        say(_NOTHING_THEN.in_language(options.lang))
        return
    problem, today = books.problem, books.today
    last = min(options.last or dt.date.max, problem.term.last_day)
    first = max(options.first or dt.date.min, problem.term.first_day)
    if rows and first <= today < last:
        say(_planned_after(today).in_language(options.lang))
    order = {x: k for k, x in enumerate(problem.class_group)}
    for row in sorted(rows, key=lambda x: order.get(x.resource_id, len(order))):
        say(_line(problem, row).in_language(options.lang))
    if options.out is not None:
        where = Text(f"三本账已写入 {options.out}。", f"Written to {options.out}.")
        say(where.in_language(options.lang))


_NOTHING_THEN = Text(
    "这一天还没有发布过课表。", "No timetable had been published by then."
)


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


def _line(problem: Problem, row: LedgerRow) -> Text:
    known = problem.subject.get(row.subject_id)
    group = problem.class_name.get(row.resource_id, row.resource_id)
    name = known.name if known else row.subject_id
    planned, published, lost, made_up, delivered = (
        f"{x.lessons:g}"
        for x in (row.planned, row.published, row.lost, row.made_up, row.delivered)
    )
    minutes = f"{row.delivered.minutes:g}"
    return Text(
        f"{group} {name}：应开{planned}节，发布{published}节，缺{lost}节，"
        f"补{made_up}节，实上{delivered}节（{minutes}分钟）",
        f"{group} {name}: {planned} planned, {published} published, {lost} lost, "
        f"{made_up} made up, {delivered} delivered ({minutes} min)",
    )
