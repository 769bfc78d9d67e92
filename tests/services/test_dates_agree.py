"""Whatever is published, changed or rained off: calendars say what pages say."""

from collections import Counter
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.services.school.changes import CannotChange
from scheduler.term.facts import facts_of
from scheduler.term.held import held_lessons
from scheduler.term.rain import CannotApply
from tests.services.acts import ACTS, WAIT, begin, do
from tests.services.builders import Clock, opened


@given(st.lists(ACTS | WAIT, max_size=8))
@settings(max_examples=25, deadline=None)
def test_calendars_say_of_every_date_what_pages_say(acts):
    clock = Clock()
    clock.set(9, 5)
    with opened("sqlite://", clock) as office:
        begin(office)
        for number, act in enumerate(acts):
            with suppress(CannotApply, CannotChange):
                do(office, clock, number, *act)
            assert in_calendars(office) == on_pages(office)


def on_pages(office):
    """Where lessons are held, on past dates and on those to come."""
    held = held_lessons(office.versions(), office.changes.in_force())
    return Counter((d.date, facts_of(d)) for d in held)


def in_calendars(office):
    """The same of the entries that feeds are made of."""
    return Counter((e.date, e.facts) for e in office.entries() if not e.cancelled)
