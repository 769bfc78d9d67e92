"""Text of files that people save: UTF-8, GBK, UTF-16, a mark at either end."""

import re
from pathlib import Path

from scheduler.formats.sheets.faults import refuse
from scheduler.model.errors import DataError, InputError
from scheduler.model.intake import FILE_BYTES
from scheduler.model.text import Text

_KINDS = (
    (b"\x89PNG", "PNG 图片", "a PNG picture"),
    (b"\xff\xd8\xff", "JPEG 图片", "a JPEG picture"),
    (b"GIF8", "GIF 图片", "a GIF picture"),
    (b"%PDF", "PDF 文件", "a PDF document"),
    (b"PK\x03\x04", "Excel 工作簿或压缩文件", "an Excel workbook or a zip archive"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文件", "an old Office file"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_DOS_END = b"\x1a"
_SAVE_AS_UTF8 = Text(
    "请在 Excel 中另存为“CSV UTF-8（逗号分隔）”。",
    'Maybe save it in Excel as "CSV UTF-8 (comma delimited)"?',
)


def file_bytes(path: Path) -> bytes:
    """All bytes of a file.

    Raises:
        InputError: it is no file (a pipe, a device), too large, or not readable.
    """
    check_file(path)
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise refuse(
            path.name, f"无法读取（{reason}）", f"cannot be read ({reason})"
        ) from None


def check_file(path: Path) -> None:
    """Tell whether a path is a file of moderate size, without opening it.

    Raises:
        InputError: it is not.
    """
    if not path.exists():
        zh, en = "没有这个文件或文件夹", "there is no such file or folder"
        raise refuse(str(path), zh, en)
    if not path.is_file():
        raise refuse(path.name, "不是普通文件", "is not a regular file")
    if path.stat().st_size > FILE_BYTES.most:
        raise InputError([FILE_BYTES.refusal(path.name)])


def decoded(name: str, content: bytes) -> tuple[str, tuple[DataError, ...]]:
    """The text of a file's bytes, and what is worth telling about them.

    Raises:
        InputError: it is no text, or in an unknown encoding.
    """
    for magic, zh, en in _KINDS:
        if content.startswith(magic):
            raise refuse(name, f"不是文本文件，而是{zh}", f"is not text but {en}")
    encoding, text = _decode(content.rstrip(_DOS_END))
    if text is None:
        zh, en = "既不是 UTF-8 也不是 GBK 编码", "is neither UTF-8 nor GBK"
        raise refuse(name, zh, en, _SAVE_AS_UTF8)
    if _CONTROL.search(text):
        raise refuse(name, "不是文本文件", "is not text but binary data")
    if encoding != "gb18030":
        return text, ()
    zh = "不是 UTF-8 编码，已按 GB18030（GBK）读取"
    en = "is not UTF-8; read as GB18030 (GBK)"
    return text, (DataError(name, Text(zh, en), _SAVE_AS_UTF8),)


def _decode(content: bytes) -> tuple[str, str | None]:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return encoding, content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return "", None
