"""A subscribed client: vdirsyncer fetches feeds over HTTP, khal reads what it keeps."""

import re
import subprocess
import sys

import pytest
from icalendar import Calendar

from scheduler.services.offices import Store
from scheduler.services.views.site import SiteState
from scheduler.term.changes import Batch, DatedChange, Reason
from tests.browser.conftest import running
from tests.services.builders import Clock, publish
from tests.term.builders import dates
from web import create_app

LINKS = {"old": ("T1", ""), "hidden": ("T1", "?cancelled=hide"), "new": ("T2", "")}


class Subscriber:
    """Calendars on a disk, kept up by vdirsyncer."""

    def __init__(self, folder, addresses):
        self.folder = folder
        pairs = "".join(
            f'[pair {name}]\na = "{name}_web"\nb = "{name}_disk"\n'
            f'collections = null\nconflict_resolution = "a wins"\n'
            f'[storage {name}_web]\ntype = "http"\nurl = "{address}"\n'
            f'[storage {name}_disk]\ntype = "filesystem"\n'
            f'path = "{folder / name}"\nfileext = ".ics"\n'
            for name, address in addresses.items()
        )
        status = f'[general]\nstatus_path = "{folder / "status"}"\n'
        (folder / "vdirsyncer").write_text(status + pairs)
        shelves = "".join(f"[[{x}]]\npath = {folder / x}\n" for x in addresses)
        (folder / "khal").write_text(
            f"[calendars]\n{shelves}"
            "[locale]\nlocal_timezone = Asia/Shanghai\n"
            "default_timezone = Asia/Shanghai\ntimeformat = %H:%M\n"
            "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
            f"[sqlite]\npath = {folder / 'khal.db'}\n"
        )
        for name in addresses:
            (folder / name).mkdir()
        self.run("vdirsyncer", "-c", folder / "vdirsyncer", "discover")

    def run(self, program, *arguments):
        done = subprocess.run(
            [sys.executable, "-m", program, *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def fetch(self):
        """Sync; what every calendar holds then, file by file."""
        self.run(
            "vdirsyncer", "-c", self.folder / "vdirsyncer", "sync", "--force-delete"
        )
        return {
            name: {
                path.name: path.read_bytes()
                for path in sorted((self.folder / name).glob("*.ics"))
            }
            for name in LINKS
        }

    def agenda(self, name, day):
        """What khal lists of a calendar on a day."""
        return self.run(
            *("khal", "-c", self.folder / "khal", "list", "-a", name),
            *("--format", "{start-time}-{end-time} {title}", f"{day}", "1d"),
        )


@pytest.fixture
def subscribed(tmp_path):
    """Class 3(2) has PE with T1 on Mondays; T1 and T2 are subscribed."""
    store = Store.open(f"sqlite:///{tmp_path / 'school.db'}", Clock())
    office = store.add_office("s", "铁山路学校")
    publish(office)
    app = create_app(SiteState(store))
    tokens = {who: office.create_link("teacher", who) for who in ("T1", "T2")}
    with running(app) as site:
        addresses = {
            name: f"{site}/o/s/feeds/{tokens[who]}.ics{wish}"
            for name, (who, wish) in LINKS.items()
        }
        yield office, Subscriber(tmp_path, addresses)
    store.close()


def test_a_cover_changes_exactly_that_event_in_three_calendars(subscribed):
    office, client = subscribed
    (day,) = dates("9-7")
    before = client.fetch()
    assert [len(before[name]) for name in LINKS] == [7, 7, 0]
    assert "08:00-08:40 体育与健康 三(2)班" in client.agenda("old", day)

    cover = DatedChange(day, "R1#1", teacher_ids=("T2",))
    office.changes.make(Batch(Reason.ABSENCE, form="D-1"), [cover])
    after = client.fetch()
    # vdirsyncer names events by their content: one goes, its successor comes.
    (was,), (now,) = (
        gone(before["old"], after["old"]),
        gone(after["old"], before["old"]),
    )
    assert (one_event(was)["STATUS"], one_event(now)["STATUS"]) == (
        "CONFIRMED",
        "CANCELLED",
    )
    # Where it was wished it is gone instead of marked, and no other event is touched.
    assert len(gone(before["hidden"], after["hidden"])) == 1
    assert gone(after["hidden"], before["hidden"]) == []
    # The new teacher's appears at the same time.
    (new,) = map(one_event, after["new"].values())
    assert new["DTSTART"].dt == one_event(was)["DTSTART"].dt
    assert str(new["SUMMARY"]) == "【代课】体育与健康 三(2)班"
    assert "原教师：王芳" in new["DESCRIPTION"]
    assert "【代课】体育与健康 三(2)班" in client.agenda("new", day)
    assert client.fetch() == after


def gone(before, after):
    """Events that are no longer there as they were."""
    return [before[name] for name in before.keys() - after.keys()]


def one_event(content):
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    return event


def test_undoing_brings_the_event_back(subscribed):
    office, client = subscribed
    (day,) = dates("9-7")
    before = client.fetch()
    batch = office.changes.make(
        Batch(Reason.ABSENCE), [DatedChange(day, "R1#1", cancelled=True)]
    )
    assert len(client.fetch()["hidden"]) == 6
    office.changes.undo(batch.batch_id)
    after = client.fetch()
    assert len(after["hidden"]) == len(before["hidden"])
    assert re.search("08:00-08:40.*体育与健康", client.agenda("hidden", day))
