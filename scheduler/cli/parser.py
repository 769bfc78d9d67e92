"""The command line: which command, and its options.

Each command is a module of ``scheduler.cli.commands`` with ``add_options`` and ``run``.
Only the one asked for is imported: checking must not wait for Flask.
"""

import argparse
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from keyword import iskeyword
from types import ModuleType

from scheduler import __version__
from scheduler.cli.console import usual_language
from scheduler.cli.usage import usage_fault
from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text

BENCH = "bench"
COMMANDS = {
    "demo": "求解示例学校并打开网页 / solve the demo school, publish and serve it",
    "template": "生成空白工作簿模板 / write an empty workbook to fill in",
    "validate": "读取并检查数据 / read and check a folder or workbook",
    "solve": "排课 / find the best timetable and prove how good it is",
    "check": "按规则核对课表 / evaluate any timetable, rule by rule",
    "load": "场地负荷与错峰 / how full venues are, and how low peaks can be",
    "whatif": "投入方案比较 / what scenarios of places would bring, side by side",
    "explain": "说明为什么排不出来 / say why there is no timetable, in numbers",
    "advise": "一节课可调到哪里 / where one lesson may go: slots, swaps, cycles",
    "repair": "尽量少改动地修复课表 / repair a running timetable with few changes",
    "district": "区域：分配共用场地教师、各校并行排课 / many schools: share, solve",
    "rain": "雨天、高温、雾霾预案 / the plan for rain, heat and smog",
    "agreements": "场地协议：内容、到期、每周使用 / agreements: terms, expiry, weeks",
    "calendars": "场地的预订日历 / calendars in which venues publish bookings",
    "holidays": "法定节假日与调休 / official holidays and make-up days of a term",
    "dates": "停用、预订、活动影响哪些课 / what closed dates and events do to lessons",
    "absent": "教师请假：代课、调课方案，一键采用 / a teacher is away: who stands in",
    "change": "停课、调课、代课、换场、加课 / what is otherwise on a date",
    "ledger": "学期课时台账：发布、缺课、补课、实上 / hours published, lost, given",
    "debts": "欠课与补课方案 / lessons lost and how they are given back",
    "notices": "当日变动单、通知、群机器人 / the change sheet of a day, releases",
    "workload": "代课费、走教工作量、职称证明 / pay of covers, travelling lessons",
    "import": "读取 FET 文件或学校课表 / turn a FET file or timetables into a folder",
    "draft": "草稿：微调、撤销、发布 / drafts: move, lock, undo, publish",
    "jobs": "后台任务：求解、停止、查看 / jobs: ask, watch, stop, adopt",
    "account": "账号、角色、公开范围、操作记录 / accounts, roles, visitors, the log",
    "worker": "执行后台任务 / do the jobs of a database",
    "audit": "审查课表是否规范 / audit timetables: full hours, names, times, staff",
    "comply": "按课程方案整改课表 / the nearest timetable that an audit passes",
    "export": "导出打印、网页与日历文件 / write what people print, mail and import",
    "publish": "发布课表 / publish a timetable into a database",
    "database": "数据库：学校、升级、取回、备份 / offices, upgrade, export, backup",
    "serve": "打开网页服务 / the web application",
    "compile": "安装后编译搜索程序 / compile the search, once after installing",
    BENCH: "运行基准测试 / the benchmark tables, in a checkout of the source",
}


class Parser(argparse.ArgumentParser):
    """A parser that tells faults as all other faults of the input are told."""

    def error(self, message: str) -> None:  # type: ignore[override]
        """Refuse the command line.

        Raises:
            InputError: always.
        """
        raise InputError([usage_fault(self.prog, message)])


def command_module(name: str) -> ModuleType:
    """The module of a command; ``import`` is a word of the language."""
    return import_module(f"scheduler.cli.commands.{name}{'_' * iskeyword(name)}")


def build_parser(command: str = "") -> argparse.ArgumentParser:
    """The parser of ``cuofeng``, with the options of one command."""
    parser = Parser(
        prog="cuofeng",
        description="错峰排课：公平用好每一块场地。"
        " Weekly school timetables with PE staggered over scarce places.",
    )
    parser.add_argument("--version", action="version", version=f"cuofeng {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, text in COMMANDS.items():
        made = commands.add_parser(
            name,
            help=text,
            description=text,
            add_help=name != BENCH,
            allow_abbrev=False,
        )
        if name == command:
            command_module(name).add_options(made)
            if name != BENCH:
                _add_language(made)
    return parser


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read a command line; what follows ``bench`` is for the benchmarks to read.

    Raises:
        InputError: it names no command, or what the command does not take.
    """
    given = _language_last(sys.argv[1:] if arguments is None else arguments)
    name = next((x for x in given if not x.startswith("-")), "")
    helped = given[:1] and given[0] in ("-h", "--help", "--version")
    if name not in COMMANDS and not helped:
        raise InputError([_no_such(name)])
    parser = build_parser(name)
    options, rest = parser.parse_known_args(given)
    if options.command == BENCH:
        options.arguments = rest
    elif rest:
        raise InputError(
            [
                usage_fault(
                    f"cuofeng {name}", f"unrecognized arguments: {' '.join(rest)}"
                )
            ]
        )
    return options


def _language_last(arguments: Sequence[str]) -> list[str]:
    """The arguments with a language before the command put behind it."""
    given = list(arguments)
    if given[:1] == ["--lang"]:
        return given[2:] + given[:2]
    if given and given[0].startswith("--lang="):
        return given[1:] + given[:1]
    return given


def _no_such(name: str) -> DataError:
    known = "、".join(COMMANDS), ", ".join(COMMANDS)
    advice = Text(f"命令有：{known[0]}。", f"The commands: {known[1]}.")
    if not name:
        missing = Text("请写出要执行的命令", "which command is to be run?")
        return DataError("cuofeng", missing, advice)
    close = get_close_matches(name, COMMANDS, 1)
    if close:
        advice = Text(f"是否应为 {close[0]}？", f"Maybe {close[0]} is meant?")
    unknown = Text("没有这个命令", "is no command")
    return DataError("cuofeng", unknown, advice, value=name)


def _add_language(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--lang",
        choices=("zh", "en"),
        default=usual_language(),
        help="语言 / language of sentences (default: $CUOFENG_LANG, or zh)",
    )
