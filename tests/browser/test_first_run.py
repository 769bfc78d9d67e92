"""From an empty database to a feed in a calendar client, without a terminal."""

import re
import threading
import urllib.request

import pytest
from icalendar import Calendar
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from scheduler.services.jobs.worker import Worker
from scheduler.services.offices import Store
from scheduler.services.views.site import SiteState
from tests.browser.test_axe import AXE, SERIOUS
from tests.browser.test_site import follow
from web import create_app

PATIENCE = 120


@pytest.fixture
def store(tmp_path):
    """An empty database, and a worker as `cuofeng serve` has one."""
    opened = Store.open(f"sqlite:///{tmp_path / 'school.db'}")
    worker = Worker(opened.database)
    thread = threading.Thread(target=worker.run)
    thread.start()
    yield opened
    worker.end()
    thread.join()
    opened.close()


class Person:
    """Who does what the pages say, by the words on them."""

    def __init__(self, browser):
        self.browser = browser

    def fills(self, **fields):
        for name, text in fields.items():
            self.browser.find_element(By.ID, name.replace("_", "-")).send_keys(text)

    def presses(self, words):
        self._follow(f"//main//button[contains(., '{words}')]")

    def goes(self, words, within="nav[@class='areas']"):
        self._follow(f"//{within}//a[normalize-space()='{words}']")

    def chooses(self, words):
        way = f"//main//label[contains(., '{words}')]/input"
        self.browser.find_element(By.XPATH, way).click()

    def waits(self, way):
        wait = WebDriverWait(self.browser, PATIENCE)
        return wait.until(lambda b: b.find_elements(By.XPATH, way))[0]

    def finds_nothing_serious(self):
        """What axe says of the page as it is."""
        answer = AXE.run(self.browser, options={"resultTypes": ["violations"]})
        faults = [x for x in answer["violations"] if x["impact"] in SERIOUS]
        assert [(x["id"], x["nodes"][0]["html"]) for x in faults] == []

    def reads(self):
        return self.browser.find_element(By.TAG_NAME, "main").text

    def _follow(self, way):
        follow(self.browser, self.waits(way))


def test_from_an_empty_database_to_a_feed(browser, serve, store):
    site, person = serve(create_app(SiteState(store))), Person(browser)
    browser.get(site)
    person.finds_nothing_serious()
    person.fills(name="教务处", password="correct horse", again="correct horse")
    person.presses("建立账号")
    person.chooses("空白学校")
    person.fills(school="铁山路小学", grade_1="1", grade_3="1")
    person.finds_nothing_serious()
    person.presses("开始")
    assert "已读入：2个班，2位教师，5" in person.reads()
    person.finds_nothing_serious()

    person.goes("排课", within="main")
    person.presses("开始排课")
    person.waits("//*[local-name()='polyline' and @class='soft']")
    person.finds_nothing_serious()
    stop = browser.find_elements(By.XPATH, "//main//button[contains(., '停止')]")
    if stop:  # else it was done before
        stop[0].click()
    person.presses("采用到这份草稿")
    assert re.search(r"(5\d)/\1\s", person.reads())
    person.finds_nothing_serious()

    person.goes("发布")
    assert "这是第一版" in person.reads()
    person.finds_nothing_serious()
    person.presses("发布")
    assert "已发布第1版" in person.reads()
    person.finds_nothing_serious()

    person.goes("日历订阅")
    way = "//li[@id='class-G3C01']//button"
    browser.execute_script(
        "document.querySelectorAll('details').forEach(x => x.open = true)"
    )
    person.waits(way)
    token = _made_link(browser, way)
    with urllib.request.urlopen(token) as answer:
        calendar = Calendar.from_ical(answer.read())
    names = {str(x["summary"]) for x in calendar.walk("VEVENT")}
    assert any("语文" in name for name in names)


def _made_link(browser, way):
    browser.find_element(By.XPATH, way).click()
    field = WebDriverWait(browser, PATIENCE).until(
        lambda b: b.find_elements(By.CSS_SELECTOR, "input[value$='.ics']")
    )
    return field[0].get_attribute("value")
