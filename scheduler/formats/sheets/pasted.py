"""Pasted text as a grid: columns parted by bars or by runs of spaces."""

import re

from scheduler.formats.sheets.grid import EMPTY, Cell, Grid

_RULE = re.compile(r"\s*\|?[\s:|+=-]*-[\s:|+=-]*\|?\s*")
_GAP = re.compile(r"[ \u3000]{2,}")
LEAST_SHARE = 0.5


def pasted_grid(name: str, text: str) -> Grid | None:
    """Text from a chat or a page as rows; None where commas or tabs part it."""
    lines = text.splitlines()
    filled = [line for line in lines if line.strip()]
    if not filled:
        return None
    barred = sum(line.count("|") >= 2 for line in filled)
    if barred >= max(2, LEAST_SHARE * len(filled)):
        return Grid(
            name, "", tuple(_barred(line) for line in lines if not _is_rule(line))
        )
    if any("\t" in line for line in filled) or sum("," in x for x in filled) > 1:
        return None
    spaced = sum(len(_GAP.split(line.strip())) >= 3 for line in filled)
    if spaced < max(2, LEAST_SHARE * len(filled)):
        return None
    edge = min(_indent(x) for x in filled if len(_GAP.split(x.strip())) >= 3)
    return Grid(name, "", tuple(_cells(_spaced(line, edge)) for line in lines))


def _spaced(line: str, edge: int) -> list[str]:
    """The columns of a line; further in than others, its first one is empty."""
    columns = _GAP.split(line.strip())
    inside = len(columns) >= 3 and _indent(line) >= edge + 2
    return ["", *columns] if inside else columns


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \u3000"))


def _is_rule(line: str) -> bool:
    return "|" in line and bool(_RULE.fullmatch(line))


def _barred(line: str) -> tuple[Cell, ...]:
    if line.count("|") < 2:
        return _cells([line])
    inner = line.strip().removeprefix("|").removesuffix("|")
    return _cells([x.replace("<br>", "\n") for x in inner.split("|")])


def _cells(texts: list[str]) -> tuple[Cell, ...]:
    cells = [Cell(x.strip(), x.strip()) if x.strip() else EMPTY for x in texts]
    while cells and cells[-1] is EMPTY:
        cells.pop()
    return tuple(cells)
