"""Two hundred people reading and twenty editing one draft, over HTTP, all at once."""

import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.model.problem import Problem
from scheduler.services.access.accounts import Grant
from scheduler.services.access.permissions import Role
from scheduler.services.offices import Store
from tests.benchmarks.instances import PLANTED, generated
from tests.benchmarks.measure import ROOT, Table, say
from tests.benchmarks.tables import Settings, chosen
from tests.web.crowd import PASSWORD, Crowd, Told

READERS, EDITORS = 200, 20
THINK = 5.0
"""Seconds between two requests of one person, on average."""
WARM = 10.0
"""Seconds of work after which memory is looked at for the first time."""


def table(settings: Settings) -> None:
    """Percentiles, errors, steps lost, memory; ``--time`` says for how many seconds."""
    found = Table(
        f"{READERS} people reading, {EDITORS} editing one draft, "
        f"{settings.seconds:g} s, a request of each every {THINK:g} s",
        "school | pages | median ms | 99 % ms | edits | median ms | 99 % ms "
        "| slowest ms | steps | collisions | lost | errors | server CPU ms a request "
        "| MB at start | MB at end",
    )
    for name in chosen(settings, "primary-36"):
        found.row(name, *_row(generated(name, 1), settings.seconds))
    found.end()
    say(
        "Milliseconds as people wait, with clients on the same cores; "
        f"load at the end {os.getloadavg()[0]:.1f}.\n"
    )


def _row(folder: Path, seconds: float) -> tuple[object, ...]:
    problem = read_problem(folder).problem
    editors = tuple(f"editor{number}" for number in range(EDITORS))
    with TemporaryDirectory() as directory:
        url = f"sqlite:///{directory}/school.db"
        draft = _prepared(url, problem, folder, editors)
        with _served(url) as (port, pid):
            edit = f"/o/s1/drafts/{draft}/edit/"
            pages = _pages(problem)
            Crowd(port, pages, READERS, edit, editors, WARM, THINK / 5).live()
            before = _kept(url, draft)
            start, used = _megabytes(pid), _cpu(pid)
            told = Crowd(port, pages, READERS, edit, editors, seconds, THINK).live()
            used, end = _cpu(pid) - used, _megabytes(pid)
        lost = sum((Counter(told.steps) - (_kept(url, draft) - before)).values())
    for line in sorted(set(told.errors))[:5]:
        say(f"error: {line}\n")
    return *_waits(told), *_steps(told, lost), _each(used, told), start, end


def _waits(told: Told) -> tuple[float, ...]:
    reads, edits = sorted(told.reads), sorted(told.edits)
    slowest = 1000 * max(reads[-1], edits[-1])
    return (
        *(len(reads), _part(reads, 0.5), _part(reads, 0.99)),
        *(len(edits), _part(edits, 0.5), _part(edits, 0.99)),
        slowest,
    )


def _steps(told: Told, lost: int) -> tuple[int, ...]:
    return sum(told.steps.values()), told.collisions, lost, len(told.errors)


def _each(used: float, told: Told) -> float:
    return 1000 * used / (len(told.reads) + len(told.edits))


def _part(times: list[float], part: float) -> float:
    return 1000 * times[min(len(times) - 1, int(part * len(times)))]


def _prepared(
    url: str, problem: Problem, folder: Path, editors: tuple[str, ...]
) -> int:
    """A database with a version in force, a draft and accounts; number of the draft."""
    store = Store.open(url)
    start = read_timetable(problem, folder / PLANTED).timetable
    office = store.add_office("s1", "s1")
    office.publish(problem, start, "", "{}")
    for name in editors:
        store.accounts.add(name, PASSWORD, Grant(Role.OFFICE, "s1"))
    draft = office.drafts.new("people", editors[0], start, 1).draft_id
    store.close()
    return draft


def _kept(url: str, draft: int) -> Counter[str]:
    """Steps that the database keeps of a draft, by who did them."""
    store = Store.open(url)
    steps = store.office("s1").drafts.look(draft, lambda desk: desk.history.operations)
    store.close()
    return Counter(x.who for x in steps)


def _pages(problem: Problem) -> tuple[str, ...]:
    """Weeks of all classes and teachers, what is on today, the lists."""
    return (
        *(f"/o/s1/classes/{x.class_id}" for x in problem.classes),
        *(f"/o/s1/teachers/{x.teacher_id}" for x in problem.teachers),
        *("/o/s1/", "/o/s1/classes/", "/o/s1/today/"),
    )


@contextmanager
def _served(url: str) -> Iterator[tuple[int, int]]:
    """Port and process of ``cuofeng serve`` while the block lasts."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "scheduler", "serve", "--database", url]
    server = subprocess.Popen(
        [*command, "--port", str(port)], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    try:
        while not _answers(port):
            if server.poll() is not None:
                raise RuntimeError("the server ended")
            time.sleep(0.1)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(60)


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/health", timeout=10):
            return True
    except OSError:
        return False


def _megabytes(pid: int) -> float:
    """Memory that the server's process holds; 0 where there is no /proc."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    lines = status.read_text(encoding="ascii").splitlines()
    return float(next(x.split()[1] for x in lines if x.startswith("VmRSS"))) / 1024


def _cpu(pid: int) -> float:
    """Seconds of processor time that it has had."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    numbers = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")
