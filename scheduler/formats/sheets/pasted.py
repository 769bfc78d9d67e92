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
    return Grid(name, "", tuple(_cells(_GAP.split(line.strip())) for line in lines))


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
