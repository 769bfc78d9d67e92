"""The conflict page says what the report says, no more and no less."""

import re
from html import unescape

import pytest

from scheduler.constraints.evaluate import evaluate
from scheduler.model.resources import Level
from tests.small_school import at, need, small_problem, timetable
from tests.web.conftest import clashing_timetable
from web import create_app


def sentences(page):
    return [
        unescape(text)
        for text in re.findall(r'<span class="sentence">([^<]*)</span>', page.text)
    ]


def links(page):
    return [
        unescape(address)
        for part in re.findall(r'<span class="links">.*?</span>', page.text, re.DOTALL)
        for address in re.findall(r'href="([^"]+)"', part)
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_conflicts_are_those_of_the_report_hard_first(reader, language):
    report = evaluate(clashing_timetable())
    wanted = [
        result.explain(violation).in_language(language)
        for level in (Level.HARD, Level.SOFT)
        for result in report.results
        if result.level is level
        for violation in result.violations
    ]
    page = reader.get("/conflicts/", query_string={"lang": language})
    assert sentences(page) == wanted


def test_conflict_links_to_the_cells_it_speaks_of(reader):
    page = reader.get("/conflicts/")
    group = page.text.split('id="rule-AvoidTeacherClashes"')[1].split("</details>")[0]
    assert re.findall(r'href="([^"]+)"', group) == [
        # T1 in odd weeks: A and B on the field at once.
        "/classes/A#lesson-R1%231",
        "/classes/B#lesson-R2%231",
        # T2 in even weeks: C and B in the music room at once.
        "/classes/C#lesson-R4%231",
        "/classes/B#lesson-R5%231",
    ]


def test_every_link_of_a_conflict_has_its_cell(reader):
    page = reader.get("/conflicts/")
    for address in dict.fromkeys(links(page)):
        path, _, anchor = address.partition("#")
        target = reader.get(path)
        assert target.status_code == 200
        name = anchor.replace("%23", "#")
        assert target.text.count(f'id="{name}"') == (1 if name else 0), address


def test_conflicts_of_one_teacher_are_those_alone(reader):
    page = reader.get("/conflicts/?who=teacher:T2")
    clashes = page.text.split('id="rule-AvoidTeacherClashes"')[1].split("</details>")[0]
    assert re.findall(r'href="([^"]+)"', clashes) == [
        "/classes/C#lesson-R4%231",
        "/classes/B#lesson-R5%231",
    ]
    assert re.findall(r'value="([^"]+)" selected', page.text) == ["teacher:T2"]


@pytest.mark.parametrize("who", ["teacher:T3", "teacher:T99", "class:三"])
def test_filter_without_conflicts_says_what_was_checked(reader, who):
    hard = reader.get("/conflicts/", query_string={"who": who}).text
    hard = hard.split('id="soft"')[0]
    assert "没有冲突" in hard
    rules = [r for r in evaluate(clashing_timetable()).results if r.level is Level.HARD]
    assert hard.count("<li><span aria-hidden") == len(rules)


@pytest.mark.parametrize("who", ["", "pupil:P1", "T2", "teacher:"])
def test_filter_that_names_nobody_shows_everything(reader, who):
    everything = sentences(reader.get("/conflicts/"))
    assert sentences(reader.get("/conflicts/", query_string={"who": who})) == everything


def test_soft_costs_stand_in_a_table(reader):
    page = reader.get("/conflicts/").text
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", page, re.DOTALL)
    numbers = [
        [int(n) for n in re.findall(r'<td class="count">(\d+)</td>', row)]
        for row in rows
    ]
    report = evaluate(clashing_timetable())
    soft = [r for r in report.results if r.level is Level.SOFT]
    assert numbers == [
        *([len(r.violations), r.amount, r.weight, r.cost] for r in soft),
        [report.soft],
    ]


def test_timetable_without_conflicts_counts_what_was_checked(make_site):
    problem = small_problem(need("R1", "A", "CN"), need("R2", "B", "CN"))
    table = timetable(problem, R1_1=at(1, 1), R2_1=at(1, 2))
    rules = [r for r in evaluate(table).results if r.level is Level.HARD]
    page = create_app(make_site(table)).test_client().get("/conflicts/?lang=en").text
    assert "No conflicts." in page
    assert f"{len(rules)} rules were checked on all 2 lessons (2 placed):" in page


def test_broken_cell_is_marked_with_words(reader):
    page = reader.get("/classes/B").text
    marked = re.findall(
        r'<div class="lesson [^"]*broken[^"]*" id="lesson-([^"]+)"', page
    )
    assert marked == ["R2#1", "R5#1"]
    assert page.count('<span class="heard">有冲突</span>') == 2
