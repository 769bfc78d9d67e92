"""template: an empty workbook to fill in."""

import argparse
from argparse import Namespace
from pathlib import Path

from scheduler.cli.console import say
from scheduler.formats.tables.template import write_template


def add_options(command: argparse.ArgumentParser) -> None:
    """The file."""
    command.add_argument(
        "file",
        metavar="FILE.xlsx",
        type=Path,
        help="要生成的文件 / the workbook to write",
    )


def run(options: Namespace) -> int:
    """Write an empty workbook; never over a file that is there."""
    write_template(options.file, language=options.lang)
    say(str(options.file))
    return 0
