"""Data of a draft typed in a real browser: keyboard, clipboard, faults, matrices."""

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.test_axe import AXE, OPEN, SERIOUS
from tests.browser.test_site import PHONE, log_in
from tests.web.conftest import PASSWORD, clashing_timetable, site_of
from web import create_app

PASTE = """
const given = new DataTransfer();
given.setData("text/plain", arguments[0]);
const event = new ClipboardEvent("paste", {clipboardData: given, bubbles: true,
  cancelable: true});
document.activeElement.dispatchEvent(event);
"""
OPENING = "return document.querySelector('#data > .aside[role=status]:only-child')"
WIDER = "return document.documentElement.scrollWidth - innerWidth"
WIDE = {"width": 1366, "height": 844, "deviceScaleFactor": 1, "mobile": False}
SAVED = "return document.querySelector('.bar .saved').textContent"


@pytest.fixture(scope="module")
def office_site():
    """The site of a small school with a draft, and its draft."""
    state = site_of(clashing_timetable())
    state.store.add_bureau("office", PASSWORD)
    state.only().office.drafts.new("微调", "office", clashing_timetable(), 1)
    yield create_app(state), state.only().office.drafts
    state.store.close()


@pytest.fixture
def sized(browser):
    """`sized(screen)` gives the browser a screen for one test."""
    yield lambda screen: browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", screen
    )
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.fixture
def opened(browser, serve, office_site):
    """`opened(path)` shows a page of the draft's data; the draft's desk beside it."""
    app, drafts = office_site
    site = serve(app)
    log_in(browser, site)

    def open_(path):
        browser.get(f"{site}/o/s1/drafts/1/data/{path}")
        WebDriverWait(browser, 20).until(
            lambda x: x.find_elements(By.CSS_SELECTOR, ".sheet-field")
        )
        return Sheet(browser), drafts.look(1, lambda desk: desk)

    return open_


class Sheet:
    """The sheet of a page as a person works in it."""

    def __init__(self, browser):
        self.browser = browser
        self.field = browser.find_element(By.CSS_SELECTOR, ".sheet-field")

    def choose(self, row, column):
        """Click on a cell by its row's label and its column's title."""
        cells = self.browser.find_elements(By.CSS_SELECTOR, "[role=columnheader]")
        at = [x.text.rstrip("*") for x in cells].index(column)
        for line in self.browser.find_elements(By.CSS_SELECTOR, ".sheet-row"):
            parts = line.find_elements(By.CSS_SELECTOR, "span[role]")
            if parts[0].text.rstrip("…") == row:
                ActionChains(self.browser).click(parts[at]).perform()
                return self
        raise LookupError(row)

    def keys(self, *keys):
        self.browser.switch_to.active_element.send_keys(*keys)
        return self

    def paste(self, text):
        self.browser.execute_script(PASTE, text)
        return self

    def saved(self, before=""):
        """Wait until the last step is kept; what it did."""
        WebDriverWait(self.browser, 20).until(
            lambda x: (
                x.execute_script(SAVED).startswith("已保存：")
                and x.execute_script(SAVED) != before
            )
        )
        return self.browser.execute_script(SAVED)

    def text(self, row, column):
        cells = self.browser.find_elements(By.CSS_SELECTOR, "[role=columnheader]")
        at = [x.text.rstrip("*") for x in cells].index(column)
        for line in self.browser.find_elements(By.CSS_SELECTOR, ".sheet-row"):
            parts = line.find_elements(By.CSS_SELECTOR, "span[role]")
            if parts[0].text.rstrip("…") == row:
                return parts[at].text
        raise LookupError(row)

    def note(self):
        return self.browser.find_element(By.ID, "cell-note").text


def test_table_is_typed_pasted_filled_down_and_undone(opened):
    sheet, desk = opened("tables/teachers")
    sheet.choose("2", "教师姓名").keys("王小芳", Keys.ENTER)
    first = sheet.saved()
    assert "王小芳" in first
    assert desk.problem.teacher["T1"].name == "王小芳"

    # A block of two rows by two columns; the line break inside quotes is one cell.
    sheet.choose("+", "教师编号").paste('T8\t"赵\n云"\nT9\t钱七\n')
    second = sheet.saved(first)
    assert [x.name for x in desk.problem.teachers[3:]] == ["赵\n云", "钱七"]

    sheet.choose("2", "每天最多节数").keys("4", Keys.ENTER)
    third = sheet.saved(second)
    sheet.choose("2", "每天最多节数")
    sheet.keys(Keys.SHIFT + Keys.ARROW_DOWN * 2).keys(Keys.CONTROL + "d")
    fourth = sheet.saved(third)
    assert [x.max_per_day for x in desk.problem.teachers[:4]] == [4, 4, 4, None]

    sheet.keys(Keys.CONTROL + "z")
    assert sheet.saved(fourth).startswith("已保存：撤销第4步")
    assert [x.max_per_day for x in desk.problem.teachers[:4]] == [4, None, None, None]


