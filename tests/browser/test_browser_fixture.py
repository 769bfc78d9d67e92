"""The browser fixture itself: clean between tests, deaf to the network, strict."""

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By

PAGE = """<!doctype html><html lang="zh-CN"><title>错峰</title>
<p id="seen"></p><script>
document.getElementById("seen").textContent = [
  document.cookie, navigator.language,
  Intl.DateTimeFormat().resolvedOptions().timeZone].join("|");
document.cookie = "mark=1";
</script></html>"""


def page(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [PAGE.encode()]


@pytest.mark.parametrize("visit", ["first", "second"])
def test_browser_each_test_starts_clean_in_chinese(browser, serve, visit):
    browser.get(serve(page))

    assert browser.title == "错峰"
    assert browser.find_element(By.ID, "seen").text == "|zh-CN|Asia/Shanghai"


def test_browser_name_outside_loopback_is_not_resolved(browser):
    with pytest.raises(WebDriverException, match="ERR_NAME_NOT_RESOLVED"):
        browser.get("http://school.example/")
