"""Backups: every row comes back, into either database, or nothing changes."""

import datetime as dt
import json
import zipfile
from contextlib import closing

import pytest

from scheduler.model.errors import InputError
from scheduler.model.weather import HalfDay, Weather
from scheduler.services.access.links import FeedUnknown
from scheduler.services.offices import Store
from scheduler.services.store import backups, restoring
from scheduler.services.store.backups import tables_of
from scheduler.services.store.restoring import back_up, restore
from tests.services.builders import only, publish
from tests.term.rain_school import outdoors


def everything(store):
    """All rows of all tables."""
    with store.database.across_offices("*") as connection:
        return {
            table.name: sorted(map(repr, connection.execute(table.select())))
            for table in tables_of(connection)
        }


@pytest.fixture
def full(store):
    """Two offices with something in most tables, and an account."""
    for key in ("a", "b"):
        office = store.add_office(key, f"{key}校")
        table = outdoors()
        office.publish(table.problem, table, "第1版", "{}", source=b"\x00PK")
        office.bad_days.apply(dt.date(2026, 9, 7), HalfDay.DAY, Weather.RAIN)
        office.comparisons.add('{"cases": []}')
        office.feed(office.create_link("class", "C2", "李\u2028"))
    store.add_bureau("office", "correct horse")
    store.sessions.begin("office")
    store.session_key()
    return store


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request, tmp_path, clock):
    """Another database, of either kind, with nothing in it."""
    if request.param == "sqlite":
        opened = Store.open(f"sqlite:///{tmp_path / 'other.db'}", clock)
    else:
        made = request.getfixturevalue("postgres").new_database()
        opened = Store.open(made, clock)
    yield opened
    opened.close()


def test_every_row_comes_back_in_either_database(full, other, tmp_path):
    before = everything(full)
    path = tmp_path / "school.backup"
    rows = back_up(full.database, path)
    assert rows == sum(map(len, before.values())) > 40
    assert restore(other.database, path) == (rows, None)
    assert everything(other) == before
    assert other.check_login("office", "correct horse")
    assert other.office("b").current() == full.office("b").current()


@pytest.mark.parametrize("at_once", [1, 2, 7])
@only("sqlite")
def test_every_row_comes_back_in_any_number_of_steps(
    full, tmp_path, clock, monkeypatch, at_once
):
    before = everything(full)
    path = tmp_path / "school.backup"
    rows = back_up(full.database, path)
    monkeypatch.setattr(backups, "_AT_ONCE", at_once)
    with closing(Store.open(f"sqlite:///{tmp_path / 'again.db'}", clock)) as again:
        assert restore(again.database, path) == (rows, None)
        assert everything(again) == before


def test_restored_office_serves_the_feeds_of_before(full, other, tmp_path):
    office = full.office("a")
    token = office.create_link("teacher", "T1")
    feed = office.feed(token)
    back_up(full.database, tmp_path / "school.backup")
    restore(other.database, tmp_path / "school.backup")
    assert other.office("a").feed(token) == feed


@only("sqlite")
def test_database_that_holds_something_is_replaced_only_if_told_to(full, tmp_path):
    path = tmp_path / "one.backup"
    back_up(full.database, path)
    before = everything(full)
    publish_after = full.office("a")
    publish(publish_after, "第2版")
    after = everything(full)
    with pytest.raises(InputError, match="nothing was restored"):
        restore(full.database, path)
    assert everything(full) == after
    _, copy = restore(full.database, path, replace=True)
    assert everything(full) == before
    # What was replaced is not lost either.
    restore(full.database, copy, replace=True)
    assert everything(full) == after


def test_running_server_goes_on_with_what_was_restored(full, tmp_path, clock):
    path = tmp_path / "one.backup"
    back_up(full.database, path)
    office = full.office("a")
    clock.wait(60)
    assert publish(office, "第2版").version == 2
    assert office.publication(2).name == "第2版"
    token = office.create_link("teacher", "T1")
    restore(full.database, path, replace=True)
    with pytest.raises(LookupError):
        office.publication(2)
    with pytest.raises(FeedUnknown):
        office.feed(token)
    clock.wait(60)
    publish(office, "另一个第2版", day=4)
    assert office.publication(2).name == "另一个第2版"


@pytest.mark.parametrize("damage", ["cut", "bit", "no zip", "no manifest", "rows"])
@only("sqlite")
def test_damaged_backup_changes_nothing(full, other, tmp_path, damage):
    path = tmp_path / "school.backup"
    back_up(full.database, path)
    content = path.read_bytes()
    match damage:
        case "cut":
            path.write_bytes(content[: len(content) // 2])
        case "bit":
            at = _within_the_largest(path)
            flipped = bytes(x ^ 1 for x in content[at : at + 2])
            path.write_bytes(content[:at] + flipped + content[at + 2 :])
        case "no zip":
            path.write_bytes(b"SQLite format 3")
        case "no manifest":
            with zipfile.ZipFile(path, "w") as file:
                file.writestr("x", "y")
        case "rows":
            _rewrite(path, lambda said: said["rows"].update(links=9))
    empty = everything(other)
    with pytest.raises(InputError, match="damaged"):
        restore(other.database, path)
    assert everything(other) == empty


def _within_the_largest(path):
    """A place in the packed rows of the largest table."""
    with zipfile.ZipFile(path) as file:
        largest = max(file.infolist(), key=lambda x: x.compress_size)
    return largest.header_offset + 200 + largest.compress_size // 2


@only("sqlite")
def test_backup_of_a_later_release_is_refused(full, other, tmp_path):
    path = tmp_path / "school.backup"
    back_up(full.database, path)
    _rewrite(path, lambda said: said.update(revision="r9999"))
    with pytest.raises(InputError, match="later release"):
        restore(other.database, path)


def _rewrite(path, change):
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    said = json.loads(parts["backup.json"])
    change(said)
    parts["backup.json"] = json.dumps(said)
    with zipfile.ZipFile(path, "w") as file:
        for name, part in parts.items():
            file.writestr(name, part)


@only("sqlite")
def test_backup_is_not_written_over_a_file(full, tmp_path):
    (tmp_path / "x").write_text("mine")
    with pytest.raises(FileExistsError):
        back_up(full.database, tmp_path / "x")
    assert (tmp_path / "x").read_text() == "mine"


def test_restore_that_fails_leaves_the_database(full, tmp_path, monkeypatch):
    path = tmp_path / "one.backup"
    back_up(full.database, path)
    before = everything(full)

    def fail(connection, backup):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring, "_check", fail)
    with pytest.raises(OSError, match="No space"):
        restore(full.database, path, replace=True)
    assert everything(full) == before
