"""The timetable editor in a real browser: by mouse, by tap, by keyboard, by two."""

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from scheduler.formats.problem.amending import Amendment, table_named
from scheduler.formats.problem.typed import cells_of
from scheduler.model.times import Week
from scheduler.model.timetable import Timetable
from tests.browser.conftest import running
from tests.browser.test_axe import AXE, OPEN, SCREENS, SERIOUS
from tests.browser.test_site import PHONE, log_in
from tests.services.jobs.working import end_with
from tests.small_school import at
from tests.web.conftest import PASSWORD, clashing_timetable, site_of
from web import create_app

REDRAWN = (StaleElementReferenceException,)
"""What is drawn anew may take an element away between two looks."""


@pytest.fixture(scope="module")
def editors():
    """A site with an account; its office, its address, its store."""
    state = site_of(clashing_timetable())
    state.store.add_bureau("office", PASSWORD)
    with running(create_app(state)) as site:
        yield state.only().office, site, state.store
    state.store.close()


class Page:
    """The editor of a fresh draft in the browser."""

    def __init__(self, browser, office, site):
        self.browser, self.office = browser, office
        table = office.current().timetable
        self.number = office.drafts.new("微调", "office", table, 1).draft_id
        self.address = f"{site}/o/s1/drafts/{self.number}/edit/"

    def open(self, query=""):
        self.browser.get(self.address + query)
        self.wait(lambda: self.all("#editor[data-ready]"))
        return self

    def wait(self, test):
        return WebDriverWait(self.browser, 20, 0.05, REDRAWN).until(lambda _: test())

    def all(self, selector):
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        return self.wait(lambda: self.all(selector))[0]

    def chip(self, lesson_id):
        return self.one(f'table.week [data-lesson="{lesson_id}"]')

    def cell(self, row, col):
        return self.one(f'td[data-row="{row}"][data-col="{col}"]')

    def cell_of(self, lesson_id):
        """Row and column of a lesson; rows are counted with breaks."""
        cell = self.chip(lesson_id).find_element(By.XPATH, "ancestor::td")
        return tuple(int(cell.get_attribute(f"data-{x}")) for x in ("row", "col"))

    def marks(self):
        """Kinds of marks by cell, once the server has said."""
        self.one("[data-mark]")
        return self.browser.execute_script(
            "return Object.fromEntries([...document.querySelectorAll('[data-mark]')]"
            ".map(x => [x.closest('td').dataset.row + x.closest('td').dataset.col,"
            " x.className.match(/mark-(\\w+)/)[1]]))"
        )

    def said(self):
        return self.one("#editor-said").text

    def side(self):
        return self.one(".side").text

    def placed(self, lesson_id):
        drafts = self.office.drafts
        where = drafts.look(self.number, lambda x: x.timetable.placements)
        return where.get(lesson_id)

    def steps(self):
        drafts = self.office.drafts
        return drafts.look(self.number, lambda x: x.history.last)

    def focused(self):
        return self.browser.switch_to.active_element

    def press(self, *keys):
        self.focused().send_keys(*keys)


@pytest.fixture
def page(browser, editors):
    office, site, _ = editors
    log_in(browser, site)
    return Page(browser, office, site)


def test_mouse_picks_up_sees_every_slot_puts_down_and_undoes(page):
    page.open()
    page.chip("R1#1").click()
    # Rows: 1st, 2nd, break, 3rd, lunch, 4th; the fourth is on Monday alone.
    expected = {"00": "here", "10": "clash", "30": "free", "50": "free"}
    assert page.marks() == {**expected, "01": "free", "11": "clash", "31": "free"}
    cell = page.cell(1, 0)
    assert "✗" in cell.text
    assert "三(1)班、三(2)班 语文" in cell.text
    assert "+7" in page.cell(3, 0).text
    page.cell(3, 0).click()
    page.wait(lambda: page.cell_of("R1#1") == (3, 0))
    page.wait(lambda: "教师冲突 −1处" in page.side())
    assert "体育课离午饭太近 +8分" in page.side()
    assert page.placed("R1#1") == at(1, 3, "L1")
    page.one("[role=toolbar] button").click()
    page.wait(lambda: page.cell_of("R1#1") == (0, 0))
    assert page.placed("R1#1") == at(1, 1, "L1")


def test_dragging_is_the_same_command_and_dropping_nowhere_is_none(page):
    page.open()
    drag = ActionChains(page.browser).click_and_hold(page.chip("R1#1"))
    drag.move_by_offset(10, 10).perform()
    page.one("[data-mark]")
    ActionChains(page.browser).move_to_element(page.cell(3, 1)).release().perform()
    page.wait(lambda: page.cell_of("R1#1") == (3, 1))
    assert page.placed("R1#1") == at(5, 3, "L1")
    drag = ActionChains(page.browser).click_and_hold(page.chip("R1#1"))
    drag.move_by_offset(10, 10).perform()
    page.one("[data-mark]")
    head = page.browser.find_element(By.TAG_NAME, "h1")
    ActionChains(page.browser).move_to_element(head).release().perform()
    page.wait(lambda: not page.all("[data-mark]"))
    assert page.steps() == 1


