"""Readers and editors at once over HTTP: all are answered and no step is lost.

How long they wait is measured by the benchmark `people`.
"""

from collections import Counter

from scheduler.services.access.accounts import Grant
from scheduler.services.access.permissions import Role
from scheduler.services.offices import Store
from scheduler.services.views.site import SiteState
from tests.web.conftest import clashing_timetable
from tests.web.crowd import PASSWORD, Crowd
from tests.web.test_pages import PAGES
from tests.web.test_serve import running
from web import create_app

EDITORS = ("甲", "乙", "丙", "丁")


def test_readers_and_editors_at_once_are_answered_and_no_step_is_lost(tmp_path):
    table = clashing_timetable()
    store = Store.open(f"sqlite:///{tmp_path / 'school.db'}")
    office = store.office_for(table.problem)
    office.publish(table.problem, table, "", "{}")
    for name in EDITORS:
        store.accounts.add(name, PASSWORD, Grant(Role.OFFICE, office.key))
    draft = office.drafts.new("together", EDITORS[0], table, 1).draft_id
    edit = f"/o/{office.key}/drafts/{draft}/edit/"
    pages = tuple(x for x in PAGES if x.startswith(("/o/s1/classes", "/o/s1/venues")))
    with running(create_app(SiteState(store))) as port:
        told = Crowd(port, pages, 20, edit, EDITORS, 2.0, 0.1).live()
    kept = office.drafts.look(draft, lambda desk: desk.history.operations)
    store.close()
    assert told.errors == []
    assert Counter(x.who for x in kept) == told.steps
    assert set(told.steps) == set(EDITORS)
    assert len(told.reads) >= 20
