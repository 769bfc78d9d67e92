"""Footers: who teaches what, as a line below a class's timetable says it.

任课教师：语文 王芳 数学 李强; 语文：王芳；数学：李强; in one cell or in several.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from scheduler.formats.spreadsheets.labels.people import person, tidy
from scheduler.formats.spreadsheets.labels.vocabulary import Name, Vocabulary
from scheduler.formats.spreadsheets.labels.words import plain

_BETWEEN = re.compile(r"[\s,，、;；|:：()/]+")
_LEAST = 2
_OTHERS = 3
"""Words of such a line that may be neither courses nor teachers."""


def teachers_said(
    lines: Iterable[str], vocabulary: Vocabulary, grade: int | None
) -> list[tuple[Name, str]]:
    """Courses with their teachers; none where fewer than two are named so."""
    found: list[tuple[Name, str]] = []
    for line in lines:
        words = [
            x for text in _BETWEEN.split(plain(line)) for x in _cut(text, vocabulary)
        ]
        pairs = [
            (vocabulary.look_up(a, grade), tidy(b))
            for a, b in pairwise(words)
            if vocabulary.knows(a) and _is_named(b, vocabulary)
        ]
        if len(words) <= 2 * len(pairs) + _OTHERS:
            found += pairs
    return found if len(found) >= _LEAST else []


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
