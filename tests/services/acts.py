"""What an office does in a term, in any order: for properties of log and calendars.

Two classes have PE on Mondays at 08:00 on the field, one of them on Tuesdays at 10:30,
too; Chinese, on Thursdays, is in the class's own room.
"""

import datetime as dt
from dataclasses import replace

from hypothesis import strategies as st

from scheduler.model.closures import Closure, ClosureKind, Replacement
from scheduler.model.timetable import Timetable
from scheduler.model.weather import HalfDay, Weather
from scheduler.services.school.settling import settle
from scheduler.services.views.site import OfficeState
from scheduler.term.changes import (
    Batch,
    BellDay,
    DatedChange,
    EventDay,
    EventKind,
    ExtraLesson,
    Reason,
)
from tests.term.builders import agreement, placement, requirement
from tests.term.rain_school import late_bell, outdoors, school

# The two weeks in which everything happens, so that much happens on the same date.
DATES = st.integers(0, 13).map(lambda k: dt.date(2026, 9, 7) + dt.timedelta(k))
LAYOUTS = st.sampled_from(["L-NORTH", "L-SOUTH", "L-GYM", "home"])
LESSONS = st.sampled_from(["R1#1", "R2#1", "R3#1", "R4#1", "+1#1", "+2#1"])
DATED = st.one_of(
    st.builds(DatedChange, DATES, LESSONS, cancelled=st.just(True)),
    st.builds(DatedChange, DATES, LESSONS, layout_id=LAYOUTS),
    st.builds(
        DatedChange,
        *(DATES, LESSONS),
        to_date=DATES,
        start=st.sampled_from([480, 530, 580]),
    ),
    st.builds(DatedChange, DATES, LESSONS, teacher_ids=st.just(("T2",))),
    st.builds(DatedChange, DATES, LESSONS, subject_id=st.just("CN")),
    st.builds(
        ExtraLesson,
        *(DATES, st.just(""), st.just(("C2",)), st.just("PE"), st.just(("T1",))),
        *(st.just(580), st.just(620), LAYOUTS),
    ),
    st.builds(BellDay, DATES, st.just("LATE")),
    st.builds(
        DatedChange,
        *(DATES, LESSONS),
        teacher_ids=st.just(("T2",)),
        self_study=st.just(True),
    ),
    st.builds(
        EventDay,
        *(DATES, st.just(EventKind.EXAM), st.sampled_from([(), ("C1",), ("C2",)])),
        start=st.sampled_from([0, 500]),
    ),
)
ACTS = st.one_of(
    st.tuples(st.just("rain"), DATES, st.sampled_from(HalfDay)),
    st.tuples(st.just("undo"), st.integers(0, 3), st.none()),
    st.tuples(st.just("move"), st.integers(1, 3), LAYOUTS),
    st.tuples(st.just("move later"), st.integers(1, 3), st.integers(1, 5)),
    st.tuples(st.just("close"), DATES, st.sampled_from(["GYM", "FIELD"])),
    st.tuples(st.just("event"), DATES, st.sampled_from(["C1", "C2"])),
    st.tuples(st.just("replace"), DATES, LAYOUTS),
    st.tuples(st.just("settle"), st.none(), st.none()),
    st.tuples(st.just("change"), DATED, st.just("因病")),
)
WAIT = st.tuples(st.just("wait"), st.integers(1, 4), st.none())


def begin(office):
    """Publish the first version."""
    short = agreement(2, valid_to=dt.date(2026, 9, 10))
    given = school(agreements=(agreement(1), short))
    chinese = requirement("R4", subject_id="CN", teacher_ids=("T2",))
    given = replace(
        given,
        requirements=(*given.requirements, chinese),
        bells=(*given.bells, late_bell()),
    )
    table = outdoors(given, R4=placement(4, 2, teacher_ids=("T2",)))
    office.publish(given, table, "", "{}")


def do(office, clock, number, kind, first, second):
    """One act of the office, or days that pass."""
    current = office.current()
    problem, places = current.problem, current.timetable.placements
    match kind:
        case "rain":
            office.bad_days.apply(first, second, Weather.RAIN)
        case "undo" if batches := [b for b in office.changes.batches() if not b.undone]:
            office.changes.undo(batches[first % len(batches)].batch_id)
        case "move":
            at = placement(first, 1, layout_id=second)
            office.publish(problem, moved(problem, places, at), "", "{}")
        case "move later":
            begins = office.bad_days.today() + dt.timedelta(days=second)
            table = moved(problem, places, placement(first, 2))
            office.publish(problem, table, "", "{}", begins=begins)
        case "close":
            row = Closure(f"K{number}", ClosureKind.VENUE, second, first)
            change(office, closures=(*problem.closures, row))
        case "event":
            row = Closure(f"K{number}", ClosureKind.CLASS, second, first)
            change(office, closures=(*problem.closures, row))
        case "replace":
            kept = (x for x in problem.replacements if x.date != first)
            change(office, replacements=(*kept, Replacement(first, "R1#1", second)))
        case "settle":
            view = OfficeState(office).dates()
            settle(office, current.version, view.problem, view.clashes, None)
        case "change":
            office.changes.make(Batch(Reason.OTHER, second), [first])
        case "wait":
            clock.time += dt.timedelta(days=first)


def moved(problem, placements, place):
    """The same week with the first lesson elsewhere."""
    return Timetable(problem, {**placements, "R1#1": place})


def change(office, **tables):
    """Publish the same week over other tables."""
    current = office.current()
    problem = replace(current.problem, **tables)
    table = Timetable(problem, current.timetable.placements)
    office.publish(problem, table, "", "{}")
