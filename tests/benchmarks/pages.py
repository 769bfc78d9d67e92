"""Every page of a school in mid-term, asked by its office: CPU of the server, size."""

import gc
import math
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count, product
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from flask import Flask
from flask.testing import FlaskClient

from scheduler.model.problem import Problem
from scheduler.services.office import Office
from scheduler.services.offices import Store
from scheduler.services.views.site import SiteState
from scheduler.term.changes import Batch, DatedChange, Reason
from scheduler.term.held import held_lessons
from tests.benchmarks.lived import OFFICE, WHO, lived
from tests.benchmarks.measure import Table, say
from tests.benchmarks.tables import Settings, chosen
from web import SiteSettings, create_app

_REPEATS = 5
_MS, _SLOWEST, _KB = 200, 400, 300
_HTML = "text/html"
_ASKED = "day=1&period=1&week=all&lesson="
_MORE = (
    *("ledgers/?of=teacher", "ledgers/?of=venue&today=1", "ledgers/?today=1"),
    *("ledgers/debts?class_id={class}&until={last}", "ledgers/changes/?id={teacher}"),
    *("conflicts/?by=rule", "school/{school}?teachers=1", "drafts/compare?draft=0"),
    *("conflicts/moves?lesson={lesson}", "versions/1/wall?paper=A3"),
)
"""What pages show when they are asked for more than their address says."""


@dataclass
class Page:
    """An address, what it answers, and CPU milliseconds of every time it was asked.

    ``after`` is the first time after somebody else changed something.
    """

    address: str
    status: int
    kind: str
    kilobytes: float
    first: float
    after: list[float] = field(default_factory=list)
    later: list[float] = field(default_factory=list)

    @property
    def over(self) -> bool:
        """Whether it misses a target; once after a change is one time of twenty."""
        slow = median(self.later) > _MS or self.after[0] > _SLOWEST
        return slow or self.kilobytes > _KB


def table(settings: Settings) -> None:
    """All pages, the slowest first, and what of them misses the targets."""
    for name in chosen(settings, "primary-36"):
        with TemporaryDirectory() as folder, _collections() as spent:
            _tell(name, _measured(name, Path(folder) / "school.db"))
        say(
            f"{len(spent)} full collections of garbage, in some of these times: "
            f"{sum(spent):.0f} ms in all, {max(spent, default=0):.0f} ms at most\n"
        )


@contextmanager
def _collections() -> Iterator[list[float]]:
    """CPU milliseconds of the collections of all generations meanwhile."""
    spent: list[float] = []
    began = 0.0

    def look(phase: str, told: dict[str, int]) -> None:
        nonlocal began
        if told["generation"] == 2 and phase == "start":
            began = process_time()
        elif told["generation"] == 2:
            spent.append(1000 * (process_time() - began))

    gc.callbacks.append(look)
    try:
        yield spent
    finally:
        gc.callbacks.remove(look)


def _measured(name: str, path: Path) -> list[Page]:
    kept, clock = lived(name)
    shutil.copy(kept, path)
    url = f"sqlite:///{path}"
    store = Store.open(url, clock)
    app = create_app(SiteState(store), SiteSettings(login_to_view=True))
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["login"] = store.sessions.begin(WHO)
    office = store.office(OFFICE)
    current = office.current()
    assert current is not None
    asked = [_ask(client, x) for x in _addresses(app, current.problem)]
    pages = [x for x in asked if x.status == 200]
    other = Store.open(url, clock)
    changes = _changes(other.office(OFFICE))
    for page in pages:
        next(changes)
        page.after.append(_ask(client, page.address).first)
        page.later += [_ask(client, page.address).first for _ in range(_REPEATS)]
    other.close()
    store.close()
    return pages


def _addresses(app: Flask, problem: Problem) -> Iterator[str]:
    """All that can be asked for with ids of the school; most of them once."""
    known = {
        "class": problem.classes[0].class_id,
        "teacher": problem.teachers[0].teacher_id,
        "venue": problem.venues[0].venue_id,
        "school": problem.schools[0].school_id,
        "last": f"{problem.term.last_day}",
        "lesson": problem.lessons[0].lesson_id.replace("#", "%23"),
    }
    values = {
        "office": (OFFICE,),
        "resource_id": [known[x] for x in ("class", "teacher", "venue", "school")],
        "teacher_id": [known["teacher"]],
        "venue_id": [known["venue"]],
        "of": ("class", "teacher", "venue"),
        "name": ("rooms", "teachers", "teaching", "requirements", "hours"),
        "page": ("editor.index",),
        "month": [f"{problem.term.first_day:%Y-%m}"],
    }
    for rule in sorted(app.url_map.iter_rules(), key=lambda x: x.rule):
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        names = sorted(rule.arguments)
        for given in product(*(values.get(name, ("1",)) for name in names)):
            address = app.url_map.bind("localhost").build(
                rule.endpoint, dict(zip(names, given, strict=True))
            )
            more = f"?{_ASKED}{known['lesson']}" if "/edit/" in address else ""
            yield address + more
    yield from (f"/o/{OFFICE}/{x.format_map(known)}" for x in _MORE)


def _ask(client: FlaskClient, address: str) -> Page:
    began = process_time()
    answer = client.get(address)
    size = len(answer.data)
    spent = 1000 * (process_time() - began)
    return Page(address, answer.status_code, answer.mimetype, size / 1000, spent)


def _changes(office: Office) -> Iterator[None]:
    """A lesson to come is cancelled, by way of a connection of somebody else."""
    versions = office.versions()
    assert versions is not None
    today = office.publications.today(versions.newest.problem.term)
    lessons = [x for x in held_lessons(versions) if (x.date - today).days > 7]
    for number in count(0, 97):
        change = DatedChange(*lessons[number].key, cancelled=True)
        office.changes.make(Batch(Reason.OTHER, "bench", made_by=WHO), [change])
        yield


def _tell(name: str, pages: list[Page]) -> None:
    found = Table(
        f"Pages of {name} in mid-term, asked by its office, CPU ms of the server "
        f"(targets: {_MS} ms, {_SLOWEST} ms after a change, {_KB} kB)",
        "address | median | 95 % | after a change | first | kB | kind",
    )
    for page in sorted(pages, key=lambda x: -median(x.later)):
        found.row(
            page.address + (" **!**" if page.over else ""),
            *(median(page.later), _part(page.later), page.after[0], page.first),
            *(page.kilobytes, page.kind.rpartition("/")[2]),
        )
    found.end()
    for kind, some in (
        ("pages", [x for x in pages if x.kind == _HTML]),
        ("other answers", [x for x in pages if x.kind != _HTML]),
    ):
        _sum(kind, some)


def _sum(kind: str, pages: list[Page]) -> None:
    over = [x.address for x in pages if x.over]
    say(
        f"{len(pages)} {kind}: {_both(x.later for x in pages)} ms asked again, "
        f"{_both(x.after for x in pages)} ms after a change, "
        f"{_both([x.first] for x in pages)} ms asked first (median and 95 %); largest "
        f"{max(x.kilobytes for x in pages):.0f} kB; over a target: "
        f"{', '.join(over) or 'none'}\n"
    )


def _both(times: Iterable[list[float]]) -> str:
    every = [x for some in times for x in some]
    return f"{median(every):.0f} and {_part(every):.0f}"


def _part(times: list[float], part: float = 0.95) -> float:
    return sorted(times)[math.ceil(part * len(times)) - 1]
