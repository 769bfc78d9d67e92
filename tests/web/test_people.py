"""Pages of accounts, one's own account, and the log of who did what."""

import csv
import io
import re

import openpyxl
import pytest

from scheduler.services.access.accounts import Grant
from scheduler.services.access.deeds import Act
from scheduler.services.access.permissions import Role
from tests.web.conftest import PASSWORD, form_token, log_in
from tests.web.test_pages import plain
from web import create_app


@pytest.fixture
def manager(state, client):
    log_in(client)
    return client


def send(client, path, **fields):
    token = form_token(client.get("/account/"))
    return client.post(path, data={"form_token": token, **fields})


def secret(page):
    return re.search(r'<code class="secret">([^<]+)</code>', page.text)[1]


def enter(app, name, password):
    client = app.test_client()
    fields = {"form_token": form_token(client.get("/login")), "name": name}
    client.post("/login", data={**fields, "password": password})
    return client


def is_in(client, name):
    return f"<strong>{name}</strong>" in client.get("/account/").text


def test_account_is_made_with_a_password_that_is_shown_once(state, manager):
    made = send(
        *(manager, "/o/s1/accounts/add"), name="王芳", role="teacher", teacher="T1"
    )
    assert made.headers["Cache-Control"] == "no-store"
    assert state.store.check_login("王芳", secret(made))
    page = manager.get("/o/s1/accounts/")
    assert "王芳 教师 王芳 重置密码 移除" in plain(page.text)
    assert secret(made) not in page.text + manager.get("/o/s1/log/").text
    assert "office （本人） 教务处（主账号）" in plain(page.text)


def test_reset_password_is_new_and_ends_the_sessions(state, manager):
    app = create_app(state)
    state.store.accounts.add("李强", PASSWORD, Grant(Role.TEACHER, "s1", "T2"))
    other = enter(app, "李强", PASSWORD)
    assert is_in(other, "李强")
    shown = send(manager, "/o/s1/accounts/reset", name="李强")
    assert not is_in(other, "李强")
    again = enter(app, "李强", secret(shown))
    assert is_in(again, "李强")
    assert not state.store.check_login("李强", PASSWORD)
    # What the office knows opens nothing but the way to a password of one's own.
    assert again.get("/o/s1/classes/").location == "/account/"
    assert "请先换成自己的密码" in again.get("/account/").text
    new = {"old": secret(shown), "new": "quiet river stone", "again": ""}
    for typed, status in ((secret(shown), 422), ("quiet river stone", 302)):
        new |= {"new": typed, "again": typed}
        assert send(again, "/account/password", **new).status_code == status
    assert again.get("/o/s1/classes/").status_code == 200
    assert enter(app, "李强", typed).get("/o/s1/classes/").status_code == 200


def test_logins_wrong_passwords_and_logouts_are_in_the_log_of_the_office(state):
    app, office = create_app(state), state.only().office
    state.store.accounts.add("李强", PASSWORD, Grant(Role.TEACHER, "s1", "T2"))
    before = len(office.deeds())
    enter(app, "李强", "not this one")
    enter(app, "my own secret", "typed into the wrong field")
    send(enter(app, "李强", PASSWORD), "/logout")
    told = [(x.who, x.act, x.about) for x in office.deeds()[before:]]
    assert told == [
        ("李强", Act.WRONG_PASSWORD, "127.0.0.1"),
        ("李强", Act.LOGIN, ""),
        ("李强", Act.LOGOUT, ""),
    ]


def test_role_is_changed_and_the_last_one_taken_with_the_account(state, manager):
    accounts = state.store.accounts
    accounts.add("李强", PASSWORD, Grant(Role.TEACHER, "s1", "T2"))
    send(manager, "/o/s1/accounts/role", name="李强", role="partner", place="V-F")
    assert accounts.get("李强").role_in("s1") is Role.PARTNER
    assert send(manager, "/o/s1/accounts/remove", name="李强").status_code == 302
    assert accounts.get("李强") is None


