"""The audit: findings over the corpus against before, one school, a whole district."""

import sys
import tempfile
from pathlib import Path
from random import Random
from time import process_time

from scheduler.audit.inputs.from_reading import schools_read
from scheduler.audit.running.audit import audit
from scheduler.formats.profiles import read_profile
from tests.audit.clean_school import clean_school
from tests.audit.printed import print_school
from tests.benchmarks.audit_corpus import compared, corpus_findings, read_baseline
from tests.benchmarks.measure import Table, peak_megabytes, watch
from tests.formats.spreadsheets.corpus.grids import mutated_grids
from tests.formats.spreadsheets.corpus.known import fill_school
from tests.formats.spreadsheets.corpus.layouts import LAYOUTS
from tests.formats.spreadsheets.corpus.page import write
from tests.formats.spreadsheets.corpus.spelling import make_spelling
from tests.formats.spreadsheets.sheets import read_all

SCHOOLS, CLASSES = 40, 25
MUTATIONS = 10_000
_PRIMARY = [(g, n) for g in range(1, 7) for n in range(1, 6)][:CLASSES]
_JUNIOR = [(g, n) for g in range(7, 10) for n in range(1, 10)][:CLASSES]
_BY_CLASS = [x for x in LAYOUTS if x != "teacher_sheets"]


def table() -> None:
    """All tables of the audit."""
    _corpus()
    _commands()
    _mutations()


def _corpus() -> None:
    began = process_time()
    found = corpus_findings()
    spent = process_time() - began
    rows = Table("Findings over the corpus", "rule | findings | new | gone | others")
    for rule, counts in compared(read_baseline(), found).items():
        rows.row(rule, *counts)
    rows.end()
    size = Table("Reading and auditing the corpus", "files | CPU s | peak MB")
    size.row(len(found), spent, peak_megabytes())
    size.end()


def _commands() -> None:
    rows = Table(
        "Whole commands", "audit of | workbooks | classes | seconds | CPU s | peak MB"
    )
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        one = print_school(clean_school(), folder / "school.xlsx")
        _audited(rows, "one school", [one], 24, folder / "one")
        files = district(folder / "district")
        _audited(rows, "a district", files, SCHOOLS * CLASSES, folder / "all")
    rows.end()


def _audited(
    rows: Table, what: str, files: list[Path], classes: int, out: Path
) -> None:
    command = (sys.executable, "-m", "scheduler", "audit", *files, "--out", out)
    done = watch(command)
    if done.code not in (0, 1):
        raise SystemExit(done.errors)
    rows.row(what, len(files), classes, done.seconds, done.cpu, done.megabytes)


def district(folder: Path) -> list[Path]:
    """Write a workbook for each of forty schools, in mixed layouts."""
    folder.mkdir()
    files = []
    for number in range(SCHOOLS):
        rng = Random(f"district/{number}")
        junior = number % 3 == 2
        kind = "中学" if junior else "小学"
        school = fill_school(rng, _JUNIOR if junior else _PRIMARY, kind)
        school.name = f"第{number + 1}{kind}"
        layout = _BY_CLASS[number % len(_BY_CLASS)]
        pages, _ = LAYOUTS[layout](rng, school, make_spelling(rng), False)
        files.append(write(pages, folder / f"{school.name}.xlsx"))
    return files


def _mutations() -> None:
    profile, began, found = read_profile(), process_time(), 0
    for seed in range(MUTATIONS):
        read = read_all(mutated_grids(seed))
        schools = [s for s in schools_read(read) if s.classes]
        found += len(audit(schools, profile).findings)
    rows = Table("Mutated sheets read and audited", "sheets | findings | CPU s")
    rows.row(MUTATIONS, found, process_time() - began)
    rows.end()
