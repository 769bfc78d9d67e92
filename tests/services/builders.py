"""Offices with something published, and a clock that is set by hand."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from scheduler.services.office import Office
from scheduler.services.offices import Store
from scheduler.services.school.publishing import Publication
from tests.term.builders import placement, problem, timetable

MONDAY = {"day": 1, "layout_id": "L-NORTH"}


@dataclass
class Clock:
    """Stands still until it is set; begins at 08:00 in Shanghai on 25 August 2026."""

    time: dt.datetime = field(
        default_factory=lambda: dt.datetime(2026, 8, 25, 0, tzinfo=dt.UTC)
    )

    def __call__(self) -> dt.datetime:
        return self.time

    def set(self, month: int, day: int, hour: int = 0) -> None:
        """Move to an hour (UTC) of a date in 2026."""
        self.time = dt.datetime(2026, month, day, hour, tzinfo=dt.UTC)

    def wait(self, seconds: int) -> None:
        """Move on."""
        self.time += dt.timedelta(seconds=seconds)


@contextmanager
def opened(url: str, now: object) -> Iterator[Office]:
    """An office of a database, made where there is none; closed with the block."""
    store = Store.open(url, now)
    try:
        yield store.add_office("s", "铁山路学校")
    finally:
        store.close()


def only(backend: str) -> pytest.MarkDecorator:
    """A test of one kind of database."""
    return pytest.mark.parametrize("backend", [backend], indirect=True)


def publish(office: Office, name: str = "第1版", **changes: object) -> Publication:
    """Publish class 3(2)'s PE lesson: Mondays, first period, by default."""
    return publish_on(office, problem(), name, **changes)


def publish_on(
    office: Office, given: object, name: str = "第1版", **changes: object
) -> Publication:
    """The same over another problem."""
    placed = timetable(given, R1=placement(**(MONDAY | changes)))
    return office.publish(given, placed, name, "{}")
