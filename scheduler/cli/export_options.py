"""Options of ``cuofeng export``."""

import argparse
from pathlib import Path


def export_options(command: argparse.ArgumentParser) -> None:
    """Data, timetable, format, folder."""
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
