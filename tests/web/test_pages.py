"""Every page, in both languages."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from scheduler.model.resources import School, Stage
from scheduler.model.timetable import Timetable
from scheduler.services.access.accounts import Grant
from scheduler.services.access.permissions import Action, Role
from scheduler.services.offices import Store
from scheduler.services.views.site import SiteState
from tests.small_school import CLASSES, SUBJECTS, TEACHERS, TERM
from tests.web.conftest import PASSWORD, clashing_timetable, log_in
from web import SiteSettings, create_app
from web.access import allowed
from web.security import HEADERS

PAGES = {
    "/o/s1/": ("总览", "Overview"),
    "/o/s1/today/": ("今天", "Today"),
    "/o/s1/hall/": ("今日课表大屏", "Today on the screen"),
    "/o/s1/classes/": ("班级课表", "Class timetables"),
    "/o/s1/classes/A": ("三(1)班课程表", "三(1)班 timetable"),
    "/o/s1/teachers/": ("教师课表", "Teacher timetables"),
    "/o/s1/teachers/T2": ("李强课程表", "李强 timetable"),
    "/o/s1/venues/": ("场地使用表", "Venue timetables"),
    "/o/s1/venues/V-F": ("田径场使用表", "田径场 timetable"),
    "/o/s1/school/S1": ("铁山路学校总课表", "铁山路学校 master timetable"),
    "/o/s1/conflicts/": ("冲突", "Conflicts"),
    "/o/s1/load/": ("场地负荷", "Venue load"),
    "/o/s1/norms/": ("场地与师资标准", "Norms of places and people"),
    "/o/s1/hours/": ("足额开设", "Full hours"),
    "/o/s1/activity-time/": ("体育活动时间", "PE activity time"),
    "/o/s1/rain/": ("恶劣天气预案", "Plan for bad weather"),
    "/o/s1/agreements/": ("场地协议", "Agreements"),
    "/o/s1/dates/": ("单日变动", "Single dates"),
    "/o/s1/print/classes": ("全部班级课程表", "All class timetables"),
    "/o/s1/print/teachers": ("全部教师课程表", "All teacher timetables"),
    "/o/s1/print/venues": ("全部场地使用表", "All venue timetables"),
    "/login": ("登录", "Log in"),
}


BESIDE_THE_NAVIGATION = {
    *(
        *("/o/s1/norms/", "/o/s1/hall/", "/o/s1/mine/"),
        # Shown to whoever has a teacher.
        "/o/s1/changes/mine",
        # Shown once there is an audit.
        "/o/s1/audit/findings/",
        "/o/s1/cover-rules/",
        "/login",
        *(
            "/setup/",
            "/setup/workbook.xlsx",
            "/account/",
            "/o/s1/log/log.csv",
            "/o/s1/log/log.xlsx",
        ),
        # Shown where a database has several schools.
        *("/bureau/", "/bureau/venues", "/bureau/shares"),
        *("/bureau/staff", "/bureau/settings"),
        *("/health", "/login/identity", "/login/identity/back"),
        "/o/s1/ledgers/notices/sheet.svg",
        "/o/s1/ledgers/notices/sheet.xlsx",
        "/o/s1/print/classes",
        "/o/s1/print/teachers",
        "/o/s1/print/venues",
    ),
    "/o/s1/conflicts/moves",
}


def title(page):
    return unescape(re.search(r"<title>(.*?) · (?:错峰|Cuofeng)</title>", page.text)[1])


def cells(page, row, tag="td"):
    """Texts of the cells of a table's row, which is found by its first words."""
    rows = re.findall(r"<tr.*?</tr>", page.text, re.DOTALL)
    found = next(x for x in rows if row in plain(x))
    parts = re.findall(rf"<{tag}\b.*?</{tag}>", found, re.DOTALL)
    return [plain(part) for part in parts]


def plain(html):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_page_answers_in_the_language_asked_for(reader, path, language):
    page = reader.get(path, query_string={"lang": language})
    tag = {"zh": "zh-CN", "en": "en"}[language]
    assert page.status_code == 200
    assert re.search(r'<html lang="([^"]+)"', page.text)[1] == tag
    assert title(page) == PAGES[path][language == "en"]


@pytest.mark.parametrize("path", [*PAGES, "/nowhere", "/static/base.css"])
def test_page_carries_the_guarding_headers(reader, path):
    answer = reader.get(path)
    answer.close()
    headers = answer.headers
    assert {name: headers[name] for name in HEADERS} == HEADERS


def test_viewing_page_sets_no_cookie(reader):
    found = [p for p in PAGES if "Set-Cookie" in reader.get(p).headers]
    assert found == ["/login"]


def test_language_once_chosen_stays(reader):
    reader.get("/o/s1/?lang=en")
    assert title(reader.get("/o/s1/load/")) == "Venue load"
    reader.get("/o/s1/?lang=zh")
    assert title(reader.get("/o/s1/load/")) == "场地负荷"


def test_language_unknown_is_ignored(reader):
    answer = reader.get("/o/s1/?lang=xx")
    assert title(answer) == "总览"
    assert "Set-Cookie" not in answer.headers


