"""Options of ``cuofeng import``."""

import argparse
from pathlib import Path


def import_options(command: argparse.ArgumentParser) -> None:
    """The files, the new folder, JSON."""
    command.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        type=Path,
        help="FET 文件（Official 模式），或一所学校的课表（.xlsx .xls .ods .csv .html，"
        "可几个）/ a file of FET's official mode, or a school's timetables",
    )
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="新数据文件夹 / new folder for the tables",
    )
    command.add_argument(
        "--recipe",
        type=Path,
        metavar="TOML",
        help="本校的对照表，上次导入时写出的 recipe.toml / what was settled about the "
        "school's sheets before",
    )
    command.add_argument(
        "--json", action="store_true", help="输出 JSON / print the report as JSON"
    )
