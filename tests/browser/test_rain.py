"""The office applies the plan for bad weather in a real browser, and undoes it."""

import threading

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

from scheduler.services.jobs.worker import Worker
from scheduler.services.offices import Store
from scheduler.services.views.site import SiteState
from tests.browser.test_site import follow
from tests.term.rain_school import outdoors
from tests.web.conftest import NOW, PASSWORD
from web import create_app


@pytest.fixture
def site(serve):
    store = Store.open("sqlite://", now=lambda: NOW)
    table = outdoors()
    store.add_office("s1", "铁山路学校").publish(table.problem, table, "first", "{}")
    store.add_bureau("office", PASSWORD)
    worker = Worker(store.database)
    thread = threading.Thread(target=worker.run)
    thread.start()
    yield serve(create_app(SiteState(store)))
    worker.end()
    thread.join()
    store.close()


def text(browser, selector):
    return browser.find_element(By.CSS_SELECTOR, selector).text


def test_office_applies_the_plan_to_a_morning_and_undoes_it(browser, site):
    browser.get(f"{site}/login?next=/o/s1/rain/")
    browser.find_element(By.ID, "name").send_keys("office")
    browser.find_element(By.ID, "password").send_keys(PASSWORD)
    follow(browser, browser.find_element(By.CSS_SELECTOR, "form.entry button"))
    # A worker makes the plan; the page comes anew by itself when it is there.
    WebDriverWait(browser, 60).until(
        lambda page: page.find_elements(By.CSS_SELECTOR, ".apply button")
    )
    # Back on the plan; the form offers the dates from today to the end of term.
    date = browser.find_element(By.NAME, "date")
    limits = (date.get_attribute("min"), date.get_attribute("max"))
    assert limits == ("2026-09-01", "2026-10-31")
    browser.execute_script("arguments[0].value = '2026-09-07'", date)
    Select(browser.find_element(By.NAME, "half")).select_by_value("am")
    follow(browser, browser.find_element(By.CSS_SELECTOR, ".apply button"))
    assert text(browser, "#in-force summary h3") == "2026-09-07（周一）上午 · 雨天"
    assert "王芳：田径场 · 北半场 → 风雨操场" in text(browser, "#in-force li")
    follow(browser, browser.find_element(By.CSS_SELECTOR, "#in-force button"))
    assert browser.find_elements(By.ID, "in-force") == []
