"""database: its offices, its backups, and the tables of an office given back."""

import argparse
from argparse import Namespace
from contextlib import closing
from pathlib import Path

from scheduler.cli.arguments import add_database, add_json
from scheduler.cli.console import say, say_json, tell
from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text
from scheduler.services.offices import Store
from scheduler.services.store.restoring import back_up, restore

OFFICES, UPGRADE, EXPORT = "offices", "upgrade", "export"
BACKUP, RESTORE = "backup", "restore"
# What stands after each action, and what it is.
_NEEDS = {
    EXPORT: Text("学校代号", "the key of an office"),
    BACKUP: Text("备份文件", "the file of the backup"),
    RESTORE: Text("备份文件", "the file of the backup"),
}


def add_options(command: argparse.ArgumentParser) -> None:
    """What to do, with which office or file, in which database."""
    command.add_argument(
        "action",
        metavar="ACTION",
        choices=(OFFICES, UPGRADE, EXPORT, BACKUP, RESTORE),
        help="offices 列出学校；upgrade 升级；export 取回数据；backup 备份；"
        "restore 恢复 / list offices, upgrade, export an office, back up, restore",
    )
    command.add_argument(
        "what",
        metavar="KEY|FILE",
        nargs="?",
        help="export 的学校代号，backup、restore 的备份文件 / key of the office to "
        "export, file of the backup",
    )
    add_database(command)
    command.add_argument(
        "--out", type=Path, metavar="DIR", help="export 的目标文件夹 / folder to write"
    )
    command.add_argument(
        "--replace",
        action="store_true",
        help="恢复时替换数据库里的内容（先自动备份）/ restore over what the database "
        "holds, which is backed up first",
    )
    add_json(command)


def run(options: Namespace) -> int:
    """Do one of these."""
    needed = _NEEDS.get(options.action)
    if (needed is None) != (options.what is None):
        raise InputError([_what(options.action, needed)])
    return _ACTIONS[options.action](options)


def _offices(options: Namespace) -> int:
    with closing(Store.connect(options.database, create=False)) as store:
        offices = store.offices()
    if options.json:
        say_json([{"office": row.key, "name": row.name} for row in offices])
        return 0
    for row in offices:
        say(f"{row.key}  {row.name}")
    return 0


def _upgrade(options: Namespace) -> int:
    with closing(Store.connect(options.database, create=False)) as store:
        copy = store.upgraded_from
    if copy is None:
        tell("数据库已是最新。", "The database is up to date.")
    else:
        tell(f"已升级，升级前的备份：{copy}", f"Upgraded; backup of before: {copy}")
    return 0


def _export(options: Namespace) -> int:
    if options.out is None:
        raise InputError([_NO_FOLDER])
    with closing(Store.connect(options.database, create=False)) as store:
        count = store.office_named(options.what).export(options.out)
    tell(
        f"已写入{count}个文件：{options.out}",
        f"{count} file(s) written: {options.out}",
    )
    return 0


def _backup(options: Namespace) -> int:
    path = Path(options.what)
    with closing(Store.connect(options.database, create=False)) as store:
        rows = back_up(store.database, path)
    tell(f"已备份{rows}行：{path}", f"{rows} rows backed up: {path}")
    return 0


def _restore(options: Namespace) -> int:
    with closing(Store.connect(options.database)) as store:
        rows, copy = restore(store.database, Path(options.what), options.replace)
    tell(f"已恢复{rows}行", f"{rows} rows restored")
    if copy is not None:
        tell(f"替换前的备份：{copy}", f"Backup of what was replaced: {copy}")
    return 0


_ACTIONS = {
    OFFICES: _offices,
    UPGRADE: _upgrade,
    EXPORT: _export,
    BACKUP: _backup,
    RESTORE: _restore,
}
_NO_FOLDER = DataError(
    "cuofeng database",
    Text("没有给出目标文件夹", "no folder is given"),
    Text("请加 --out DIR。", "Maybe add --out DIR?"),
)


def _what(action: str, needed: Text | None) -> DataError:
    if needed is None:
        problem = Text(f"{action} 后面不用写别的", f"{action} takes nothing after it")
    else:
        problem = Text(f"{action} 后面缺少{needed.zh}", f"{action} needs {needed.en}")
    help_ = Text("见 cuofeng database --help。", "See cuofeng database --help.")
    return DataError("cuofeng database", problem, help_)
