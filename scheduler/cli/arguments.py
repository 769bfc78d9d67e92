"""Arguments that many commands share."""

import argparse
from pathlib import Path


def add_problem(command: argparse.ArgumentParser) -> None:
    """The data of a school."""
    command.add_argument(
        "problem",
        metavar="DATA",
        type=Path,
        help="数据文件夹或 .xlsx 工作簿 / a folder of tables or a workbook",
    )


def add_timetable(command: argparse.ArgumentParser) -> None:
    """A timetable of that data."""
    command.add_argument(
        "timetable",
        metavar="TIMETABLE",
        type=Path,
        help="课表 timetable.csv / the timetable",
    )


def add_json(command: argparse.ArgumentParser) -> None:
    """JSON in place of text."""
    command.add_argument(
        "--json", action="store_true", help="输出 JSON / print JSON instead of text"
    )
