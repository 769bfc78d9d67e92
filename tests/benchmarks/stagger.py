"""Levelled load: peaks of shared venues against their proven lower bounds."""

import dataclasses
from time import process_time

from scheduler.formats.week_grid import venue_load
from scheduler.model.problem import Problem
from scheduler.model.resources import Stage
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Agreement, Layout, Venue, Zone
from scheduler.solver.limits import SolveLimits
from scheduler.solver.peaks import PeakModel, least_ceilings, with_ceilings
from scheduler.solver.solve import solve
from tests.benchmarks.generator import generate
from tests.benchmarks.measure import Table, say
from tests.benchmarks.planted.staffing import SCHOOL
from tests.benchmarks.tables import Settings

TEN = (
    *("primary-12", "primary-18", "junior-12", "primary-24", "junior-18"),
    *("primary-30", "junior-24", "primary-36", "junior-30", "primary-18"),
)
PROOF_SECONDS = 10.0
_ZONES, _COMMUNITY = 5, 2
_WINDOWS = ((2, 835, 1000), (4, 835, 1000))
"""Tuesday and Thursday, 13:55 to 16:40."""


def stagger(settings: Settings) -> None:
    """Peaks with and without levelling, and what was proven; then the hard school."""
    table = Table(
        "Staggering",
        "school | seed | bound of the sum | peaks levelled | peaks free | venues at "
        "their bound | soft levelled | soft free | proof CPU s | first s",
    )
    reached = []
    for seed, name in enumerate(settings.schools or TEN, start=1):
        stage, _, classes = name.partition("-")
        problem = generate(int(classes), Stage(stage), seed).problem
        reached.append(_row(table, name, seed, problem, settings.seconds))
    problem = crowded_school()
    _row(table, "36 on 200 m", 1, problem, settings.seconds)
    table.end()
    say(f"{sum(reached)} of {len(reached)} generated schools at every bound.\n")


def _row(table: Table, name: str, seed: int, problem: Problem, seconds: float) -> bool:
    began = process_time()
    model = PeakModel(problem)
    least = model.together(PROOF_SECONDS).least
    ceilings = least_ceilings(problem, PROOF_SECONDS)
    proof = process_time() - began
    limits = SolveLimits(seconds, seed=seed)
    free = solve(problem, limits)
    levelled = solve(with_ceilings(problem, ceilings or {}), limits)
    peaks = _peaks(levelled.timetable, model)
    bounds = [model.beside(v, peaks, PROOF_SECONDS).least for v in peaks]
    at_bound = [p == b for p, b in zip(peaks.values(), bounds, strict=True)]
    solved = not levelled.report.conflicts and not levelled.unplaced
    table.row(
        name,
        seed,
        least,
        _shown(peaks) if solved else f"{_shown(peaks)}, not solved",
        _shown(_peaks(free.timetable, model)),
        f"{sum(at_bound)} of {len(at_bound)}",
        levelled.report.soft,
        free.report.soft,
        proof,
        levelled.first_seconds,
    )
    return solved and all(at_bound)


def _peaks(timetable: Timetable, model: PeakModel) -> dict[str, int]:
    return {v: venue_load(timetable, v).peak_classes for v in model.venues}


def _shown(peaks: dict[str, int]) -> str:
    return " ".join(f"{v.removeprefix('V-')} {n}" for v, n in peaks.items())


def crowded_school() -> Problem:
    """36 classes, PE every day, on a 200 m ground, a hall and two community venues."""
    problem = generate(36, Stage.PRIMARY, 1).problem
    pe = {x.venue_id for x in problem.layouts if x.names("PE")}
    kept_layouts = tuple(x for x in problem.layouts if x.venue_id not in pe)
    venues = [
        Venue("V-GROUND", "200米操场", SCHOOL, "field", False, SCHOOL, 5394),
        Venue("V-GYM", "风雨操场", SCHOOL, "gym", True, SCHOOL, 480),
    ]
    zones = [Zone(f"Z{k}", "V-GROUND", 1) for k in range(1, _ZONES + 1)]
    zones.append(Zone("V-GYM", "V-GYM", 1))
    agreements = []
    for k in range(1, _COMMUNITY + 1):
        name = f"V-PARK{k}"
        venues.append(Venue(name, f"社区球场{k}", name, "public", False))
        zones += [Zone(f"{name}-{half}", name, 1) for half in "AB"]
        agreements += [_agreement(problem, name, *window) for window in _WINDOWS]
    layouts = tuple(
        Layout(f"L-{z.zone_id}", z.venue_id, (z.zone_id,), ("PE", "PEA"), 1)
        for z in zones
    )
    gone = {z.zone_id for z in problem.zones if z.venue_id in pe} | pe
    return dataclasses.replace(
        problem,
        venues=(*(v for v in problem.venues if v.venue_id not in pe), *venues),
        zones=(*(z for z in problem.zones if z.venue_id not in pe), *zones),
        layouts=(*kept_layouts, *layouts),
        agreements=tuple(agreements),
        unavailable=tuple(u for u in problem.unavailable if u.resource_id not in gone),
    )


def _agreement(
    problem: Problem, venue_id: str, day: int, start: int, end: int
) -> Agreement:
    term = problem.term
    return Agreement(
        *(f"{venue_id}-{day}", venue_id, SCHOOL, term.first_day, term.last_day),
        *(day, start, end, 2, 6),
    )