def test_keyboard_alone_moves_locks_and_undoes(page):
    page.open()
    page.browser.execute_script("document.querySelector('.pane select').focus()")
    while page.focused().get_attribute("data-lesson") is None:
        page.press(Keys.TAB)
    assert page.focused().get_attribute("data-lesson") == "R1#1"
    page.press(Keys.ENTER)
    page.wait(lambda: page.said().startswith("已拿起三(1)班 体育与健康：4处可放"))
    page.press(Keys.ARROW_RIGHT)
    page.wait(lambda: "周五第1节" in page.focused().get_attribute("aria-label"))
    assert "可排，待改进分+19" in page.focused().get_attribute("aria-label")
    page.press(Keys.ESCAPE)
    page.wait(lambda: not page.all("[data-mark]"))
    page.press(Keys.ARROW_LEFT, Keys.ENTER)
    page.one("[data-mark]")
    page.press(Keys.ARROW_DOWN)
    page.press(Keys.ARROW_DOWN)  # over the break
    page.press(Keys.ENTER)
    page.wait(lambda: page.cell_of("R1#1") == (3, 0))
    # The focus has gone with the lesson.
    page.wait(lambda: page.focused().get_attribute("data-lesson") == "R1#1")
    page.wait(lambda: "教师冲突 减少1" in page.said())
    page.press("l")
    page.wait(lambda: "已锁定" in page.chip("R1#1").get_attribute("aria-label"))
    page.press(Keys.DELETE)
    page.wait(lambda: page.all("[role=alert]"))
    assert "已锁定" in page.one("[role=alert]").text
    page.press(Keys.CONTROL + "z")
    page.wait(lambda: page.steps() == 3)
    assert page.placed("R1#1") == at(1, 3, "L1")


def tap(page, element):
    """A finger, without any mouse."""
    script = "arguments[0].scrollIntoView({block: 'center'});"
    script += "const r = arguments[0].getBoundingClientRect();"
    script += "return [r.x + r.width / 2, r.y + r.height / 2]"
    x, y = page.browser.execute_script(script, element)
    send = page.browser.execute_cdp_cmd
    send(
        "Input.dispatchTouchEvent",
        {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]},
    )
    send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_taps_on_a_phone_take_a_lesson_out_and_put_another_in(page):
    send = page.browser.execute_cdp_cmd
    send("Emulation.setDeviceMetricsOverride", PHONE)
    send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 1})
    try:
        page.open()
        width = "return document.documentElement.scrollWidth"
        assert page.browser.execute_script(width) == PHONE["width"]
        tap(page, page.chip("R1#1"))
        assert page.marks()["10"] == "clash"
        tap(page, page.cell(1, 0).find_element(By.CSS_SELECTOR, "[data-mark]"))
        dialog = page.one("dialog[open]")
        page.wait(lambda: "田径场(Z2)" in dialog.text)
        assert "教师王芳周一09:15–09:55同时有2节课" in dialog.text
        assert page.steps() == 0
        tap(page, dialog.find_element(By.CSS_SELECTOR, ".ways button"))
        page.wait(lambda: page.cell_of("R1#1") == (1, 0))
        assert page.placed("R3#1") is None
        # What was taken out lies in the tray, and goes back from there.
        tap(page, page.one('.tray [data-lesson="R3#1"]'))
        page.wait(lambda: page.marks().get("30") == "free")
        tap(page, page.cell(3, 0).find_element(By.CSS_SELECTOR, "[data-mark]"))
        page.wait(lambda: page.cell_of("R3#1") == (3, 0))
        assert page.placed("R3#1") == at(1, 3)
    finally:
        send("Emulation.setTouchEmulationEnabled", {"enabled": False})
        send("Emulation.clearDeviceMetricsOverride", {})


