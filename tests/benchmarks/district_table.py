"""Districts: dividing, solving 5 to 40 schools, one worker and two, in CPU and wall."""

import math
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, process_time
from typing import Any

from distributed import Client

from scheduler.constraints.catalogue import check_settings
from scheduler.district.judging import judge
from scheduler.district.sharing.shares import share
from scheduler.formats.district.reading import read_district
from scheduler.model.district import District
from scheduler.services.district.cluster import open_cluster
from scheduler.services.district.solving import (
    DistrictLimits,
    DistrictSolution,
    solve_district,
)
from tests.benchmarks.districts import write_district
from tests.benchmarks.measure import Table, say
from tests.benchmarks.tables import Settings

SIZES = (5, 10, 20, 40)
NIGHTLY = (100,)
CLASSES = 36
_DIVIDING, _SCARCE = 120.0, 8
_SECONDS = 120.0
"""Of one school: its search ends by its moves, unless it must begin again."""
_MOVES_A_SCHOOL = 1_000_000


@dataclass(frozen=True, slots=True)
class Size:
    """Of a district: schools, classes of each, moves for each."""

    schools: int
    classes: int = CLASSES
    moves: int = _MOVES_A_SCHOOL

    def __str__(self) -> str:
        return f"{self.schools} x {self.classes}"


def table(settings: Settings) -> None:
    """The tables; ``--schools`` may name sizes as ``12x36x200000``.

    They are schools, classes, moves of a school.
    """
    sizes = [_size(x) for x in settings.schools or map(str, SIZES)]
    with TemporaryDirectory() as folder:
        districts = _read(sizes, Path(folder))
        _divided("places for all", districts)
        scarce = {k: _with_places(d, _SCARCE) for k, d in districts.items()}
        _divided(f"{_SCARCE} classes at a venue", scarce)
        _solved(districts)
        # Enough schools that a last one alone counts for little.
        middle = sizes[len(sizes) // 2]
        _two_workers(districts[middle], middle.moves)


def nightly(settings: Settings) -> None:
    """100 schools, which take most of an hour."""
    table(replace(settings, schools=tuple(map(str, NIGHTLY))))


def _size(text: str) -> Size:
    given = [int(part) for part in text.split("x")]
    return Size(*given)


def _read(sizes: Sequence[Size], folder: Path) -> dict[Size, District]:
    """Write and read the districts, and say how long reading takes."""
    found = Table("Reading", "schools x classes | CPU s")
    districts, times = {}, []
    for size in sizes:
        home = folder / str(size)
        write_district(size.schools, size.classes, 1, home)
        begun = process_time()
        districts[size] = read_district(home, check_settings).district
        times.append((size.schools, process_time() - begun))
        found.row(str(size), times[-1][1])
    found.end()
    _say_growth("reading", times)
    return districts


def _with_places(district: District, places: int) -> District:
    """The district with fewer places in its community venues."""
    problem = district.problem
    shared = {v.venue_id for v in problem.venues if not v.owner}
    return district.with_problem(
        replace(
            problem,
            zones=tuple(
                replace(z, max_classes=places) if z.venue_id in shared else z
                for z in problem.zones
            ),
            layouts=tuple(
                replace(x, max_classes=places) if x.venue_id in shared else x
                for x in problem.layouts
            ),
        )
    )


def _divided(title: str, districts: Mapping[Size, District]) -> None:
    """How long a proven division takes."""
    found = Table(
        f"Shares of venues and teachers, {title}",
        "schools x classes | lessons lacking | got | worst-off % | levels | proven "
        "| CPU s | wall s",
    )
    times = []
    for size, district in districts.items():
        begun, cpu = monotonic(), process_time()
        shares = share(district, _DIVIDING)
        used, wall = process_time() - cpu, monotonic() - begun
        needs = shares.venues.needs
        met = [shares.venues.met(k) for k in range(len(needs))]
        levels = shares.venues.divided.levels if shares.venues.divided else ()
        worst = int(100 * levels[0].value) if levels else 100
        lacking = sum(n.lacking for n in needs)
        found.row(
            str(size), lacking, sum(met), worst, len(levels),
            "yes" if shares.proven else "no", used, wall,
        )  # fmt: skip
        times.append((size.schools, used))
    found.end()
    _say_growth("dividing", times)


def _solved(districts: Mapping[Size, District]) -> None:
    """All schools solved by two workers; exponent of growth over the sizes."""
    found = Table(
        "All schools, two workers",
        "schools x classes | moves a school | sound | hard | not placed | CPU s "
        "| wall s | judged, CPU s | MB of a worker at most",
    )
    times, judging = [], []
    for size, district in districts.items():
        limits = DistrictLimits(_SECONDS, 2, iterations=size.moves, rounds=1)
        solution, cpu, wall, memory = _run(district, limits)
        timetables = [x.timetable for x in solution.solved.values() if x.timetable]
        begun = process_time()
        judge(district, timetables, 0)
        judged = process_time() - begun
        sound = sum(x.is_sound for x in solution.solved.values())
        found.row(
            str(size), size.moves, f"{sound} of {size.schools}",
            solution.judgement.report.hard, len(solution.judgement.unplaced),
            cpu, wall, judged, memory,
        )  # fmt: skip
        times.append((size.schools, cpu))
        judging.append((size.schools, judged))
    found.end()
    _say_growth("judging", judging)
    _say_growth("all", times)


def _say_growth(what: str, times: Sequence[tuple[int, float]]) -> None:
    if len({n for n, _ in times}) > 1:
        exponent = f"{_exponent(times):.2f}"
        say(f"{what}: CPU seconds grow with the number of schools to the {exponent}")
        say("")


def _exponent(times: Sequence[tuple[int, float]]) -> float:
    """Slope of a line through the logarithms."""
    xs = [math.log(n) for n, _ in times]
    ys = [math.log(t) for _, t in times]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    over = sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True))
    return over / sum((a - x) ** 2 for a in xs)


