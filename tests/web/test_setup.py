"""First run: an empty database leads to the first account, and that to a school."""

import io
import re
import zipfile
from html import unescape

import pytest
from openpyxl import Workbook, load_workbook

from scheduler.formats.tables.files.writing import write_folder
from scheduler.services.access.accounts import Grant
from scheduler.services.access.permissions import Role
from scheduler.services.offices import Store
from scheduler.services.views.site import SiteState
from tests.formats.fet.builder import activity, fet_bytes
from tests.small_school import need, small_problem
from tests.web.conftest import form_token
from web import SiteSettings, create_app

ACCOUNT = {"name": "教务处", "password": "correct horse", "again": "correct horse"}
TOKEN = "printed at the start"


@pytest.fixture
def store():
    opened = Store.open("sqlite://")
    yield opened
    opened.close()


@pytest.fixture
def client(store):
    return create_app(SiteState(store)).test_client()


def send(client, path, **fields):
    """Send the form of a page to it, or to the path of its own."""
    token = form_token(client.get(path))
    return client.post(path, data={"form_token": token, **fields})


def begin(client, **fields):
    if client.get("/setup/").status_code == 200:
        send(client, "/setup/", **ACCOUNT)
    return send(client, "/setup/school", **fields)


def test_an_empty_database_leads_to_its_first_account_and_to_a_school(client, store):
    assert client.get("/").location == "/setup/"
    answer = send(client, "/setup/", **ACCOUNT)
    assert answer.location == "/setup/school"
    assert store.accounts.get("教务处").bureau
    assert client.get("/").location == "/setup/school"
    grades = {"grade-1": "2", "grade-6": "1", "school": "铁山路小学"}
    page = begin(client, start="empty", stage="primary", **grades)
    assert "已读入：3个班，3位教师" in page.text
    # The holidays of the term are proposed with their source, or are not announced.
    assert "放假" in page.text
    assert "国务院" in page.text or "尚未公布" in page.text
    assert [(x.key, x.name) for x in store.offices()] == [("s1", "铁山路小学")]
    # Nothing is published: the way in is the list of drafts.
    assert client.get("/", follow_redirects=True).request.path == "/o/s1/drafts/"
    assert client.get("/o/s1/").location == "/o/s1/drafts/"
    assert client.get("/o/s1/jobs/").status_code == 200


def test_there_is_one_first_account_only(client, store):
    token = form_token(client.get("/setup/"))
    store.add_bureau("office", "correct horse")
    fields = {"form_token": token, **ACCOUNT}
    assert client.post("/setup/", data=fields).status_code == 422
    assert store.accounts.names() == ("office",)
    assert client.get("/setup/").location == "/"


def test_from_elsewhere_the_first_account_needs_the_token_that_was_printed(store):
    settings = SiteSettings(login_to_view=True, setup_token=TOKEN)
    client = create_app(SiteState(store), settings).test_client()
    refused = client.get("/setup/")
    assert (refused.status_code, "form_token" in refused.text) == (403, False)
    page = client.get(f"/setup/?token={TOKEN}")
    fields = {"form_token": form_token(page), **ACCOUNT}
    assert client.post("/setup/", data=fields).status_code == 403
    assert client.post("/setup/", data=fields | {"token": TOKEN}).status_code == 302
    assert store.accounts.names() == ("教务处",)


def test_whoever_comes_through_a_proxy_is_not_the_machine_itself(client):
    assert client.get("/setup/").status_code == 200
    answer = client.get("/setup/", headers={"X-Forwarded-For": "203.0.113.5"})
    assert answer.status_code == 403


def test_passwords_that_differ_or_are_short_make_no_account(client, store):
    assert send(client, "/setup/", **ACCOUNT | {"again": "x"}).status_code == 422
    short = ACCOUNT | {"password": "short", "again": "short"}
    assert "至少" in send(client, "/setup/", **short).text
    assert store.accounts.names() == ()


def test_tables_sent_as_files_become_a_school_beside_others(client, store, tmp_path):
    problem = small_problem(need("R1", "A", "CN", "2"))
    write_folder(problem, tmp_path / "data")
    paths = sorted((tmp_path / "data").iterdir())

    def files():
        return [(io.BytesIO(x.read_bytes()), f"data/{x.name}") for x in paths]

    for key in ("s1", "s1-2"):
        page = begin(client, start="files", files=files())
        assert "已读入：" in page.text, re.findall("<li>(.*?)<.li>", page.text)
        office = store.office(key)
        (draft,) = office.drafts.all()
        known = office.drafts.look(draft.draft_id, lambda desk: desk.problem)
        assert (known.lessons, draft.owner) == (problem.lessons, "教务处")


