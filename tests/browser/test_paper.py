"""Paper as a browser prints it: pages counted, sizes measured, nothing cut."""

import base64
import io
import unicodedata
from contextlib import contextmanager

import pytest
from pypdf import PdfReader
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.test_site import follow, log_in
from tests.web.conftest import PASSWORD

A4, A3, UPRIGHT = (297, 210), (420, 297), (210, 297)
# Text that reaches out of its cell, or a table wider or higher than its page.
CUT = """
const cut = [];
for (const cell of document.querySelectorAll('table.week td, table.school td')) {
  const box = cell.getBoundingClientRect();
  for (const text of cell.querySelectorAll('p, a')) {
    const inner = text.getBoundingClientRect();
    if (inner.right > box.right + 1 || inner.bottom > box.bottom + 1)
      cut.push(cell.innerText);
  }
}
return cut;
"""
CUT_CARDS = """
return [...document.querySelectorAll('.cards li')].filter(card =>
  [...card.children].some(part => part.scrollHeight > card.clientHeight
    || part.getBoundingClientRect().right > card.getBoundingClientRect().right)
).map(card => card.innerText);
"""


def printed(browser):
    """The page as PDF: of what sizes in mm its pages are, and these, to be read."""
    wish = {"preferCSSPageSize": True, "printBackground": True}
    answer = browser.execute_cdp_cmd("Page.printToPDF", wish)
    pdf = PdfReader(io.BytesIO(base64.b64decode(answer["data"])))
    sizes = {
        tuple(round(float(side) * 25.4 / 72) for side in page.mediabox[2:])
        for page in pdf.pages
    }
    return sizes, pdf.pages


def text_of(page):
    """Text of a page without spaces; pypdf takes up to a second to find it."""
    # As characters that were typed: some fonts give their radicals' look-alikes.
    return "".join(unicodedata.normalize("NFKC", page.extract_text()).split())


@contextmanager
def on_paper(browser, width):
    """The page as it is drawn on paper of a width in mm."""
    screen = {"width": round(width * 96 / 25.4), "height": 800, "mobile": False}
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {**screen, "deviceScaleFactor": 1}
    )
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    yield
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def cut_texts(browser, width):
    """Texts that stand out of their cells on paper of a width in mm."""
    with on_paper(browser, width):
        return browser.execute_script(CUT)


@pytest.mark.parametrize(
    ("name", "kind", "language"),
    [
        ("demo-school", "classes", "zh"),
        ("demo-school", "venues", "zh"),
        ("demo-junior", "classes", "zh"),
        ("primary-12", "teachers", "en"),
        ("nine-periods", "classes", "zh"),
    ],
)
def test_every_week_is_one_page_of_a4(browser, serve, school_of, name, kind, language):
    problem, app = school_of(name)
    browser.get(f"{serve(app)}/o/s1/print/{kind}?lang={language}")
    sizes, pages = printed(browser)
    assert sizes == {A4}
    assert len(pages) == len(getattr(problem, kind))
    assert cut_texts(browser, 281) == []


@pytest.mark.parametrize(
    ("name", "wish"),
    [
        ("demo-school", "?teachers=1"),
        ("demo-junior", ""),
        ("primary-12", "?lang=en"),
        ("nine-periods", "?teachers=1"),
    ],
)
def test_master_timetable_is_one_page_of_a3(browser, serve, school_of, name, wish):
    problem, app = school_of(name)
    browser.get(f"{serve(app)}/o/s1/school/{problem.schools[0].school_id}{wish}")
    sizes, pages = printed(browser)
    assert (sizes, len(pages)) == ({A3}, 1)
    text = text_of(pages[0])
    assert [c.name for c in problem.classes if c.name not in text] == []
    assert cut_texts(browser, 404) == []


def test_page_of_one_week_is_one_page_of_a4(browser, serve, school_of):
    problem, app = school_of("demo-school")
    site = serve(app)
    paths = (
        f"/o/s1/classes/{problem.classes[-1].class_id}",
        f"/o/s1/teachers/{problem.teachers[0].teacher_id}",
        f"/o/s1/venues/{problem.venues[0].venue_id}",
    )
    for path in paths:
        browser.get(site + path)
        sizes, pages = printed(browser)
        assert (sizes, len(pages)) == ({A4}, 1), path


@pytest.mark.parametrize("name", ["demo-school", "nine-periods"])
def test_table_of_hours_is_as_wide_as_its_paper(browser, serve, school_of, name):
    _, app = school_of(name)
    browser.get(f"{serve(app)}/o/s1/hours/")
    sizes, pages = printed(browser)
    assert sizes == {A4}
    assert "填表人" in text_of(pages[-1])
    with on_paper(browser, 281):
        page = "return document.documentElement"
        widths = [
            browser.execute_script(f"{page}.{x}Width") for x in ("scroll", "client")
        ]
    assert widths[0] == widths[1]


def test_codes_of_all_teachers_are_cards_of_which_none_is_cut(
    browser, serve, school_of
):
    problem, app = school_of("demo-school")
    app.extensions["cuofeng"].store.add_bureau("office", PASSWORD)
    log_in(browser, serve(app))
    follow(browser, browser.find_element(By.CSS_SELECTOR, "[value=all]"))
    sizes, pages = printed(browser)
    assert sizes == {UPRIGHT}
    # Six rows of two on a page; the first one warns of the loopback address, too.
    cards = [text_of(page).count("仅供本人使用") for page in pages]
    assert sum(cards) == len(problem.teachers)
    assert (cards[0], set(cards[1:-1])) == (10, {12})
    with on_paper(browser, 190):
        assert browser.execute_script(CUT_CARDS) == []


def test_sheet_of_a_day_is_saved_as_a_png_for_a_chat(browser, site, tmp_path):
    """The drawing is 1080 wide, and twice as fine as a picture."""
    allow = {"behavior": "allow", "downloadPath": str(tmp_path)}
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", allow)
    log_in(browser, site)
    browser.get(f"{site}/o/s1/ledgers/notices/?date=2026-09-07")
    browser.find_element(By.CSS_SELECTOR, "[data-picture]").click()
    saved = tmp_path / "2026-09-07-课程变动.png"
    WebDriverWait(browser, 20).until(lambda _: saved.exists())
    content = saved.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20]) == 2 * 1080
