"""Footers: who teaches what, as lines below or beside a class's timetable say it.

任课教师：语文 王芳 数学 李强; 语文：王芳；数学：李强; in one cell or in several; or a
small table, with 学科 over 教师 below the timetable or the two side by side at its
right.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from scheduler.formats.spreadsheets.cells.entries import entries_of, gathered
from scheduler.formats.spreadsheets.labels.people import person, tidy
from scheduler.formats.spreadsheets.labels.vocabulary import Name, Vocabulary
from scheduler.formats.spreadsheets.labels.words import plain
from scheduler.formats.spreadsheets.structure.bands import is_band_row
from scheduler.formats.spreadsheets.structure.blocks import Block
from scheduler.formats.spreadsheets.structure.heads import field_of
from scheduler.formats.spreadsheets.structure.sheet import Sheet

_BETWEEN = re.compile(r"[\s,，、;；|:：()]+")
_LOOKED_AT = 8
"""Rows below a timetable that may name its teachers."""
_LEAST = 2
_OTHERS = 3
"""Words of such a line that may be neither courses nor teachers."""


def lines_around(sheet: Sheet, block: Block) -> Iterator[str]:
    """The lines that may name teachers: those below a block, small tables in lines."""
    above: list[str] = []
    for row in range(block.bottom, min(block.bottom + _LOOKED_AT, sheet.height)):
        if is_band_row(sheet, row, "day"):
            break
        texts = [t for _, t in sheet.anchored(row, block.left, block.right)]
        if _fields(above, texts) and len(above) == len(texts):
            yield " ".join(x for pair in zip(above, texts, strict=True) for x in pair)
        else:
            yield " ".join(texts)
        above = texts
    yield from _beside(sheet, block)


def _fields(above: list[str], texts: list[str]) -> bool:
    pair = [field_of(line[0]) if line else "" for line in (above, texts)]
    return pair == ["subject", "teacher"]


def _beside(sheet: Sheet, block: Block) -> Iterator[str]:
    """Rows of a table 学科 | 教师 at the right of a block."""
    for row in range(block.top, block.band.bottom):
        for left in range(max(block.columns) + 1, sheet.width - 1):
            texts = sheet.text(row, left), sheet.text(row, left + 1)
            if [*map(field_of, texts)] == ["subject", "teacher"]:
                yield " ".join(
                    f"{sheet.text(r, left)} {sheet.text(r, left + 1)}"
                    for r in range(row + 1, sheet.height)
                )


def teachers_said(
    lines: Iterable[str], vocabulary: Vocabulary, grade: int | None
) -> list[tuple[Name, str]]:
    """Courses with their teachers; none where fewer than two are named so."""
    found: list[tuple[Name, str]] = []
    for line in lines:
        pieces = _BETWEEN.split(gathered(plain(line), vocabulary))
        words = [x for text in pieces for x in _cut(text, vocabulary)]
        pairs = [
            (name, tidy(b))
            for a, b in pairwise(words)
            if _is_named(b, vocabulary) and (name := _course(a, vocabulary, grade))
        ]
        if len(words) <= 2 * len(pairs) + _OTHERS:
            found += pairs
    return found if len(found) >= _LEAST else []


def _course(word: str, vocabulary: Vocabulary, grade: int | None) -> Name | None:
    """The course that a word is, also one cut short or with a title: 校本/诵读."""
    entries = entries_of([word], [""], vocabulary, grade)
    if len(entries) != 1 or entries[0].teachers or not entries[0].name.code:
        return None
    return entries[0].name


def _is_named(word: str, vocabulary: Vocabulary) -> bool:
    return person(word) and not vocabulary.knows(word)


def _cut(word: str, vocabulary: Vocabulary) -> Iterator[str]:
    """A word, or its course and its teacher: 语文王芳."""
    start = vocabulary.longest_start(word)
    if start and not vocabulary.knows(word) and person(word[len(start) :]):
        yield start
        word = word[len(start) :]
    if word:
        yield word
