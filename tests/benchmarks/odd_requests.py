"""Ten thousand requests nobody would send, to every page; how many found a fault."""

from time import perf_counter

from tests.benchmarks.measure import Table
from tests.web.conftest import PASSWORD, clashing_timetable, site_of
from tests.web.fuzzing import fuzz
from web import create_app

REQUESTS = 10_000


def table(seeds: int) -> None:
    """One row a seed: requests, seconds, answers by class, faults."""
    rows = Table("Odd requests", "seed | requests | s | 2xx | 3xx | 4xx | 5xx")
    for seed in range(1, seeds + 1):
        state = site_of(clashing_timetable())
        state.store.add_bureau("office", PASSWORD)
        began = perf_counter()
        found = fuzz(create_app(state), REQUESTS, seed)
        seconds = perf_counter() - began
        state.store.close()
        answers = [
            sum(n for status, n in found.statuses.items() if status // 100 == kind)
            for kind in (2, 3, 4, 5)
        ]
        rows.row(seed, REQUESTS, seconds, *answers)
    rows.end()
