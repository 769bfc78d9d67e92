"""bench: the benchmark tables, where the project's tests are at hand."""

import argparse
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text

ROOT = Path(__file__).resolve().parents[4]


def add_options(command: argparse.ArgumentParser) -> None:
    """None of its own: the benchmarks read theirs."""


def run(options: Namespace) -> int:
    """Run the tables in a process of their own, with all options as they are.

    Raises:
        InputError: this is an installed program without its tests.
    """
    if not (ROOT / "tests" / "benchmarks" / "__main__.py").is_file():
        raise InputError([_not_at_hand()])
    command = [sys.executable, "-m", "tests.benchmarks", *options.arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _not_at_hand() -> DataError:
    return DataError(
        "tests/benchmarks",
        Text("不在安装的程序中", "is not part of the installed program"),
        Text(
            "请在源代码目录中运行 cuofeng bench。",
            "Run cuofeng bench in a checkout of the source.",
        ),
        value=str(ROOT),
    )
