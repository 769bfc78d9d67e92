"""Options of ``cuofeng advise``."""

import argparse
from pathlib import Path

from scheduler.cli.numbers import count

SHOWN = 5


def advise_options(command: argparse.ArgumentParser) -> None:
    """Data, timetable, lesson; how many swaps and cycles are shown."""
    command.add_argument(
        "problem",
        metavar="DATA",
        type=Path,
        help="数据文件夹或 .xlsx 工作簿 / a folder of tables or a workbook",
    )
    command.add_argument(
        "timetable",
        metavar="TIMETABLE",
        type=Path,
        help="课表 timetable.csv / the timetable",
    )
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
    command.add_argument(
        "--json", action="store_true", help="输出 JSON / print JSON instead of text"
    )
