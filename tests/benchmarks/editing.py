"""How long the timetable editor lets one wait in a browser, and how much it sends."""

import os
from pathlib import Path
from statistics import median
from time import process_time, sleep

from selenium import webdriver
from selenium.webdriver.common.by import By

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.model.timetable import Timetable
from scheduler.services.offices import Store
from scheduler.services.views.site import SiteState
from tests.benchmarks.instances import PLANTED, generated
from tests.benchmarks.measure import Table, say
from tests.benchmarks.tables import Settings, chosen
from tests.browser.conftest import chromium_service, options, running
from web import create_app

LESSONS = 50
NAME, PASSWORD = "office", "correct horse"
WATCH = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
SIZE = """
const waited = performance.getEntriesByType("resource");
const page = performance.getEntriesByType("navigation");
const sent = waited.filter((x) => !/room|steps/.test(x.name)).concat(page);
return sent.reduce((sum, x) => sum + x.decodedBodySize, 0);
"""


def table(settings: Settings) -> None:
    """(e) Fifty lessons picked up in Chromium, and exchanged where they can be."""
    found = Table(
        "The timetable editor",
        "school | page kB | open CPU ms | coloured median ms | 95 % ms "
        "| panel after a step median ms | 95 % ms | server CPU ms a lesson "
        "| page busy ms a lesson",
    )
    for name in chosen(settings, "primary-36"):
        found.row(name, *_row(generated(name, 1)))
    found.end()
    say(f"Wall time in the browser; load at the end {os.getloadavg()[0]:.1f}.\n")


def _row(folder: Path) -> tuple[float, ...]:
    problem = read_problem(folder).problem
    start = read_timetable(problem, folder / PLANTED).timetable
    store = Store.open("sqlite://")
    office = store.add_office("s1", "s1")
    office.publish(problem, start, "", "{}")
    draft = office.drafts.new("bench", NAME, start, 1)
    store.add_bureau(NAME, PASSWORD)
    driver = webdriver.Chrome(options=options(), service=chromium_service())
    driver.set_script_timeout(300)
    try:
        with running(create_app(SiteState(store))) as site:
            return _measured(
                driver, f"{site}/o/s1/drafts/{draft.draft_id}/edit/", start
            )
    finally:
        driver.quit()
        store.close()


def _measured(
    driver: webdriver.Chrome, page: str, start: Timetable
) -> tuple[float, ...]:
    driver.execute_cdp_cmd("Performance.enable", {})
    _log_in(driver, page)
    _open(driver, page)
    size = driver.execute_script(SIZE)
    asked = _lessons(start)
    driver.execute_async_script(WATCH, asked[:2])  # Code is read in.
    began = process_time()
    _open(driver, page)
    opened = 1000 * (process_time() - began)
    began, busy = process_time(), _busy(driver)
    picks, puts = driver.execute_async_script(WATCH, asked)
    server = 1000 * (process_time() - began) / len(asked)
    browser = 1000 * (_busy(driver) - busy) / len(asked)
    return (
        round(size / 1024),
        opened,
        *(x for times in (picks, puts) for x in (median(times), _high(times))),
        server,
        browser,
    )


def _busy(driver: webdriver.Chrome) -> float:
    """Seconds that the page's own thread has been at work."""
    told = driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return float(next(x["value"] for x in told if x["name"] == "TaskDuration"))


def _high(times: list[float]) -> float:
    return sorted(times)[int(0.95 * len(times))]


def _lessons(start: Timetable) -> list[tuple[str, str]]:
    """Lessons spread over the school, each with its class."""
    ids = list(start.placements)
    problem = start.problem
    picked = ids[:: len(ids) // LESSONS][:LESSONS]
    return [(x, problem.lesson[x].requirement.class_ids[0]) for x in picked]


def _open(driver: webdriver.Chrome, page: str) -> None:
    driver.get(page)
    while not driver.find_elements(By.CSS_SELECTOR, "#editor[data-ready]"):
        sleep(0.05)
    while not driver.execute_script(
        "return performance.getEntriesByType('resource').some(x => /room/.test(x.name))"
    ):
        sleep(0.05)  # The board is made once; it is not what is measured.


def _log_in(driver: webdriver.Chrome, page: str) -> None:
    driver.get(f"{page.partition('/o/')[0]}/login")
    for name, text in (("name", NAME), ("password", PASSWORD)):
        driver.find_element(By.NAME, name).send_keys(text)
    driver.find_element(By.CSS_SELECTOR, "main button[type=submit]").click()
