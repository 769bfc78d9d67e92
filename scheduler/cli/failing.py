"""Failing in one way: sentences for what can be mended, one for our own fault."""

import errno
import platform
import re
import sys
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

from scheduler import __version__
from scheduler.cli.console import SPOKEN
from scheduler.model.errors import SHOWN_AT_MOST, DataError, InputError, sentences
from scheduler.model.text import Text

BAD_INPUT, OUR_FAULT = 2, 3
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# What stands between the colon and the @ of an address, and what opens a feed.
_SECRETS = (
    (re.compile(r"(://[^\s:/@]*):[^\s@]*@"), r"\1:***@"),
    (re.compile(r"(/feeds/)[\w-]+"), r"\1***"),
)


def tell_what_failed(error: InputError | OSError) -> int:
    """One line for each fault of the data, the disk, the network, the database."""
    faults = error.errors if isinstance(error, InputError) else (_of_system(error),)
    lines = sentences(faults, SPOKEN.get())
    for line in lines[:SHOWN_AT_MOST]:
        sys.stderr.write(f"{without_secrets(line)}\n")
    if len(faults) > 1:
        sys.stderr.write(f"{_total(len(faults), len(lines))}\n")
    return BAD_INPUT


def _total(count: int, kinds: int) -> str:
    """How many there are, of how many kinds, and how many were not shown."""
    zh, en = f"共 {count} 处错误", f"{count} errors"
    if kinds < count:
        zh, en = f"{zh}（{kinds} 种）", f"{en} ({kinds} different)"
    if kinds > SHOWN_AT_MOST:
        zh, en = f"{zh}，只列出前 {SHOWN_AT_MOST} 种", f"{en}, {SHOWN_AT_MOST} shown"
    return Text(zh, en).in_language(SPOKEN.get())


def refusal(about: str, *texts: Text) -> InputError:
    """What a service refused, as faults of a command.

    The first sentence is the problem, whatever follows it, as a question, the advice.
    """
    faults = []
    for text in texts:
        zh, _, more_zh = text.zh.partition("。")
        en, _, more_en = text.en.partition(". ")
        faults.append(
            DataError(about, Text(zh, en.rstrip(".")), Text(more_zh, more_en))
        )
    return InputError(faults)


NOTHING_PUBLISHED = DataError(
    "--database",
    Text("还没有发布过课表", "no timetable has been published yet"),
    Text("请先发布一份课表。", "Publish a timetable first."),
)


def tell_our_fault(fault: Exception) -> int:
    """One sentence; the traceback goes to a file, whose path is said."""
    kind = type(fault).__name__
    try:
        where = str(_write_report(fault))
    except OSError as error:
        where = f"– ({error.strerror})"
    said = Text(
        f"程序内部出错（{kind}），这不是对数据的回答。请把数据和这个文件一起反馈给开发者：{where}",
        f"Internal fault ({kind}), no answer about the data. Please report it with the "
        f"data and this file: {where}",
    )
    sys.stderr.write(f"{said.in_language(SPOKEN.get())}\n")
    return OUR_FAULT


def without_secrets(text: str) -> str:
    """The text without passwords of addresses and without tokens of feeds."""
    for pattern, shown in _SECRETS:
        text = pattern.sub(shown, text)
    return text


def _write_report(fault: Exception) -> Path:
    now = datetime.now(UTC)
    lines = (
        f"cuofeng {__version__}, Python {platform.python_version()}, "
        f"{platform.platform()}, {now:%Y-%m-%d %H:%M:%S} UTC",
        f"cuofeng {' '.join(sys.argv[1:])}",
        *traceback.format_exception(fault),
    )
    with tempfile.NamedTemporaryFile(
        "w",
        encoding="utf-8",
        errors="backslashreplace",
        prefix=f"cuofeng-fault-{now:%Y%m%d-%H%M%S}-",
        suffix=".txt",
        delete=False,
    ) as file:
        file.write(without_secrets("\n".join(lines)))
    return Path(file.name)


def _of_system(error: OSError) -> DataError:
    """What the system refused: which file, what, and what to do about it."""
    place = str(error.filename) if error.filename else "cuofeng"
    problem, advice = _why(error)
    what = error.strerror or str(error)
    return DataError(place, Text(problem, what), advice)


def _why(error: OSError) -> tuple[str, Text]:
    match error:
        case FileExistsError():
            return "已经存在，不会覆盖", _OTHER_NAME
        case FileNotFoundError():
            return "没有这个文件或文件夹", _PATH
        case PermissionError():
            return "没有权限", _OTHER_PLACE
        case IsADirectoryError() | NotADirectoryError():
            return "文件和文件夹弄混了", _PATH
        case OSError(errno=number) if number in _FULL:
            return "磁盘已满，没有写入", _ROOM
    return f"不能读写（{error.strerror or error}）", _PATH


_OTHER_NAME = Text("请换一个名字。", "Maybe another name?")
_OTHER_PLACE = Text("请换一个位置，或请管理员开放权限。", "Maybe another place?")
_PATH = Text("请检查路径。", "Maybe another path?")
_ROOM = Text(
    "请腾出磁盘空间后重试；原有文件没有改动。",
    "Free some space and try again; files that were there are as before.",
)