def test_files_that_hold_nothing_are_refused_by_what_is_wrong_with_them(client):
    bare = io.BytesIO()
    zipfile.ZipFile(bare, "w").close()
    bare.seek(0)
    for file, told in (
        ((io.BytesIO(), "课表.xlsx"), "课表.xlsx：是空文件"),
        # More than one of the pieces that arrive: it is read, not refused unread.
        ((io.BytesIO("通知\n".encode() * 20_000), "大.txt"), "请选写有班级"),
        ((bare, "空.zip"), "空.zip：没有可以读的文件"),
        ((io.BytesIO("通知".encode()), "通知.txt"), "请选写有班级、星期、节次的课表"),
    ):
        assert told in begin(client, start="files", files=[file]).text
    assert "【文件】：没有选择文件" in begin(client, start="files").text


def last_year():
    """A class of a school whose sheet does not say its name."""
    book = Workbook()
    book.active.title = "一(1)班"
    for row in (["", "星期一", "星期二"], ["第1节", "语文", '=IF(1,"数学","")']):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    return [(content, "课表.xlsx")]


def test_what_the_reader_could_not_settle_is_told_with_its_place(client):
    page = unescape(begin(client, start="files", files=last_year()).text)
    assert "课表.xlsx “一(1)班”：1处公式没有计算结果" in page
    assert "没有校名，写作“本校”" in page


def test_a_school_that_its_files_do_not_name_is_called_as_typed(client, store):
    named = {"files": last_year(), "called": " 铁山路小学 "}
    assert "没有校名" not in begin(client, start="files", **named).text
    assert [x.name for x in store.offices()] == ["铁山路小学"]


def test_a_file_of_fet_begins_a_term_with_its_holidays(client, store):
    """FET has no dates, and its school's term is not called FET."""
    content = io.BytesIO(fet_bytes([activity(1, "T1", "Y1")]))
    page = begin(client, start="files", files=[(content, "ours.fet")])
    assert "FET 文件没有日期" in unescape(page.text)
    assert "放假" in page.text
    (row,) = store.offices()
    problem = store.office(row.key).drafts.look(1, lambda desk: desk.problem)
    assert problem.term.name.endswith("学期")


def test_an_archive_of_the_tables_is_as_good_as_the_tables(client, store, tmp_path):
    write_folder(small_problem(need("R1", "A", "CN", "2")), tmp_path / "data")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in (tmp_path / "data").iterdir():
            archive.write(path, f"data/{path.name}")
    packed.seek(0)
    page = begin(client, start="files", files=[(packed, "data.zip")])
    assert "已读入：" in page.text, re.findall("<li>(.*?)<.li>", page.text)


def test_the_empty_workbook_is_there_for_whoever_fills_it_in(client):
    answer = client.get("/setup/workbook.xlsx")
    book = load_workbook(io.BytesIO(answer.data), read_only=True)
    assert {"说明", "班级", "任课安排"} <= set(book.sheetnames)
    book.close()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"start": "files"}, "没有选择文件"),
        ({"start": "empty"}, "至少要有一个班"),
        ({"start": "empty", "school": "x", "grade-1": "31"}, "最多30个班"),
        ({"start": "files", "school": "x"}, "至少要有一个班"),
        ({"start": "files", "files": [(io.BytesIO(b"x"), "a.xlsx")]}, "a.xlsx"),
        ({"start": "files", "files": [(io.BytesIO(b"x"), "a.zip")]}, "压缩包打不开"),
        ({"start": "files", "files": [(io.BytesIO(b"x"), "课" * 300 + ".csv")]}, "课"),
        (
            {"start": "files", "files": [(io.BytesIO(b"x"), "a.csv")] * 2},
            "有两个文件叫这个名字",
        ),
        ({}, "请选择从什么开始"),
    ],
)
def test_what_makes_no_school_is_told_and_kept_nowhere(client, store, fields, told):
    answer = begin(client, **fields)
    (refused,) = re.findall(r'role="alert">(.*?)</ul>', answer.text, re.DOTALL)
    assert (answer.status_code, told in refused) == (422, True)
    assert "/tmp" not in refused
    assert store.offices() == ()


def test_only_whoever_manages_all_schools_may_add_one(client, store):
    begin(client, start="empty", school="x", **{"grade-1": "1"})
    store.accounts.add("wang", "correct horse", Grant(Role.OFFICE, "s1"))
    other = create_app(SiteState(store)).test_client()
    token = form_token(other.get("/login"))
    fields = {"name": "wang", "password": "correct horse", "form_token": token}
    other.post("/login", data=fields)
    assert other.get("/setup/school").status_code == 403
    assert other.get("/o/s1/drafts/").status_code == 200
