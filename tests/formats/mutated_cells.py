"""Single cells of a folder replaced by what nobody would write, one at a time."""

import csv
import io
from collections import Counter
from pathlib import Path
from random import Random

from scheduler.formats.problem.reading import read_problem
from scheduler.model.errors import InputError

VALUES = (
    "",
    " ",
    "T99",
    "-1",
    "0",
    "1.5",
    "99999999999999999999",
    "1e999",
    "NaN",
    "９",
    "25:00",
    "2026-02-30",
    "；；、,",
    "=1/0",
    "\u202e反",
    "\u0007",
    "好" * 10_000,
    "_x000D_",
    "周八",
    "三至一年级",
    "0.5单",
    "1;1;1",
    "every",
    "home",
)


def outcomes(folder: Path, seeds: range) -> Counter[str]:
    """How many single-cell faults of a folder, one for each seed, end in which way.

    The folder is a copy; every file is as before afterwards.

    Raises:
        AssertionError: one ended in an exception that is no sentence.
    """
    counts: Counter[str] = Counter()
    files = sorted(x for x in folder.glob("*.csv") if x.name != "timetable.csv")
    for seed in seeds:
        random = Random(seed)
        file = random.choice(files)
        kept = file.read_bytes()
        rows = list(csv.reader(io.StringIO(kept.decode("utf-8-sig"))))
        row = random.randrange(len(rows))
        column = random.randrange(len(rows[row]) or 1)
        value = random.choice(VALUES)
        rows[row][column : column + 1] = [value]
        try:
            file.write_bytes(_bytes(rows))
            counts[_outcome(folder)] += 1
        except Exception as error:
            where = f"{file.name} row {row + 1}, column {column + 1}: {value[:40]!r}"
            raise AssertionError(f"seed {seed}, {where}: {error!r}") from error
        finally:
            file.write_bytes(kept)
    return counts


def _outcome(folder: Path) -> str:
    try:
        read_problem(folder)
    except InputError:
        return "refused"
    return "read"


def _bytes(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8")
