"""Options of the commands on the load of places."""

import argparse
from pathlib import Path

from scheduler.cli.arguments import (
    add_json,
    add_limits,
    add_problem,
    add_timetable,
)
from scheduler.cli.numbers import positive

PROOF_SECONDS = 10.0


def load_options(command: argparse.ArgumentParser) -> None:
    """Data, timetable, another one to compare with."""
    add_problem(command)
    add_timetable(command)
    command.add_argument(
        "--against",
        type=Path,
        metavar="TIMETABLE",
        help="与另一份课表比较（错峰前）/ compare with this one, as it was before",
    )
    command.add_argument(
        "--xlsx",
        type=Path,
        metavar="FILE.xlsx",
        help="另存使用率报告 / also write the report on use as a workbook",
    )
    command.add_argument(
        "--weeks",
        action="store_true",
        help="列出每个日历周的使用 / list the use of every calendar week",
    )
    command.add_argument(
        "--database",
        metavar="URL",
        help="从数据库读取已确认的课 / count what was confirmed there, "
        "e.g. sqlite:///school.db",
    )
    command.add_argument(
        "--time",
        type=positive,
        default=PROOF_SECONDS,
        metavar="S",
        help="每项证明最多用时（秒）/ seconds for each proof (default: %(default)g)",
    )
    add_json(command)


def level_option(command: argparse.ArgumentParser) -> None:
    """Whether a solve holds the peaks of shared venues at their proven least."""
    command.add_argument(
        "--level",
        action="store_true",
        help="先证明各场地高峰的最低值，再以此为上限排课 / hold the peaks of shared "
        "venues at the least that is proven",
    )


def what_if_options(command: argparse.ArgumentParser) -> None:
    """Data and scenarios, where results go and are kept, when to stop solving."""
    add_problem(command)
    command.add_argument(
        "scenarios",
        metavar="SCENARIO",
        type=Path,
        nargs="+",
        help="情景：只含改动行的文件夹，或 TOML 文件 / folders with the changed rows "
        "only, or TOML files",
    )
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="结果文件夹 / folder for whatif.json, whatif.html and the timetables",
    )
    command.add_argument(
        "--database",
        metavar="URL",
        help="保存到数据库，网页可看 / keep it for the web page, "
        "e.g. sqlite:///school.db",
    )
    add_limits(command, 60)
    level_option(command)
    add_json(command)
