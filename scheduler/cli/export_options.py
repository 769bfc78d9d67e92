"""Options of ``cuofeng export``."""

import argparse
from pathlib import Path

from scheduler.cli.arguments import add_problem, add_timetable


def export_options(command: argparse.ArgumentParser) -> None:
    """Data, timetable, format, folder."""
    add_problem(command)
    add_timetable(command)
    command.add_argument(
        "--format",
        choices=("xlsx", "ics", "html", "fet"),
        required=True,
        help="格式 / what to write",
    )
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="目标文件夹 / folder to write into",
    )
