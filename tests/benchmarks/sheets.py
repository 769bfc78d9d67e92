"""The reader of spreadsheets: the corpus at size, and what mutations do to it."""

import tempfile
from pathlib import Path
from time import process_time

from tests.benchmarks.measure import say
from tests.formats.spreadsheets.corpus.grids import mutated_grids
from tests.formats.spreadsheets.corpus.layouts import LAYOUTS
from tests.formats.spreadsheets.corpus.score import Score, read_and_score
from tests.formats.spreadsheets.sheets import read_all

FILES_A_LAYOUT = 40
MUTATIONS = 10_000


def table() -> None:
    """Lessons right, silently wrong, teachers right and CPU seconds by layout."""
    say("| layout | files | lessons right | silently wrong | teachers right | CPU s |")
    say("|---|---|---|---|---|---|")
    for layout in LAYOUTS:
        start, total = process_time(), Score()
        with tempfile.TemporaryDirectory() as scratch:
            for seed in range(FILES_A_LAYOUT):
                ending = (".xlsx", ".xls", ".html")[seed % 3]
                total.add(read_and_score(Path(scratch), seed, layout, ending))
        right = f"{total.right}/{total.lessons}"
        teachers = f"{total.teachers}/{total.shown}"
        spent = process_time() - start
        cells = (layout, FILES_A_LAYOUT, right, total.wrong, teachers, f"{spent:.0f}")
        say(f"| {' | '.join(map(str, cells))} |")
    _mutations()


def _mutations() -> None:
    start = process_time()
    for seed in range(MUTATIONS):
        read_all(mutated_grids(seed))
    say(f"\n{MUTATIONS} mutated sheets, no crash: {process_time() - start:.0f} CPU s\n")
