"""Grids of pages without a file between, for tests that need thousands."""

from random import Random

from scheduler.formats.sheets.grid import EMPTY, Cell, Grid, Merge
from tests.formats.spreadsheets.corpus.known import make_school
from tests.formats.spreadsheets.corpus.layouts import LAYOUTS
from tests.formats.spreadsheets.corpus.mutations import mutated
from tests.formats.spreadsheets.corpus.page import Page
from tests.formats.spreadsheets.corpus.spelling import make_spelling


def grid_of(page: Page, file: str = "a.xlsx") -> Grid:
    """A page as the general reader of sheets would give it."""
    if not page.cells and not page.merges:
        return Grid(file, page.name, ())
    height, width = page.size
    rows = tuple(
        tuple(_cell(page.cells.get((r, c), "")) for c in range(width))
        for r in range(height)
    )
    return Grid(file, page.name, rows, tuple(Merge(*m) for m in page.merges))


def _cell(value: object) -> Cell:
    text = str(value).strip()
    kept = value if isinstance(value, int | float) else str(value)
    return Cell(kept, text) if text else EMPTY


def mutated_grids(seed: int) -> list[Grid]:
    """Sheets of one random layout after up to thirty mutations each."""
    rng = Random(f"mutation/{seed}")
    layout = rng.choice(sorted(LAYOUTS))
    pages, _ = LAYOUTS[layout](rng, make_school(rng), make_spelling(rng), False)
    chosen = rng.sample(pages, min(len(pages), 2))
    return [grid_of(mutated(rng, page, rng.randint(1, 30))) for page in chosen]
