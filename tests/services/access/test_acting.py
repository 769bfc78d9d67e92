"""Services ask who acts: whoever may not do something cannot make a service do it."""

import datetime as dt

import pytest

from scheduler.services.access.accounts import Grant
from scheduler.services.access.acting import NotAllowed, acting_for, who_acts
from scheduler.services.access.permissions import (
    ACTION_NAMES,
    Account,
    Action,
    Membership,
    Role,
    Visitors,
)
from scheduler.services.jobs.contract import JobKind, Work
from scheduler.services.school.usage import NothingToConfirm
from scheduler.term.changes import Batch, DatedChange, Reason
from scheduler.term.entries import FeedKind
from tests.services.builders import only, publish

MONDAY = dt.date(2026, 9, 7)
PASSWORD = "long enough"


def member(role, office="s", resource_id=""):
    return Account("王", memberships={office: Membership(role, resource_id)})


OFFICE = member(Role.OFFICE)
STRANGERS = {
    "visitor": None,
    "no role": Account("王"),
    "teacher": member(Role.TEACHER, resource_id="T1"),
    "partner": member(Role.PARTNER, resource_id="FIELD"),
    "office of another school": member(Role.OFFICE, "other"),
}


@pytest.fixture
def ready(store, office):
    """Something published, a draft, a job, a link, a batch of changes, an account."""
    publish(office)
    table = office.current().timetable
    for name in "一二":
        office.drafts.new(name, "李", table)
    office.jobs.ask(Work(JobKind.SOLVE, (table,)), "李")
    office.create_link("teacher", "T1")
    ill = Batch(Reason.WEATHER, made_by="李")
    office.changes.make(ill, [DatedChange(MONDAY, "R1#1", cancelled=True)])
    store.accounts.add("李", PASSWORD, Grant(Role.OFFICE, "s"))
    for name in ("教师", "教练"):
        store.accounts.add(name, PASSWORD, Grant(Role.TEACHER, "s", "T1"))
    return office


def writes(store, office):
    """Every door through which something is written, by what it does."""
    table = office.current().timetable
    work = Work(JobKind.RAIN, (table,))
    change = DatedChange(dt.date(2026, 9, 14), "R1#1", cancelled=True)
    teacher = Grant(Role.TEACHER, "s", "T1")
    return {
        "publish": lambda: publish(office, "again"),
        "publish a draft": lambda: office.publish_draft(1, "王", "v", "{}"),
        "begin a draft": lambda: office.drafts.new("d", "王", table),
        "step of a draft": lambda: office.drafts.do(
            2, "王", lambda desk, asked: desk.lock(asked, ["R1#1"])
        ),
        "discard a draft": lambda: office.draft_jobs.discard(2, "王"),
        "ask for a job": lambda: office.jobs.ask(work, "王"),
        "ask once": lambda: office.jobs.ask_once(work, "王"),
        "stop a job": lambda: office.jobs.stop(1, "王"),
        "change": lambda: office.changes.make(Batch(Reason.WEATHER), [change]),
        "undo a change": lambda: office.changes.undo(1, "王"),
        "link": lambda: office.create_link("teacher", "T1"),
        "links": lambda: office.link_table.create_for_all(FeedKind.CLASS, ["C1"]),
        "revoke a link": lambda: office.revoke_link("teacher", "T1"),
        "visitors": lambda: office.set_visitors(Visitors.NOTHING, "王"),
        "add an account": lambda: store.accounts.add("新", PASSWORD, teacher),
        "give a role": lambda: store.accounts.grant("教师", teacher),
        "take a role": lambda: store.accounts.take_role("教练", "s"),
        "reset a password": lambda: store.accounts.set_password("教师", PASSWORD),
        "remove an account": lambda: store.accounts.remove("教师"),
    }


@only("sqlite")
@pytest.mark.parametrize("who", STRANGERS)
def test_nothing_is_written_for_whoever_may_not(store, ready, who):
    before, people = ready.deeds(), store.accounts.all()
    for write in writes(store, ready).values():
        with acting_for(STRANGERS[who]), pytest.raises(NotAllowed):
            write()
    assert (ready.deeds(), store.accounts.all()) == (before, people)


@only("sqlite")
def test_office_may_write_all_of_its_own(store, ready):
    with acting_for(OFFICE):
        for write in writes(store, ready).values():
            write()


@only("sqlite")
def test_office_manages_no_account_beyond_its_own(store, ready):
    """Else the password of a bureau, or of another school, would be its to set."""
    store.add_office("other", "另一所")
    store.accounts.add("局", PASSWORD, Grant(Role.BUREAU))
    store.accounts.add("两校", PASSWORD, Grant(Role.TEACHER, "s", "T1"))
    store.accounts.grant("两校", Grant(Role.TEACHER, "other", "T9"))
    with acting_for(OFFICE):
        for name in ("局", "两校"):
            with pytest.raises(NotAllowed):
                store.accounts.set_password(name, PASSWORD)
            with pytest.raises(NotAllowed):
                store.accounts.remove(name)
        with pytest.raises(NotAllowed):
            store.accounts.grant("教师", Grant(Role.BUREAU))
        with pytest.raises(NotAllowed):
            store.accounts.grant("教师", Grant(Role.OFFICE, "other"))
        with pytest.raises(NotAllowed):
            store.add_office("third", "第三所")


@only("sqlite")
def test_everybody_sets_their_own_password(store, ready):
    with acting_for(Account("教师")):
        store.accounts.set_password("教师", "a new one")
    assert store.check_login("教师", "a new one")


@only("sqlite")
def test_partner_confirms_the_use_of_their_own_place_alone(ready):
    for mine, refusal in (("FIELD", NothingToConfirm), ("ELSEWHERE", NotAllowed)):
        partner = member(Role.PARTNER, resource_id=mine)
        with acting_for(partner), pytest.raises(refusal):
            ready.usage.confirm("FIELD", "王")


@only("sqlite")
def test_account_is_looked_for_when_something_is_written_and_not_before(ready):
    asked = []

    def find():
        asked.append(1)
        return OFFICE

    with acting_for(find):
        ready.current()
        token = "no link"
        ready.link_table.note_fetch(token)
        assert asked == []
        ready.drafts.discard(1, "王")
        assert asked == [1]


def test_on_the_machine_itself_everything_may_be_done():
    assert who_acts().bureau
    with acting_for(None):
        assert who_acts() is None


def test_refusal_is_one_sentence_with_what_helps():
    refused = NotAllowed(STRANGERS["teacher"], Action.PUBLISH, "s")
    assert refused.text.zh == (
        "账号“王”在“s”没有“发布课表”的权限。请教务处授予角色，或用有权限的账号登录。"
    )
    assert NotAllowed(None, Action.OPEN, None).text.zh.startswith("访客")
    assert set(ACTION_NAMES) == set(Action)