def _two_workers(district: District, moves: int) -> None:
    """The same moves with one worker and with two."""
    found = Table("One worker and two", "workers | CPU s | wall s | times as fast")
    first = None
    for workers in (1, 2):
        limits = DistrictLimits(_SECONDS, workers, iterations=moves, rounds=0)
        _, cpu, wall, _ = _run(district, limits)
        first = first or wall
        found.row(workers, cpu, wall, first / wall)
    found.end()


def _run(
    district: District, limits: DistrictLimits
) -> tuple[DistrictSolution, float, float, float]:
    """The solution, CPU seconds of all processes, wall seconds, MB of a worker."""
    begun_cpu = _cpu_seconds()
    with open_cluster("", limits.workers) as client:
        begun = monotonic()
        found = solve_district(district, limits, client, _watch, _watch)
        wall, cpu = monotonic() - begun, _cpu_seconds() - begun_cpu
        memory = max(_megabytes(client))
    return found, cpu, wall, memory


def _cpu_seconds() -> float:
    """CPU seconds of this process and of all below it that live."""
    ticks, waiting = 0, [os.getpid()]
    while waiting:
        pid = waiting.pop()
        with suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        waiting += map(int, _children(pid))
    return ticks / os.sysconf("SC_CLK_TCK")


def _megabytes(client: Client) -> list[float]:
    """Resident memory of each worker's computing process, at its highest."""
    found = []
    for pid in client.run(os.getpid).values():
        for child in _children(pid):
            with suppress(OSError):
                lines = Path(f"/proc/{child}/status").read_text().splitlines()
                (peak,) = (x for x in lines if x.startswith("VmHWM"))
                found.append(int(peak.split()[1]) / 1024)
    return found or [0.0]


def _children(pid: int) -> list[str]:
    """Processes that any thread of one has started."""
    found: list[str] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += task.read_text().split()
    return found


def _watch(name: str, given: Any) -> None:
    """Nobody watches."""
