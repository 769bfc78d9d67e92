"""What the documentation says is there, is there."""

import re
import sys
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from tools.pages import PAGES as PAGES_MADE

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted(
    [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
)
# Commands stand at the start of a line of a code block, or of a piece of code.
MAKE_TARGETS = sorted(set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.M)))
SUBCOMMANDS = sorted(set(re.findall(r"(?:^|`|\\)cuofeng ([a-z]+)", README, re.M)))
# (subcommand, option) of every command line shown in the README.
OPTIONS = sorted(
    {
        (subcommand, option)
        for subcommand, rest in re.findall(r"^cuofeng ([a-z]+)(.*)$", README, re.M)
        for option in re.findall(r"--[a-z-]+", rest)
    }
)


def help_of(subcommand, monkeypatch, capsys):
    """What the installed `cuofeng <subcommand> --help` prints, and its exit code."""
    (script,) = entry_points(group="console_scripts", name="cuofeng")
    monkeypatch.setattr(sys, "argv", ["cuofeng", subcommand, "--help"])
    with pytest.raises(SystemExit) as exit_info:
        sys.exit(script.load()())
    return capsys.readouterr().out, exit_info.value.code or 0


def project():
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)


def pinned_names():
    """Names of everything pinned in pyproject.toml, to run, to build or to develop."""
    table = project()
    pins = [
        *table["build-system"]["requires"],
        *table["project"]["dependencies"],
        *(
            pin
            for extra in table["project"]["optional-dependencies"].values()
            for pin in extra
        ),
    ]
    return [re.split(r"\[|==", pin)[0] for pin in pins]


def test_readme_first_30_lines_tell_how_to_start():
    first = README.splitlines()[:30]

    assert [line for line in first if line.startswith(("git clone", "make "))] == [
        "git clone <address of this repository> cuofeng",
        "make demo",
    ]


@pytest.mark.parametrize("target", MAKE_TARGETS)
def test_readme_make_target_exists(target):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert re.findall(rf"^{target}:", makefile, re.M) == [f"{target}:"]


@pytest.mark.parametrize("subcommand", SUBCOMMANDS)
def test_readme_subcommand_exists(subcommand, monkeypatch, capsys):
    assert help_of(subcommand, monkeypatch, capsys)[1] == 0


def test_cli_subcommand_that_does_not_exist_is_refused(monkeypatch, capsys):
    assert help_of("no-such-command", monkeypatch, capsys)[1] == 2


@pytest.mark.parametrize(("subcommand", "option"), OPTIONS)
def test_readme_option_exists(subcommand, option, monkeypatch, capsys):
    printed, _ = help_of(subcommand, monkeypatch, capsys)

    assert re.search(rf"{option}\b", printed)


@pytest.mark.parametrize(
    "page", PAGES, ids=[page.relative_to(ROOT).as_posix() for page in PAGES]
)
def test_page_links_lead_to_files(page):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    inside = [link for link in links if not link.startswith(("http:", "https:"))]

    assert [link for link in inside if not (page.parent / link).exists()] == []


def test_dependencies_page_has_one_row_for_each_pin():
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z0-9-]+) \|", page, re.M)

    assert sorted(row for row in rows if row != "library") == sorted(pinned_names())


def test_changelog_newest_section_is_unreleased_or_the_current_version():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.findall(r"^## (\S+)", text, re.M)[0]
    version = re.findall(
        r'^__version__ = "(.+)"$',
        (ROOT / "scheduler" / "__init__.py").read_text(encoding="utf-8"),
        re.M,
    )

    assert newest in ("Unreleased", *version)


@pytest.mark.parametrize("name", PAGES_MADE)
def test_generated_page_is_the_one_that_make_docs_writes(name):
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert page == PAGES_MADE[name](), "run make docs"


def test_every_test_that_the_page_on_security_names_exists():
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page))
    assert len(named) > 70
    missing = [
        f"{file}::{name}"
        for file, name in sorted(named)
        if not (ROOT / file).exists()
        or f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8")
    ]
    assert missing == []
