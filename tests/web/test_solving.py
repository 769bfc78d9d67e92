"""Solving a draft in the page: the result kept as one step, what hinders it mended."""

import re
from dataclasses import replace
from html import unescape

import pytest

from scheduler.services.jobs.computations import compute
from scheduler.services.jobs.contract import JobKind, Result, Work
from scheduler.services.jobs.curve import MOST, Curve, read_points
from scheduler.services.offices import Store
from scheduler.services.views.site import SiteState
from scheduler.services.views.work.curve import BAND, COST, GAP, WIDTH, drawing
from tests.services.jobs.working import finish_jobs
from tests.small_school import need, small_problem, timetable
from tests.web.conftest import PASSWORD, form_token, log_in
from web import create_app

PAGE = "/o/s1/drafts/1/solve/"


@pytest.fixture
def store():
    opened = Store.open("sqlite://")
    opened.add_bureau("office", PASSWORD)
    yield opened
    opened.close()


@pytest.fixture
def begun(store):
    """`begun(*requirements, **tables)` is the client and office of an empty draft."""

    def make(*requirements, **tables):
        problem = small_problem(*requirements, **tables)
        office = store.new_office(problem)
        office.drafts.new("next", "office", timetable(problem))
        client = create_app(SiteState(store)).test_client()
        log_in(client)
        return client, office

    return make


def send(client, path, **fields):
    token = form_token(client.get(PAGE))
    return client.post(f"{PAGE}{path}", data={"form_token": token, **fields})


def standing(client):
    """Lessons placed, conflicts, points, as the page has them."""
    return re.findall(r"<strong>(.*?)</strong>", client.get(PAGE).text)[:3]


def test_a_solve_is_kept_as_one_step_and_taken_back(store, begun):
    client, office = begun(need("R1", "A", "CN", "3"), need("R2", "C", "CN"))
    assert standing(client)[0] == "0/4"
    assert send(client, "start", seconds="20").location == PAGE
    assert "排队中" in client.get(PAGE).text
    assert finish_jobs(store) == [1]
    assert send(client, "1/keep").location == PAGE
    assert standing(client)[:2] == ["4/4", "0"]
    assert len(office.drafts.look(1, lambda desk: desk.history.operations)) == 1
    send(client, "undo")
    assert standing(client)[0] == "0/4"


def test_a_result_begins_a_draft_of_its_own(store, begun):
    client, office = begun(need("R1", "A", "CN"))
    send(client, "start")
    finish_jobs(store)
    answer = send(client, "1/keep", into="new")
    assert answer.location == "/o/s1/drafts/2/solve/"
    placed = [
        office.drafts.look(k, lambda d: len(d.timetable.placements)) for k in (1, 2)
    ]
    assert placed == [0, 1]


def test_what_was_moved_meanwhile_is_not_overwritten(store, begun):
    client, office = begun(need("R1", "A", "CN"))
    send(client, "start")
    finish_jobs(store)
    where = office.jobs.result(1).timetable.placements["R1#1"]
    other = replace(where, day=6 - where.day, period=1)
    office.drafts.do(1, "wang", lambda desk, asked: desk.move(asked, {"R1#1": other}))
    send(client, "1/keep")
    assert "wang" in unescape(client.get(PAGE).text)
    now = office.drafts.look(1, lambda desk: desk.timetable.placements["R1#1"])
    assert now == other


