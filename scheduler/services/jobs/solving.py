"""What a solve leaves behind: timetable.csv and solution.json."""

import json
from pathlib import Path
from typing import Any

from scheduler import __version__
from scheduler.formats.archive import digest
from scheduler.formats.tables.files.atomic import write_file
from scheduler.formats.tables.timetable_writing import write_timetable
from scheduler.solver.solution import Solution

TIMETABLE, RECORD = "timetable.csv", "solution.json"
CERTIFICATE = "certificate.json"


def solution_facts(solution: Solution) -> dict[str, Any]:
    """The content of solution.json (data-format.md, "Out")."""
    report, gap = solution.report, solution.gap
    return {
        "status": solution.status.value,
        "hard": report.hard,
        "soft": report.soft,
        "conflicts": report.conflicts,
        "unplaced": list(solution.unplaced),
        "reasons": [r.both() for r in solution.reasons],
        "holes": solution.holes.facts() if solution.holes else None,
        "bound": solution.bound,
        "gap": None if gap is None else round(gap, 6),
        "certificate": {
            "zh": solution.certificate.zh,
            "en": solution.certificate.en,
        },
        "seconds": round(solution.seconds, 2),
        "first_seconds": _rounded(solution.first_seconds),
        "seed": solution.seed,
        "iterations": solution.iterations,
        "version": __version__,
        "problem": digest(solution.timetable.problem),
        "constraints": {
            r.name: {
                "level": r.level.value,
                "weight": r.weight,
                "amount": r.amount,
                "cost": r.cost,
            }
            for r in report.results
        },
    }


def solution_json(solution: Solution) -> str:
    """solution.json as text."""
    return json.dumps(solution_facts(solution), ensure_ascii=False, indent=2) + "\n"


def write_solution(solution: Solution, directory: Path) -> None:
    """Write timetable, record and, where there is one, the certificate of the bound;
    all of them or none.

    What stood there before is kept beside them as ``*.previous``: a solve that
    failed must not cost anybody a timetable.

    Raises:
        OSError: the folder cannot be written.
    """
    directory.mkdir(parents=True, exist_ok=True)
    new = {name: directory / f".new-{name}" for name in (TIMETABLE, RECORD)}
    if solution.proof is not None:
        new[CERTIFICATE] = directory / f".new-{CERTIFICATE}"
    try:
        _write(solution, new)
        for name in (TIMETABLE, RECORD, CERTIFICATE):
            path = directory / name
            if path.exists():
                path.replace(path.with_suffix(f".previous{path.suffix}"))
        for name, path in new.items():
            path.replace(directory / name)
    finally:
        for path in new.values():
            path.unlink(missing_ok=True)


def _write(solution: Solution, paths: dict[str, Path]) -> None:
    """All files beside their places: nothing moves before the disk has taken all."""
    write_timetable(solution.timetable, paths[TIMETABLE], replace=True)
    write_file(paths[RECORD], solution_json(solution).encode(), replace=True)
    if solution.proof is not None:
        facts = json.dumps(solution.proof.facts(), separators=(",", ":"))
        write_file(paths[CERTIFICATE], facts.encode(), replace=True)


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 2)
