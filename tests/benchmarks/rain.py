"""How long the plan for bad weather of a whole term takes, and how fair it is."""

from collections.abc import Callable
from dataclasses import replace
from time import process_time

from scheduler.constraints.base import Violation
from scheduler.constraints.catalogue import rules_in_force
from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.model.requirements import HOME
from scheduler.model.resources import Level
from scheduler.model.times import LAYERS
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Layout
from scheduler.model.weather import RainPlan
from scheduler.services.views.places.rain import totals
from scheduler.solver.rain.planning import rain_plan
from scheduler.solver.rain.slots import in_bad_weather
from tests.benchmarks.instances import PLANTED, generated
from tests.benchmarks.measure import Table
from tests.benchmarks.tables import Settings

SCHOOLS = ("primary-36",)
_ROOMS = ("V-HALL", "V-MUS", "V-PSY", "V-FA")
OPEN: dict[str, Callable[[Layout], bool]] = {
    "gyms": lambda _: False,
    "gyms, hall, music, art and psychology rooms": lambda x: x.venue_id.startswith(
        _ROOMS
    ),
}
_BAD_DAYS = 30
_JUDGED = (1, 2)
"""Turns that the rules judge; they take longer than the plan."""


def rain(settings: Settings) -> None:
    """One row for each school, seed and set of places open in bad weather."""
    table = Table(
        "The plan for rain of a whole term (target: 20 s, all proven)",
        "school | seed | open indoors | slots | lessons outdoors | turns | proven | "
        "active indoors % | apart at most | broken | CPU s",
    )
    for name in settings.schools or SCHOOLS:
        for seed in range(settings.seeds):
            folder = generated(name, seed)
            problem = read_problem(folder).problem
            given = read_timetable(problem, folder / PLANTED).timetable
            for places, is_open in OPEN.items():
                timetable = _opened(given, is_open)
                began = process_time()
                plan = rain_plan(timetable)
                seconds = process_time() - began
                t = totals(plan)
                table.row(
                    name,
                    seed,
                    places,
                    t.slots,
                    t.lessons,
                    t.turns,
                    t.proven,
                    100 * t.active / t.seats,
                    _apart(plan),
                    sum(_broken(timetable, plan, turn) for turn in _JUDGED),
                    seconds,
                )
    table.end()


def _opened(given: Timetable, is_open: Callable[[Layout], bool]) -> Timetable:
    """The same timetable with some layouts open to PE in bad weather."""
    problem = given.problem
    layouts = tuple(replace(x, wet=is_open(x)) for x in problem.layouts)
    return Timetable(replace(problem, layouts=layouts), given.placements)


def _broken(timetable: Timetable, plan: RainPlan, turn: int) -> int:
    """Hard violations of a turn of all slots that are none where all stay home.

    The rules themselves judge, each week of the cycle apart.
    """
    found = 0
    for layer in LAYERS:
        places = {
            lesson_id: layout_id
            for slot in plan.slots
            if layer in slot.week.layers
            for lesson_id, layout_id in zip(
                slot.lesson_ids, slot.turn(turn).layout_ids, strict=True
            )
        }
        home = _violations(timetable, dict.fromkeys(places, HOME), layer)
        found += len(_violations(timetable, places, layer) - home)
    return found


def _violations(
    timetable: Timetable, places: dict[str, str], layer: int
) -> set[tuple[str, Violation]]:
    """Hard violations in one week, of lessons that are in these places."""
    moved = {
        lesson_id: replace(p, layout_id=places.get(lesson_id, p.layout_id))
        for lesson_id, p in timetable.placements.items()
    }
    bad_day = Timetable(in_bad_weather(timetable).problem, moved)
    return {
        (rule.name, violation)
        for rule in rules_in_force(bad_day.problem)
        if rule.level is Level.HARD
        for violation in rule.violations(bad_day)
        if violation.layer in (None, layer)
    }


def _apart(plan: RainPlan) -> int:
    """The most turns that lessons which are alike are apart, after any bad day."""
    return max(
        (
            max(counts[u] for u in group) - min(counts[u] for u in group)
            for slot in plan.slots
            for counts in map(slot.turns_indoors, range(1, _BAD_DAYS))
            for group in slot.alike
        ),
        default=0,
    )
