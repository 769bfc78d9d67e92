"""A real browser on loopback: `browser` drives Chromium, `serve` runs a WSGI app."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from werkzeug.serving import make_server

from scheduler.formats.problem.reading import read_problem
from scheduler.model.problem import Problem
from scheduler.services.offices import Store
from scheduler.services.views.site import SiteState
from tests.browser.nine_periods import nine_periods
from tests.filled import filled
from tests.formats.primary_school import EXAMPLE
from tests.web.conftest import PASSWORD, clashing_timetable, site_of
from web import create_app

DATA = Path(__file__).parents[2] / "data"
SCHOOLS = {
    "demo-school": DATA / "demo-school",
    "demo-junior": DATA / "demo-junior",
    "primary-12": EXAMPLE,
}
BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
DESKTOP = (1280, 900)
# A failed download is a test's own business (it may ask for a missing page); a script
# error or a breach of the content policy is a bug on any page.
BUG_SOURCES = ("javascript", "security", "console-api")


@pytest.fixture(scope="session")
def chromium() -> Iterator[webdriver.Chrome]:
    """One browser process for the session; tests use `browser`."""
    driver = webdriver.Chrome(options=options(), service=chromium_service())
    try:
        yield driver
    finally:
        driver.quit()


@pytest.fixture
def browser(chromium: webdriver.Chrome) -> Iterator[webdriver.Chrome]:
    """Chromium without the cookies and log entries of earlier tests.

    Stored data is per address, and `serve` gives every test an address of its own.
    Errors of scripts and breaches of the content policy fail the test at its end.
    """
    chromium.set_window_size(*DESKTOP)
    chromium.get_log("browser")
    yield chromium
    entries = chromium.get_log("browser")
    chromium.get("about:blank")
    chromium.execute_cdp_cmd("Network.clearBrowserCookies", {})
    bugs = [
        entry["message"]
        for entry in entries
        if entry["level"] == "SEVERE" and entry["source"] in BUG_SOURCES
    ]
    assert bugs == []


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    """`serve(app)` runs a WSGI app on a free loopback port and returns its address."""
    with ExitStack() as servers:
        yield lambda app: servers.enter_context(running(app))


@pytest.fixture(scope="session")
def school_of() -> Iterator[Callable[[str], tuple[Problem, Flask]]]:
    """`school_of(name)` gives a full school and its site, made once."""
    made: dict[str, tuple[Problem, Flask]] = {}
    with ExitStack() as stack:

        def make(name: str) -> tuple[Problem, Flask]:
            if name not in made:
                table = filled(_school(name))
                # Full enough to be a fair trial.
                assert len(table.placements) > 0.9 * len(table.problem.lessons)
                store = Store.open("sqlite://")
                stack.callback(store.close)
                store.add_office("s1", name).publish(table.problem, table, "", "{}")
                made[name] = table.problem, create_app(SiteState(store))
            return made[name]

        yield make


def _school(name: str) -> Problem:
    if name == "nine-periods":
        return nine_periods(_school("demo-junior"))
    return read_problem(SCHOOLS[name]).problem


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    """The site of a small school with clashes, and one account."""
    state = site_of(clashing_timetable())
    state.store.add_bureau("office", PASSWORD)
    yield create_app(state)
    state.store.close()


@pytest.fixture
def site(serve: Callable[..., str], app: Flask) -> str:
    """Its address."""
    return serve(app)


@contextmanager
def running(app: Callable[..., object]) -> Iterator[str]:
    """A server of the app on loopback; its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def options() -> webdriver.ChromeOptions:
    """A browser without a window that reaches loopback alone."""
    given = webdriver.ChromeOptions()
    found = [path for name in BROWSER_NAMES if (path := shutil.which(name))]
    if found:
        given.binary_location = found[0]
    for argument in (
        "--headless=new",
        "--no-first-run",
        "--disable-background-networking",
        # Containers give /dev/shm 64 MB, too little for a large page.
        "--disable-dev-shm-usage",
        # The tests reach loopback and nothing else, whatever a page links to.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--lang=zh-CN",
    ):
        given.add_argument(argument)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # Chromium refuses its sandbox to root; only our own pages are opened.
        given.add_argument("--no-sandbox")
    given.add_experimental_option("prefs", {"intl.accept_languages": "zh-CN,en"})
    given.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return given


def chromium_service() -> Service:
    """The installed chromedriver; without one Selenium looks for its own."""
    environment = {**os.environ, "TZ": "Asia/Shanghai"}
    return Service(executable_path=shutil.which("chromedriver"), env=environment)
