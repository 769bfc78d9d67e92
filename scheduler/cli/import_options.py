"""Options of ``cuofeng import``."""

import argparse
from pathlib import Path


def import_options(command: argparse.ArgumentParser) -> None:
    """The file, the new folder, JSON."""
    command.add_argument(
        "file",
        metavar="FILE.fet",
        type=Path,
        help="FET 文件（Official 模式）/ a file of FET's official mode",
    )
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="新数据文件夹 / new folder for the tables",
    )
    command.add_argument(
        "--json", action="store_true", help="输出 JSON / print the report as JSON"
    )
