"""The page behind a calendar link: whose, the way on this device, switches, a week."""

import re

import pytest

from scheduler.services.access.links import FeedUnknown
from tests.web.conftest import create_link, form_token, log_in, post
from web import SiteSettings, create_app
from web.devices import WAYS
from web.reach import Reach

PHONES = {
    "apple": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0",
    "wechat": "Mozilla/5.0 (iPhone) MicroMessenger/8.0.50",
    "wework": "Mozilla/5.0 (Linux; Android 14; V2309A) wxwork/4.1 MicroMessenger/7.0",
    "dingtalk": "Mozilla/5.0 (Linux; Android 13; HUAWEI) AliApp(DingTalk/7.6.0)",
    "feishu": "Mozilla/5.0 (iPhone) Lark/7.20.4",
    "huawei": "Mozilla/5.0 (Linux; Android 12; HUAWEI NOH-AN00) HuaweiBrowser/14",
    "xiaomi": "Mozilla/5.0 (Linux; Android 14; 23127PN0CC) XiaoMi/MiuiBrowser/18",
    "oppo": "Mozilla/5.0 (Linux; Android 14; PHN110) HeyTapBrowser/40",
    "vivo": "Mozilla/5.0 (Linux; Android 14; V2309A) VivoBrowser/20",
    "android": "Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/130",
    "desktop": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130",
}


@pytest.fixture
def page_of(state, client):
    """`page_of(agent, query)` is the page of T1's link on a device."""
    log_in(client)
    path = create_link(client).removesuffix(".ics")
    phone = create_app(state).test_client(use_cookies=False)

    def get(agent="", query="", behind=""):
        return phone.get(f"{path}{behind}{query}", headers={"User-Agent": agent}).text

    return get


def test_page_says_whose_it_is_and_what_comes_first(page_of):
    page = page_of()
    assert "<h1>王芳的日历</h1>" in page
    assert "铁山路学校 · 2026-2027学年第一学期" in page
    lessons = re.findall(r"<strong>(\d\d:\d\d–\d\d:\d\d)</strong> ([^<]*)</li>", page)
    # The first school day of the term is Tuesday, 1 September; lessons are on
    # Mondays and Fridays: R1.2 on Friday 4 September, 09:10, is the first.
    assert len(lessons) == 3
    assert lessons[0][0] == "09:10–09:50"
    assert "9月4日 周五" in page


def test_page_names_the_person_it_was_made_for(state, client):
    log_in(client)
    path = create_link(client, kind="class", resource_id="A", person="李家长")
    page = client.get(path.removesuffix(".ics")).text
    assert "三(1)班的日历" in page
    assert "发给 李家长" in page


@pytest.mark.parametrize("device", PHONES)
def test_way_of_the_device_that_asks_is_open_and_the_others_folded(page_of, device):
    page = page_of(PHONES[device])
    opened = re.findall(r'<details class="rule way" open><summary><h3>([^<]*)<', page)
    assert opened == [WAYS[device].name.zh]
    assert page.count('<details class="rule way"') == len(WAYS)
    leads_out = 'class="verdict wechat"' in page
    assert leads_out == (device in ("wechat", "wework", "dingtalk", "feishu"))


@pytest.mark.parametrize("app", ["wework", "dingtalk", "feishu", "wechat"])
def test_app_that_cannot_subscribe_is_called_by_its_own_name(page_of, app):
    hint = re.search(r'class="verdict wechat"[^>]*>([^<]*)', page_of(PHONES[app]))[1]
    assert hint.startswith(f"{WAYS[app].name.zh}里不能订阅日历。")


def test_reminder_is_a_switch_and_changes_every_address(page_of):
    page = page_of(query="?alarm=10&cancelled=mark")
    (address,) = re.findall(r'id="address" readonly value="([^"]*)"', page)
    assert address.endswith(".ics?cancelled=mark&amp;alarm=10") or address.endswith(
        ".ics?alarm=10&amp;cancelled=mark"
    )
    chosen = re.findall(r'aria-current="true" href="[^"]*">([^<]*)</a>', page)
    assert chosen == ["10分钟", "写【停课】", "全部课程", "北京时间"]


def test_switch_that_does_not_exist_is_refused(page_of):
    assert "没有这样的参数" in page_of(query="?alarm=7")


def test_web_week_shows_days_of_two_weeks_without_a_subscription(page_of):
    page = page_of(behind="/week")
    days = re.findall(r'<section class="day"><h2>([^<]*)</h2>', page)
    assert days == ["9月4日 周五", "9月7日 周一", "9月11日 周五"]
    assert "体育与健康 三(1)班" in page


def test_week_of_an_unknown_link_is_404(client):
    assert client.get("/o/s1/feeds/AAAA/week").status_code == 404


def test_fetching_is_noted_once_and_reading_the_page_is_not(state, client):
    log_in(client)
    path = create_link(client)
    client.get(path.removesuffix(".ics"))
    assert [link.fetched_at for link in state.only().office.links()] == [None]
    for _ in range(2):
        client.get(path)
    (link,) = state.only().office.links()
    assert link.fetched_at is not None
    assert "首次订阅" in client.get("/o/s1/subscriptions/").text
    state.only().office.link_table.note_fetch("no such token")


@pytest.mark.parametrize(
    ("public", "local"),
    [("", True), ("http://127.0.0.1:8000", True), ("https://kb.example", False)],
)
def test_link_that_no_phone_can_open_is_warned_of(state, public, local):
    reach = Reach(public_url=public)
    app = create_app(state, SiteSettings(reach=reach))
    if public:
        app.config["PREFERRED_URL_SCHEME"] = public.partition(":")[0]
    client = app.test_client()
    log_in(client)
    page = post(client, "/o/s1/subscriptions/create", kind="teacher", resource_id="T1")
    assert ("这个链接只有本机能打开" in page.text) == local


def test_sheet_of_codes_has_one_for_each_teacher_without_a_link(state, client):
    log_in(client)
    create_link(client, resource_id="T2")
    page = post(client, "/o/s1/subscriptions/create-all", which="missing")
    assert re.findall(r"<strong>([^<]*)</strong>", page.text) == ["王芳", "张敏"]
    assert page.text.count("<svg") == 2
    assert page.headers["Cache-Control"] == "no-store"
    working = [link for link in state.only().office.links() if link.revoked_at is None]
    assert sorted(link.resource_id for link in working) == ["T1", "T2", "T3"]
    again = post(client, "/o/s1/subscriptions/create-all", which="missing")
    assert "每位教师都已经有链接" in again.text


def test_sheet_of_codes_for_all_makes_every_link_anew(state, client):
    log_in(client)
    old = create_link(client, resource_id="T2")
    page = post(client, "/o/s1/subscriptions/create-all", which="all")
    assert page.text.count("<svg") == 3
    assert client.get(old).status_code == 410
    # A link given to somebody else by name is theirs, and stays.
    kept = create_link(client, resource_id="T2", person="教务处")
    post(client, "/o/s1/subscriptions/create-all", which="all")
    assert client.get(kept).status_code == 200


def test_sheet_of_codes_needs_the_login(client):
    token = form_token(client.get("/login"))
    answer = client.post("/o/s1/subscriptions/create-all", data={"form_token": token})
    assert (answer.status_code, "/login" in answer.location) == (302, True)


def test_preview_of_an_unknown_link_opens_nothing(state):
    with pytest.raises(FeedUnknown):
        state.only().office.feeds.preview("nothing")
