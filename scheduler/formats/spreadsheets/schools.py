"""Schools: which file is of which school, by titles, names of files and folders."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from scheduler.formats.spreadsheets.books import Book, file_titles
from scheduler.formats.spreadsheets.titles import school_in
from scheduler.model.read_timetable import CellKind, Place, ReadNote
from scheduler.model.text import Text

BY_CLASS = frozenset({"L1", "L2", "L3", "L7"})
COMPARED = 30
"""Lessons that two files must share before their difference says anything."""
ALIKE = 0.5
Slot = tuple[object, ...]


def schools_of(
    books: Sequence[Book], paths: dict[str, Path], given: str
) -> tuple[dict[str, str], list[ReadNote]]:
    """The school of each file, and notes of what was assumed.

    Files that name none are of the ``given`` school, else of the only one that others
    name, else of one school together; where they contradict each other all over, each
    is a school of its own, called by its file.
    """
    named = {b.file: _named(b, paths.get(b.file)) or given for b in books}
    nameless = [b for b in books if not named[b.file]]
    others = {school for school in named.values() if school}
    notes: list[ReadNote] = []
    if len(others) == 1 and nameless:
        (only,) = others
        for book in nameless:
            named[book.file] = only
            text = Text(f"没有校名，归入{only}", f"no school named, taken for {only}")
            notes.append(ReadNote(Place(book.file), text, "assumed"))
    elif len(nameless) > 1 and (others or _strangers(nameless)):
        for book in nameless:
            stem = book.file.rpartition(".")[0] or book.file
            named[book.file] = stem
            text = Text(
                "没有校名，以文件名作校名", "no school named: called by its file"
            )
            notes.append(ReadNote(Place(book.file), text, "assumed"))
    return named, notes


def _named(book: Book, path: Path | None) -> str:
    """The school that a file's titles, its name or its folder says."""
    said = {r.titles.school for r in book.readings if r.titles.school}
    if len(said) == 1:
        return said.pop()
    stem = book.file.rpartition(".")[0]
    folder = path.resolve().parent.name if path else ""
    return school_in([stem]) or school_in([folder]) or file_titles(book).school


def _strangers(books: Sequence[Book]) -> bool:
    """Whether two files give the same classes quite different lessons."""
    taught = [dict(_taught(book)) for book in books]
    for first, second in combinations(taught, 2):
        shared = first.keys() & second.keys()
        same = sum(first[slot] == second[slot] for slot in shared)
        if len(shared) >= COMPARED and same < ALIKE * len(shared):
            return True
    return False


def _taught(book: Book) -> Iterator[tuple[Slot, str]]:
    for reading in book.readings:
        if reading.layout not in BY_CLASS:
            continue
        for cell in reading.cells:
            if cell.kind is CellKind.LESSON and cell.class_name.number:
                slot = (*cell.class_name.key, cell.day, cell.period, cell.week)
                yield slot, cell.subject
