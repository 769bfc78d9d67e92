"""The tables of docs/benchmarks.md that need no other program than ours and CP-SAT."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import opponent, ours
from tests.benchmarks.instances import DEMOS, generated
from tests.benchmarks.measure import Table, medians, ratio, watch

SIZES = ("primary-12", "primary-24", "primary-36", "junior-60", "primary-96")
PROVEN = ("primary-36", "junior-60", "primary-96")
RATE_SECONDS = 10.0
RATES = {"demo-school": 250_000, "primary-36": 200_000}
COMPILE_SECONDS = 30.0
"""Guards: moves a CPU second at the least, CPU seconds of compiling at the most. With
14 other processes on two cores a search had 290,000 on demo-school, with 4 of them
600,000; before arrays were records it had 100,000 and 54 s."""
SHORT_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Settings:
    """What is run how often and how long; ``schools`` are stage and classes.

    ``folders`` are schools of one's own, beside the generated and the demo ones.
    """

    seeds: int
    seconds: float
    opponent_seconds: float
    proof_seconds: float
    schools: tuple[str, ...]
    cpsat: Path | None
    folders: tuple[Path, ...] = ()

    @property
    def every_seed(self) -> range:
        """Seeds of schools and solvers alike, from 1."""
        return range(1, self.seeds + 1)


def against_cpsat(settings: Settings) -> None:
    """(a) Our soft cost after a short time over CP-SAT's after a long one."""
    table = Table(
        f"Ours after {settings.seconds:g} s, CP-SAT after "
        f"{settings.opponent_seconds:g} s",
        "school | seed | ours hard | first s | soft | bound | CPU s | MB "
        "| CP-SAT hard | first s | soft | bound | CPU s | MB | soft ratio",
    )
    for name in chosen(settings, "primary-36", "junior-60"):
        rows = [
            _both(table, generated(name, seed), seed, settings)
            for seed in settings.every_seed
        ]
        table.row(f"**{name}**", "median", *medians(rows, (0, 6)))
    for folder in settings.folders:
        for seed in settings.every_seed:
            _both(table, folder, seed, settings)
    table.end()


def _both(
    table: Table, school: Path, seed: int, settings: Settings
) -> tuple[float | None, ...]:
    us = ours.solve(school, settings.seconds, seed)
    interpreter = settings.cpsat or opponent.python()
    they = opponent.solve(interpreter, school, settings.opponent_seconds, seed)
    cells = (us.hard, us.first, us.good_soft, us.bound, us.cpu, us.megabytes)
    cells += (they.hard, they.first, they.soft, they.bound)
    cells += (they.cpu, they.megabytes, ratio(us.good_soft, they.soft))
    table.row(school.name, seed, *cells)
    return cells


def growth(settings: Settings) -> None:
    """(c) From 12 to 96 classes: first timetable, cost, gap, memory."""
    table = Table(
        "Growth",
        "school | seed | hard | first s | whole process to first s "
        f"| whole process with --time {SHORT_SECONDS:g} s | its hard "
        f"| soft after {settings.seconds:g} s | gap % after "
        f"{settings.proof_seconds:g} s | MB",
    )
    for name in chosen(settings, *SIZES):
        rows = []
        for seed in settings.every_seed:
            school = generated(name, seed)
            short = ours.solve(school, SHORT_SECONDS, seed)
            fair = ours.solve(school, settings.seconds, seed)
            proof = ours.solve(school, settings.proof_seconds, seed)
            cells = (
                max(fair.hard, proof.hard),
                fair.first,
                fair.whole_to_first,
                short.whole,
                short.hard,
                fair.good_soft,
                proof.gap,
                max(fair.megabytes, proof.megabytes),
            )
            rows.append(cells)
            table.row(name, seed, *cells)
        table.row(f"**{name}**", "median", *medians(rows, (0, 4)))
    table.end()


def gaps(settings: Settings) -> None:
    """(f) The first timetable, and what is proven after a minute, with its memory."""
    table = Table(
        f"First timetable; cost, certified gap and memory after "
        f"{settings.proof_seconds:g} s",
        "school | seed | hard | first s | whole process to first s | soft | bound "
        "| gap % | s | CPU s | MB",
    )
    for name in chosen(settings, *PROVEN):
        rows = [
            _gap(table, generated(name, seed), seed, settings)
            for seed in settings.every_seed
        ]
        table.row(f"**{name}**", "median", *medians(rows, (0,)))
    for folder in (DEMOS[0], *settings.folders):
        for seed in settings.every_seed:
            _gap(table, folder, seed, settings)
    table.end()


def _gap(
    table: Table, school: Path, seed: int, settings: Settings
) -> tuple[float | None, ...]:
    x = ours.solve(school, settings.proof_seconds, seed)
    cells = (x.hard, x.first, x.whole_to_first, x.good_soft, x.bound, x.gap)
    cells += (x.seconds, x.cpu, x.megabytes)
    table.row(school.name, seed, *cells)
    return cells


def parts(settings: Settings) -> None:
    """(d) Exact search alone, search alone, and both."""
    table = Table(
        f"Parts of a solve, {settings.proof_seconds:g} s",
        "school | part | seed | hard | unplaced | first s | soft | bound | gap %",
    )
    for school, seed in _schools(settings):
        for mode in ("exact", "search", ours.BOTH):
            x = ours.solve(school, settings.proof_seconds, seed, mode=mode)
            table.row(
                school.name,
                mode,
                seed,
                x.hard,
                x.unplaced,
                x.first,
                x.soft,
                x.bound,
                x.gap,
            )
    table.end()


def _schools(settings: Settings) -> list[tuple[Path, int]]:
    """Schools for the table of parts, with the seeds to solve them with."""
    names = chosen(settings, "primary-36", "junior-60")
    return [(generated(name, k), k) for name in names for k in settings.every_seed] + [
        (demo, k) for demo in DEMOS for k in settings.every_seed
    ]


def rates(settings: Settings) -> None:
    """(g) Moves a CPU second, one search on one core; compiling on a new machine.

    A row beyond its guard is marked: such a loss has gone unseen before.
    """
    table = Table(
        f"Moves a CPU second, one core, {RATE_SECONDS:g} CPU s",
        "school | moves/s | at least | CPU s until ready to search | guard",
    )
    schools = {DEMOS[0].name: DEMOS[0]}
    schools |= {name: generated(name, 1) for name in chosen(settings, *SIZES)}
    for name, school in schools.items():
        found = _child("rate_child", school, RATE_SECONDS, 1)
        least = RATES.get(name)
        kept = least is None or found["moves"] >= least
        cells = (round(found["moves"]), least, found["ready"], _mark(kept))
        table.row(name, *cells)
    table.end()
    table = Table("Compiling the search, once after installing", "CPU s | at most |  ")
    with TemporaryDirectory() as cache:
        seconds = _child("compile_child", cache)["seconds"]
    table.row(seconds, COMPILE_SECONDS, _mark(seconds <= COMPILE_SECONDS))
    table.end()


def _mark(kept: bool) -> str:
    return "kept" if kept else "**BROKEN**"


def _child(name: str, *arguments: object) -> dict[str, float]:
    """What a program of its own says, so that nothing is loaded or compiled yet.

    Raises:
        RuntimeError: it failed; with what it said.
    """
    process = watch([sys.executable, "-m", f"tests.benchmarks.{name}", *arguments])
    if process.code:
        raise RuntimeError(process.errors)
    found: dict[str, float] = json.loads(process.output)
    return found


def chosen(settings: Settings, *names: str) -> tuple[str, ...]:
    """The schools asked for by name, or those the table is about."""
    return settings.schools or names
