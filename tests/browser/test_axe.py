"""axe finds nothing serious: on any page, wide and narrow, in both languages."""

import datetime as dt
from urllib.parse import quote

import pytest
from axe_core_python.selenium import Axe
from selenium.webdriver.common.by import By

from scheduler.services.offices import Store
from scheduler.services.views.audit.files import read_audit
from scheduler.services.views.site import SiteState
from scheduler.term.changes import Batch, DatedChange, Reason
from tests.browser.test_site import log_in
from tests.web.audited import audited
from tests.web.test_pages import PAGES
from web import SiteSettings, create_app

SCREENS = [(1366, "zh"), (390, "en")]
# Other rules are told of, too, but do not stop anybody.
SERIOUS = ("serious", "critical")
AXE = Axe()
OPEN = "document.querySelectorAll('details').forEach(x => x.open = true)"
MOVES = f"/o/s1/conflicts/moves?lesson={quote('R1#1')}"


@pytest.fixture
def found(browser):
    """`found(site, paths, width, language)`: what axe finds serious, by path."""

    def ask(site, paths, width, language):
        screen = {"width": width, "height": 844, "deviceScaleFactor": 1}
        wish = {**screen, "mobile": width < 500}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", wish)
        serious = {}
        for path in paths:
            mark = "&" if "?" in path else "?"
            browser.get(f"{site}{path}{mark}lang={language}")
            # What is folded is looked at as well; axe does not see that it is hidden.
            browser.execute_script(OPEN)
            answer = AXE.run(browser, options={"resultTypes": ["violations"]})
            assert answer["passes"], path
            faults = [
                (fault["id"], fault["nodes"][0]["html"])
                for fault in answer["violations"]
                if fault["impact"] in SERIOUS
            ]
            if faults:
                serious[path] = faults
        return serious

    yield ask
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_axe_sees_a_fault_that_is_planted(browser, site):
    browser.get(f"{site}/o/s1/hours/")
    browser.execute_script("document.querySelector('h1').style.color = '#eee'")
    answer = AXE.run(browser, options={"resultTypes": ["violations"]})
    faults = [(x["id"], x["impact"]) for x in answer["violations"]]
    assert faults == [("color-contrast", "serious")]


@pytest.mark.parametrize(("width", "language"), SCREENS)
def test_axe_finds_nothing_serious_on_any_page(found, site, width, language):
    paths = (
        *PAGES,
        "/o/s1/conflicts/?by=rule",
        MOVES,
        "/o/s1/school/S1?teachers=1",
        "/nowhere",
    )
    assert found(site, paths, width, language) == {}


@pytest.mark.parametrize(("width", "language"), SCREENS)
def test_axe_finds_nothing_serious_once_logged_in(
    browser, found, site, width, language
):
    log_in(browser, site)
    paths = (
        "/o/s1/",
        "/o/s1/subscriptions/",
        "/o/s1/today/",
        "/o/s1/today/?date=2026-09-08",
        "/o/s1/hall/?date=2026-09-08",
        "/o/s1/rain/",
        "/o/s1/days/",
        "/o/s1/days/2026-09-07/patrol",
        "/o/s1/changes/classes/A",
        "/o/s1/changes/teachers/T1",
        "/o/s1/changes/mine",
        "/o/s1/mine/",
        "/o/s1/cover-rules/",
        "/o/s1/jobs/",
        "/o/s1/jobs/1",
        "/o/s1/drafts/",
        "/o/s1/drafts/compare?draft=0",
        "/o/s1/versions/",
        "/o/s1/versions/1",
        "/o/s1/versions/1/wall?paper=A3",
        "/o/s1/used/V-F",
        "/setup/school",
        "/bureau/",
        "/bureau/venues",
        "/bureau/shares",
        "/o/s1/accounts/",
        "/o/s1/log/",
        "/account/",
        "/o/s1/ledgers/",
        "/o/s1/ledgers/of/class/A",
        "/o/s1/ledgers/forecast",
        "/o/s1/ledgers/debts",
        "/o/s1/ledgers/evidence",
        "/o/s1/ledgers/workload/",
        "/o/s1/ledgers/notices/",
        "/o/s1/ledgers/changes/?id=T1",
        "/o/s1/agreements/",
        "/o/s1/dates/",
        "/o/s1/load/",
    )
    assert found(site, paths, width, language) == {}


def test_axe_finds_nothing_serious_on_a_slip(browser, found, site, app):
    log_in(browser, site)
    changes = app.extensions["cuofeng"].only().office.changes
    cover = DatedChange(dt.date(2026, 9, 7), "R4#1", teacher_ids=("T3",))
    batch = changes.make(Batch(Reason.ABSENCE, "病假"), [cover])
    assert found(site, (f"/o/s1/days/slips/{batch.batch_id}",), 1366, "zh") == {}
    changes.undo(batch.batch_id)


def test_axe_finds_nothing_serious_on_the_largest_pages(found, serve, school_of):
    problem, app = school_of("demo-school")
    paths = (
        "/o/s1/hours/",
        "/o/s1/load/",
        f"/o/s1/conflicts/?who=class:{problem.classes[0].class_id}",
        f"/o/s1/venues/{problem.venues[0].venue_id}",
    )
    assert found(serve(app), paths, 1366, "zh") == {}


def test_axe_finds_nothing_serious_in_a_junior_school_on_a_phone(
    found, serve, school_of
):
    problem, app = school_of("demo-junior")
    paths = (
        "/o/s1/activity-time/",
        f"/o/s1/classes/{problem.classes[-1].class_id}",
        f"/o/s1/teachers/{problem.teachers[0].teacher_id}",
    )
    assert found(serve(app), paths, 390, "en") == {}


def test_axe_finds_nothing_serious_on_a_link_of_a_teacher(browser, found, serve, app):
    state = app.extensions["cuofeng"]
    token = state.only().office.create_link("teacher", "T1", "")
    paths = (f"/o/s1/feeds/{token}", f"/o/s1/feeds/{token}/week")
    site = serve(app)
    for width, language in SCREENS:
        assert found(site, paths, width, language) == {}
    assert browser.find_element(By.TAG_NAME, "h1").text


def test_axe_finds_nothing_serious_in_an_audit(found, serve, tmp_path):
    folder, address = audited(tmp_path)
    store = Store.open("sqlite://")
    settings = SiteSettings(audit=read_audit(folder), audit_alone=True)
    site = serve(create_app(SiteState(store), settings))
    paths = (
        "/audit/",
        "/audit/findings/?outcome=found",
        "/audit/cells/",
        f"/audit/sheets/0?cell={address}",
    )
    for width, language in SCREENS:
        assert found(site, paths, width, language) == {}
    store.close()
