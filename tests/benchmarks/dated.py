"""How long dates take: publishing, a change with its feeds, history and ledgers."""

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.model.timetable import Timetable
from scheduler.model.weather import HalfDay, Weather
from scheduler.services.office import Office
from scheduler.services.offices import Store
from scheduler.services.school.ledgers import books_of
from scheduler.term.changes import Batch, DatedChange, Reason
from scheduler.term.dated import DatedLesson
from scheduler.term.held import held_lessons, term_lessons
from scheduler.term.ledgers.counting import Counted
from scheduler.term.ledgers.tables import Per
from tests.benchmarks.instances import PLANTED, generated
from tests.benchmarks.measure import Table
from tests.benchmarks.tables import Settings
from tests.term.ledgers.hours import term_hours

_REPEATS = 9
_WHY = Batch(Reason.ABSENCE, "benchmark")


def dated(settings: Settings) -> None:
    """A row for each thing done to the term of a school with 36 classes."""
    table = Table(
        "Dates of a term (a change with its feeds: target 100 ms)",
        "school | what | median ms | slowest ms",
    )
    for name in settings.schools or ("primary-36",):
        folder = generated(name, 0)
        problem = read_problem(folder).problem
        given = read_timetable(problem, folder / PLANTED).timetable
        with tempfile.TemporaryDirectory() as scratch:
            for what, middle, most in _rows(given, Path(scratch)):
                table.row(name, what, middle, most)


def _rows(given: Timetable, folder: Path) -> Iterator[tuple[str, float, float]]:
    problem = given.problem
    now = dt.datetime.combine(problem.term.first_day, dt.time(), dt.UTC)
    store = Store.open(f"sqlite:///{folder / 'term.db'}", lambda: now)
    office = store.office_for(problem)

    def publish() -> None:
        office.publish(problem, given, "", "{}")

    yield f"publish {len(given.placements)} lessons", *_of(publish, 1)
    versions = office.versions()
    assert versions is not None
    lessons = held_lessons(versions)
    yield f"publish again, {len(lessons)} dated", *_of(publish, 3)
    for what, work in _works(office, lessons):
        yield what, *_of(work)
    store.close()


def _works(
    office: Office, lessons: tuple[DatedLesson, ...]
) -> Iterator[tuple[str, Callable[[], object]]]:
    """What an office does to a term; each time to another lesson."""
    people = [x for x in lessons if x.meeting.teacher_ids]
    places = count(len(people) // 3, 7)
    tokens: dict[tuple[str, str], str] = {}

    def feed(kind: str, name: str) -> None:
        if (kind, name) not in tokens:
            tokens[kind, name] = office.create_link(kind, name)
        office.feed(tokens[kind, name])

    def cancel() -> None:
        lesson = people[next(places)]
        change = DatedChange(*lesson.key, cancelled=True)
        office.changes.make(_WHY, [change])
        for kind, names in (
            ("teacher", lesson.meeting.teacher_ids[:1]),
            ("class", lesson.meeting.class_ids[:1]),
        ):
            for name in names:
                feed(kind, name)

    for person in people:
        feed("teacher", person.meeting.teacher_ids[0])
        feed("class", person.meeting.class_ids[0])
    yield "a lesson cancelled, feeds of teacher and class", cancel
    yield (
        "the last batch undone",
        lambda: office.changes.undo(
            max(b.batch_id for b in office.changes.batches() if not b.undone)
        ),
    )
    outdoors = iter(sorted({x.date for x in people})[5:])
    office.bad_days.plan()
    yield (
        "rain on a day",
        lambda: office.bad_days.apply(next(outdoors), HalfDay.DAY, Weather.RAIN),
    )
    date = people[len(people) // 2].date
    versions, changes = office.versions(), office.changes.in_force()
    assert versions is not None
    yield "what is where on a date", lambda: term_lessons(versions, changes, (date,))
    yield "what is where in the term", lambda: term_lessons(versions, changes)
    yield "hours of the term", lambda: term_hours(office.entries())
    yield "three ledgers of the term", lambda: three_ledgers(office)


def three_ledgers(office: Office) -> None:
    """The books of classes, teachers and venues, by term, month and week."""
    books = books_of(office)
    assert books is not None
    ledger = books.ledger()
    for of in Counted:
        for per in Per:
            ledger.rows(of, per)


def _of(work: Callable[[], object], repeats: int = _REPEATS) -> tuple[float, float]:
    """Median and slowest, in milliseconds."""
    seconds = []
    for _ in range(repeats):
        began = perf_counter()
        work()
        seconds.append(1000 * (perf_counter() - began))
    return round(median(seconds), 1), round(max(seconds), 1)
