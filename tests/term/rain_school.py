"""The school of builders.py with a gym for one class, and two classes outdoors.

Both have PE on the field on Mondays in the first period (08:00) and, class 3(2) alone,
on Tuesdays in the fourth (10:30). Mondays: 7, 14, 21, 28 September, 12, 19, 26 October.
"""

from dataclasses import replace

from scheduler.model.meeting import Placement
from scheduler.model.times import Bell
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Layout, Venue
from tests.term import builders
from tests.term.builders import placement, requirement

GYM = Venue("GYM", "风雨操场", "S", "gym", True, "S")
IN_GYM = Layout("L-GYM", "GYM", ("GYM",), ("PE",), 1)


def school(**changes):
    """The problem; ``changes`` replace tables."""
    made = builders.problem()
    given = {
        "venues": (*made.venues, GYM),
        "layouts": (*made.layouts, IN_GYM),
    }
    return builders.problem(
        requirement("R1"),
        requirement("R2", class_ids=("C1",), teacher_ids=("T2",)),
        requirement("R3"),
        **given | changes,
    )


def late_bell():
    """The school's bell two hours later, and without a fourth period."""
    rows = (
        replace(p, start=p.start + 120, end=p.end + 120)
        for p in builders.bell().periods
        if p.number < 4
    )
    return Bell("LATE", tuple(rows))


def outdoors(given=None, **changes):
    """The timetable; ``R1=placement(...)`` puts a lesson elsewhere."""
    places = {
        "R1": placement(1, layout_id="L-NORTH"),
        "R2": placement(1, layout_id="L-SOUTH", teacher_ids=("T2",)),
        "R3": placement(2, 4, layout_id="L-NORTH"),
    }
    return builders.timetable(given or school(), **places | changes)


def on(timetable: Timetable, name: str) -> Placement:
    """Where the first lesson of a requirement stands."""
    return timetable.placements[f"{name}#1"]
