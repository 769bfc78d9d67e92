"""The conflict page says what the report says, no more and no less."""

import re
from html import escape, unescape

import pytest

from scheduler.constraints.catalogue import RULES
from scheduler.constraints.evaluate import evaluate
from scheduler.model.resources import Level
from scheduler.services.views.conflicts import by_lesson, conflicts_of
from scheduler.services.views.solution import with_reason
from tests.small_school import at, need, small_problem, timetable
from tests.web.conftest import clashing_timetable, site_of
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
def test_conflicts_are_those_of_the_report_hard_and_worst_first(reader, language):
    report = evaluate(clashing_timetable())
    results = sorted(report.results, key=lambda r: (r.level is not Level.HARD, -r.cost))
    wanted = [
        result.explain(violation).in_language(language)
        for result in results
        for violation in result.violations
    ]
    query = {"lang": language, "by": "rule"}
    assert sentences(reader.get("/o/s1/conflicts/", query_string=query)) == wanted


def cells_of(page):
    return [x for x in re.findall(r'href="([^"]+)"', page) if "#lesson-" in x]


def test_conflict_links_to_the_cells_it_speaks_of(reader):
    page = reader.get("/o/s1/conflicts/?by=rule")
    group = page.text.split('id="rule-AvoidTeacherClashes"')[1].split("</details>")[0]
    assert cells_of(group) == [
        # T1 in odd weeks: A and B on the field at once.
        "/o/s1/classes/A#lesson-R1%231",
        "/o/s1/classes/B#lesson-R2%231",
        # T2 in even weeks: C and B in the music room at once.
        "/o/s1/classes/C#lesson-R4%231",
        "/o/s1/classes/B#lesson-R5%231",
    ]


def test_every_link_of_a_conflict_has_its_cell(reader):
    page = reader.get("/o/s1/conflicts/?by=rule")
    assert links(page)
    for address in dict.fromkeys(links(page)):
        path, _, anchor = address.partition("#")
        target = reader.get(path)
        assert target.status_code == 200
        name = anchor.replace("%23", "#")
        assert target.text.count(f'id="{name}"') == (1 if name else 0), address


def test_conflicts_of_one_teacher_are_those_alone(reader):
    page = reader.get("/o/s1/conflicts/?by=rule&who=teacher:T2")
    clashes = page.text.split('id="rule-AvoidTeacherClashes"')[1].split("</details>")[0]
    assert cells_of(clashes) == [
        "/o/s1/classes/C#lesson-R4%231",
        "/o/s1/classes/B#lesson-R5%231",
    ]
    assert re.findall(r'value="([^"]+)" selected', page.text) == ["teacher:T2"]


@pytest.mark.parametrize("who", ["teacher:T3", "teacher:T99", "class:三"])
def test_filter_without_conflicts_says_what_was_checked(reader, who):
    hard = reader.get("/o/s1/conflicts/", query_string={"who": who}).text
    hard = hard.split('id="soft"')[0]
    assert "没有冲突" in hard
    rules = [r for r in evaluate(clashing_timetable()).results if r.level is Level.HARD]
    assert hard.count("<li><span aria-hidden") == len(rules)


@pytest.mark.parametrize("who", ["", "pupil:P1", "T2", "teacher:"])
def test_filter_that_names_nobody_shows_everything(reader, who):
    everything = sentences(reader.get("/o/s1/conflicts/"))
    assert (
        sentences(reader.get("/o/s1/conflicts/", query_string={"who": who}))
        == everything
    )


def test_soft_costs_stand_in_a_table(reader):
    page = reader.get("/o/s1/conflicts/").text
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
    page = (
        create_app(make_site(table)).test_client().get("/o/s1/conflicts/?lang=en").text
    )
    assert "No conflicts." in page
    assert f"{len(rules)} rules were checked on all 2 lessons (2 placed):" in page


def test_broken_cell_is_marked_with_words(reader):
    page = reader.get("/o/s1/classes/B").text
    marked = re.findall(
        r'<div class="lesson [^"]*broken[^"]*" id="lesson-([^"]+)"', page
    )
    assert marked == ["R2#1", "R5#1"]
    assert page.count('<span class="heard">有冲突</span>') == 2


