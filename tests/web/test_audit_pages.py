"""Pages of an audit: what the real command wrote, down to the cell."""

import re
from html import unescape

import pytest

from scheduler.cli import main
from scheduler.model.errors import InputError
from scheduler.services.offices import Store
from scheduler.services.views.audit.files import read_audit
from scheduler.services.views.site import SiteState
from tests.web.audited import audited
from tests.web.conftest import PASSWORD, log_in
from tests.web.fuzzing import fuzz
from web import SiteSettings, create_app


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """One class's timetable with a name that nobody knows; its address."""
    return audited(tmp_path_factory.mktemp("audit"))


@pytest.fixture(scope="module")
def alone():
    store = Store.open("sqlite://")
    store.add_bureau("office", PASSWORD)
    yield SiteState(store)
    store.close()


@pytest.fixture(scope="module")
def app(alone, folder):
    audit = read_audit(folder[0])
    return create_app(alone, SiteSettings(audit=audit, audit_alone=True))


@pytest.fixture
def page(app):
    client = app.test_client()

    def get(path, **query):
        answer = client.get(path, query_string=query or None)
        assert answer.status_code == 200
        return unescape(answer.text)

    return get


def test_overview_counts_outcomes_as_the_report_does(page, folder):
    audit = read_audit(folder[0])
    text = page("/audit/")
    for outcome, words in (
        ("met", "符合"),
        ("found", "不符合"),
        ("not_checked", "未核对"),
    ):
        count = audit.outcomes[outcome]
        assert re.search(rf"<strong>{count}</strong> 条规则{words}<", text)
    assert sum(audit.outcomes.values()) >= 61
    assert "口径: 国家课程方案（2022年版）" in text.replace("</span>", "")


@pytest.mark.parametrize("by", ["rule", "school", "class"])
def test_every_finding_stands_on_the_page_whatever_the_grouping(page, folder, by):
    rows = [r for r in read_audit(folder[0]).findings if r["status"] == "found"]
    text, english = page("/audit/findings/", by=by), page("/audit/findings/", lang="en")
    assert rows
    assert all(r["message_zh"] in text and r["message_en"] in english for r in rows)
    page("/audit/findings/", lang="zh")


def test_severity_asked_for_leaves_the_others_out(page, folder):
    rows = [r for r in read_audit(folder[0]).findings if r["status"] == "found"]
    for letter in "CEWI":
        text = page("/audit/findings/", severity=letter, lang="zh")
        assert f"共 {sum(r['severity'] == letter for r in rows)} 处" in text


def test_finding_leads_to_its_cell_marked_in_the_sheet(page, folder):
    text = page("/audit/findings/", lang="zh")
    address = next(
        x
        for x in re.findall(r'href="(/audit/sheets/[^"]*)"', text)
        if x.endswith(f"#cell-{folder[1]}")
    )
    sheet = page(address.partition("#")[0])
    marked = re.findall(r'<td id="cell-(\w+)" class="\w+ marked">', sheet)
    assert folder[1] in marked


def test_review_lists_the_unknown_cell_with_its_text_and_leads_there(app, folder):
    client = app.test_client()
    text = client.get("/audit/cells/?status=unknown").text
    (address,) = re.findall(r'href="(/audit/sheets/[^"#]*)#cell-', text)
    assert "博弈&lt;b&gt;" in text
    sheet = client.get(unescape(address)).text
    assert re.findall(r'<td id="cell-(\w+)" class="unknown marked">', sheet) == [
        folder[1]
    ]


def test_site_of_an_audit_alone_begins_with_it_and_names_nothing_else(app):
    client = app.test_client()
    answer = client.get("/")
    assert (answer.status_code, answer.location) == (302, "/audit/")
    part = client.get("/audit/").text.partition("<nav")[2].partition("</nav>")[0]
    assert re.findall(r'href="([^"]*)"', part) == ["/audit/"]


def test_strangers_are_sent_to_the_login_on_a_public_server(alone, folder):
    settings = SiteSettings(
        login_to_view=True, audit=read_audit(folder[0]), audit_alone=True
    )
    client = create_app(alone, settings).test_client()
    paths = ("/audit/", "/audit/findings/", "/audit/cells/", "/audit/sheets/0")
    assert {client.get(path).status_code for path in paths} == {302}
    log_in(client)
    assert {client.get(path).status_code for path in paths} == {200}


def test_site_with_an_audit_has_both_and_one_without_has_no_such_page(
    state, folder, reader
):
    both = create_app(state, SiteSettings(audit=read_audit(folder[0])))
    client = both.test_client()
    assert 'href="/audit/"' in client.get("/o/s1/").text
    assert client.get("/audit/sheets/99").status_code == 404
    assert reader.get("/audit/").status_code == 404
    assert 'href="/audit/"' not in reader.get("/o/s1/").text
    assert fuzz(both, 150, 4).failures == []


def test_folder_that_is_no_audit_is_refused_in_a_sentence(tmp_path, folder, capsys):
    assert main(["serve", "--audit", str(tmp_path / "none")]) == 2
    assert "没有这个文件夹" in capsys.readouterr().err
    with pytest.raises(InputError) as caught:
        read_audit(tmp_path)
    names = [e.file for e in caught.value.errors]
    assert names == ["cells.csv", "findings.csv", "report.json"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cells.csv", b"file,sheet\n"),
        ("findings.csv", b"\xff\xfe\x00"),
        ("report.json", b"{"),
        ("report.json", b'{"schools": [1], "outcomes": {}}'),
    ],
)
def test_broken_file_of_an_audit_is_named(tmp_path, folder, name, content):
    for path in folder[0].iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_audit(tmp_path)
    assert [e.file for e in caught.value.errors] == [name]
