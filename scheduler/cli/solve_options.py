"""Options of the commands that solve, check and explain a problem."""

import argparse
from pathlib import Path

from scheduler.cli.arguments import (
    add_freeze,
    add_json,
    add_limits,
    add_problem,
    add_time,
    add_timetable,
)
from scheduler.cli.load_options import level_option
from scheduler.cli.numbers import moves, share


def solve_options(command: argparse.ArgumentParser) -> None:
    """Data, where results go, when to stop, what to begin with."""
    add_problem(command)
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="写入 timetable.csv 和 solution.json 的文件夹 / folder for the results",
    )
    add_limits(command, 60)
    command.add_argument(
        "--gap",
        type=share,
        default=0.0,
        metavar="G",
        help="差距小于此值即停，0.05 为 5 %% / stop at this certified gap (default: 0)",
    )
    command.add_argument(
        "--start",
        type=Path,
        metavar="TIMETABLE",
        help="从已有课表开始 / begin with this timetable.csv",
    )
    command.add_argument(
        "--iterations",
        type=moves,
        metavar="N",
        help="搜索步数上限（含换位链）；配合 --workers 1 结果可重现 / "
        "moves of the search at most, steps of chains included; "
        "with --workers 1 the result can be repeated",
    )
    command.add_argument(
        "--method",
        choices=("both", "search", "exact"),
        default="both",
        help="搜索、精确求解或两者 / search, exact model or both (default: both)",
    )
    level_option(command)
    add_freeze(command)
    add_json(command)


def check_options(command: argparse.ArgumentParser) -> None:
    """Data and timetable; whether its bound is proven anew."""
    add_problem(command)
    add_timetable(command)
    command.add_argument(
        "--bound",
        action="store_true",
        help="离最优多远：重新加总 certificate.json，没有则重新证明 / how far from the "
        "best it can be: certificate.json added up again, or proven anew",
    )
    add_limits(command, 60)
    add_json(command)


def explain_options(command: argparse.ArgumentParser) -> None:
    """Data and time."""
    add_problem(command)
    add_time(command, 60)
    add_json(command)
