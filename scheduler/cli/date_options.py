"""Options of ``cuofeng dates``."""

import argparse
from pathlib import Path


def dates_options(command: argparse.ArgumentParser) -> None:
    """The timetable; whether to write the proposals into the data."""
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
        "--apply",
        action="store_true",
        help="把换场方案写入数据文件夹的 replacements.csv / "
        "write the proposals to replacements.csv of the folder",
    )
    command.add_argument(
        "--json", action="store_true", help="输出 JSON / print JSON instead of text"
    )
