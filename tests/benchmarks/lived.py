"""A school in the middle of its term: published, eight weeks of absences behind it."""

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.model.problem import Problem
from scheduler.services.access.accounts import Grant
from scheduler.services.access.permissions import Role
from scheduler.services.office import Office
from scheduler.services.offices import Store
from scheduler.services.school.cover.covering import Release
from scheduler.services.school.cover.optimum import best_for_all
from scheduler.services.school.usage import NothingToConfirm
from scheduler.services.store import schema
from scheduler.term.changes import Batch, EventDay, EventKind, Reason
from scheduler.term.cover.leaves import Leave
from tests.benchmarks.instances import PLANTED, generated

OFFICE, WHO = "s1", "office"
_WEEKS = 8
_AWAY = {1: 3, 2: 2, 4: 3}
"""Teachers away, by weekday (Monday is 1)."""
_MAKERS = Path(__file__), Path(schema.__file__)


@dataclass
class Clock:
    """The time at the school, which stands still until it is set."""

    at: dt.datetime

    def __call__(self) -> dt.datetime:
        return self.at

    def set(self, date: dt.date, hour: int = 7, minute: int = 0) -> None:
        """Another moment."""
        time = dt.time(hour, minute, tzinfo=self.at.tzinfo)
        self.at = dt.datetime.combine(date, time)


def lived(name: str) -> tuple[Path, Clock]:
    """A database with the office of a generated school; three are away today.

    Made if it is not there, which takes a minute; not to be changed. The clock stands
    at ten on the Wednesday after the weeks that are over.
    """
    folder = generated(name, 1)
    makers = b"".join(path.read_bytes() for path in _MAKERS)
    kept = folder.with_name(f"{name}-{hashlib.sha256(makers).hexdigest()[:8]}.db")
    problem = read_problem(folder).problem
    clock = Clock(dt.datetime.now(ZoneInfo(problem.term.timezone)))
    if not kept.is_file():
        new = kept.with_suffix(".new")
        new.unlink(missing_ok=True)
        store = Store.open(f"sqlite:///{new}", clock)
        _live(store, clock, problem, folder)
        store.close()
        new.rename(kept)
    clock.set(_monday(problem) + dt.timedelta(weeks=_WEEKS + 1, days=2), 10)
    return kept, clock


def _monday(problem: Problem) -> dt.date:
    first = problem.term.first_day
    return first - dt.timedelta(first.weekday())


def _live(store: Store, clock: Clock, problem: Problem, folder: Path) -> None:
    """Publish the planted timetable, and let the weeks go by."""
    monday = _monday(problem)
    clock.set(problem.term.first_day)
    office = store.add_office(OFFICE, folder.name)
    store.accounts.add(WHO, "a password of the bench", Grant(Role.OFFICE, OFFICE))
    table = read_timetable(problem, folder / PLANTED).timetable
    office.publish(problem, table, "", "{}")
    office.drafts.new("bench", WHO, table, 1)
    people = cycle(t.teacher_id for t in problem.teachers[::5])
    for week in range(1, _WEEKS + 1):
        for weekday, count in _AWAY.items():
            date = monday + dt.timedelta(weeks=week, days=weekday - 1)
            clock.set(date)
            _away(office, date, [next(people) for _ in range(count)])
            _covered(office, date)
            _checked_in(office, clock, date)
    clock.set(monday + dt.timedelta(weeks=_WEEKS + 1, days=2), 10)
    today = clock.at.date()
    exam = EventDay(today + dt.timedelta(1), EventKind.EXAM, end=12 * 60)
    exam = replace(exam, class_ids=(problem.classes[-1].class_id,))
    office.changes.make(Batch(Reason.EXAM, made_by=WHO), [exam])
    _away(office, today, [next(people) for _ in range(3)])


def _away(office: Office, date: dt.date, people: list[str]) -> None:
    for name in people:
        office.covering.enter(Leave(name, date, date), WHO)


def _covered(office: Office, date: dt.date) -> None:
    """What is best for all who are away, released."""
    picks = office.covering.take_all(best_for_all(office.covering.board(date)))
    if picks:
        leaves = [x.leave_id for x in office.covering.leaves(date) if x.picks]
        office.covering.release(leaves, Release(WHO, "bench"))


def _checked_in(office: Office, clock: Clock, date: dt.date) -> None:
    """Every other place that has a lesson at ten."""
    clock.set(date, 10)
    current = office.current()
    assert current is not None
    for venue in current.problem.venues[::2]:
        try:
            office.usage.confirm(venue.venue_id, WHO)
        except NothingToConfirm:
            continue