def test_language_switch_keeps_the_page_and_its_filter(reader):
    page = reader.get("/o/s1/conflicts/?who=teacher:T2")
    switch = re.search(r'class="other-language" href="([^"]+)"', page.text)[1]
    assert unescape(switch) == "/o/s1/conflicts/?who=teacher%3AT2&lang=en"


def test_class_week_names_each_cell_once_in_order_of_time(reader):
    page = reader.get("/o/s1/classes/B").text
    # Lesson 1: odd PE, even music; lesson 2: Chinese with class A.
    names = re.findall(r'id="lesson-([^"]+)"', page)
    assert names == ["R2#1", "R5#1", "R3#1"]


def test_class_week_shows_odd_and_even_weeks_in_one_cell(reader):
    monday, _ = cells(reader.get("/o/s1/classes/B"), "第1节")
    assert monday == (
        "单 体育与健康 ⚠ 有冲突 王芳 田径场(Z2) 双 音乐 ⚠ 有冲突 李强 音乐教室"
    )


def test_class_week_lists_lessons_without_a_place(reader):
    page = reader.get("/o/s1/classes/C").text
    unplaced = re.search(r'<section class="unplaced">.*?</section>', page, re.DOTALL)
    assert re.findall(r'id="lesson-([^"]+)"', unplaced[0]) == ["R6#1"]


def test_venue_week_has_one_row_for_a_period_and_names_the_zones_taken(reader):
    page = reader.get("/o/s1/venues/V-F")
    monday = cells(page, "第1节")[0]
    assert monday == "三(1)班 ⚠ 有冲突 体育 王芳 Z1 单 三(2)班 ⚠ 有冲突 体育 王芳 Z2"
    assert page.text.count('<th scope="row"') == 4


def test_neighbouring_weeks_are_linked(reader):
    page = reader.get("/o/s1/teachers/T2").text
    assert re.findall(r'rel="(prev|next)" href="([^"]+)"', page) == [
        ("prev", "/o/s1/teachers/T1"),
        ("next", "/o/s1/teachers/T3"),
    ]


def test_load_page_shows_classes_against_capacity(reader):
    # Monday 08:20: A on Z1 every week (40 of 80 pupils), B on Z2 in odd weeks: 70.
    monday, friday = cells(reader.get("/o/s1/load/"), "08:20 –09:00")
    assert monday == "2 /2 单双不同 70/80 人"
    assert friday == "0 /2"


def test_hours_page_shows_placed_of_planned(reader):
    # Grade 1 asks for 7 to 9 lessons of Chinese; C has 1 planned, none placed.
    page = reader.get("/o/s1/hours/")
    subjects = cells(page, "班级 周总课时", "th")
    assert cells(page, "一(1)班")[subjects.index("语文") - 1] == "0 /1 未开 0"
    assert "教材〔2022〕2号" in page.text
    assert "周总课时相差1课时以内不算" in page.text
    # A code stands with its name.
    assert "A05 体育与健康开足" in page.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_green_box_never_stands_over_a_short_cell(reader, language):
    page = reader.get("/o/s1/hours/", query_string={"lang": language}).text
    assert '<td class="short">' in page
    assert 'class="verdict good"' not in page
    assert 'class="verdict bad"' in page


def test_unknown_class_is_a_page_in_both_languages(reader):
    assert [
        (
            answer.status_code,
            "没有这个页面" in answer.text,
            "no such page" in answer.text,
        )
        for answer in (
            reader.get("/o/s1/classes/X"),
            reader.get("/o/s1/classes/X?lang=en"),
        )
    ] == [(404, True, False), (404, False, True)]


