"""Pages of an audit in a real browser: they fit, and a finding leads to its cell."""

import pytest
from selenium.webdriver.common.by import By

from scheduler.services.offices import Store
from scheduler.services.views.audit.files import read_audit
from scheduler.services.views.site import SiteState
from tests.browser.test_site import PHONE, follow
from tests.web.audited import audited
from web import SiteSettings, create_app

PATHS = ("/audit/", "/audit/findings", "/audit/cells", "/audit/sheets/0")
DESK = {"width": 1366, "height": 900, "deviceScaleFactor": 1, "mobile": False}


@pytest.fixture(scope="module")
def audit(tmp_path_factory):
    """The audit of a class with one name that nobody knows, and that cell."""
    folder, cell = audited(tmp_path_factory.mktemp("audit"))
    store = Store.open("sqlite://")
    settings = SiteSettings(audit=read_audit(folder), audit_alone=True)
    yield create_app(SiteState(store), settings), cell
    store.close()


@pytest.fixture
def screen(browser):
    """The browser with a screen of a given size."""

    def size(metrics):
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        return browser

    yield size
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize("metrics", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_of_an_audit_fit_the_screen(serve, audit, screen, metrics, language):
    site, browser = serve(audit[0]), screen(metrics)
    wide = {}
    for path in PATHS:
        browser.get(f"{site}{path}?lang={language}")
        assert browser.find_elements(By.TAG_NAME, "h1"), path
        width = browser.execute_script("return document.documentElement.scrollWidth")
        if width > metrics["width"]:
            wide[path] = width
    assert wide == {}


@pytest.mark.parametrize("metrics", [DESK, PHONE], ids=["desk", "phone"])
def test_the_way_from_a_finding_to_its_cell_ends_at_the_marked_cell_in_view(
    serve, audit, screen, metrics
):
    app, cell = audit
    site, browser = serve(app), screen(metrics)
    browser.get(f"{site}/audit/findings?lang=zh")
    unknown = "//li[contains(., '博弈')]//a"
    follow(browser, browser.find_element(By.XPATH, unknown))

    assert browser.current_url.endswith(f"#cell-{cell}")
    marked = browser.find_element(By.ID, f"cell-{cell}")
    assert "marked" in marked.get_attribute("class")
    assert "博弈<b>" in marked.text
    box = browser.execute_script(
        "const r = arguments[0].getBoundingClientRect();"
        "return [r.left, r.right, r.top, r.bottom, innerWidth, innerHeight]",
        marked,
    )
    left, right, top, bottom, width, height = box
    assert right > 0
    assert left < width
    assert bottom > 0
    assert top < height


def test_a_cell_to_review_leads_to_its_place_in_the_sheet(serve, audit, screen):
    app, cell = audit
    site, browser = serve(app), screen(DESK)
    browser.get(f"{site}/audit/cells?lang=zh")
    link = browser.find_element(By.CSS_SELECTOR, "table.plain tbody a")
    follow(browser, link)
    assert "marked" in browser.find_element(By.ID, f"cell-{cell}").get_attribute(
        "class"
    )