def test_fault_is_told_at_the_cell_while_typing_and_keeps_the_timetable(
    browser, opened
):
    sheet, desk = opened("tables/classes")
    placed = desk.timetable.placements
    sheet.choose("2", "人数").keys("很多")
    fault = "【班级】第2行“人数”：“很多”不是数。请填数字，如 3。"
    WebDriverWait(browser, 20).until(
        lambda x: fault in x.find_element(By.CSS_SELECTOR, ".cell-fault").text
    )
    sheet.keys(Keys.ENTER)
    sheet.saved()
    assert "还没有生效：【班级】1行" in browser.find_element(By.TAG_NAME, "main").text
    assert desk.timetable.placements == placed
    # What appears pushes nothing else out of its place.
    assert browser.find_elements(By.CSS_SELECTOR, "#data > :first-child > .bar")
    # The list leads to the cell.
    sheet.choose("3", "班级名称")
    browser.find_element(By.LINK_TEXT, fault).click()
    WebDriverWait(browser, 20).until(lambda _: sheet.note().startswith("第2行"))
    assert sheet.note() == f"第2行 人数：{fault}"
    sheet.keys("38", Keys.ENTER)
    WebDriverWait(browser, 20).until(
        lambda x: not x.find_elements(By.CSS_SELECTOR, ".pending")
    )
    assert desk.problem.classes[0].size == 38


def test_matrices_give_a_class_its_teacher_and_its_hours(opened):
    sheet, desk = opened("teaching")
    assert sheet.text("三(1)班", "体育与健康") == "王小芳"
    sheet.choose("三(1)班", "体育与健康").keys("李强", Keys.ENTER)
    sheet.saved()
    assert desk.problem.requirement["R1"].teacher_ids == ("T2",)
    sheet, desk = opened("hours")
    sheet.choose("三(1)班", "体育与健康").keys("2单1双", Keys.ENTER)
    sheet.saved()
    ours = [x for x in desk.problem.requirements if x.subject_id == "PE"]
    assert [
        (x.requirement_id, x.per_week, x.week) for x in ours if "A" in x.class_ids
    ] == [
        ("R1", 1, "every"),
        ("A-PE-odd", 0.5, "odd"),
    ]


@pytest.mark.parametrize(
    ("paths", "language", "screen"),
    [
        (("tables/classes", "teaching", "bells", "import"), "zh", WIDE),
        (("", "hours", "zones", "agreements"), "en", PHONE),
    ],
)
def test_axe_finds_nothing_serious_in_the_data(
    browser, sized, serve, office_site, paths, language, screen
):
    site = serve(office_site[0])
    log_in(browser, site)
    sized(screen)
    for path in paths:
        browser.get(f"{site}/o/s1/drafts/1/data/{path}?lang={language}")
        WebDriverWait(browser, 20).until(lambda x: not x.execute_script(OPENING))
        for one in browser.find_elements(By.CSS_SELECTOR, ".period, .sheet-field")[:1]:
            one.click()
        browser.execute_script(OPEN)
        found = AXE.run(browser, options={"resultTypes": ["violations"]})
        assert [x["id"] for x in found["violations"] if x["impact"] in SERIOUS] == []
        assert browser.execute_script(WIDER) <= 0


def test_sheet_fits_a_phone_and_draws_only_the_rows_in_sight(browser, sized, opened):
    sized(PHONE)
    sheet, _ = opened("tables/subjects")
    count = 1300
    rows = "\n".join(f"K{n}\t学科{n}\t\t\t其他" for n in range(count))
    sheet.choose("+", "学科编号").paste(rows)
    sheet.saved()
    drawn = browser.find_elements(By.CSS_SELECTOR, ".sheet-row")
    assert len(drawn) < 60
    sheet.keys(Keys.CONTROL + Keys.END)
    assert sheet.note().startswith(f"第{count + 7}行") or "新行" in sheet.note()
    assert browser.execute_script(WIDER) <= 0