def test_error_for_programs_is_json(reader):
    answer = reader.get("/o/s1/classes/X", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json == {
        "error": {
            "status": 404,
            "message": {
                "zh": "没有这个页面。班级、教师或场地可能已改名或删除。",
                "en": "There is no such page. A class, teacher or venue may have been "
                "renamed.",
            },
        }
    }


def test_failure_is_a_page_and_its_log_holds_no_address(shared_state, caplog):
    app = create_app(shared_state)

    @app.get("/broken/<token>")
    @allowed(Action.OPEN)
    def broken(token):
        raise ValueError("broken")

    answer = app.test_client().get("/broken/secret-token")
    assert answer.status_code == 500
    assert "服务器出错了" in answer.text
    assert caplog.messages == ["failed: GET /broken/<token>"]


def test_nothing_published_says_so():
    empty = SiteState(Store.open("sqlite://"))
    empty.store.add_office("s1", "铁山路学校")
    answer = create_app(empty).test_client().get("/o/s1/classes/")
    empty.store.close()
    assert answer.status_code == 404
    assert "还没有发布过课表" in answer.text


def test_new_publication_is_shown_at_once(state, client):
    assert "第 1 版" in client.get("/o/s1/").text
    table = clashing_timetable()
    state.only().office.publish(table.problem, table, "second", "{}")
    assert "第 2 版" in client.get("/o/s1/").text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_with_markup_are_harmless(make_site, language):
    evil = '"><script>alert(1)</script>'
    table = clashing_timetable()
    problem = replace(
        table.problem,
        schools=(School("S1", evil, Stage.PRIMARY),),
        classes=tuple(replace(c, name=c.class_id + evil) for c in CLASSES),
        teachers=tuple(replace(t, name=evil, group=evil) for t in TEACHERS),
        subjects=tuple(replace(s, name=evil, name_en=evil) for s in SUBJECTS),
        venues=tuple(replace(v, name=evil) for v in table.problem.venues),
        term=replace(TERM, name=evil),
    )
    reader = create_app(make_site(Timetable(problem, table.placements))).test_client()
    pages = [reader.get(path, query_string={"lang": language}) for path in PAGES]
    assert [page.status_code for page in pages] == [200] * len(PAGES)
    ours = re.compile(r'<script [^>]*src="/static/')
    counts = [(x.text.count("<script"), len(ours.findall(x.text))) for x in pages]
    assert [
        path for path, (all_, own) in zip(PAGES, counts, strict=True) if all_ != own
    ] == []
    assert min(counts) >= (1, 1)


class Outline(HTMLParser):
    """What readers of the page without eyes are given."""

    def __init__(self):
        super().__init__()
        self.ids, self.cells, self.fields, self.labels = [], [], [], []
        self.tables, self.captions, self.levels = 0, 0, []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.ids += [given["id"]] if "id" in given else []
        self.tables += tag == "table"
        self.captions += tag == "caption"
        if tag == "th":
            self.cells.append(given.get("scope"))
        if tag in ("input", "select") and given.get("type") != "hidden":
            self.fields.append(given.get("id"))
        if tag == "label":
            self.labels.append(given.get("for"))
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))


@pytest.mark.parametrize("path", PAGES)
def test_page_can_be_read_without_seeing_it(reader, path):
    outline = Outline()
    outline.feed(reader.get(path).text)
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.cells) <= {"row", "col", "colgroup"}
    assert outline.captions == outline.tables
    # A field without an id stands inside its label.
    named = [name for name in outline.fields if name]
    assert [name for name in named if name not in outline.labels] == []
    assert outline.labels.count(None) == len(outline.fields) - len(named)
    assert outline.levels.count(1) == 1
    steps = pairwise(outline.levels)
    assert [step for step in steps if step[1] > step[0] + 1] == []


def test_every_page_without_a_parameter_is_in_the_navigation(client, state):
    log_in(client)
    rules = create_app(state).url_map.iter_rules()
    pages = {
        r.rule.replace("<office>", "s1")
        for r in rules
        if "GET" in r.methods and r.arguments <= {"office"}
    }
    home = links(client, "/o/s1/", 'class="contents"', "</section>")
    assert pages - home - BESIDE_THE_NAVIGATION - {"/", "/o/s1/"} == set()
    # Groups lead to their first pages, and those to the others.
    groups = links(client, "/o/s1/", 'class="areas"', "</nav>")
    within = [links(client, x, 'class="areas"', "</nav>") for x in groups]
    assert pages - groups.union(*within) - BESIDE_THE_NAVIGATION - {"/"} == set()


def links(client, path, begin, end):
    page = client.get(path, follow_redirects=True).text
    part = page[page.index(begin) :]
    return set(re.findall(r'href="([^"#]*)"', part[: part.index(end)]))


def test_navigation_marks_the_group_and_the_page_that_are_open(reader):
    for path, group in (
        ("/o/s1/", "今天"),
        ("/o/s1/days/", "调课代课"),
        ("/o/s1/dates/", "调课代课"),
        ("/o/s1/rain/", "调课代课"),
        ("/o/s1/load/", "场地与协议"),
        ("/o/s1/classes/A", "今天"),
    ):
        page = reader.get(path).text
        marked = re.findall(r'href="([^"]*)" aria-current="[a-z]*">([^<]*)', page)
        assert path.startswith(marked[-1][0]), path
        assert marked[0][1] == group, path


def test_a_teacher_has_the_own_week_second_and_no_work_of_the_office(state):
    state.store.accounts.add("wang", PASSWORD, Grant(Role.TEACHER, "s1", "T1"))
    client = create_app(state, SiteSettings(login_to_view=True)).test_client()
    log_in(client, name="wang")
    page = client.get("/o/s1/mine/").text
    part = page[page.index('class="areas"') : page.index("</nav>")]
    entries = re.findall(r'href="([^"]*)"(.*?)>(.*?)</a>', part)
    assert entries[1] == ("/o/s1/mine/", ' aria-current="page"', "我的课表")
    assert not {"排课", "发布", "账号"} & {name for _, _, name in entries}


@pytest.mark.parametrize(
    "path", [*PAGES, "/o/s1/conflicts/?by=rule", "/o/s1/conflicts/moves?lesson=R1%231"]
)
def test_nothing_to_press_stands_inside_what_folds(reader, path):
    page = reader.get(path).text
    folds = re.findall(r"<summary>.*?</summary>", page, re.DOTALL)
    assert [x for x in folds if re.search(r"<(a|button|input|select)\b", x)] == []
