"""What all tables share: printing, medians, the machine, and watching a process."""

import os
import platform
import resource
import subprocess
import sys
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

ROOT = Path(__file__).resolve().parents[2]
_LOOK_SECONDS = 0.2


def say(line: str) -> None:
    """One line of the table, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


class Table:
    """A Markdown table, printed row by row."""

    def __init__(self, title: str, columns: str) -> None:
        names = [name.strip() for name in columns.split("|")]
        say(f"## {title}\n")
        self.row(*names)
        say("|" + "---|" * len(names))

    def row(self, *cells: object) -> None:
        """One row; numbers as short as they are clear, None as a dash."""
        say("| " + " | ".join(map(shown, cells)) + " |")

    def end(self) -> None:
        """An empty line."""
        say("")


def shown(cell: object) -> str:
    """A cell as text."""
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return f"{cell:.2f}" if abs(cell) < 100 else f"{cell:.0f}"
    return str(cell)


def middle(values: Iterable[float | None]) -> float | None:
    """Median of what is known; None where any is missing, for then it says nothing."""
    known = list(values)
    given = [v for v in known if v is not None]
    return median(given) if given and len(given) == len(known) else None


def medians(
    rows: Iterable[tuple[float | None, ...]], worst: Container[int] = ()
) -> list[float | None]:
    """The median of every column; of some, as hard violations, the worst."""
    columns = zip(*rows, strict=True)
    return [
        max((x for x in column if x is not None), default=None)
        if number in worst
        else middle(column)
        for number, column in enumerate(columns)
    ]


def ratio(ours: float | None, theirs: float | None) -> float | None:
    """Ours over theirs."""
    return ours / theirs if ours is not None and theirs else None


def machine() -> str:
    """Cores and versions: the line that stands over every run."""
    names = ("pulp", "highspy", "numba", "numpy")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else "?"
    load = os.getloadavg()[0]
    return (
        f"{cores} cores, load {load:.1f} at the start, {platform.system()}, "
        f"Python {platform.python_version()}, {versions}"
    )


def peak_megabytes() -> float:
    """Largest memory this process has had."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform != "darwin" else peak / 1024**2


@dataclass(frozen=True, slots=True)
class Watched:
    """A finished process: seconds, exit code, memory with its children, output.

    Memory is the largest sum of proportional set sizes seen in looks five times a
    second, so pages shared by workers count once; where the system does not tell
    (no /proc), it is the largest single process.
    """

    seconds: float
    cpu: float
    """Seconds of processor time, its children's included."""
    code: int
    megabytes: float
    output: str
    errors: str
    waited: float = 0.0
    """Seconds in which threads of it could have run and had no core, added up."""


def watch(command: Sequence[object]) -> Watched:
    """Run a command in the root of the project and look at its memory."""
    began, peak, used = perf_counter(), 0.0, children_seconds()
    waits: dict[str, float] = {}
    with subprocess.Popen(
        [*map(str, command)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        while process.poll() is None:
            peak = max(peak, _tree_megabytes(process.pid))
            waits |= _tree_waits(process.pid)
            if perf_counter() - began > _LOOK_SECONDS:
                sleep(_LOOK_SECONDS)
            else:
                sleep(0.01)
        seconds = perf_counter() - began
        output, errors = process.communicate()
    alone = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    used = children_seconds() - used
    return Watched(
        seconds,
        used,
        process.returncode,
        peak or alone,
        output,
        errors,
        sum(waits.values()),
    )


def children_seconds() -> float:
    """Seconds of processor time that ended processes have had."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _tree_megabytes(pid: int) -> float:
    """Memory of a process and all below it, in MB; 0 where it cannot be told."""
    total = 0.0
    for process in _tree(pid):
        with suppress(OSError):  # it has just ended
            text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
            sizes = [x.split()[1] for x in text.splitlines() if x.startswith("Pss:")]
            total += sum(map(float, sizes)) / 1024
    return total


def _tree_waits(pid: int) -> dict[str, float]:
    """By thread: seconds so far in which it was ready to run and had no core."""
    found = {}
    for process in _tree(pid):
        with suppress(OSError):
            for task in Path(f"/proc/{process}/task").iterdir():
                numbers = (task / "schedstat").read_text(encoding="ascii").split()
                found[task.name] = int(numbers[1]) / 1e9
    return found


def _tree(pid: int) -> Iterator[int]:
    """A process and all below it; nothing where there is no /proc."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text(encoding="ascii").split():
                yield from _tree(int(child))
