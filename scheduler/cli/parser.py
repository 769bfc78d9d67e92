"""Commands and their options."""

import argparse
from pathlib import Path

from scheduler import __version__
from scheduler.cli.advise_options import advise_options
from scheduler.cli.arguments import add_json, add_problem, add_timetable
from scheduler.cli.date_options import (
    agreements_options,
    calendars_options,
    dates_options,
    refresh_options,
)
from scheduler.cli.export_options import export_options
from scheduler.cli.import_options import import_options
from scheduler.cli.load_options import (
    level_option,
    load_options,
    what_if_options,
)
from scheduler.cli.numbers import count, few, moves, port, positive, share, whole
from scheduler.cli.rain_options import rain_options

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
    "rain": "雨天、高温、雾霾预案 / the plan for rain, heat and smog",
    "agreements": "场地协议：内容、到期、每周使用 / agreements: terms, expiry, weeks",
    "calendars": "场地的预订日历 / calendars in which venues publish bookings",
    "dates": "停用、预订、活动影响哪些课 / what closed dates and events do to lessons",
    "import": "读取 FET 文件为数据文件夹 / turn a file of FET into a folder of tables",
    "export": "导出打印、网页与日历文件 / write what people print, mail and import",
    "serve": "打开网页服务 / the web application",
    BENCH: "运行基准测试 / the benchmark tables, in a checkout of the source",
}


def build_parser() -> argparse.ArgumentParser:
    """The parser of ``cuofeng``."""
    parser = argparse.ArgumentParser(
        prog="cuofeng",
        description="错峰排课：公平用好每一块场地。"
        " Weekly school timetables with PE staggered over scarce places.",
    )
    parser.add_argument("--version", action="version", version=f"cuofeng {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    made = {
        name: commands.add_parser(
            name, help=text, description=text, add_help=name != BENCH
        )
        for name, text in COMMANDS.items()
    }
    for name, options in _OPTIONS.items():
        command = made[name]
        options(command)
        command.add_argument(
            "--lang",
            choices=("zh", "en"),
            default="zh",
            help="语言 / language of sentences (default: zh)",
        )
    return parser


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read a command line; what follows ``bench`` is for the benchmarks to read."""
    parser = build_parser()
    options, rest = parser.parse_known_args(arguments)
    if options.command == BENCH:
        options.arguments = rest
    elif rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    return options


def _limits(command: argparse.ArgumentParser, seconds: float) -> None:
    command.add_argument(
        "--time",
        type=positive,
        default=seconds,
        metavar="S",
        help="最多用时（秒）/ seconds at most (default: %(default)g)",
    )
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


def _address(command: argparse.ArgumentParser) -> None:
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


def _demo(command: argparse.ArgumentParser) -> None:
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
    _limits(command, 60)
    _address(command)


def _template(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "file",
        metavar="FILE.xlsx",
        type=Path,
        help="要生成的文件 / the workbook to write",
    )


def _validate(command: argparse.ArgumentParser) -> None:
    add_problem(command)
    add_json(command)


def _solve(command: argparse.ArgumentParser) -> None:
    add_problem(command)
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="写入 timetable.csv 和 solution.json 的文件夹 / folder for the results",
    )
    _limits(command, 60)
    command.add_argument(
        "--gap",
        type=share,
        default=0.0,
        metavar="G",
        help="差距小于此值即停，0.05 为 5 %% / stop at this certified gap (default: 0)",
    )
    command.add_argument(
        "--start",
        type=Path,
        metavar="TIMETABLE",
        help="从已有课表开始 / begin with this timetable.csv",
    )
    command.add_argument(
        "--iterations",
        type=moves,
        metavar="N",
        help="搜索步数上限；配合 --workers 1 结果可重现 / "
        "moves of the search at most; with --workers 1 the result can be repeated",
    )
    command.add_argument(
        "--method",
        choices=("both", "search", "exact"),
        default="both",
        help="搜索、精确求解或两者 / search, exact model or both (default: both)",
    )
    level_option(command)
    _freeze(command)
    add_json(command)


def _what_if(command: argparse.ArgumentParser) -> None:
    add_problem(command)
    what_if_options(command)
    _limits(command, 60)
    level_option(command)
    add_json(command)


def _check(command: argparse.ArgumentParser) -> None:
    add_problem(command)
    add_timetable(command)
    command.add_argument(
        "--bound",
        action="store_true",
        help="重新证明离最优多远 / prove anew how far from the best it can be",
    )
    _limits(command, 60)
    add_json(command)


def _explain(command: argparse.ArgumentParser) -> None:
    add_problem(command)
    command.add_argument(
        "--time",
        type=positive,
        default=60.0,
        metavar="S",
        help="最多用时（秒）/ seconds at most (default: %(default)g)",
    )
    add_json(command)


def _freeze(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--freeze",
        action="append",
        metavar="WHAT",
        help="冻结，可多次给出 / keep as it is, may be repeated: grade:3, class:C3, "
        "teacher:T07, day:2, lesson:R1#2",
    )


def _repair(command: argparse.ArgumentParser) -> None:
    add_problem(command)
    add_timetable(command)
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="结果文件夹 / folder for the options and repair.json",
    )
    command.add_argument(
        "--max-changes",
        type=whole,
        metavar="N",
        help="最多改动几节课 / lessons that may change at most",
    )
    command.add_argument(
        "--max-teachers",
        type=whole,
        metavar="M",
        help="最多牵涉几位教师 / teachers that may be touched at most",
    )
    _freeze(command)
    _events(command)
    command.add_argument(
        "--options",
        type=few,
        default=3,
        metavar="K",
        help="最多几个方案 / how many options at most (1 to 3, default: 3)",
    )
    _limits(command, 60)
    add_json(command)


def _events(command: argparse.ArgumentParser) -> None:
    """What has befallen the school, so that no table need be edited for it."""
    command.add_argument(
        "--absent",
        action="append",
        metavar="WHO",
        help="缺勤教师 / who is away: teacher:T07, or teacher:T07@3 on Wednesdays",
    )
    command.add_argument(
        "--cover",
        action="append",
        nargs="?",
        const="",
        metavar="teacher:T08",
        help="代课教师，不写则为同组同学科教师 / who may take over; by default "
        "colleagues of the same group and subject",
    )
    command.add_argument(
        "--overtime",
        type=whole,
        default=0,
        metavar="N",
        help="代课教师每天、每周可超课时 / periods by which those who cover may exceed "
        "their limits (default: 0)",
    )
    command.add_argument(
        "--close",
        action="append",
        metavar="WHERE",
        help="关闭的场地 / what is closed: venue:FIELD, zone:Z1, or venue:FIELD@3",
    )


def _serve(command: argparse.ArgumentParser) -> None:
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
    _address(command)


_OPTIONS = {
    "demo": _demo,
    "template": _template,
    "validate": _validate,
    "solve": _solve,
    "check": _check,
    "load": load_options,
    "whatif": _what_if,
    "explain": _explain,
    "repair": _repair,
    "advise": advise_options,
    "rain": rain_options,
    "agreements": agreements_options,
    "calendars": calendars_options,
    "dates": dates_options,
    "import": import_options,
    "export": export_options,
    "serve": _serve,
}
