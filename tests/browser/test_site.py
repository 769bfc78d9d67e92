"""The site in a real browser: links land, phones fit, calendars are made."""

import urllib.request
from dataclasses import replace

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.ui import Select, WebDriverWait

from tests.web.conftest import PASSWORD, clashing_timetable, site_of
from tests.web.test_pages import PAGES
from web.static_export import export_html

PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}


@pytest.fixture
def phone(browser):
    """The browser with a phone's screen."""
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
    yield browser
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def follow(browser, element):
    """Click on something and wait until its page has taken this one's place."""
    page = browser.find_element(By.TAG_NAME, "html")
    element.click()
    WebDriverWait(browser, 20).until(staleness_of(page))


def log_in(browser, site):
    browser.get(f"{site}/login?next=/o/s1/subscriptions/")
    browser.find_element(By.ID, "name").send_keys("office")
    browser.find_element(By.ID, "password").send_keys(PASSWORD)
    follow(browser, browser.find_element(By.CSS_SELECTOR, "form.entry button"))


def test_pages_load_with_their_style_and_without_complaint(browser, site):
    for path in PAGES:
        browser.get(site + path)
        assert browser.execute_script("return document.styleSheets.length") >= 2, path
    network = [e for e in browser.get_log("browser") if e["level"] == "SEVERE"]
    assert network == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_fit_a_phone(phone, site, language):
    wide = {}
    for path in PAGES:
        phone.get(f"{site}{path}?lang={language}")
        width = phone.execute_script("return document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            wide[path] = width
    assert wide == {}


def test_first_column_stays_while_a_wide_table_is_scrolled(phone, site):
    phone.get(f"{site}/o/s1/school/S1")
    left = """
    const box = document.querySelector(".scroll");
    box.scrollLeft = 60;
    const name = box.querySelector("tbody th").getBoundingClientRect();
    return [box.scrollLeft, Math.round(name.left - box.getBoundingClientRect().left)];
    """
    phone.execute_script("document.querySelector('table').style.width = '900px'")
    assert phone.execute_script(left) == [60, 0]


def test_conflict_link_lands_on_its_marked_cell(browser, site):
    browser.get(f"{site}/o/s1/conflicts/?by=rule")
    group = browser.find_element(By.ID, "rule-AvoidTeacherClashes")
    follow(browser, group.find_element(By.CSS_SELECTOR, ".links a"))
    target = browser.execute_script("return document.querySelector(':target').id")
    cell = browser.find_element(By.ID, "lesson-R1#1")
    assert target == "lesson-R1#1"
    assert cell.is_displayed()
    assert cell.text.split("\n")[0] == "体育与健康 ⚠"
    assert browser.title == "三(1)班课程表 · 错峰"


def test_mark_in_a_cell_leads_back_to_its_rule(browser, site):
    browser.get(f"{site}/o/s1/classes/A")
    follow(browser, browser.find_element(By.CSS_SELECTOR, "a.alarm"))
    rule = browser.execute_script("return document.querySelector(':target').id")
    assert rule == "rule-AvoidTeacherClashes"


def test_link_to_a_folded_rule_opens_it(browser, site):
    browser.get(f"{site}/o/s1/conflicts/")
    link = browser.find_element(By.CSS_SELECTOR, "#soft table a")
    fold = browser.find_element(By.ID, link.get_attribute("href").partition("#")[2])
    assert fold.get_attribute("open") is None
    link.click()
    assert fold.get_attribute("open") == "true"


def test_answer_of_a_short_link_comes_where_it_stands(browser, site):
    browser.get(f"{site}/o/s1/conflicts/")
    link = browser.find_element(By.CSS_SELECTOR, "[data-inline]")
    link.click()
    WebDriverWait(browser, 60).until(staleness_of(link))
    answer = browser.find_element(By.CLASS_NAME, "inline-answer")
    assert answer.find_elements(By.CSS_SELECTOR, "li, p")
    assert browser.title == "冲突 · 错峰"


def test_filter_by_teacher_shows_their_conflicts(browser, site):
    browser.get(f"{site}/o/s1/conflicts/?by=rule")
    Select(browser.find_element(By.ID, "who")).select_by_visible_text("李强")
    follow(browser, browser.find_element(By.CSS_SELECTOR, ".filter button"))
    group = browser.find_element(By.ID, "rule-AvoidTeacherClashes")
    sentences = group.find_elements(By.CLASS_NAME, "sentence")
    assert [s.text[:4] for s in sentences] == ["教师李强"]


def test_language_switch_stays_on_the_page_and_on_the_next(browser, site):
    browser.get(f"{site}/o/s1/load/")
    follow(browser, browser.find_element(By.CLASS_NAME, "other-language"))
    assert browser.find_element(By.TAG_NAME, "h1").text == "Venue load"
    follow(browser, browser.find_element(By.LINK_TEXT, "Cover"))
    assert browser.find_element(By.TAG_NAME, "h1").text.startswith("Cover")
    follow(browser, browser.find_element(By.LINK_TEXT, "Single dates"))
    assert browser.find_element(By.TAG_NAME, "h1").text == "Single dates"
    follow(browser, browser.find_element(By.LINK_TEXT, "中文"))
    assert browser.find_element(By.TAG_NAME, "h1").text == "单日变动"


def test_search_field_narrows_a_list(browser, site):
    browser.get(f"{site}/o/s1/teachers/")
    browser.find_element(By.CSS_SELECTOR, "[data-filters]").send_keys("李")
    shown = browser.find_elements(By.CSS_SELECTOR, "#choices li:not([hidden])")
    assert [item.text for item in shown] == ["李强"]


def test_keyboard_reaches_the_content_first(browser, site):
    browser.get(f"{site}/o/s1/classes/A")
    focused = """
    const box = document.activeElement.getBoundingClientRect();
    return [document.activeElement.className, box.left >= 0 && box.width > 0];
    """
    browser.switch_to.active_element.send_keys("\ue004")
    assert browser.execute_script(focused) == ["skip", True]


def test_link_is_made_shown_and_fetched(browser, site):
    log_in(browser, site)
    follow(
        browser, browser.find_element(By.CSS_SELECTOR, "#teacher-T1 form.inline button")
    )
    address = browser.find_element(By.ID, "address").get_attribute("value")
    webcal = browser.find_element(By.CSS_SELECTOR, "a.button").get_attribute("href")
    qr = browser.find_element(By.CSS_SELECTOR, "svg.qr")
    assert address.startswith(f"{site}/o/s1/feeds/")
    assert webcal == address.replace("http:", "webcal:")
    assert (qr.size["width"], qr.size["height"]) == (230, 230)
    with urllib.request.urlopen(address) as answer:
        body = answer.read()
    assert body.startswith(b"BEGIN:VCALENDAR\r\n")
    # R1 (twice a week), R2 and R3 are T1's.
    assert b"R1.1." in body
    follow(browser, browser.find_element(By.PARTIAL_LINK_TEXT, "说明页"))
    assert browser.find_element(By.ID, "address").get_attribute("value") == address
    browser.get(f"{site}/o/s1/subscriptions/")
    follow(browser, browser.find_element(By.CSS_SELECTOR, "#teacher-T1 .danger"))
    with pytest.raises(urllib.error.HTTPError, match="410"):
        urllib.request.urlopen(address)


def test_logout_closes_the_calendars(browser, site):
    log_in(browser, site)
    follow(browser, browser.find_element(By.CSS_SELECTOR, ".account button"))
    browser.get(f"{site}/o/s1/subscriptions/")
    assert browser.find_element(By.TAG_NAME, "h1").text == "登录"


def test_print_hides_what_is_only_for_the_screen(browser, site):
    browser.get(f"{site}/o/s1/classes/A")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    shown = [
        browser.find_element(By.CSS_SELECTOR, selector).is_displayed()
        for selector in (".areas", ".around", ".print-head", "table.week")
    ]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert shown == [False, False, True, True]


def test_exported_files_work_without_a_server(browser, tmp_path):
    table = clashing_timetable()
    state = site_of(replace(table))
    export_html(state, tmp_path)
    state.store.close()
    browser.get((tmp_path / "index.html").as_uri())
    # The group's first page is the conflicts.
    follow(browser, browser.find_element(By.LINK_TEXT, "审查"))
    group = browser.find_element(By.ID, "rule-AvoidTeacherClashes")
    follow(browser, group.find_element(By.CSS_SELECTOR, ".links a"))
    assert browser.title == "三(1)班课程表 · 错峰"
    follow(browser, browser.find_element(By.LINK_TEXT, "English"))
    assert browser.title == "三(1)班 timetable · Cuofeng"
    assert browser.execute_script("return document.styleSheets.length") >= 2
