"""template: an empty workbook to fill in."""

import argparse
from argparse import Namespace
from pathlib import Path

from scheduler.cli.console import tell
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
    name = options.file
    tell(
        f"已写入空白工作簿 {name}，怎样填写见其中的“说明”。填好后运行：\n"
        f"cuofeng validate {name}",
        f"Empty workbook written: {name}; its sheet notes says how to fill it in. "
        f"Then run:\ncuofeng validate {name} --lang en",
    )
    return 0