@pytest.mark.parametrize(
    ("path", "fields", "sentence"),
    [
        ("add", {"name": "", "role": "office"}, "请填写账号名。"),
        ("add", {"name": "王\u202e伟", "role": "office"}, "看不见的字符"),
        ("add", {"name": "office", "role": "office"}, "已经有账号“office”"),
        ("add", {"name": "x", "role": "bureau"}, "请选择角色。"),
        ("add", {"name": "x", "role": "teacher"}, "请写明对应的教师"),
        ("role", {"name": "nobody", "role": "office"}, "没有账号“nobody”"),
        ("remove", {"name": "office"}, "最后一个能管理课表的账号"),
        ("visitors", {"level": "all"}, "请选择"),
    ],
)
def test_what_cannot_be_is_one_sentence(state, manager, path, fields, sentence):
    before = state.store.accounts.all()
    page = send(manager, f"/o/s1/accounts/{path}", **fields)
    assert page.status_code == 422
    assert sentence in plain(page.text)
    assert state.store.accounts.all() == before


def test_office_neither_resets_nor_removes_a_bureau(state):
    state.store.accounts.add("教务", PASSWORD, Grant(Role.OFFICE, "s1"))
    client = enter(create_app(state), "教务", PASSWORD)
    assert "office 教务处（主账号） 由本人管理" in plain(
        client.get("/o/s1/accounts/").text
    )
    for path in ("reset", "remove"):
        answer = send(client, f"/o/s1/accounts/{path}", name="office")
        assert answer.status_code == 403
    assert state.store.check_login("office", PASSWORD)


def test_visitors_see_what_is_set(state, manager):
    stranger = create_app(state).test_client()
    assert "公开" in plain(manager.get("/o/s1/accounts/").text)
    send(manager, "/o/s1/accounts/visitors", level="nothing")
    assert stranger.get("/o/s1/classes/").status_code == 302
    send(manager, "/o/s1/accounts/visitors", level="classes")
    assert stranger.get("/o/s1/classes/").status_code == 200


def test_who_is_shut_out_is_counted_and_let_in_again(state, manager):
    for _ in range(10):
        state.store.check_login("office", "wrong", "198.51.100.7")
    page = plain(manager.get("/o/s1/accounts/").text)
    assert "有 1 处因为输错密码太多" in page
    send(manager, "/o/s1/accounts/unlock")
    assert "输错密码太多" not in manager.get("/o/s1/accounts/").text
    assert state.store.check_login("office", PASSWORD, "198.51.100.7")


def test_own_password_is_changed_by_whoever_knows_it_and_others_are_out(state, manager):
    other = enter(create_app(state), "office", PASSWORD)
    new = {"new": "an even better one", "again": "an even better one"}
    for fields, sentence in (
        ({"old": "wrong", **new}, "现在的密码不对。"),
        ({"old": PASSWORD, "new": "a longer one", "again": "b"}, "不一样"),
        ({"old": PASSWORD, "new": "short", "again": "short"}, "密码至少要有8个字符。"),
    ):
        page = send(manager, "/account/password", **fields)
        assert page.status_code == 422
        assert sentence in plain(page.text)
    assert send(manager, "/account/password", old=PASSWORD, **new).status_code == 302
    assert "密码已更换" in plain(manager.get("/account/?changed=1").text)
    assert not is_in(other, "office")


def test_other_sessions_are_counted_and_ended(state, manager):
    other = enter(create_app(state), "office", PASSWORD)
    assert "共 2 处" in plain(manager.get("/account/").text)
    send(manager, "/account/end")
    assert "共 1 处" in plain(manager.get("/account/").text)
    assert not is_in(other, "office")


def test_log_is_filtered_and_given_as_files_without_formulas(state, manager):
    office = state.only().office
    office.create_link("teacher", "T1", "甲", by="=1+1")
    office.create_link("teacher", "T2", "乙", by="李")
    page = plain(manager.get("/o/s1/log/").text)
    assert "李 发放日历链接 教师 T2 乙" in page
    told = manager.get("/o/s1/log/", query_string={"act": Act.LINK, "who": "李"})
    assert "1 条" in plain(told.text)
    none = manager.get("/o/s1/log/", query_string={"last": "2020-01-01"})
    assert "没有这样的记录。" in plain(none.text)

    text = manager.get("/o/s1/log/log.csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {"=1+1", "李"}.isdisjoint({x["who"] for x in rows} - {"李"})
    assert "'=1+1" in {x["who"] for x in rows}
    content = manager.get("/o/s1/log/log.xlsx?act=link").data
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [x.value for x in sheet[1]] == ["时间", "谁", "操作", "内容"]
    assert sheet.max_row == 3
    formulas = [x for row in sheet for x in row if x.data_type == "f"]
    assert formulas == []


def test_own_page_of_a_visitor_leads_to_the_login(client):
    page = client.get("/account/")
    assert "/login?next=" in page.text
    assert "<form" not in page.text
