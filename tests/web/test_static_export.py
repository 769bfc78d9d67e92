"""The site as files: complete, linked within itself, without a server."""

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from scheduler.model.timetable import Timetable
from tests.small_school import CLASSES
from tests.web.conftest import clashing_timetable
from web.static_export import STATIC, export_html

PAGES = (
    *("index.html", "conflicts/index.html", "hours/index.html", "load/index.html"),
    *("classes/index.html", "classes/A.html", "classes/B.html", "classes/C.html"),
    *("teachers/index.html", "teachers/T1.html", "teachers/T2.html"),
    *("teachers/T3.html", "venues/index.html", "venues/V-F.html"),
    *("venues/V-M.html", "school/S1.html", "rain/index.html"),
    *("activity-time/index.html", "agreements/index.html", "dates/index.html"),
    *("what-if/index.html", "print/classes.html", "print/teachers.html"),
    *("print/venues.html", "norms/index.html"),
)


def test_export_writes_every_page_in_both_languages(shared_state, tmp_path):
    written = export_html(shared_state, tmp_path)
    names = {path.relative_to(tmp_path).as_posix() for path in written}
    static = {f"static/{x.name}" for x in STATIC.iterdir() if x.is_file()}
    assert names == {*PAGES, *(f"en/{page}" for page in PAGES), *static}
    assert {p for p in tmp_path.rglob("*") if p.is_file()} == set(written)


def test_export_links_lead_to_files_and_their_anchors(shared_state, tmp_path):
    pages = [p for p in export_html(shared_state, tmp_path) if p.suffix == ".html"]
    links = [(page, link) for page in pages for link in links_of(page)]
    dead = [(page.name, link) for page, link in links if not leads(page, link)]
    assert dead == []
    # Pages have links at all, in both directions between the languages.
    home, english = tmp_path / "index.html", tmp_path / "en" / "index.html"
    assert links_of(home).count("en/index.html") == 1
    assert links_of(english).count("../index.html") == 1


def test_export_asks_no_server(shared_state, tmp_path):
    pages = [p for p in export_html(shared_state, tmp_path) if p.suffix == ".html"]
    texts = [page.read_text(encoding="utf-8") for page in pages]
    assert [t for t in texts if "<form" in t or "/login" in t or "http" in t] == []


def test_export_of_awkward_ids_stays_inside_the_directory(make_site, tmp_path):
    table = clashing_timetable()
    ids = {"A": "../../evil", "B": "a b?c#d", "C": "g1c01"}
    extra = replace(CLASSES[0], class_id="G1C01")
    problem = replace(
        table.problem,
        classes=(*(replace(c, class_id=ids[c.class_id]) for c in CLASSES), extra),
        requirements=tuple(
            replace(r, class_ids=tuple(ids[c] for c in r.class_ids))
            for r in table.problem.requirements
        ),
    )
    state = make_site(Timetable(problem, table.placements))
    written = export_html(state, tmp_path / "site")
    assert {p.is_relative_to(tmp_path / "site") for p in written} == {True}
    folded = {str(p).casefold() for p in written}
    assert len(folded) == len(written)


@pytest.mark.parametrize("name", ["一(1)班", "a'b!*", "50%+班", "~班~"])
def test_export_takes_any_id_that_addresses_quote_or_do_not(make_site, tmp_path, name):
    table = clashing_timetable()
    ids = {"A": name, "B": "B", "C": "C"}
    problem = replace(
        table.problem,
        classes=tuple(replace(c, class_id=ids[c.class_id]) for c in CLASSES),
        requirements=tuple(
            replace(r, class_ids=tuple(ids[c] for c in r.class_ids))
            for r in table.problem.requirements
        ),
    )
    pages = export_html(make_site(Timetable(problem, table.placements)), tmp_path)
    links = [(p, link) for p in pages if p.suffix == ".html" for link in links_of(p)]
    assert [link for page, link in links if not leads(page, link)] == []


def links_of(page: Path) -> list[str]:
    return re.findall(r' (?:href|src)="([^"]*)"', page.read_text(encoding="utf-8"))


def leads(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = page if not path else page.parent / unquote(path)
    if not target.is_file():
        return False
    return not anchor or f'id="{unquote(anchor)}"' in target.read_text("utf-8")
