"""Pictures of the pages for the README, of the demo school as it is solved now.

    python -m tests.browser.pictures [--timetable timetable.csv]

writes docs/pictures/*.png; ``solution.json`` stands beside the timetable. Without one
it solves the demo school first.
"""

import argparse
import sys
from pathlib import Path

from selenium import webdriver

from scheduler.constraints.catalogue import check_settings
from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.model.timetable import Timetable
from scheduler.services.jobs.solving import solution_json
from scheduler.services.offices import Store
from scheduler.services.views.site import SiteState
from scheduler.solver.limits import SolveLimits
from scheduler.solver.solve import solve
from tests.browser.conftest import chromium_service, options, running
from web import create_app

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
PAGES = {
    "overview": "/",
    "class": "/o/s1/classes/G5C01",
    "field": "/o/s1/venues/V-FIELD",
    "load": "/o/s1/load/",
    "rain": "/o/s1/rain/",
}
SIZE = (1366, 900)
MOST_BYTES = 300_000
_SECONDS = 60.0


def main() -> None:
    """Solve or read, serve, photograph."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--timetable", type=Path)
    asked = parser.parse_args()
    problem = read_problem(ROOT / "data" / "demo-school", check_settings).problem
    if asked.timetable:
        timetable = read_timetable(problem, asked.timetable).timetable
        record = asked.timetable.with_name("solution.json").read_text("utf-8")
    else:
        solution = solve(problem, SolveLimits(_SECONDS))
        timetable, record = solution.timetable, solution_json(solution)
    for path in photographed(timetable, record, PICTURES):
        sys.stdout.write(f"{path.relative_to(ROOT)} {path.stat().st_size} bytes\n")


def photographed(timetable: Timetable, record: str, folder: Path) -> list[Path]:
    """Pictures of all pages.

    Parameters:
        record: The ``solution.json`` of the timetable.

    Raises:
        RuntimeError: one is larger than a README should load.
    """
    folder.mkdir(parents=True, exist_ok=True)
    store = Store.open("sqlite://")
    office = store.add_office("s1", "demo")
    office.publish(timetable.problem, timetable, "demo", record)
    office.bad_days.plan()
    driver = webdriver.Chrome(options=options(), service=chromium_service())
    found = []
    try:
        driver.set_window_size(*SIZE)
        with running(create_app(SiteState(store))) as address:
            for name, page in PAGES.items():
                driver.get(address + page)
                path = folder / f"{name}.png"
                driver.save_screenshot(str(path))
                found.append(path)
    finally:
        driver.quit()
        store.close()
    large = [path.name for path in found if path.stat().st_size > MOST_BYTES]
    if large:
        raise RuntimeError(f"larger than {MOST_BYTES} bytes: {large}")
    return found


if __name__ == "__main__":
    main()
