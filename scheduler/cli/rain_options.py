"""Options of ``cuofeng rain``."""

import argparse
from pathlib import Path


def rain_options(command: argparse.ArgumentParser) -> None:
    """The timetable, the folder."""
    command.add_argument(
        "problem",
        metavar="DATA",
        type=Path,
        help="数据文件夹或 .xlsx 工作簿 / a folder of tables or a workbook",
    )
    command.add_argument(
        "timetable", metavar="TIMETABLE", type=Path, help="课表 timetable.csv"
    )
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="写入 rain_plan.csv 的文件夹 / folder for rain_plan.csv",
    )
    command.add_argument(
        "--json", action="store_true", help="输出 JSON / print JSON instead of text"
    )
