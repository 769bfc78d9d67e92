"""The log of deeds: every kind of deed once, by whom, without secrets."""

import datetime as dt

import pytest

from scheduler.services.access.deeds import Act
from scheduler.services.jobs.contract import JobKind, Work
from scheduler.services.school.changes import CannotChange
from scheduler.services.store.restoring import back_up, restore
from scheduler.term.changes import Batch, DatedChange, Reason
from scheduler.term.entries import FeedKind
from tests.services.builders import only, publish

MONDAY = dt.date(2026, 9, 7)


def told(office):
    return [(x.who, x.act, x.about) for x in office.deeds()]


def do_everything(office):
    """Publish, change, give links, ask for jobs; the token of a link."""
    publish(office)
    table = office.current().timetable
    number = office.drafts.new("草稿", "王", table, base_version=1).draft_id
    lock = ["R1#1"]
    office.drafts.do(number, "王", lambda desk, asked: desk.lock(asked, lock))
    office.publish_draft(number, "王", "第2版", "{}")
    ill = Batch(Reason.WEATHER, made_by="李")
    made = office.changes.make(ill, [DatedChange(MONDAY, "R1#1", cancelled=True)])
    office.changes.undo(made.batch_id, "赵")
    token = office.create_link("teacher", "T1", "王芳", by="李")
    office.link_table.create_for_all(FeedKind.CLASS, ["C1"], "李")
    assert office.revoke_link("teacher", "T1", "王芳", by="李")
    assert not office.revoke_link("teacher", "T1", "王芳", by="李")
    job = office.jobs.ask(Work(JobKind.SOLVE, (table,)), "李")
    assert office.jobs.stop(job.job_id, "赵")
    return token


EVERYTHING = [
    ("", Act.PUBLISH, "1 第1版"),
    ("王", Act.BEGIN_DRAFT, "1 草稿"),
    ("王", Act.EDIT_DRAFT, "1 1 lock"),
    ("王", Act.PUBLISH_DRAFT, "2 第2版"),
    ("李", Act.CHANGE, "1 2026-09-07"),
    ("赵", Act.UNDO, "1 2026-09-07"),
    ("李", Act.LINK, "teacher T1 王芳"),
    ("李", Act.LINK, "class C1"),
    ("李", Act.REVOKE_LINK, "teacher T1 王芳"),
    ("李", Act.JOB, "1 solve"),
    ("赵", Act.STOP_JOB, "1"),
]


def test_every_deed_is_logged_once_with_who_and_without_secrets(store, office):
    other = store.add_office("t", "另一所")
    token = do_everything(office)
    assert told(office) == EVERYTHING
    assert token not in str(office.deeds())
    assert other.deeds() == ()


def test_what_was_refused_is_no_deed(office):
    publish(office)
    with pytest.raises(CannotChange):
        office.changes.undo(7, "李")
    assert [act for _, act, _ in told(office)] == [Act.PUBLISH]


@only("sqlite")
def test_deeds_are_kept_in_backups(store, office, tmp_path):
    do_everything(office)
    before = office.deeds()
    back_up(store.database, tmp_path / "school.backup")
    publish(office, "第3版")
    restore(store.database, tmp_path / "school.backup", replace=True)
    assert office.deeds() == before