def test_a_remedy_is_a_button_that_changes_the_row_and_solves_again(store, begun):
    # Three lessons on two days, one a day.
    client, office = begun(need("R1", "A", "CN", "3", max_per_day=1))
    send(client, "explain")
    finish_jobs(store)
    page = client.get(PAGE).text
    assert "已证明：没有课表能满足全部硬性规则" in page
    remedies = re.findall(r"<li>(.*?)</form>", page, re.DOTALL)
    wanted = next(x for x in remedies if "每天最多2次" in x)
    fields = dict(re.findall(r'name="(statement|remedy)" value="(\d+)"', wanted))
    send(client, "1/remedy", **fields, again="1", seconds="20")
    now = office.drafts.look(1, lambda desk: desk.problem.requirement["R1"])
    assert now.max_per_day == 2
    finish_jobs(store)
    assert office.jobs.result(2).facts["hard"] == 0
    # The same again changes nothing, and says so.
    send(client, "1/remedy", **fields)
    assert 'class="verdict bad" role="status"' in client.get(PAGE).text
    send(client, "undo")
    again = office.drafts.look(1, lambda desk: desk.problem.requirement["R1"])
    assert again.max_per_day == 1


def test_a_draft_that_works_is_found_to_work_and_one_that_can_is_offered(store, begun):
    client, office = begun(need("R1", "A", "CN"))
    send(client, "explain")
    finish_jobs(store)
    assert "已求出一个" in client.get(PAGE).text
    send(client, "1/keep")
    assert standing(client)[:2] == ["1/1", "0"]
    send(client, "explain")
    finish_jobs(store)
    assert "现在的课表就满足全部硬性规则" in client.get(PAGE).text
    # It is there already: there is nothing to keep.
    assert office.jobs.result(2).timetable is None


def test_the_figures_of_an_ended_solve_are_those_of_its_result():
    told = []
    problem = small_problem(need("R1", "A", "CN", "3"), need("R2", "C", "CN"))
    work = Work(JobKind.SOLVE, (timetable(problem),), settings={"seconds": 5})

    def tell(facts, best):
        told.append(facts)
        return False

    result = Result.of_bytes(compute(work.to_bytes(), tell))
    last = {name: told[-1][name] for name in ("soft", "bound", "hard", "unplaced")}
    soft, bound = result.facts["soft"], result.facts["bound"]
    assert last == {"soft": soft, "bound": bound, "hard": 0, "unplaced": 0}


def test_jobs_of_other_drafts_are_none_of_this_one(store, begun):
    client, office = begun(need("R1", "A", "CN"))
    problem = office.drafts.look(1, lambda desk: desk.problem)
    office.drafts.new("other", "office", timetable(problem))
    send(client, "start")
    token = form_token(client.get(PAGE))
    path = "/o/s1/drafts/2/solve/1/stop"
    assert client.post(path, data={"form_token": token}).status_code == 404


def test_a_curve_keeps_its_last_point_and_no_more_than_it_may():
    curve = Curve([])
    for k in range(5000):
        told = {"seconds": k / 10, "soft": 5000 - k, "bound": None, "hard": 0}
        assert curve.add(told)
        assert curve.points[-1][:2] == (round(k / 10, 1), 5000 - k)
    assert len(curve.points) < 2 * MOST
    assert read_points(curve.text()) == curve.points
    assert not curve.add({"phase": "compile"})
    # What a second worker tells comes after what the first one told.
    more = Curve(curve.points)
    more.add({"seconds": 1.0, "soft": 1})
    assert more.points[-1][0] == 500.9


def test_a_curve_is_drawn_from_its_first_second_to_its_last():
    points = [(0, 200, None, 0, 4), (5, 100, 20, 0, 2), (10, 40, 40, 0, 0)]
    drawn = drawing(points)
    # The cost falls from the upper edge to the bound, which has risen from the foot.
    unit = COST / (160 - 20)
    assert (drawn.top, drawn.bottom, drawn.gap) == (160, 20, 0.0)
    first, *_, last = drawn.soft.split()
    assert first == "0.0,0.0"
    assert last == f"{WIDTH},{round(COST - 20 * unit, 1)}"
    assert drawn.bound.split()[0] == f"{WIDTH / 2},{float(COST)}"
    low = COST + GAP + BAND
    assert drawn.unplaced.split()[0] == f"0.0,{float(low - BAND)}"
    assert drawing([]) is None
