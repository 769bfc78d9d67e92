"""The revision of a database: that of this release, an earlier one, or refused."""

import re

from sqlalchemy import Connection, inspect, select

from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text
from scheduler.services.store.schema import HEAD, VERSION

_OURS = re.compile(r"r\d{4}")


def revision_of(connection: Connection) -> str | None:
    """The revision of a database; None where it is empty.

    Raises:
        InputError: it is of no release, or of a later one.
    """
    inspector = inspect(connection)
    if not inspector.has_table(VERSION.name):
        if inspector.get_table_names():
            raise InputError([_OF_NO_RELEASE])
        return None
    found = connection.scalar(select(VERSION.c.version_num))
    if found is not None and not _OURS.fullmatch(found):
        raise InputError([_OF_NO_RELEASE])
    if found is not None and found > HEAD:
        raise InputError([of_later_release("--database", found)])
    return found


def of_later_release(place: str, found: str) -> DataError:
    """What this program is too old for: it was made at a revision it does not know."""
    return DataError(
        place,
        Text(
            f"是更新版本的程序建立的（{found}），本程序不能使用",
            f"was made by a later release (revision {found})",
        ),
        Text("请升级本程序；没有改动。", "Upgrade this program; nothing was changed."),
    )


_OF_NO_RELEASE = DataError(
    "--database",
    Text(
        "这个数据库不是本程序正式版本建立的，不能使用",
        "was made by no release of this program",
    ),
    Text(
        "请换一个新的数据库重新发布；原来的没有改动。",
        "Publish into a new database; this one was left as it is.",
    ),
)
