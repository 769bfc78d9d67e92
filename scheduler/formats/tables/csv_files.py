"""Bytes of a file to text and rows: size, encoding, quoting."""

import csv
import io
import re
from pathlib import Path

from scheduler.formats.tables.sheet import Faults
from scheduler.model.text import Text

MOST_BYTES = 50_000_000
_KINDS = (
    (b"\x89PNG", "PNG 图片", "a PNG picture"),
    (b"\xff\xd8\xff", "JPEG 图片", "a JPEG picture"),
    (b"GIF8", "GIF 图片", "a GIF picture"),
    (b"%PDF", "PDF 文件", "a PDF document"),
    (b"PK\x03\x04", "Excel 工作簿或压缩文件", "an Excel workbook or a zip archive"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文件", "an old Office file"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_SAVE_AS_UTF8 = Text(
    "请在 Excel 中另存为“CSV UTF-8（逗号分隔）”。",
    'Maybe save it in Excel as "CSV UTF-8 (comma delimited)"?',
)


def read_text(path: Path, faults: Faults) -> str | None:
    """The text of a file; None after noting why it cannot be read."""
    if not small_enough(path, faults):
        return None
    content = path.read_bytes()
    for magic, zh, en in _KINDS:
        if content.startswith(magic):
            faults.error(path.name, f"不是文本文件，而是{zh}", f"is not text but {en}")
            return None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        zh, en = "是 UTF-16 编码，不是 UTF-8", "is UTF-16, not UTF-8"
        faults.error(path.name, zh, en, advice=_SAVE_AS_UTF8)
        return None
    return _decode(path.name, content, faults)


def small_enough(path: Path, faults: Faults) -> bool:
    """Whether the file may be read; notes an error where it is too large."""
    size = path.stat().st_size
    if size <= MOST_BYTES:
        return True
    limit, mega = MOST_BYTES // 1_000_000, size // 1_000_000
    faults.error(
        path.name,
        f"有{mega} MB，超过上限{limit} MB",
        f"has {mega} MB, more than {limit} MB",
        advice=Text("请检查是否选错文件。", "Maybe it is another file?"),
    )
    return False


def _decode(name: str, content: bytes, faults: Faults) -> str | None:
    text = None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    if text is None:
        zh, en = "既不是 UTF-8 也不是 GBK 编码", "is neither UTF-8 nor GBK"
        faults.error(name, zh, en, advice=_SAVE_AS_UTF8)
        return None
    if _CONTROL.search(text):
        faults.error(name, "不是文本文件", "is not text but binary data")
        return None
    if encoding == "gb18030":
        zh = "不是 UTF-8 编码，已按 GB18030（GBK）读取"
        faults.warn(
            name, zh, "is not UTF-8; read as GB18030 (GBK)", advice=_SAVE_AS_UTF8
        )
    return text


def read_rows(path: Path, faults: Faults) -> list[tuple[int, list[str]]] | None:
    """Numbered rows of a CSV file; None after noting why there are none."""
    text = read_text(path, faults)
    if text is None:
        return None
    rows = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            rows.append((number, cells))
    except csv.Error:
        faults.error(
            path.name,
            "引号不成对",
            "has a quotation mark that does not match",
            row=len(rows) + 1,
            advice=Text(
                "单元格内的引号要写成两个。", "Maybe a quote in a cell is not doubled?"
            ),
        )
        return None
    return rows
