"""Commands and their options."""

import argparse
from pathlib import Path

from scheduler import __version__
from scheduler.cli.advise_options import advise_options
from scheduler.cli.arguments import add_json, add_problem
from scheduler.cli.date_options import (
    agreements_options,
    calendars_options,
    dates_options,
)
from scheduler.cli.export_options import export_options
from scheduler.cli.import_options import import_options
from scheduler.cli.load_options import load_options, what_if_options
from scheduler.cli.rain_options import rain_options
from scheduler.cli.repair_options import repair_options
from scheduler.cli.serve_options import demo_options, serve_options
from scheduler.cli.solve_options import check_options, explain_options, solve_options

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
    "import": "读取 FET 文件或学校课表 / turn a FET file or timetables into a folder",
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


_OPTIONS = {
    "demo": demo_options,
    "template": _template,
    "validate": _validate,
    "solve": solve_options,
    "check": check_options,
    "load": load_options,
    "whatif": what_if_options,
    "explain": explain_options,
    "repair": repair_options,
    "advise": advise_options,
    "rain": rain_options,
    "agreements": agreements_options,
    "calendars": calendars_options,
    "dates": dates_options,
    "import": import_options,
    "export": export_options,
    "serve": serve_options,
}
