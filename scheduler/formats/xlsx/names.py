"""Names of sheets: what Excel accepts, each once."""

import re
from collections.abc import Iterable

LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_RESERVED = frozenset({"history"})
_NAMELESS = "表"


def sheet_names(wanted: Iterable[str]) -> tuple[str, ...]:
    """A sheet name for each wish, in order.

    Forbidden characters become ``-``, names end at 31 characters as Excel counts
    them (UTF-16 units), and one that differs from an earlier one in nothing but
    case gets a number.
    """
    taken = set(_RESERVED)
    names = []
    for wish in wanted:
        base = _cleaned(wish)
        name, again = base, 1
        while name.casefold() in taken:
            again += 1
            mark = f"({again})"
            name = _cut(base, LONGEST - len(mark)) + mark
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def _cleaned(wish: str) -> str:
    name = _FORBIDDEN.sub("-", wish).strip()
    # An apostrophe may not stand at either end, also not where the name is cut.
    name = _cut(name.strip("'").strip(), LONGEST).strip("'").strip()
    return name or _NAMELESS


def _cut(name: str, longest: int) -> str:
    while len(name.encode("utf-16-le")) // 2 > longest:
        name = name[:-1]
    return name


def link_to(name: str) -> str:
    """The first cell of a sheet as a link's target."""
    quoted = name.replace("'", "''")
    return f"'{quoted}'!A1"
