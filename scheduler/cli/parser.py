"""The command line: which command, and its options.

Each command is a module of its group's folder in ``scheduler.cli.commands``, with
``add_options`` and ``run``.
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
from scheduler.cli.commands import building, bureau, office, places, term, timetable
from scheduler.cli.console import usual_language
from scheduler.cli.usage import usage_fault
from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text

BENCH = "bench"
GROUPS = (timetable, places, term, bureau, office, building)
"""Folders of ``scheduler.cli.commands``: a title, and the texts of its commands."""
COMMANDS = {name: text for group in GROUPS for name, text in group.COMMANDS.items()}


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
    group = next(x for x in GROUPS if name in x.COMMANDS)
    return import_module(f"{group.__name__}.{name}{'_' * iskeyword(name)}")


def build_parser(command: str = "") -> argparse.ArgumentParser:
    """The parser of ``cuofeng``, with the options of one command."""
    parser = Parser(
        prog="cuofeng",
        description="错峰排课：公平用好每一块场地。"
        " Weekly school timetables with PE staggered over scarce places.",
        epilog=_listed(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"cuofeng {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, text in COMMANDS.items():
        made = commands.add_parser(
            name,
            description=text,
            add_help=name != BENCH,
            allow_abbrev=False,
        )
        if name == command:
            command_module(name).add_options(made)
            if name != BENCH:
                _add_language(made)
    return parser


def _listed() -> str:
    """The commands under their groups' titles, as the help prints them."""
    lines = []
    for group in GROUPS:
        lines += ["", group.TITLE]
        lines += [f"  {name:<11}{text}" for name, text in group.COMMANDS.items()]
    return "\n".join(lines[1:])


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
