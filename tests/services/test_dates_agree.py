"""Whatever is published, moved, closed or rained off: calendars say what pages say."""

import datetime as dt
from collections import Counter
from contextlib import suppress
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.model.closures import Closure, ClosureKind, Replacement
from scheduler.model.timetable import Timetable
from scheduler.model.weather import HalfDay, Weather
from scheduler.services.settling import publish_proposals
from scheduler.services.store.entry_rows import load_term
from scheduler.services.views.site import OfficeState
from scheduler.term.calendar import term_code
from scheduler.term.facts import facts_of
from scheduler.term.rain import CannotApply, held_lessons
from tests.services.builders import Clock, opened
from tests.term.builders import agreement, placement
from tests.term.rain_school import outdoors, school

# The two weeks in which everything happens, so that much happens on the same date.
DATES = st.integers(0, 13).map(lambda k: dt.date(2026, 9, 7) + dt.timedelta(k))
LAYOUTS = st.sampled_from(["L-NORTH", "L-SOUTH", "L-GYM", "home"])
ACTS = st.one_of(
    st.tuples(st.just("rain"), DATES, st.sampled_from(HalfDay)),
    st.tuples(st.just("undo"), st.integers(0, 3), st.none()),
    st.tuples(st.just("move"), st.integers(1, 3), LAYOUTS),
    st.tuples(st.just("close"), DATES, st.sampled_from(["GYM", "FIELD"])),
    st.tuples(st.just("replace"), DATES, LAYOUTS),
    st.tuples(st.just("settle"), st.none(), st.none()),
    st.tuples(st.just("wait"), st.integers(1, 4), st.none()),
)


@given(st.lists(ACTS, max_size=8))
@settings(max_examples=25, deadline=None)
def test_calendars_say_of_every_coming_date_what_pages_say(acts):
    clock = Clock()
    clock.set(9, 5)
    short = agreement(2, valid_to=dt.date(2026, 9, 10))
    table = outdoors(school(agreements=(agreement(1), short)))
    with opened("sqlite://", clock) as office:
        office.publish(table.problem, table, "", "{}")
        for number, act in enumerate(acts):
            with suppress(CannotApply):
                do(office, clock, number, *act)
            assert in_calendars(office) == on_pages(office)


def do(office, clock, number, kind, first, second):
    """One act of the office, or days that pass."""
    current = office.current()
    problem = current.problem
    match kind:
        case "rain":
            office.bad_days.apply(first, second, Weather.RAIN)
        case "undo" if coming := office.bad_days.coming():
            office.bad_days.undo(coming[first % len(coming)].bad_day_id)
        case "move":
            moved = outdoors(problem, R1=placement(first, 1, layout_id=second))
            office.publish(problem, moved, "", "{}")
        case "close":
            row = Closure(f"K{number}", ClosureKind.VENUE, second, first)
            change(office, closures=(*problem.closures, row))
        case "replace":
            kept = (x for x in problem.replacements if x.date != first)
            change(office, replacements=(*kept, Replacement(first, "R1#1", second)))
        case "settle":
            publish_proposals(
                office, current.version, OfficeState(office).dates(), None
            )
        case "wait":
            clock.time += dt.timedelta(days=first)


def change(office, **tables):
    """Publish the same week over other tables."""
    current = office.current()
    problem = replace(current.problem, **tables)
    table = Timetable(problem, current.timetable.placements)
    office.publish(problem, table, "", "{}")


def on_pages(office):
    """Where lessons are held from today on."""
    problem, today = office.current().problem, office.bad_days.today()
    held = held_lessons(office.current().timetable, office.bad_days.diversions())
    return Counter((d.date, facts_of(problem, d)) for d in held if d.date >= today)


def in_calendars(office):
    """The same of the entries that feeds are made of."""
    today, code = office.bad_days.today(), term_code(office.current().problem.term)
    with office.database.read() as connection:
        entries = load_term(connection, code)
    return Counter(
        (e.date, e.facts) for e in entries if e.date >= today and not e.cancelled
    )
