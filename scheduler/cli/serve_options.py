"""Options of the commands that serve pages: the demo school's, or a school's own."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.cli.arguments import (
    add_limits,
    add_office,
    add_reason,
    allow_private_option,
)
from scheduler.cli.numbers import hours, port, positive

if TYPE_CHECKING:
    from web.reach import Network


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
    add_office(command)
    command.add_argument(
        "--audit",
        type=Path,
        metavar="DIR",
        help="查看 cuofeng audit --out 写出的审查结果，可单独使用 / pages of an audit "
        "that cuofeng audit wrote, with or without a timetable",
    )
    add_reason(command)
    command.add_argument(
        "--new-password",
        action="store_true",
        help="给 office 账号换新密码并显示 / give the office account a new password",
    )
    _reach_options(command)
    _refresh_options(command)
    address_options(command)


def networks(text: str) -> "tuple[Network, ...]":
    """Addresses of trusted proxies."""
    from web.reach import parse_networks

    try:
        return parse_networks(text)
    except ValueError:
        refusal = f'"{text}" is no list of addresses, as 127.0.0.1 or 10.0.0.0/8. '
        raise argparse.ArgumentTypeError(
            f"{refusal}〔应为地址或网段，如 127.0.0.1 或 10.0.0.0/8。〕"
        ) from None


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


def _reach_options(command: argparse.ArgumentParser) -> None:
    """How people reach the service, and who watches it."""
    command.add_argument(
        "--public-url",
        default="",
        metavar="URL",
        help="对外网址 / the address people use, where a proxy stands in front",
    )
    command.add_argument(
        "--trust-proxy",
        type=networks,
        default=(),
        metavar="ADDR",
        help="信任的反向代理地址，按它转告的地址区分客户端；多个用逗号分隔 / addresses "
        "or networks of proxies whose word on clients is believed, e.g. 127.0.0.1",
    )
    command.add_argument(
        "--identity",
        type=Path,
        metavar="FILE",
        help="统一身份认证（OIDC）的设置，见 docs/access.md / TOML settings of an "
        "identity provider to log in with",
    )
    command.add_argument(
        "--idle-hours",
        type=hours,
        default=4,
        metavar="H",
        help="登录后几小时不用就要重新登录（默认 4，最长 12）/ hours without use after "
        "which one logs in again (default: 4, at most 12)",
    )
    command.add_argument(
        "--metrics",
        type=port,
        metavar="N",
        help="在本机这个端口给出运行指标（Prometheus 格式）/ port of this machine for "
        "figures of the running service, in the form of Prometheus",
    )


def _refresh_options(command: argparse.ArgumentParser) -> None:
    """Whether the running service fetches calendars, which it does only if told to."""
    command.add_argument(
        "--refresh-calendars",
        type=positive,
        metavar="H",
        help="每隔几小时更新场地日历 / fetch venues' calendars every so many hours",
    )
    allow_private_option(command)
