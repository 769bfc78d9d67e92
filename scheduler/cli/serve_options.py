"""Options of the commands that serve pages: the demo school's, or a school's own."""

import argparse
from pathlib import Path

from scheduler.cli.arguments import add_limits
from scheduler.cli.date_options import refresh_options
from scheduler.cli.numbers import port


def demo_options(command: argparse.ArgumentParser) -> None:
    """Which demo school, where its results go, when to stop solving."""
    command.add_argument(
        "--out",
        type=Path,
        default=Path("cuofeng-demo"),
        metavar="DIR",
        help="结果文件夹 / folder of its results (default: %(default)s)",
    )
    command.add_argument(
        "--school",
        choices=("demo-school", "demo-junior"),
        default="demo-school",
        help="示例学校 / which demo school (default: %(default)s)",
    )
    add_limits(command, 60)
    address_options(command)


def serve_options(command: argparse.ArgumentParser) -> None:
    """Data and timetable, or a database; the address."""
    command.add_argument(
        "problem",
        metavar="DATA",
        type=Path,
        nargs="?",
        help="数据；与课表一起给出即只查看 / data to show together with a timetable",
    )
    command.add_argument(
        "timetable",
        metavar="TIMETABLE",
        type=Path,
        nargs="?",
        help="课表 / timetable.csv",
    )
    command.add_argument(
        "--database",
        metavar="URL",
        help="数据库；与课表一起给出即发布 / database, e.g. sqlite:///school.db; "
        "a timetable given with it is published",
    )
    command.add_argument(
        "--new-password",
        action="store_true",
        help="给 office 账号换新密码并显示 / give the office account a new password",
    )
    command.add_argument(
        "--public-url",
        default="",
        metavar="URL",
        help="对外网址 / the address people use, where a proxy stands in front",
    )
    refresh_options(command)
    address_options(command)


def address_options(command: argparse.ArgumentParser) -> None:
    """Where the pages are served."""
    command.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="H",
        help="监听地址；默认只限本机 / address to listen on (default: 127.0.0.1)",
    )
    command.add_argument(
        "--port",
        type=port,
        default=8000,
        metavar="N",
        help="端口 / port (default: 8000)",
    )
