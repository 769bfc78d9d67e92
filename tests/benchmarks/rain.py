"""How long the plan for bad weather of a whole term takes, and how fair it is."""

from collections.abc import Callable
from dataclasses import replace
from time import process_time

from scheduler.formats.tables.reading import read_problem
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Layout
from scheduler.model.weather import RainPlan
from scheduler.services.views.rain import totals
from scheduler.solver.rain.planning import rain_plan
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


def rain(settings: Settings) -> None:
    """One row for each school, seed and set of places open in bad weather."""
    table = Table(
        "The plan for rain of a whole term (target: 20 s, all proven)",
        "school | seed | open indoors | slots | lessons outdoors | turns | proven | "
        "active indoors % | apart at most | CPU s",
    )
    for name in settings.schools or SCHOOLS:
        for seed in range(settings.seeds):
            folder = generated(name, seed)
            problem = read_problem(folder).problem
            given = read_timetable(problem, folder / PLANTED).timetable
            for places, is_open in OPEN.items():
                plan, seconds = _timed(given, is_open)
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
                    seconds,
                )
    table.end()


def _timed(
    given: Timetable, is_open: Callable[[Layout], bool]
) -> tuple[RainPlan, float]:
    """The plan and the processor seconds it took."""
    problem = given.problem
    layouts = tuple(replace(x, wet=is_open(x)) for x in problem.layouts)
    timetable = Timetable(replace(problem, layouts=layouts), given.placements)
    began = process_time()
    return rain_plan(timetable), process_time() - began


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
