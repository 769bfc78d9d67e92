"""Limits of what is taken from outside: files, workbooks, calendars, forms.

One table, written once: whoever reads something that others made counts it as a
stream and stops here, before a library builds it in memory. docs/limits.md is
generated from it.
"""

from dataclasses import dataclass

from scheduler.model.errors import NO_ADVICE, DataError
from scheduler.model.text import Text

_NO_UNIT = Text("", "")
_BYTES = Text("字节", "bytes")
_SECONDS = Text("秒", "seconds")
_OTHER_FILE = Text("请检查是否选错文件。", "Maybe it is another file?")
_ONLY_TABLE = Text(
    "请只保留有内容的表格，删去多余的行、列和格式。",
    "Maybe keep the filled table only, without spare rows, columns and formats?",
)


@dataclass(frozen=True, slots=True)
class IntakeLimit:
    """The most of one thing that is taken from outside; sizes are in bytes."""

    name: str
    of: Text
    what: Text
    most: int
    unit: Text = _NO_UNIT
    advice: Text = NO_ADVICE

    @property
    def shown(self) -> Text:
        """The number with its unit, megabytes for people."""
        if self.unit is not _BYTES:
            return Text(f"{self.most:,}{self.unit.zh}", f"{self.most:,} {self.unit.en}")
        size = f"{self.most // 1_000_000} MB"
        if self.most < 1_000_000:
            size = f"{self.most // 1024} KB"
        return Text(size, size)

    def refusal(self, file: str) -> DataError:
        """The fault of a file that goes beyond it."""
        zh = f"{self.what.zh}超过上限（{self.shown.zh.strip()}）"
        en = f"has more {self.what.en} than the {self.shown.en.strip()} allowed"
        return DataError(file, Text(zh, en), self.advice)


_FILE = Text("文件", "a file")
_BOOK = Text("工作簿", "a workbook")
_FET = Text("FET 文件", "a FET file")
_FEED = Text("场地日历", "a venue's calendar")
_FORM = Text("网页", "the site")

FILE_BYTES = IntakeLimit(
    "FILE_BYTES", _FILE, Text("文件大小", "bytes"), 50_000_000, _BYTES, _OTHER_FILE
)
TEXT_CELLS = IntakeLimit(
    "TEXT_CELLS", _FILE, Text("CSV 单元格数", "cells"), 4_000_000, advice=_OTHER_FILE
)
CELL_CHARACTERS = IntakeLimit(
    "CELL_CHARACTERS",
    _FILE,
    Text("一个单元格的字数", "characters in a cell"),
    32_000,
    advice=Text("请缩短。", "Maybe a quote is missing?"),
)
PACKED_PARTS = IntakeLimit(
    "PACKED_PARTS", _BOOK, Text("压缩包内的文件数", "parts"), 5_000, advice=_OTHER_FILE
)
UNPACKED_BYTES = IntakeLimit(
    "UNPACKED_BYTES",
    _BOOK,
    Text("解压后的大小", "unpacked bytes"),
    150_000_000,
    _BYTES,
    _ONLY_TABLE,
)
SHEETS = IntakeLimit(
    "SHEETS", _BOOK, Text("工作表数", "sheets"), 300, advice=_OTHER_FILE
)
SHEET_CELLS = IntakeLimit(
    "SHEET_CELLS",
    _BOOK,
    Text("单元格数（空格也算）", "cells, empty ones included"),
    1_500_000,
    advice=_ONLY_TABLE,
)
FILLED_CELLS = IntakeLimit(
    "FILLED_CELLS", _BOOK, Text("有内容的单元格数", "filled cells"), 500_000
)
SHEET_AREA = IntakeLimit(
    "SHEET_AREA",
    _BOOK,
    Text("表格面积（格）", "cells within its area"),
    5_000_000,
    advice=_ONLY_TABLE,
)
MERGES = IntakeLimit(
    "MERGES", _BOOK, Text("合并单元格数", "merged cells"), 50_000, advice=_ONLY_TABLE
)
STYLES = IntakeLimit(
    "STYLES", _BOOK, Text("单元格格式数", "cell formats"), 70_000, advice=_ONLY_TABLE
)
SHARED_TEXTS = IntakeLimit(
    "SHARED_TEXTS", _BOOK, Text("不同文字数", "different texts"), 500_000
)
SHARED_CHARACTERS = IntakeLimit(
    "SHARED_CHARACTERS",
    _BOOK,
    Text("文字总字数", "characters of text"),
    20_000_000,
    advice=_OTHER_FILE,
)
CHILD_SECONDS = IntakeLimit(
    "CHILD_SECONDS",
    _FILE,
    Text("由其他库读取的秒数", "seconds in a library"),
    20,
    _SECONDS,
    _OTHER_FILE,
)
CHILD_BYTES = IntakeLimit(
    "CHILD_BYTES",
    _FILE,
    Text("由其他库读取时的内存", "bytes of memory in a library"),
    1_000_000_000,
    _BYTES,
    _OTHER_FILE,
)
FET_ELEMENTS = IntakeLimit("FET_ELEMENTS", _FET, Text("元素数", "elements"), 2_000_000)
FEED_COMPONENTS = IntakeLimit(
    "FEED_COMPONENTS", _FEED, Text("日程数", "events"), 20_000
)
FORM_BYTES = IntakeLimit(
    "FORM_BYTES", _FORM, Text("表单大小", "bytes of a form"), 64 * 1024, _BYTES
)

INTAKE_LIMITS = (
    FILE_BYTES,
    TEXT_CELLS,
    CELL_CHARACTERS,
    PACKED_PARTS,
    UNPACKED_BYTES,
    SHEETS,
    SHEET_CELLS,
    FILLED_CELLS,
    SHEET_AREA,
    MERGES,
    STYLES,
    SHARED_TEXTS,
    SHARED_CHARACTERS,
    CHILD_SECONDS,
    CHILD_BYTES,
    FET_ELEMENTS,
    FEED_COMPONENTS,
    FORM_BYTES,
)


def render_markdown() -> str:
    """docs/limits.md."""
    lines = [
        "# Limits of what is taken from outside 外来文件的上限",
        "",
        "Generated from `scheduler/model/intake.py` by `make docs`. What goes beyond",
        "is refused with a sentence, before it is built in memory.",
        "",
        "超过上限的文件不会读入，会提示一句话说明。",
        "",
        "| of | 来源 | what | 项目 | at most |",
        "|---|---|---|---|--:|",
    ]
    for limit in INTAKE_LIMITS:
        of, what, shown = limit.of, limit.what, limit.shown.en.strip()
        lines.append(f"| {of.en} | {of.zh} | {what.en} | {what.zh} | {shown} |")
    return "\n".join(lines) + "\n"
