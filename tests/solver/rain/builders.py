"""Lessons outdoors and places under a roof, by hand."""

from dataclasses import replace

from scheduler.constraints.catalogue import rules_in_force
from scheduler.model.resources import Level
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Layout, Venue, Zone
from scheduler.solver.rain.slots import in_bad_weather
from tests import builders

GYM = Venue("GYM", "风雨操场", "S1", "gym", True, "S1")
HALL = Venue("HALL", "报告厅", "S1", "room", True, "S1")
FAR_GYM = Venue("FARGYM", "分校体育馆", "S1B", "gym", True, "S1")
CENTRE = Venue("CENTRE", "社区体育馆", "CENTRE", "public", True)
IN_GYM = Layout("LG", "GYM", ("GYM",), ("PE",), 1)
IN_HALL = Layout("LH", "HALL", ("HALL",), ("*",), 2, preference=1)
FAR_AWAY = Layout("LFG", "FARGYM", ("FARGYM",), ("PE",), 2)
IN_CENTRE = Layout("LC", "CENTRE", ("CENTRE",), ("PE",), 3)


def problem(*requirements, layouts=(IN_GYM, IN_HALL), **tables):
    """The two schools of tests.builders with some indoor places beside the music room.

    The gym and the hall are at school S1 (hall: not for bad weather unless ``wet``),
    the other gym ten minutes away, the centre a community venue.
    """
    given = {
        "venues": (*builders.VENUES, GYM, HALL, FAR_GYM, CENTRE),
        "zones": (
            *builders.ZONES,
            Zone("HALL", "HALL", 2),
            Zone("CENTRE", "CENTRE", 3),
        ),
        "layouts": (*builders.LAYOUTS, *layouts),
    }
    return builders.problem(*requirements, **given | tables)


def pe(name, classes, teacher, **more):
    """A PE requirement."""
    return builders.need(name, classes, "PE", teacher_ids=(teacher,), **more)


def on_field(layout="L1", period=1, teacher="T1", **more):
    """On Monday, on the field."""
    return builders.place(1, period, layout, teachers=(teacher,), **more)


def wet(layout):
    """The same layout, open to PE in bad weather."""
    return replace(layout, wet=True)


def sheltered(timetable, places):
    """The timetable of a bad day: ``places`` by lesson id, all others as they were."""
    moved = {
        lesson_id: replace(p, layout_id=places.get(lesson_id, p.layout_id))
        for lesson_id, p in timetable.placements.items()
    }
    return Timetable(in_bad_weather(timetable).problem, moved)


def hard_cost(timetable, places):
    """What the hard rules say of a bad day: the sum of their amounts."""
    bad_day = sheltered(timetable, places)
    rules = rules_in_force(bad_day.problem)
    return sum(r.amount(bad_day) for r in rules if r.level is Level.HARD)


def turns(plan, slot_id):
    """Layouts of a slot's turns."""
    return [turn.layout_ids for turn in plan.slot(slot_id).turns]
