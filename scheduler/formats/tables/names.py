"""Ids by what an office calls things: the id, the name, a short name."""

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches

from scheduler.formats.tables.cells import (
    CellError,
    chinese_number,
    is_empty,
    plain,
    read_id,
)
from scheduler.formats.tables.records import Located
from scheduler.model.errors import SHOWN_AT_MOST
from scheduler.model.text import Text

_MARKS = re.compile(r"[\s()\[\]【】·]+")
_NUMERAL = "[一二三四五六七八九]"
_CLASS = re.compile(
    rf"([小初]?)({_NUMERAL}|[1-9](?=年|级|[(.·-]))(?:年级|年|级)?[.·-]?"
    rf"\(?(\d{{1,2}}|{_NUMERAL}?十?{_NUMERAL}?)\)?班?"
)
_DIGITS = re.compile(r"()([1-9])(0[1-9]|[1-4]\d)班?")


def class_number(text: str) -> str:
    """Grade and number of a class in one spelling: ``3.2`` of 三（2）班 or 302.

    Empty where the text is no such name.
    """
    short = re.sub(r"\s", "", plain(text))
    match = _CLASS.fullmatch(short) or _DIGITS.fullmatch(short)
    if match is None or not match[3]:
        return ""
    grade, number = map(chinese_number, match.groups()[1:])
    if grade is None or number is None:
        return ""
    return f"{grade + 6 * (match[1] == '初' and grade <= 3)}.{number}"


class Names:
    """The ids of one table by id and by name; names may be shared.

    Parameters:
        columns: That of the ids, then those of names.
        usual: One spelling of a name in many, or a usual name; empty for what is none.
    """

    def __init__(
        self,
        title: Text,
        records: Iterable[Located],
        columns: tuple[str, ...],
        usual: Callable[[str], str] = lambda _: "",
    ) -> None:
        self._title = title
        self._ids: set[str] = set()
        self._by_id: dict[str, str] = {}
        self._by_name: dict[str, dict[str, None]] = {}
        self._usual: dict[str, dict[str, None]] = {}
        self._spelling = usual
        self._advised: dict[str, Text] = {}
        for record in records:
            name = read_id(record.cells.get(columns[0], ""))
            if not name:
                continue
            self._ids.add(name)
            self._by_id[_key(name)] = name
            for column in columns[1:]:
                called = record.cells.get(column, "")
                if not is_empty(called):
                    self._by_name.setdefault(_key(called), {})[name] = None
            # Another usual name counts where nothing is called so.
            if spelling := usual(record.cells.get("name", "")):
                self._usual.setdefault(spelling, {})[name] = None
        self.all = [
            text
            for record in records
            for column in columns
            if not is_empty(text := record.cells.get(column, "").strip())
        ]

    def found(self, text: str) -> tuple[str, ...]:
        """Ids that the text may stand for: an id before a name."""
        key, exact = _key(text), read_id(text)
        if exact in self._ids:
            return (exact,)
        if key in self._by_id:
            return (self._by_id[key],)
        return tuple(
            self._by_name.get(key) or self._usual.get(self._spelling(text), ())
        )

    def unknown(self, text: str) -> CellError:
        """The fault of a name that the table does not have."""
        if text not in self._advised:
            self._advised[text] = self._advice(text)
        zh = f"不在【{self._title.zh}】表中"
        en = f"is not in the table {self._title.en}"
        return CellError(zh, en, self._advised[text], text)

    def ambiguous(self, text: str, ids: tuple[str, ...]) -> CellError:
        """The fault of a name that several rows bear."""
        listed = "、".join(ids), ", ".join(ids)
        zh = f"在【{self._title.zh}】表中有{len(ids)}个（{listed[0]}）"
        en = f"is the name of several in {self._title.en} ({listed[1]})"
        return CellError(zh, en, Text("请写编号。", "Maybe write the id?"), text)

    def _advice(self, text: str) -> Text:
        # Finding close matches is slow, and nobody reads more than a few.
        close = []
        if len(self._advised) < SHOWN_AT_MOST and len(text) <= 100:
            close = get_close_matches(text, self.all, 1, 0.5)
        if close:
            return Text(
                f"是否改过名？是否应为“{close[0]}”？",
                f'Maybe renamed? Maybe "{close[0]}" is meant?',
            )
        return Text("是否改过名？", "Maybe renamed?")


def _key(text: str) -> str:
    return _MARKS.sub("", plain(text)).lower()
