"""Findings over the corpus of spreadsheets, against those that were there before.

``python -m tests.benchmarks.audit_corpus`` writes the findings of today as those that
the next run is held against; what changed belongs into the commit that changed it.
"""

import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from scheduler.audit.inputs.from_reading import schools_read
from scheduler.audit.running.audit import audit
from scheduler.formats.profiles import read_profile
from scheduler.formats.spreadsheets.reading import read_school
from tests.formats.spreadsheets.corpus.layouts import LAYOUTS
from tests.formats.spreadsheets.corpus.score import corpus_file

BASELINE = Path(__file__).with_name("audit_baseline.json")
ENDINGS = (".xlsx", ".xls", ".html", ".csv", ".xlsx")
SEEDS = range(10)
Counts = dict[str, str]
"""By rule how many findings a file has, and a digest of which: ``12:3fa0``."""


def corpus_findings() -> dict[str, Counts]:
    """Counts of every file of the corpus."""
    with tempfile.TemporaryDirectory() as scratch:
        return {
            f"{layout}/{seed}": dict(_counts(Path(scratch), layout, seed))
            for layout in LAYOUTS
            for seed in SEEDS
        }


def _counts(folder: Path, layout: str, seed: int) -> Iterator[tuple[str, str]]:
    _, path, _ = corpus_file(folder, seed, layout, ENDINGS[seed % len(ENDINGS)])
    schools = schools_read(read_school([path]))
    result = audit([s for s in schools if s.classes], read_profile())
    keys: dict[str, list[str]] = {}
    for judged, found in result.findings:
        who = found.group.key if found.group else ""
        what = (who, found.subject, found.teacher, found.day, found.period)
        keys.setdefault(judged.rule.id, []).append("|".join((*what, found.measured)))
    for rule, own in sorted(keys.items()):
        digest = sha256("\n".join(sorted(own)).encode()).hexdigest()[:4]
        yield rule, f"{len(own)}:{digest}"


def compared(
    before: Mapping[str, Counts], now: Mapping[str, Counts]
) -> dict[str, tuple[int, int, int, int]]:
    """By rule: findings now, new ones, gone ones, files where others are as many."""
    total: Counter[str] = Counter()
    new: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for file in {**before, **now}:
        old, this = before.get(file, {}), now.get(file, {})
        for rule in {**old, **this}:
            was, had = _split(old.get(rule, "0:"))
            has, have = _split(this.get(rule, "0:"))
            total[rule] += has
            new[rule] += max(0, has - was)
            gone[rule] += max(0, was - has)
            other[rule] += has == was and had != have
    return {r: (total[r], new[r], gone[r], other[r]) for r in sorted(total)}


def _split(text: str) -> tuple[int, str]:
    count, _, digest = text.partition(":")
    return int(count), digest


def read_baseline() -> dict[str, Counts]:
    """The findings that were there before."""
    found: dict[str, Counts] = json.loads(BASELINE.read_text(encoding="utf-8"))
    return found


def write_baseline(found: Mapping[str, Counts]) -> None:
    """Keep the findings of today; a file a line, so that changes can be read."""
    lines = [f'"{file}": {json.dumps(counts)}' for file, counts in found.items()]
    BASELINE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    write_baseline(corpus_findings())
