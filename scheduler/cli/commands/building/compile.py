"""compile: the search's code made ready for this machine, once after installing."""

import argparse
import sys
from argparse import Namespace

from scheduler.cli.console import say
from scheduler.model.text import Text
from scheduler.solver.first_run.parts import ADVICE, SEARCH
from scheduler.solver.first_run.ready import OnCompiled, get_ready, is_ready

_READY = Text("搜索程序已编译好", "The search is compiled")
_BEGIN = Text(
    "编译搜索程序（十几秒，仅安装或更新后一次）",
    "Compiling the search (some 15 s, once after installing or updating)",
)


def add_options(command: argparse.ArgumentParser) -> None:
    """None."""


def run(options: Namespace) -> int:
    """Compile what is not compiled yet; says so, and counts functions on a terminal."""
    if not is_ready(SEARCH + ADVICE):
        say(_BEGIN.in_language(options.lang))
        for parts in (SEARCH, ADVICE):
            get_ready(parts, _counter())
    say(_READY.in_language(options.lang))
    return 0


def _counter() -> OnCompiled:
    """Shows the number of functions compiled where somebody watches."""

    def show(count: int) -> bool:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r  {count}\r")
            sys.stderr.flush()
        return False

    return show
