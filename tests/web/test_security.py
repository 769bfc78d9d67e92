"""What docs/security.md promises of the site as a whole: methods, files, markup."""

import ast
import re
from pathlib import Path

import pytest

from scheduler.services.access.deeds import Act
from tests.web.conftest import log_in
from tests.web.test_pages import PAGES

WEB = Path(__file__).parents[2] / "web"
SCRIPTS = [x for x in WEB.rglob("static/**/*.js") if "vendor" not in x.parts]
# Words that make markup or code of text, or keep something in the browser.
UNSAFE_SCRIPT = re.compile(
    r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|Function\("
    r"|dangerouslySetInnerHTML|localStorage|sessionStorage|indexedDB|postMessage)"
)
UNSAFE_TEMPLATE = re.compile(r"\|\s*safe\b|autoescape|<script>|\son[a-z]+=|\sstyle=")


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PUT", "DELETE"])
def test_other_methods_are_not_answered(reader, method):
    assert reader.open("/o/s1/classes/A", method=method).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        *("/.git/config", "/static/", "/static/vendor/", "/static/../app.py"),
        *("/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd"),
        *("/school.db", "/openapi.json", "/metrics", "/debug", "/console"),
    ],
)
def test_nothing_but_its_own_pages_and_files_is_served(reader, path):
    assert reader.get(path, follow_redirects=True).status_code == 404


def test_reading_pages_changes_nothing(client, state):
    log_in(client)
    before = state.only().office.deeds()
    assert {client.get(path).status_code for path in PAGES} == {200}
    # A page may have what it shows worked out; that is kept once and changes nothing.
    after = [x for x in state.only().office.deeds() if x.act is not Act.JOB]
    assert after == list(before)


def test_pages_say_what_they_are_in_which_letters(reader):
    kinds = {reader.get(path).headers["Content-Type"] for path in PAGES}
    assert kinds == {"text/html; charset=utf-8"}
    sent = reader.get("/nowhere", headers={"Accept": "application/json"})
    assert sent.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda x: x.name)
def test_no_script_makes_markup_or_code_of_text_or_keeps_anything(path):
    assert UNSAFE_SCRIPT.findall(path.read_text(encoding="utf-8")) == []


def test_no_template_takes_text_for_markup_or_holds_code():
    found = {
        x.name: UNSAFE_TEMPLATE.findall(x.read_text(encoding="utf-8"))
        for x in WEB.rglob("templates/**/*.html")
    }
    assert {name: words for name, words in found.items() if words} == {}


def test_fields_of_passwords_are_masked_and_known_to_password_managers():
    pages = [x.read_text(encoding="utf-8") for x in WEB.rglob("templates/**/*.html")]
    fields = [
        x for page in pages for x in re.findall(r"<input[^>]*password[^>]*>", page)
    ]
    asked = [x for x in fields if 'name="name"' not in x]
    assert len(asked) >= 6
    for field in asked:
        assert 'type="password"' in field
        assert re.search(r'autocomplete="(new|current)-password"', field)
        assert "maxlength" not in field


def test_no_other_site_may_read_what_is_answered(reader):
    headers = {"Origin": "https://evil.example"}
    for path in PAGES:
        answer = reader.get(path, headers=headers)
        assert "Access-Control-Allow-Origin" not in answer.headers


UNSAFE_CALLS = {
    *("eval", "exec", "os.system", "os.popen", "pickle.loads", "pickle.load"),
    *("marshal.loads", "yaml.load", "hashlib.md5", "hashlib.sha1"),
}
# What the processes of one solve tell each other over their own pipes.
OWN_PIPES = {("messages.py", "pickle.loads"), ("copies.py", "pickle.load")}


def test_program_runs_no_shell_no_code_of_data_and_no_broken_hash():
    found = set()
    for folder in (WEB, WEB.parent / "scheduler"):
        for path in folder.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                if (name := ast.unparse(node.func)) in UNSAFE_CALLS:
                    found.add((path.name, name))
                if any(x.arg == "shell" for x in node.keywords):
                    found.add((path.name, "shell"))
    assert found == OWN_PIPES
