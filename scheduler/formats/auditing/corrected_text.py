"""Standard course names written into a copy of a CSV file, byte by byte.

Only the names concerned change: marks, quotes, line ends and encoding stay as they are.
What parts fields is never part of a character in UTF-8 or GB18030, so fields are found
in the bytes themselves.
"""

import re
from collections.abc import Iterator, Mapping

from scheduler.formats.sheets.delimited import delimiter_of

_ADDRESS = re.compile(r"([A-Z]+)(\d+)")
Span = tuple[int, int]


def corrected_text(
    content: bytes, names: Mapping[str, Mapping[str, str]]
) -> tuple[bytes, set[str]] | None:
    """The file with names put right, and the addresses where that was done.

    None where its encoding is another one (UTF-16).

    Parameters:
        names: By a cell's address (``B5``) what stands there and what should.
    """
    encoding = _encoding(content)
    if encoding is None:
        return None
    mark = delimiter_of(content.decode(encoding)).encode()
    spans = dict(_fields(content, mark))
    parts: list[tuple[Span, bytes]] = []
    done: set[str] = set()
    for address, wanted in names.items():
        span = spans.get(_key(address))
        new = span and _replaced(content[slice(*span)], wanted, encoding)
        if span and new:
            parts.append((span, new))
            done.add(address)
    for (start, end), new in sorted(parts, reverse=True):
        content = content[:start] + new + content[end:]
    return content, done


def _key(address: str) -> tuple[int, int]:
    """Row and column, from 1; (0, 0) for what is no address."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return 0, 0
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _replaced(field: bytes, names: Mapping[str, str], encoding: str) -> bytes | None:
    """A field with its names put right; None where one is not in it once."""
    text = field.decode(encoding)
    for old, new in names.items():
        if text.count(old) != 1:
            return None
        text = text.replace(old, new)
    return text.encode(encoding)


def _fields(content: bytes, mark: bytes) -> Iterator[tuple[tuple[int, int], Span]]:
    """Row, column and the bytes of every field, its quotes included."""
    row, column, start, quoted = 1, 1, 0, False
    at = 0
    while at < len(content):
        one = content[at : at + 1]
        if one == b'"':
            quoted = not quoted
        elif not quoted and one == mark:
            yield (row, column), (start, at)
            column, start = column + 1, at + 1
        elif not quoted and one in (b"\n", b"\r"):
            yield (row, column), (start, at)
            if content[at : at + 2] == b"\r\n":
                at += 1
            row, column, start = row + 1, 1, at + 1
        at += 1
    yield (row, column), (start, len(content))


def _encoding(content: bytes) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return None
