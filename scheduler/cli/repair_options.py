"""Options of ``cuofeng repair``."""

import argparse
from pathlib import Path

from scheduler.cli.arguments import (
    add_freeze,
    add_json,
    add_limits,
    add_problem,
    add_timetable,
)
from scheduler.cli.numbers import few, whole


def repair_options(command: argparse.ArgumentParser) -> None:
    """Data, running timetable, budget, what has happened, how many options."""
    add_problem(command)
    add_timetable(command)
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="结果文件夹 / folder for the options and repair.json",
    )
    command.add_argument(
        "--max-changes",
        type=whole,
        metavar="N",
        help="最多改动几节课 / lessons that may change at most",
    )
    command.add_argument(
        "--max-teachers",
        type=whole,
        metavar="M",
        help="最多牵涉几位教师 / teachers that may be touched at most",
    )
    add_freeze(command)
    event_options(command)
    command.add_argument(
        "--options",
        type=few,
        default=3,
        metavar="K",
        help="最多几个方案 / how many options at most (1 to 3, default: 3)",
    )
    add_limits(command, 60)
    add_json(command)


def event_options(command: argparse.ArgumentParser) -> None:
    """What has befallen the school, so that no table need be edited for it."""
    command.add_argument(
        "--absent",
        action="append",
        metavar="WHO",
        help="缺勤教师 / who is away: teacher:T07, or teacher:T07@3 on Wednesdays",
    )
    command.add_argument(
        "--cover",
        action="append",
        nargs="?",
        const="",
        metavar="teacher:T08",
        help="代课教师，不写则为同组同学科教师 / who may take over; by default "
        "colleagues of the same group and subject",
    )
    command.add_argument(
        "--overtime",
        type=whole,
        default=0,
        metavar="N",
        help="代课教师每天、每周可超课时 / periods by which those who cover may exceed "
        "their limits (default: 0)",
    )
    command.add_argument(
        "--close",
        action="append",
        metavar="WHERE",
        help="关闭的场地 / what is closed: venue:FIELD, zone:Z1, or venue:FIELD@3",
    )
