"""The store: publishing, a dated change, feeds among 40 offices, and being killed."""

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from scheduler.formats.problem.reading import read_problem
from scheduler.model.resources import Stage
from scheduler.model.timetable import Timetable
from scheduler.services.office import Office
from scheduler.services.offices import Store
from scheduler.services.views.site import SiteState
from scheduler.term.changes import Batch, DatedChange, Reason
from tests.benchmarks.generator import generate
from tests.benchmarks.instances import DEMOS
from tests.benchmarks.measure import say
from tests.filled import filled
from tests.services.postgres import server
from tests.services.store.killing import kill_and_look
from web.app import create_app

OFFICES, REPEATS = 40, 15
KILLS = {"sqlite": 1000, "postgresql": 200}
_BEFORE_TERM = dt.datetime(2026, 8, 25, tzinfo=dt.UTC)


def table() -> None:
    """Times on SQLite and PostgreSQL, with 40 offices of 24 classes in the database."""
    large = generate(36, Stage.PRIMARY, 1)
    usual = filled(read_problem(DEMOS[0]).problem)
    say(f"| {OFFICES} offices of 24 classes | database | median ms | slowest ms |")
    say("|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch, server() as postgres:
        file = f"sqlite:///{Path(scratch) / 'store.db'}"
        for name, url in (("SQLite", file), ("PostgreSQL", postgres.new_database())):
            _times(name, url, usual, large)
    say("")


def kills() -> None:
    """Kill a process that writes, over and over; nothing published may be lost."""
    say("| database | killed | publications, changes, links told before |")
    say("|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch, server() as postgres:
        file = f"sqlite:///{Path(scratch) / 'store.db'}"
        for name, url in (("sqlite", file), ("postgresql", postgres.new_database())):
            done = kill_and_look(url, Path(scratch), KILLS[name], seed=1)
            told = ", ".join(f"{done.get(x, 0)} {x}" for x in sorted(done))
            say(f"| {name} | {KILLS[name]} | {told} |")
    say("")


def _times(name: str, url: str, usual: Timetable, large: Timetable) -> None:
    store = Store.open(url, lambda: _BEFORE_TERM)
    offices = [store.add_office(f"o{k:02}", f"第{k}小学") for k in range(OFFICES)]
    for office in offices:
        office.publish(usual.problem, usual, "", "{}")
    numbers = iter(range(1000))

    def publish() -> None:
        office = store.add_office(f"large{next(numbers)}", "大校")
        office.publish(large.problem, large, "", "{}")

    _row(name, "publish, 36 classes", publish, 3)
    again = store.office("large0")
    _row(
        name, "the same again", lambda: again.publish(large.problem, large, "", "{}"), 3
    )
    change = _changes(offices[7], usual)
    _row(name, "a dated change", lambda: next(change))
    client = create_app(SiteState(store)).test_client()
    people = sorted(usual.by_teacher)[:REPEATS]
    tokens = [offices[7].create_link("teacher", person) for person in people]
    pages = [f"/o/o07/feeds/{token}.ics" for token in tokens]
    cold = iter(pages)
    _row(name, "feed, first", lambda: client.get(next(cold)))
    _row(name, "feed, kept", lambda: client.get(pages[0]))
    known = {"If-None-Match": client.get(pages[1]).headers["ETag"]}
    _row(name, "feed, 304", lambda: client.get(pages[1], headers=known))
    store.close()


def _changes(office: Office, table: Timetable) -> Iterator[None]:
    """Cancel one lesson after the other, each on a date that has it."""
    today = table.problem.term.first_day
    entries = [e for e in office.entries() if e.date > today]
    for entry in entries[:: max(1, len(entries) // 40)]:
        key = entry.key
        lesson = f"{key.requirement_id}#{key.index}"
        office.changes.make(
            Batch(Reason.OTHER), [DatedChange(entry.date, lesson, cancelled=True)]
        )
        yield None


def _row(
    database: str, what: str, act: Callable[[], object], repeats: int = REPEATS
) -> None:
    times = []
    for _ in range(repeats):
        start = perf_counter()
        act()
        times.append(1000 * (perf_counter() - start))
    say(f"| {what} | {database} | {median(times):.1f} | {max(times):.1f} |")
