"""Options of ``cuofeng dates``, ``agreements`` and ``calendars``, and for ``serve``."""

import argparse
from pathlib import Path

from scheduler.cli.arguments import add_json, add_problem, add_timetable
from scheduler.cli.numbers import date, positive


def dates_options(command: argparse.ArgumentParser) -> None:
    """The timetable; whether to write the proposals into the data."""
    add_problem(command)
    add_timetable(command)
    command.add_argument(
        "--from",
        dest="since",
        type=date,
        metavar="DATE",
        help="从哪天起，默认今天或开学日 / from this date on (default: today, or the "
        "first day of a term to come)",
    )
    command.add_argument(
        "--apply",
        action="store_true",
        help="把换场方案写入数据文件夹的 replacements.csv / "
        "write the proposals to replacements.csv of the folder",
    )
    add_json(command)


def agreements_options(command: argparse.ArgumentParser) -> None:
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


def calendars_options(command: argparse.ArgumentParser) -> None:
    """The folder; whether to fetch, and from where."""
    command.add_argument(
        "problem", metavar="DATA", type=Path, help="数据文件夹 / a folder of tables"
    )
    command.add_argument(
        "--refresh",
        action="store_true",
        help="读取或下载所有日历 / read or download every calendar",
    )
    _allow_private(command)
    add_json(command)


def refresh_options(command: argparse.ArgumentParser) -> None:
    """Whether the running service fetches calendars, which it does only if told to."""
    command.add_argument(
        "--refresh-calendars",
        type=positive,
        metavar="H",
        help="每隔几小时更新场地日历 / fetch venues' calendars every so many hours",
    )
    _allow_private(command)


def _allow_private(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--allow-private",
        action="store_true",
        help="日历可在内网地址 / calendars may be at addresses of a private network",
    )