def test_conflicts_are_named_as_the_fault_is(reader):
    page = reader.get("/o/s1/conflicts/?by=rule").text
    titles = re.findall(r"<summary><h3>([^<]*)</h3>", page)
    assert "教师冲突" in titles
    assert [title for title in titles if "不冲突" in title] == []


def test_every_rule_has_a_name_for_its_fault():
    named = [(rule.fault.zh, rule.fault.en) for rule in RULES]
    assert len(set(named)) == len(RULES)
    assert [rule.__name__ for rule in RULES if rule.fault == rule.title] == []


def test_one_misplaced_lesson_that_breaks_several_rules_is_one_entry(reader):
    hard = reader.get("/o/s1/conflicts/").text.split('<section id="soft"')[0]
    report = evaluate(clashing_timetable())
    # Every row once; R4 clashes with R5: teacher, room and layout.
    assert hard.count('<span class="sentence">') == report.conflicts == 5
    first = hard.split("<details")[1].split("</details>")[0]
    assert "违反 3 处" in first
    # All speak of the same two lessons: the other one is named once.
    assert first.count("<li>") == 1
    assert len(cells_of(first)) == 2


def test_by_lesson_takes_every_row_once_and_the_worst_first():
    table = clashing_timetable()
    rows = [c for c in conflicts_of(table, evaluate(table)) if c.hard]
    lessons, others = by_lesson(rows)
    shown = [c for entry in (*lessons, *others) for c in entry.conflicts]
    assert sorted(map(id, shown)) == sorted(map(id, rows))
    costs = [entry.cost for entry in lessons]
    assert costs == sorted(costs, reverse=True)
    for entry in lessons:
        assert len(entry.conflicts) > 1
        assert all(entry.link in c.links for c in entry.conflicts)


def moves(client, *lesson_ids):
    return client.get("/o/s1/conflicts/moves", query_string={"lesson": lesson_ids})


def test_moves_of_a_misplaced_lesson_lead_to_where_nothing_clashes(make_site):
    # A has two lessons of T1 at once; period 2 to 4 of Monday are free.
    problem = small_problem(need("R1", "A", "CN"), need("R2", "A", "CLS"))
    table = timetable(problem, R1_1=at(1, 1), R2_1=at(1, 1))
    site = make_site(table)
    entry = create_app(site).test_client().get("/o/s1/conflicts/").text
    assert "/o/s1/conflicts/moves?lesson=R1%231" in entry
    page = moves(create_app(site).test_client(), "R1#1").text
    told = re.findall(r"<li>(三\(1\)班语文：周一第1节 → [^<]*) <span", page)
    assert told
    assert "周一第1节 → 周一第1节" not in page
    assert "减少：教师冲突、班级冲突" in page
    # Each leads to a timetable without the clash.
    for way in site.only().moves.better_places(site.only().edition(), ["R1#1"]):
        assert way.effect.hard == -evaluate(table).hard


def test_moves_of_a_lesson_that_breaks_nothing_are_none(reader):
    page = moves(reader, "R3#1").text
    assert "消除不了" in page
    assert "<ol>" not in page


@pytest.mark.parametrize(
    ("asked", "status"), [((), 400), (("R9#1",), 404), (("R1#1",) * 7, 400)]
)
def test_moves_of_no_such_lesson_are_refused(reader, asked, status):
    assert moves(reader, *asked).status_code == status


def test_reason_for_publishing_with_conflicts_stands_on_every_page():
    reason = "操场维修，<下周>调整"
    state = site_of(clashing_timetable(), with_reason("{}", reason))
    client = create_app(state).test_client()
    for path in (
        "/o/s1/",
        "/o/s1/classes/A",
        "/o/s1/school/S1",
        "/o/s1/hours/",
        "/o/s1/print/teachers",
    ):
        page = client.get(path).text
        assert f"带着 5 处冲突发布。原因：{escape(reason)}" in page, path
    state.store.close()


def test_reason_is_not_shown_where_nothing_is_broken():
    table = timetable(small_problem(need("R1", "A", "CN")), R1_1=at(1, 1))
    state = site_of(table, with_reason("{}", "以防万一"))
    assert "以防万一" not in create_app(state).test_client().get("/o/s1/").text
    state.store.close()