def test_steps_of_others_come_in_and_a_collision_is_told_and_put_right(page):
    page.open("?left=class:A&right=class:B")
    drafts = page.office.drafts

    def other(where):
        act = lambda desk, asked: desk.move(asked, {"R2#1": where})  # noqa: E731
        drafts.do(page.number, "李老师", act)

    other(at(1, 3, "L2", week=Week.ODD))
    page.wait(lambda: page.cell_of("R2#1") == (3, 0))
    assert "李老师" in page.side()
    # Before the page asks again, both move the same lesson.
    page.browser.execute_script(
        "window.fetched = fetch; window.fetch = (x, y) =>"
        " y?.method || !/steps/.test(x) ? fetched(x, y) : new Promise(() => {})"
    )
    page.wait(lambda: page.steps() == 1)
    other(at(5, 3, "L2", week=Week.ODD))
    page.press(Keys.ESCAPE)
    page.chip("R2#1").click()
    page.one("[data-mark]")
    panes = page.all("table.week")
    slot = panes[1].find_element(By.CSS_SELECTOR, 'td[data-row="5"][data-col="0"]')
    slot.find_element(By.CSS_SELECTOR, ".mark-free").click()
    message = page.one("[role=alert]")
    assert "李老师（第2步）刚改过三(2)班体育与健康" in message.text
    page.wait(lambda: page.cell_of("R2#1") == (3, 1))
    # What was meant is not lost: it can be done on the timetable as it is now.
    message.find_element(By.TAG_NAME, "button").click()
    page.wait(lambda: page.cell_of("R2#1") == (5, 0))
    assert page.steps() == 3


def test_result_of_a_job_is_shown_adopted_and_undone(page, editors):
    office, _, store = editors
    page.open()
    page.one(".tasks-panel .buttons button").click()  # solve the rest
    page.wait(lambda: "排课：排队中" in page.side())
    table = office.drafts.look(page.number, lambda x: x.timetable)
    placements = {**table.placements, "R6#1": at(5, 1), "R1#1": at(1, 3, "L1")}
    newest = office.jobs.all()[0].job_id
    end_with(store, office, newest, Timetable(table.problem, placements))
    adopt = page.one(".tasks-panel [role=status] button:not(.quiet)")
    assert "改动2节" in adopt.text
    adopt.click()
    page.wait(lambda: page.placed("R6#1") == at(5, 1))
    page.wait(lambda: page.cell_of("R1#1") == (3, 0))
    assert "采用求解结果，改动2节课" in page.side()
    page.one("[role=toolbar] button").click()
    page.wait(lambda: page.placed("R6#1") is None)
    assert page.steps() == 2


def test_names_that_somebody_changes_are_new_on_the_page(page):
    page.open()
    problem = page.office.current().problem
    rows = cells_of(problem, table_named("teachers"))
    before = next(x for x in rows if x["teacher_id"] == "T1")
    renamed = Amendment("teachers", before, {**before, "name": "王芳芳"})
    page.office.drafts.do(page.number, "李", lambda x, asked: x.amend(asked, renamed))
    page.wait(lambda: "王芳芳" in page.chip("R1#1").text)


def test_all_weeks_are_read_in_english_by_those_who_edit_alone(browser, editors, page):
    page.open("?left=school:&right=venue:V-F&lang=en")
    assert len(page.all("table")) == 3  # one grid for each bell
    assert "Z1" in page.one("table.week").text
    assert "conflicts" in page.side()
    page.open("?left=grade:0&right=teacher:T2&lang=en")
    assert "李强" in page.one("table.week").get_attribute("aria-label")
    browser.delete_all_cookies()
    browser.get(page.address)
    assert "/login?next=" in browser.current_url


@pytest.mark.parametrize(("width", "language"), SCREENS)
def test_axe_finds_nothing_serious_in_any_state(page, width, language):
    screen = {"width": width, "height": 844, "deviceScaleFactor": 1}
    wish = {**screen, "mobile": width < 500}
    page.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", wish)
    try:
        for state in _states(page, language):
            page.browser.execute_script(OPEN)
            answer = AXE.run(page.browser, options={"resultTypes": ["violations"]})
            faults = [
                (fault["id"], fault["nodes"][0]["html"])
                for fault in answer["violations"]
                if fault["impact"] in SERIOUS
            ]
            assert faults == [], state
    finally:
        page.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def _states(page, language):
    """The page opened, a lesson in hand, a slot asked about, a step done, refused."""
    page.open(f"?left=class:A&right=venue:V-F&lang={language}")
    yield "open"
    page.chip("R1#1").click()
    page.one("[data-mark]")
    yield "in hand"
    page.one("td .mark-clash").click()
    page.wait(lambda: len(page.all("dialog[open] .ways li")) > 1)
    yield "asked about"
    page.press(Keys.ESCAPE)
    page.press(Keys.ESCAPE)
    page.wait(lambda: not page.all("[data-mark]"))
    page.browser.execute_script("arguments[0].focus()", page.chip("R1#1"))
    page.press("l")
    page.wait(lambda: "🔒" in page.chip("R1#1").text)
    page.press(Keys.DELETE)
    page.wait(lambda: page.all("[role=alert]"))
    yield "refused"
    page.open(f"?left=school:&lang={language}")
    page.one(".matrix [data-lesson]").click()
    page.wait(lambda: page.all(".matrix [data-mark], [role=alert]"))
    yield "whole school"
