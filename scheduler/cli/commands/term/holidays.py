"""holidays: official holidays and make-up days, and what a term has of them."""

import argparse
import datetime as dt
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from scheduler.cli.arguments import add_json
from scheduler.cli.console import say, say_json
from scheduler.cli.inputs import load_problem
from scheduler.cli.numbers import whole
from scheduler.formats.tables.dated.holiday_writing import add_holidays, holiday_lines
from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text
from scheduler.term.holidays.official import (
    OfficialYear,
    describe_closed,
    describe_make_up,
    official_year,
)
from scheduler.term.holidays.proposing import HolidayProposal, propose_holidays


def add_options(command: argparse.ArgumentParser) -> None:
    """The data or a year; whether to write what is missing into the data."""
    command.add_argument(
        "problem",
        metavar="DATA",
        nargs="?",
        type=Path,
        help="数据文件夹或 .xlsx 工作簿 / a folder of tables or a workbook",
    )
    command.add_argument(
        "--year",
        type=whole,
        metavar="YEAR",
        help="只看这一年 / the calendar of this year alone",
    )
    command.add_argument(
        "--apply",
        action="store_true",
        help="把缺少的日子写入 term.toml / append the missing days to the term",
    )
    add_json(command)


def run(options: Namespace) -> int:
    """Tell what is announced, and what the term lacks of it; 1 where it lacks some."""
    if (options.problem is None) == (options.year is None):
        raise InputError([_WHICH])
    if options.problem is None:
        return _tell_year(official_year(options.year), options)
    problem = load_problem(options.problem, even_impossible=True)
    found = propose_holidays(problem.term)
    if options.apply and not found.complete:
        add_holidays(options.problem, problem.term, found.closed, found.make_up)
    if options.json:
        say_json(_facts(found, options.apply))
    else:
        _say(found, options)
    return 0 if found.complete or options.apply else 1


def _tell_year(year: OfficialYear, options: Namespace) -> int:
    if options.json:
        say_json(_year_facts(year))
        return 0
    say(year.source.in_language(options.lang))
    for days in year.closed:
        say(describe_closed(days).in_language(options.lang))
    for made in year.make_up:
        say(describe_make_up(made).in_language(options.lang))
    return 0


def _say(found: HolidayProposal, options: Namespace) -> None:
    for text in (*(year.source for year in found.years), *found.own):
        say(text.in_language(options.lang))
    if found.complete:
        say(_NOTHING.in_language(options.lang))
        return
    say((_WRITTEN if options.apply else _MISSING).in_language(options.lang))
    say()
    say(holiday_lines(found.closed, found.make_up).rstrip("\n"))


def _facts(found: HolidayProposal, applied: bool) -> dict[str, Any]:
    return {
        "years": [_year_facts(year) for year in found.years],
        "closed": [_plain(days) for days in found.closed],
        "make_up": [_plain(day) for day in found.make_up],
        "own": [text.both() for text in found.own],
        "applied": applied and not found.complete,
    }


def _year_facts(year: OfficialYear) -> dict[str, Any]:
    return {
        "year": year.year,
        "announced": year.announced,
        "closed": [_plain(days) for days in year.closed],
        "make_up": [
            _plain(made.day) | {"stands_for": made.stands_for.isoformat()}
            for made in year.make_up
        ],
        "source": year.source.both(),
    }


def _plain(row: Any) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in asdict(row).items()
    }


_WHICH = DataError(
    "holidays",
    Text("请给出数据文件夹，或用 --year 给出年份", "which one: the data, or --year?"),
)
_NOTHING = Text(
    "已公布的放假和调休，学期表里都有了。",
    "The term has every day that is announced.",
)
_MISSING = Text(
    "学期表里还缺这些日子，核对后写入 term.toml，或加 --apply 追加：",
    "The term lacks these days. Look at them and put them into term.toml, or add "
    "--apply:",
)
_WRITTEN = Text("已追加到学期表：", "Appended to the term:")
