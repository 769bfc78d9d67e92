"""A draft of the hand-sized school, and an editor of it."""

from dataclasses import dataclass

import pytest

from scheduler.services.office import Office
from scheduler.services.offices import Store
from scheduler.services.views.editor.editing import Editing
from tests.web.conftest import NOW, clashing_timetable


@dataclass
class Desk:
    """The editor of one draft, as one person uses it after the other."""

    office: Office
    number: int
    editing: Editing
    store: Store

    def open(self, language="zh"):
        return self.editing.open(self.office, self.number, language)

    def pick(self, lesson_id, language="zh"):
        return self.editing.pick(self.office, self.number, lesson_id, language)

    def since(self, seen):
        return self.editing.since(self.office, self.number, seen, "zh")

    def do(self, who, **sent):
        return self.editing.do(self.office, self.number, who, sent, "zh")

    def move(self, who, seen, **moves):
        named = {name.replace("_", "#"): where for name, where in moves.items()}
        return self.do(who, kind="move", seen=seen, moves=named)


@pytest.fixture
def desk_of():
    """The editor of a draft begun with a timetable."""
    stores = []

    def make(table):
        store = Store.open("sqlite://", now=lambda: NOW)
        stores.append(store)
        office = store.office_for(table.problem)
        draft = office.drafts.new("微调", "王", table)
        return Desk(office, draft.draft_id, Editing(), store)

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def desk(desk_of):
    """T1 gives PE to A and, in odd weeks, to B at once on Monday 08:20-09:00."""
    return desk_of(clashing_timetable())
