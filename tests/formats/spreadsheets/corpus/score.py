"""Score: what was read of a corpus file against what it says."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from scheduler.formats.spreadsheets.reading import read_school
from scheduler.model.read_timetable import CellKind, ReadTimetable
from tests.formats.spreadsheets.corpus.known import School, make_school
from tests.formats.spreadsheets.corpus.layouts import LAYOUTS
from tests.formats.spreadsheets.corpus.page import write
from tests.formats.spreadsheets.corpus.shapes import SHAPES
from tests.formats.spreadsheets.corpus.spelling import make_spelling

LAYERS = {"every": ("odd", "even"), "odd": ("odd",), "even": ("even",)}


@dataclass
class Score:
    """Counts of single-week lessons; ``examples`` show what was wrong."""

    lessons: int = 0
    right: int = 0
    wrong: int = 0
    """Silently: read or corrected, and not what stands there."""
    shown: int = 0
    teachers: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        self.lessons += other.lessons
        self.right += other.right
        self.wrong += other.wrong
        self.shown += other.shown
        self.teachers += other.teachers
        self.examples += other.examples


def corpus_file(folder: Path, seed: int, layout: str, ending: str):
    """Write one file of the corpus: its school, path, and whether teachers show."""
    rng = Random(f"{layout}/{seed}")
    school, spelling = make_school(rng), make_spelling(rng)
    flat = ending in (".csv", ".txt")
    made = LAYOUTS.get(layout) or SHAPES[layout]
    pages, who = made(rng, school, spelling, flat)
    if flat and len(pages) > 1:
        flat, ending = False, ".xlsx"
    if flat:
        for page in pages:
            page.cells, page.merges = page.filled() if seed % 2 else page.cells, []
    path = write(pages, folder / f"{layout}-{seed}{ending}")
    return school, path, who != "none"


def score(school: School, timetable: ReadTimetable, with_teachers: bool) -> Score:
    """Compare lesson by lesson, in odd and even weeks."""
    truth = {}
    for (c, day, period), slot in school.lessons.items():
        for week, code, teacher in slot:
            for layer in LAYERS[week]:
                truth[c, day, period, layer] = code, teacher
    found = defaultdict(list)
    for cell in timetable.cells:
        if cell.kind is CellKind.LESSON:
            key = cell.class_name.grade, cell.class_name.number
            for layer in LAYERS[cell.week.value]:
                found[key, cell.day, cell.period, layer].append(cell)
    result = Score(len(truth))
    for slot, (code, teacher) in truth.items():
        good = [c for c in found.get(slot, ()) if c.subject == code]
        result.right += bool(good)
        if not good:
            read = [(c.text, c.subject, c.status.value) for c in found.get(slot, ())]
            result.examples.append(f"missed {slot} {code}: {read}")
        elif with_teachers and (teacher in good[0].text or good[0].layout == "L4"):
            result.shown += 1
            result.teachers += good[0].teachers == (teacher,)
            if good[0].teachers != (teacher,):
                result.examples.append(
                    f"teacher {slot} {teacher}: {good[0].text!r} {good[0].teachers}"
                )
    for slot, cells in found.items():
        for cell in cells:
            if cell.status.sure and truth.get(slot, ("",))[0] != cell.subject:
                result.wrong += 1
                said = f"{cell.place} {cell.text!r} {cell.subject}"
                result.examples.append(f"wrong {slot} {truth.get(slot)}: {said}")
    return result


def read_and_score(folder: Path, seed: int, layout: str, ending: str) -> Score:
    school, path, with_teachers = corpus_file(folder, seed, layout, ending)
    read = read_school([path])
    return score(school, read, with_teachers)
