"""Sheet: a grid as the reader sees it, hidden lines left out, merged areas filled."""

from datetime import date, datetime
from functools import cached_property, lru_cache

from openpyxl.utils import get_column_letter

from scheduler.formats.sheets.grid import EMPTY, Cell, Grid
from scheduler.formats.spreadsheets.labels.words import compact, plain
from scheduler.model.read_timetable import Place

Anchor = tuple[int, int]


class Sheet:
    """Rows and columns that people see; every merged cell has the area's content."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.file, self.name = grid.file, grid.sheet
        self._rows = [r for r in range(len(grid.rows)) if r not in grid.hidden_rows]
        self._columns = [c for c in range(grid.width) if c not in grid.hidden_columns]
        self.height, self.width = len(self._rows), len(self._columns)
        self._anchors = _anchors(grid)

    @cached_property
    def texts(self) -> list[list[str]]:
        """Texts in one spelling, row by row."""
        return [
            [plain(self.cell(r, c).text) for c in range(self.width)]
            for r in range(self.height)
        ]

    def text(self, row: int, column: int) -> str:
        """The text of a cell; ``""`` beyond the edges."""
        if 0 <= row < self.height and 0 <= column < self.width:
            return self.texts[row][column]
        return ""

    def cell(self, row: int, column: int) -> Cell:
        """The cell itself, the top left one of a merged area."""
        if not (0 <= row < self.height and 0 <= column < self.width):
            return EMPTY
        return self.grid.cell(*self.anchor(row, column))

    def printed(self, row: int, column: int) -> str:
        """The text of a cell as the sheet has it, without spaces around it."""
        return self.cell(row, column).text.strip()

    def spelt_as(self, text: str, part: str) -> str:
        """A part of one of the sheet's texts, without spaces, as the sheet has it."""
        for raw in self._raw.get(text, ()):
            spelt = "".join(raw.split())
            start = compact(raw).find(part)
            if len(spelt) == len(compact(raw)) and start >= 0:
                return spelt[start : start + len(part)]
        return part

    @cached_property
    def _raw(self) -> dict[str, set[str]]:
        """The sheet's own spellings of each text."""
        found: dict[str, set[str]] = {}
        for row in range(self.height):
            for column in range(self.width):
                raw = self.printed(row, column)
                if raw:
                    found.setdefault(self.text(row, column), set()).add(raw)
        return found

    def anchor(self, row: int, column: int) -> Anchor:
        """Where the content of a cell stands in the grid: equal all over a merge."""
        place = self._rows[row], self._columns[column]
        return self._anchors.get(place, place)

    def place(self, row: int, column: int) -> Place:
        """The cell's own address."""
        letters = _letters(self._columns[column] + 1)
        return Place(self.file, self.name, f"{letters}{self._rows[row] + 1}")

    def is_date(self, row: int, column: int) -> bool:
        """Whether the file holds a date there, as of a typed 3-1."""
        value = self.cell(row, column).value
        return isinstance(value, date | datetime)

    def blank(self, row: int, left: int = 0, right: int | None = None) -> bool:
        """Whether nothing stands in a stretch of a row."""
        return not any(self.texts[row][left:right])

    def anchored(self, row: int, left: int, right: int) -> list[tuple[int, str]]:
        """Columns and texts of a stretch of a row, each merged area once."""
        seen: set[Anchor] = set()
        found = []
        for column in range(left, min(right, self.width)):
            anchor = self.anchor(row, column)
            text = self.texts[row][column]
            if text and anchor not in seen:
                seen.add(anchor)
                found.append((column, text))
        return found


@lru_cache(maxsize=1024)
def _letters(column: int) -> str:
    return str(get_column_letter(column))


def _anchors(grid: Grid) -> dict[Anchor, Anchor]:
    """Cells of merged areas to their top left cell; only as far as the grid goes."""
    height, width = len(grid.rows), grid.width
    return {
        (row, column): (merge.top, merge.left)
        for merge in grid.merges
        for row in range(merge.top, min(merge.bottom, height))
        for column in range(merge.left, min(merge.right, width))
    }
