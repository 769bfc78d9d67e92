"""Options of ``cuofeng advise``."""

import argparse

from scheduler.cli.arguments import add_json, add_problem, add_timetable
from scheduler.cli.numbers import count

SHOWN = 5


def advise_options(command: argparse.ArgumentParser) -> None:
    """Data, timetable, lesson; how many swaps and cycles are shown."""
    add_problem(command)
    add_timetable(command)
    command.add_argument(
        "lesson",
        metavar="LESSON_ID",
        help="课次编号，即 timetable.csv 的 lesson_id / a lesson_id of timetable.csv",
    )
    command.add_argument(
        "--swaps",
        type=count,
        default=SHOWN,
        metavar="N",
        help="最多列出的对调和三角调数 / swaps and three-cycles shown at most, "
        "up to 10 of each (default: %(default)d)",
    )
    add_json(command)
