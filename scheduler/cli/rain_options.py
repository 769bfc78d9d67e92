"""Options of ``cuofeng rain``."""

import argparse
import datetime as dt
from pathlib import Path

from scheduler.cli.arguments import add_json
from scheduler.model.weather import HalfDay, Weather


def rain_options(command: argparse.ArgumentParser) -> None:
    """The timetable and the folder; or a database, and what to do to a date."""
    command.add_argument(
        "problem",
        metavar="DATA",
        type=Path,
        nargs="?",
        help="数据文件夹或 .xlsx 工作簿 / a folder of tables or a workbook",
    )
    command.add_argument(
        "timetable",
        metavar="TIMETABLE",
        type=Path,
        nargs="?",
        help="课表 timetable.csv",
    )
    command.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="写入 rain_plan.csv 的文件夹 / folder for rain_plan.csv",
    )
    command.add_argument(
        "--database",
        metavar="URL",
        help="用数据库中已发布的课表 / the timetable published in this database",
    )
    what = command.add_mutually_exclusive_group()
    what.add_argument(
        "--apply",
        type=dt.date.fromisoformat,
        metavar="DATE",
        help="对这一天启用并重新发布 / apply the plan to a date, and publish that",
    )
    what.add_argument(
        "--undo",
        type=dt.date.fromisoformat,
        metavar="DATE",
        help="撤销这一天的预案 / lift what was applied to a date",
    )
    command.add_argument(
        "--half",
        choices=[x.value for x in HalfDay],
        default=HalfDay.DAY.value,
        help="全天、上午或下午 / the whole day or half of it (default: day)",
    )
    command.add_argument(
        "--weather",
        choices=[x.value for x in Weather],
        default=Weather.RAIN.value,
        help="原因 / the reason (default: rain)",
    )
    add_json(command)
