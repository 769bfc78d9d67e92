"""A process that writes to a database until it is killed; what must be left."""

import contextlib
import datetime as dt
import multiprocessing
import random
import time
from multiprocessing.connection import Connection
from pathlib import Path

from icalendar import Calendar
from sqlalchemy import delete

from scheduler.services.access.permissions import Action
from scheduler.services.office import Office
from scheduler.services.offices import Store
from scheduler.services.school.changes import CannotChange
from scheduler.services.store.office_check import here
from scheduler.services.store.restoring import back_up, restore
from scheduler.services.store.schema import BODIES
from scheduler.term.changes import Batch, DatedChange, Reason
from tests.services.builders import Clock, publish

KEY = "s"
ACTS = ("publish", "publish", "change", "change", "link", "import", "remake")
_MONDAY = dt.date(2026, 9, 7)
_LONGEST = 0.05
_PATIENCE = 60.0


def weekday_of(version: int) -> int:
    """The day on which a version has its lesson."""
    return 1 + version % 3


def work(url: str, folder: str, seed: int, told: Connection) -> None:
    """Do one thing after the other, and tell what was done once it is kept."""
    dice, clock = random.Random(seed), Clock()
    store = Store.open(url, clock)
    office = store.add_office(KEY, "铁山路学校")
    told.send(("ready", 0))
    while True:
        newest = _version(office)
        match dice.choice(ACTS) if newest else "publish":
            case "publish":
                made = publish(office, "", day=weekday_of(newest + 1))
                told.send(("published", made.version))
            case "change":
                days = 7 * dice.randrange(3) + weekday_of(newest) - 1
                date = _MONDAY + dt.timedelta(days)
                change = DatedChange(date, "R1#1", cancelled=True)
                with contextlib.suppress(CannotChange):
                    office.changes.make(Batch(Reason.OTHER), [change])
                    told.send(("changed", 1))
            case "link":
                told.send(
                    ("linked", office.create_link("class", "C2", f"{dice.random()}"))
                )
            case "import":
                other = store.add_office(f"k{dice.randrange(3)}", "另一所")
                publish(other, "")
            case "remake":
                # Drops all tables, migrates and fills them in one transaction.
                copy = Path(folder) / f"{dice.random()}.backup"
                back_up(store.database, copy)
                restore(store.database, copy, replace=True)
                told.send(("remade", 1))
                copy.unlink()


def kill_and_look(url: str, folder: Path, times: int, seed: int) -> dict[str, int]:
    """Kill such a process again and again; how often it had done what.

    Raises:
        AssertionError: something that was published is lost, or the store is broken.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    dice, links, done = random.Random(seed), list[str](), dict[str, int]()
    published = 0
    for round_ in range(times):
        ours, theirs = context.Pipe(duplex=False)
        child = context.Process(
            target=work, args=(url, str(folder), dice.randrange(2**32), theirs)
        )
        child.start()
        theirs.close()
        # Some are killed while they open the database, most while they write: some
        # moments after they told of something, however fast the machine is.
        heard = []
        for _ in range(dice.randrange(1, 5) if round_ % 8 else 0):
            assert ours.poll(_PATIENCE)
            heard.append(ours.recv())
        time.sleep(dice.random() * _LONGEST)
        child.kill()
        child.join()
        for what, value in (*heard, *_told(ours)):
            done[what] = done.get(what, 0) + 1
            if what == "published":
                published = max(published, int(value))
            elif what == "linked":
                links.append(str(value))
        look(url, published, links)
    return done


def _told(ours: Connection) -> list[tuple[str, int | str]]:
    found = []
    with contextlib.suppress(EOFError):
        while True:
            found.append(ours.recv())
    ours.close()
    return found


def look(url: str, published: int, links: list[str]) -> None:
    """Open the store, and hold it against what was told."""
    store = Store.open(url, Clock())
    try:
        if store.database.engine.dialect.name == "sqlite":
            with store.database.across_offices("*") as connection:
                found = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            assert (found, broken) == ("ok", [])
        office = store.add_office(KEY, "铁山路学校")
        version = _version(office)
        assert version >= published
        for token in links[-3:] if version else ():
            served = office.feed(token)
            assert _weekdays(served.body) == {weekday_of(version)}
            with office.database.write(Action.OPEN) as connection:
                connection.execute(delete(BODIES).where(here(connection, BODIES)))
            assert office.feed(token).etag == served.etag
    finally:
        store.close()


def _version(office: Office) -> int:
    current = office.publications.current()
    return current.version if current else 0


def _weekdays(body: bytes) -> set[int]:
    """Days of lessons that take place; at weekends some are made up."""
    events = Calendar.from_ical(body).walk("VEVENT")
    on = [e["DTSTART"].dt for e in events if e["STATUS"] == "CONFIRMED"]
    return {start.isoweekday() for start in on if start.isoweekday() < 6}
