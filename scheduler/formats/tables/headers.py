"""Find the header of a table and understand its titles, English or Chinese."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from scheduler.formats.tables.cells import is_empty
from scheduler.formats.tables.schema import Table
from scheduler.formats.tables.sheet import Line, Sheet

SEARCHED_ROWS = 5
ALIKE = 0.5
"""From which likeness on a title is named as the one that may be meant."""
EXAMPLE_MARKS = {"zh": "#例", "en": "#example"}
"""What the first cell of an example row begins with, by language."""
Rows = Sequence[tuple[int, Sequence[str]]]
_SHEET_END = re.compile("(?:基本)?(?:信息|情况|名单|一览|登记|汇总|统计)?表?$")
# What offices call a sheet, beside its title with 表, 名单 and the like.
_SHEETS = {
    "作息表": "bells",
    "作息时间": "bells",
    "课程": "subjects",
    "课程设置表": "subjects",
    "科目表": "subjects",
    "任课表": "teaching",
    "课时安排表": "hours",
    "课时计划表": "hours",
    "教职工表": "teachers",
    "老师表": "teachers",
    "不排课时间表": "unavailable",
    "固定课程表": "fixed",
}
_NOTE = re.compile(r"(?:备?注|说明|填表说明|提示)[:：、\d ]|[※*]\D")
_SUM = re.compile("(?:合计|总计|小计|共计)")
_SEPARATORS = re.compile(r"[\s_()\[\]/|*,:]+")


def recognise(table: Table, title: str) -> str | None:
    """Name of the column a title stands for: ``class_id``, ``班级编号`` or both."""
    found = _match(title, {c.name: c.title for c in table.columns})
    if found is not None:
        return found
    own = _joined(title)
    return next((c.name for c in table.columns if own in c.called), None)


def recognise_table(title: str, names: dict[str, str]) -> str | None:
    """Name of the table a sheet's title stands for; ``names`` maps to Chinese.

    Titles may be as offices write them: 教师名单, 班级信息表, 作息表, 课程.
    """
    own = _joined(title)
    found = _match(title, names) or _SHEETS.get(own)
    if found is None:
        short = _SHEET_END.sub("", own)
        found = _match(short, names) or _SHEETS.get(short + "表")
    return found if found in names else None


def likeness(title: str, names: Iterable[str]) -> float:
    """How much a title that is not known looks like one of these names, 0 to 1.

    One that holds the other, such as 教师名单 and 教师, counts as much alike.
    """
    own = _joined(title)
    found = [0.0]
    for name in filter(None, map(_joined, names)):
        held = own in name or name in own if own else False
        found.append(0.8 if held else SequenceMatcher(None, own, name).ratio())
    return max(found)


def nearest(titles: Iterable[str], names: Sequence[str]) -> str | None:
    """The title that looks most like one of the names; None where none does."""
    alike = [(likeness(title, names), title) for title in titles]
    score, title = max(alike, default=(0.0, ""), key=lambda one: one[0])
    return title if score >= ALIKE else None


def is_title_row(cells: Sequence[str], columns: Sequence[tuple[str, str]]) -> bool:
    """Whether the first cells are these titles, each in English, Chinese or both."""
    pairs = zip(cells, columns, strict=False)
    return all(
        _match(cell, {name: title}) or (name == "value" and cell.strip() == "内容")
        for cell, (name, title) in pairs
    )


def _match(title: str, names: dict[str, str]) -> str | None:
    joined = _joined(title)
    for name, chinese in names.items():
        english, chinese = _joined(name), _joined(chinese)
        if joined in (english, chinese, english + chinese, chinese + english):
            return name
    return None


def _joined(title: str) -> str:
    plain = unicodedata.normalize("NFKC", title).lower()
    return _SEPARATORS.sub("", plain)


def is_example(cells: Sequence[str]) -> bool:
    """Whether a row is an example of the template, which is not read."""
    return cells[0].startswith(tuple(EXAMPLE_MARKS.values()))


def is_aside(cells: Sequence[str]) -> bool:
    """Whether a row is no item: empty, an example, a note below the table, a sum."""
    filled = [cell.strip() for cell in cells if not is_empty(cell)]
    if not filled or is_example(cells):
        return True
    noted = len(filled) == 1 and bool(_NOTE.match(filled[0]))
    return noted or bool(_SUM.fullmatch(filled[0]))


def sheet_of(file: str, table: Table, rows: Rows) -> Sheet:
    """Numbered rows as a sheet: the header found, empty and example rows left out."""
    head = header_row(table, rows)
    titles = next((tuple(cells) for number, cells in rows if number == head), ())
    lines = tuple(
        Line(number, tuple(cells))
        for number, cells in rows
        if number > head and not is_aside(cells)
    )
    return Sheet(file, titles, lines)


def whole_sheet(file: str, rows: Rows) -> Sheet | None:
    """Numbered rows as a sheet whose header is still to be found.

    Empty rows and examples are left out; None where no row but a header remains.
    """
    lines = tuple(
        Line(number, tuple(cells)) for number, cells in rows if not is_aside(cells)
    )
    return Sheet(file, (), lines) if len(lines) > 1 else None


def header_row(table: Table, rows: Rows) -> int:
    """Number of the row with the most known titles, among the first few.

    The first row that is not empty where none has any; 0 where all are empty.
    """
    filled = [row for row in rows if not all(map(is_empty, row[1]))]
    near = [row for row in filled if row[0] <= SEARCHED_ROWS] or filled[:1]
    return max(near, key=lambda row: (_known(table, row[1]), -row[0]), default=(0, ()))[
        0
    ]


def _known(table: Table, cells: Sequence[str]) -> int:
    return sum(recognise(table, cell) is not None for cell in cells)
