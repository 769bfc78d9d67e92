"""Arguments that many commands share."""

import argparse
import getpass
from collections.abc import Sequence
from pathlib import Path

from scheduler.cli.numbers import count, positive, whole
from scheduler.formats.profiles import NATIONAL


def add_problem(command: argparse.ArgumentParser) -> None:
    """The data of a school."""
    command.add_argument(
        "problem",
        metavar="DATA",
        type=Path,
        help="数据文件夹或 .xlsx 工作簿 / a folder of tables or a workbook",
    )
    command.add_argument(
        "--school",
        dest="one_school",
        default="",
        metavar="ID",
        help="数据含多所学校时只看这一所 / of the data of a district this school alone",
    )


def add_timetable(command: argparse.ArgumentParser, *, needed: bool = True) -> None:
    """A timetable of that data."""
    command.add_argument(
        "timetable",
        metavar="TIMETABLE",
        nargs=None if needed else "?",
        type=Path,
        help="课表 timetable.csv / the timetable",
    )


def add_act(command: argparse.ArgumentParser, acts: Sequence[str]) -> None:
    """What is to be done, of a few things that one command does."""
    command.add_argument(
        "act", choices=acts, metavar="ACT", help="操作 / what to do: " + ", ".join(acts)
    )


def add_who(command: argparse.ArgumentParser) -> None:
    """Who does it, for the log of deeds."""
    command.add_argument(
        "--who",
        default=getpass.getuser(),
        metavar="NAME",
        help="操作人 / who does it (default: %(default)s)",
    )


def add_json(command: argparse.ArgumentParser) -> None:
    """JSON in place of text."""
    command.add_argument(
        "--json", action="store_true", help="输出 JSON / print JSON instead of text"
    )


def add_database(command: argparse.ArgumentParser) -> None:
    """The database, which must be named."""
    command.add_argument(
        "--database",
        required=True,
        metavar="URL",
        help="数据库 / database, e.g. sqlite:///school.db or "
        "postgresql+psycopg://user@host/name",
    )


def add_form(command: argparse.ArgumentParser) -> None:
    """Why something is done, on which form, and who approved it."""
    command.add_argument(
        "--note",
        default="",
        help="说明，补记过去的日期时必填 / in words",
    )
    command.add_argument("--form", default="", help="表单号 / number of the form")
    command.add_argument(
        "--approved-by", default="", metavar="NAME", help="批准人 / who approved"
    )


def add_reason(command: argparse.ArgumentParser) -> None:
    """Why a timetable with conflicts is published."""
    command.add_argument(
        "--reason",
        default="",
        metavar="TEXT",
        help="课表仍有冲突而要发布时的原因，显示在每一页上 / why a timetable with "
        "conflicts is published; it stands on every page and print",
    )


def add_office(command: argparse.ArgumentParser) -> None:
    """Which office of a database."""
    command.add_argument(
        "--office",
        default="",
        metavar="KEY",
        help="数据库里哪一所学校的代号；只有一所时可省略 / key of the office in the "
        "database; not needed where there is one",
    )


def add_profile(command: argparse.ArgumentParser) -> None:
    """Which curriculum, names and limits schools are held against."""
    command.add_argument(
        "--profile",
        default=NATIONAL,
        metavar="P",
        help="口径：名称或 TOML 文件 / a profile by name or TOML file "
        "(default: %(default)s)",
    )


def add_recipe(command: argparse.ArgumentParser) -> None:
    """What a school settled about its sheets before."""
    command.add_argument(
        "--recipe",
        type=Path,
        metavar="TOML",
        help="本校的对照表，上次写出的 recipe.toml / what was settled about the "
        "school's sheets before",
    )


def add_time(command: argparse.ArgumentParser, seconds: float) -> None:
    """Seconds that it may take."""
    command.add_argument(
        "--time",
        type=positive,
        default=seconds,
        metavar="S",
        help="最多用时（秒）/ seconds at most (default: %(default)g)",
    )


def add_limits(command: argparse.ArgumentParser, seconds: float) -> None:
    """Time, seed and threads of a solve."""
    add_time(command, seconds)
    command.add_argument(
        "--seed",
        type=whole,
        default=0,
        metavar="N",
        help="随机种子 / random seed (default: 0)",
    )
    command.add_argument(
        "--workers",
        type=count,
        default=2,
        metavar="N",
        help="并行线程数 / threads (default: 2)",
    )


def add_freeze(command: argparse.ArgumentParser) -> None:
    """What stays as it is in the timetable given."""
    command.add_argument(
        "--freeze",
        action="append",
        metavar="WHAT",
        help="冻结，可多次给出 / keep as it is, may be repeated: grade:3, class:C3, "
        "teacher:T07, day:2, lesson:R1#2",
    )


def level_option(command: argparse.ArgumentParser) -> None:
    """Whether a solve holds the peaks of shared venues at their proven least."""
    command.add_argument(
        "--level",
        action="store_true",
        help="先证明各场地高峰的最低值，再以此为上限排课 / hold the peaks of shared "
        "venues at the least that is proven",
    )


def allow_private_option(command: argparse.ArgumentParser) -> None:
    """Whether calendars may be fetched from inside one's own network."""
    command.add_argument(
        "--allow-private",
        action="store_true",
        help="日历可在内网地址 / calendars may be at addresses of a private network",
    )
