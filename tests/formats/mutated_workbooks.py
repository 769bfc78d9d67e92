"""Mutated workbooks of the data contract: cells, XML and bytes nobody would write."""

import io
import zipfile
from collections import Counter
from pathlib import Path
from random import Random

from openpyxl import load_workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.files.workbook_writing import write_workbook
from scheduler.model.errors import InputError

VALUES = (
    None,
    "",
    " ",
    "T99",
    -1,
    0,
    1.5,
    10**12,
    1e300,
    True,
    "1e999",
    "９",
    "8:70",
    "2026-02-30",
    "；；、,",
    "=1/0",
    "=A1",
    "\u202e反\u0000"[:2],
    "好" * 10_000,
    "_x000D_",
    "周八",
    "三至一年级",
    "0.5单",
)
NUMBERS = ("", "-1", "1e999", "99999999999", "x", "4294967296", "NaN")


def workbook_of(path: Path, scratch: Path) -> bytes:
    """The bytes of a problem's workbook."""
    made = scratch / "given.xlsx"
    write_workbook(read_problem(path).problem, made)
    return made.read_bytes()


def mutated(book: bytes, seed: int) -> bytes:
    """The workbook with one to four faults of one kind; the seed says which."""
    random = Random(seed)
    kind = random.choice((_cells, _rows, _xml, _parts, _bytes))
    return kind(book, random)


def outcome(path: Path) -> str:
    """ "read" or "refused"; anything but sentences escapes."""
    try:
        read_problem(path)
    except InputError:
        return "refused"
    return "read"


def outcomes(book: bytes, seeds: range, scratch: Path) -> Counter[str]:
    """How many of the mutations end in which way.

    Raises:
        AssertionError: one ended in an exception that is no sentence.
    """
    counts: Counter[str] = Counter()
    path = scratch / "mutated.xlsx"
    for seed in seeds:
        path.write_bytes(mutated(book, seed))
        try:
            counts[outcome(path)] += 1
        except Exception as error:
            raise AssertionError(f"seed {seed}: {error!r}") from error
    return counts


def _cells(book: bytes, random: Random) -> bytes:
    made = load_workbook(io.BytesIO(book))
    for _ in range(random.randint(1, 4)):
        sheet = random.choice(made.worksheets)
        row = random.randint(1, sheet.max_row + 2)
        column = random.randint(1, sheet.max_column + 1)
        try:
            sheet.cell(row, column).value = random.choice(VALUES)
        except IllegalCharacterError:
            continue
    return _saved(made)


def _rows(book: bytes, random: Random) -> bytes:
    made = load_workbook(io.BytesIO(book))
    sheet = random.choice(made.worksheets)
    row = random.randint(1, sheet.max_row)
    match random.randrange(5):
        case 0:
            sheet.delete_rows(row, random.randint(1, 5))
        case 1:
            sheet.insert_rows(row)
        case 2:
            sheet.delete_cols(random.randint(1, sheet.max_column))
        case 3:
            sheet.merge_cells(None, row, 1, row + 2, sheet.max_column)
        case _:
            sheet.title = random.choice(
                ("课时", "任课安排", "Sheet1", "班级 (2)", "规则")
            )
    return _saved(made)


def _xml(book: bytes, random: Random) -> bytes:
    """Numbers of the XML replaced, or a run of it left out or doubled."""

    def edit(text: bytes) -> bytes:
        spans = [k for k in range(len(text)) if text[k : k + 1] == b'"']
        if len(spans) < 4:
            return text
        at = random.randrange(0, len(spans) - 1)
        first, last = spans[at] + 1, spans[at + 1]
        match random.randrange(3):
            case 0:
                put = random.choice(NUMBERS).encode()
                return text[:first] + put + text[last:]
            case 1:
                return text[:first] + text[last:]
            case _:
                return text[:last] + text[first:]

    return _with_part(book, random, edit)


def _parts(book: bytes, random: Random) -> bytes:
    """A part of the package left out, emptied or cut."""
    drop = random.randrange(3)

    def edit(text: bytes) -> bytes | None:
        return (None, b"", text[: random.randrange(len(text) + 1)])[drop]

    return _with_part(book, random, edit)


def _bytes(book: bytes, random: Random) -> bytes:
    made = bytearray(book)
    for _ in range(random.randint(1, 4)):
        made[random.randrange(len(made))] = random.randrange(256)
    return bytes(made[: random.randrange(len(made))] if random.random() < 0.2 else made)


def _with_part(book, random, edit) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as given, zipfile.ZipFile(out, "w") as made:
        chosen = random.choice(given.namelist())
        for name in given.namelist():
            text = edit(given.read(name)) if name == chosen else given.read(name)
            if text is not None:
                made.writestr(name, text)
    return out.getvalue()


def _saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
