"""Use of places by calendar week, by hand."""

import datetime as dt
from dataclasses import replace

from scheduler.model.closures import Closure, ClosureKind
from scheduler.model.requirements import HOME
from scheduler.model.term import ClosedDays, MakeUpDay
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Layout, Zone
from scheduler.services.school.usage import CheckIns
from scheduler.services.views.places.load import venue_loads
from scheduler.services.views.places.use_report import use_report
from scheduler.services.views.places.weekly_use import weekly_use
from scheduler.term.changes import DatedChange
from scheduler.term.closing import with_weekly_closures
from tests.builders import VENUES, ZONES, agreement, place, problem
from tests.builders import need as asked
from tests.builders import timetable as placed
from tests.small_school import TERM, at, need, small_problem, timetable
from tests.term.builders import entries


def september(day: int) -> dt.date:
    return dt.date(2026, 9, day)


def pe_of_a(**tables):
    """A's PE on Mondays on one zone of the field, on Fridays on both."""
    return timetable(
        small_problem(need("R1", "A", "PE", "2"), **tables),
        R1_1=at(1, 1, "L1"),
        R1_2=at(5, 1, "L12"),
    )


def use(table, log=None, *changes):
    return weekly_use(table, venue_loads(table), entries(table, *changes), log)


def weeks(table, log=None, *changes):
    """The field's figures by number of the week, floats where not whole."""
    found = use(table, log, *changes)
    return {
        x.number: (x.open, x.required, x.planned, x.confirmed)
        for x in found
        if x.venue_id == "V-F"
    }


def test_week_adds_up_its_teaching_dates():
    found = weeks(pe_of_a())
    # A has four lesson rows on Monday and three on Friday; the field has two zones.
    assert found[2] == (14, 2, 3, None)
    # The term begins on a Tuesday: Friday alone, half of what a week requires.
    assert found[1] == (6, 1, 2, None)


def test_holiday_and_make_up_day_count_in_their_own_weeks():
    term = replace(
        TERM,
        closed=(ClosedDays(september(14), september(14)),),
        make_up=(MakeUpDay(september(19), acts_as=1),),
    )
    found = weeks(pe_of_a(term=replace(term, make_up=())))
    assert found[3] == (6, 1, 2, None)
    assert weeks(pe_of_a(term=term))[3] == (14, 2, 3, None)


def test_closed_zone_takes_its_time_and_the_lessons_that_lose_their_place():
    closed = Closure("W1", ClosureKind.ZONE, "Z2", september(11), name="维修")
    # Three rows less on Friday, whose lesson needs both zones.
    assert weeks(pe_of_a(closures=(closed,)))[2] == (11, 2, 1, None)


def test_zone_closed_every_week_is_missing_from_its_dates_once():
    rows = tuple(
        Closure(f"W{k}", ClosureKind.ZONE, "Z2", september(4) + dt.timedelta(weeks=k))
        for k in range(21)
    )
    table = pe_of_a(closures=rows)
    problem = with_weekly_closures(table.problem)
    assert problem.closed_weekly
    # Monday's four rows of two zones, Friday's three of the other zone.
    assert weeks(Timetable(problem, table.placements))[2][0] == 11


def test_event_takes_the_lesson_not_the_place():
    event = Closure("TY", ClosureKind.SCHOOL, "S1", september(11), name="运动会")
    assert weeks(pe_of_a(closures=(event,)))[2] == (14, 2, 1, None)


def test_lesson_moved_for_a_date_is_planned_where_it_is():
    moved = DatedChange(september(7), "R1#1", layout_id=HOME)
    assert weeks(pe_of_a(), None, moved)[2] == (14, 2, 2, None)


def test_confirmed_are_lessons_of_the_log_in_weeks_in_which_somebody_was_asked():
    places = (("V-F", 11, "R1#2"), ("V-M", 7, "R1#1"))
    known = {(at, september(day), name, september(day)) for at, day, name in places}
    log = CheckIns("2026-2027-1", frozenset(known), september(15))
    found = weeks(pe_of_a(), log)
    assert [found[n][3] for n in (1, 2, 3, 4)] == [None, 2, 0, None]


def test_two_classes_in_one_zone_take_it_once_and_fill_half_of_it_each():
    given = problem(
        asked("R1", "C1", "PE", layouts=("L2",)),
        asked("R2", "C2", "PE", layouts=("L2",), teacher_ids=("T2",)),
    )
    table = placed(given, R1=place(1, 1, "L2"), R2=place(1, 1, "L2", teachers=("T2",)))
    found = use(table)
    field = next(x for x in found if x.venue_id == "FIELD" and x.number == 2)
    # The zone holds two classes.
    assert (field.required, field.planned) == (1, 1)


def test_place_of_others_is_open_on_the_dates_of_its_agreement():
    given = problem(
        asked("R1", "C1", "PE", layouts=("LP",)),
        venues=VENUES,
        agreements=(agreement(closed_dates=(september(7),)),),
    )
    table = placed(given, R1=place(1, 3, "LP"))
    found = {x.number: (x.open, x.planned) for x in use(table) if x.venue_id == "PARK"}
    # Monday 10:00–11:30 holds lessons 3 and 4; week 1 has no Monday in the term.
    assert (found[1], found[2], found[3]) == ((0, 0), (0, 0), (2, 1))


def test_zones_that_no_agreement_opens_are_not_open():
    halves = tuple(Zone(f"P{k}", "PARK", 1) for k in (1, 2))
    given = problem(
        asked("R1", "C1", "PE", layouts=("LP1",)),
        zones=(*ZONES, *halves),
        layouts=(Layout("LP1", "PARK", ("P1",), ("PE",), 1),),
        agreements=(agreement(zones=("P1",), closed_dates=(september(7),)),),
    )
    table = placed(given, R1=place(1, 3, "LP1"))
    park = [x for x in use(table) if x.venue_id == "PARK"]
    # Lessons 3 and 4 on one of the two halves; closed on the first Monday.
    assert [(x.open, x.planned) for x in park[1:3]] == [(0, 0), (2, 1)]


def test_agreement_that_is_too_short_for_the_week_takes_nothing_from_it():
    halves = tuple(Zone(f"P{k}", "PARK", 1) for k in (1, 2))
    short = agreement(agreement_id="XY2", zones=("P2",), valid_to=september(8))
    given = problem(
        asked("R1", "C1", "PE", layouts=("LP1",)),
        zones=(*ZONES, *halves),
        layouts=(Layout("LP1", "PARK", ("P1",), ("PE",), 1),),
        agreements=(agreement(zones=("P1",)), short),
    )
    table = placed(given, R1=place(1, 3, "LP1"))
    park = [x for x in use(table) if x.venue_id == "PARK"]
    # Lessons 3 and 4 on the half that weekly lessons may use, before and after.
    assert [x.open for x in park[1:3]] == [2, 2]


def test_sheet_of_weeks_has_a_row_for_each_venue_and_week():
    table = pe_of_a()
    sheet = next(x for x in use_report(table, entries(table)) if x.title.zh == "按周")
    second = next(r for r in sheet.rows if r[:2] == ("田径场", 2))
    assert second[2:] == ("2026-09-07", 14, 2, 3, None, second[5] / second[3])
    assert len(sheet.heads) == len(second)
