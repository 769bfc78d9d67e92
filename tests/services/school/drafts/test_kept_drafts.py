"""Drafts in the store: kept, shared by several people and processes, published."""

import pytest

from scheduler.services.jobs.contract import JobKind, Work
from scheduler.services.jobs.rows import JobState
from scheduler.services.offices import Store
from scheduler.services.school.drafts.drafts import Drafts
from scheduler.services.school.drafts.operations import Kind
from scheduler.services.school.drafts.refusals import (
    Collision,
    DraftClosed,
    DraftGoesOn,
    DraftUnknown,
    NothingToAdopt,
)
from scheduler.services.school.drafts.words import refusal_text
from scheduler.services.school.publishing import Superseded
from tests.services.jobs.working import finish_jobs
from tests.services.school.drafts.together import SLOTS, work_together
from tests.small_school import at, need, small_problem, timetable


@pytest.fixture
def start():
    problem = small_problem(*(need(f"R{k}", "A", "CN") for k in range(8)))
    return timetable(problem, R0_1=at(1, 1), R1_1=at(1, 2))


def move(lesson_id, *slot):
    where = at(*slot) if slot else None
    return lambda desk, asked: desk.move(asked, {lesson_id: where})


def test_draft_is_there_after_the_program_was_closed(store, office, start, clock):
    drafts = office.drafts
    number = drafts.new("周一的想法", "王", start).draft_id
    drafts.do(number, "王", move("R0#1", 1, 3))
    drafts.do(number, "李", lambda desk, asked: desk.lock(asked, ["R0#1"]))
    again = Drafts(office.database)
    assert again.look(number, lambda d: d.timetable.placements["R0#1"]) == at(1, 3)
    assert again.look(number, lambda d: d.locked) == ("R0#1",)
    assert [x.name for x in again.all()] == ["周一的想法"]


def test_two_processes_see_each_others_steps_in_one_order(office, start):
    one, other = Drafts(office.database), Drafts(office.database)
    number = one.new("d", "王", start).draft_id
    one.do(number, "王", move("R0#1", 1, 3), seen=0)
    with pytest.raises(Collision):
        other.do(number, "李", move("R0#1", 1, 4), seen=0)
    other.do(number, "李", move("R1#1", 5, 1), seen=0)
    both = [x.look(number, lambda d: tuple(d.history.operations)) for x in (one, other)]
    assert both[0] == both[1]
    assert [x.number for x in both[0]] == [1, 2]


@pytest.mark.parametrize("races", [3, 0])
def test_who_was_overtaken_while_judging_comes_after_the_others(
    office, start, monkeypatch, races
):
    """Once is judged anew; who has lost all races judges while the others wait."""
    monkeypatch.setattr("scheduler.services.school.drafts.drafts._RACES", races)
    one, other = Drafts(office.database), Drafts(office.database)
    number = one.new("d", "王", start).draft_id
    judged = []

    def slow(desk, asked):
        judged.append(desk.history.last)
        if races and len(judged) == 1:
            other.do(number, "李", move("R1#1", 5, 1))
        return desk.move(asked, {"R0#1": at(1, 3)})

    step = one.do(number, "王", slow, seen=0)
    assert step.operation.number == len(judged)
    assert judged == ([0, 1] if races else [0])
    # Who was faster on the same lesson is not written over.
    with pytest.raises(Collision):
        other.do(number, "李", move("R0#1", 1, 4), seen=0)


def test_draft_of_another_office_is_unknown(store, office, start):
    number = office.drafts.new("d", "王", start).draft_id
    other = store.add_office("other", "另一所")
    with pytest.raises(DraftUnknown):
        other.drafts.do(number, "王", move("R0#1", 1, 3))
    assert other.drafts.all() == ()


def test_draft_is_published_over_its_base_and_then_closed(office, start):
    office.publish(start.problem, start, "first", "{}")
    number = office.drafts.new("d", "王", start, base_version=1).draft_id
    office.drafts.do(number, "王", move("R0#1", 1, 3))
    assert office.publish_draft(number, "王", "second", "{}").version == 2
    assert office.current().timetable.placements["R0#1"] == at(1, 3)
    with pytest.raises(DraftClosed) as refused:
        office.drafts.do(number, "王", move("R0#1", 1, 4))
    assert refused.value.version == 2
    with pytest.raises(DraftClosed):
        office.publish_draft(number, "王", "again", "{}")


def test_draft_is_not_published_over_a_version_it_never_saw(office, start):
    office.publish(start.problem, start, "first", "{}")
    number = office.drafts.new("d", "王", start, base_version=1).draft_id
    office.publish(start.problem, start, "second", "{}")
    with pytest.raises(Superseded):
        office.publish_draft(number, "王", "third", "{}")
    office.drafts.do(number, "王", move("R0#1", 1, 3))


def test_step_done_while_publishing_is_not_published_unseen(office, start, monkeypatch):
    number = office.drafts.new("d", "王", start).draft_id
    publish, other = office.publications.publish, Drafts(office.database)

    def late(*given, **how):
        other.do(number, "李", move("R0#1", 1, 3))
        return publish(*given, **how)

    monkeypatch.setattr(office.publications, "publish", late)
    with pytest.raises(DraftGoesOn) as refused:
        office.publish_draft(number, "王", "v", "{}")
    assert refusal_text(start.problem, refused.value).zh == (
        "李（第1步）刚改过这份草稿，没有发布。请看过现在的样子再发布。"
    )
    # Nothing is published, and the draft is open: both or none.
    assert office.current() is None
    monkeypatch.undo()
    assert office.publish_draft(number, "王", "v", "{}").version == 1
    assert office.drafts.get(number).published_version == 1


def test_steps_keep_their_order_when_the_clock_is_set_back(office, start, clock):
    number = office.drafts.new("d", "王", start).draft_id
    office.drafts.do(number, "王", move("R0#1", 1, 3))
    clock.wait(-3600)
    office.drafts.do(number, "李", move("R0#1", 1, 4))
    again = Drafts(office.database).look(number, lambda d: d.timetable)
    assert again.placements["R0#1"] == at(1, 4)


def test_result_of_a_job_is_taken_into_its_draft_as_one_step(store, office, start):
    number = office.drafts.new("d", "王", start).draft_id
    settings = {"iterations": 500, "workers": 1, "seconds": 5.0}
    job = office.draft_jobs.ask(JobKind.SOLVE, number, "王", settings)
    with pytest.raises(NothingToAdopt) as refused:
        office.draft_jobs.adopt(job.job_id, "王")
    assert refusal_text(start.problem, refused.value).zh == (
        "第1号任务还没有找到课表。请等它算出结果再采用。"
    )
    finish_jobs(store)
    step = office.draft_jobs.adopt(job.job_id, "王")
    assert (step.operation.kind, step.unplaced) == (Kind.ADOPT, 1)
    # What somebody has moved since is not written over.
    office.drafts.do(number, "李", move("R0#1"))
    with pytest.raises(Collision):
        office.draft_jobs.adopt(job.job_id, "李")
    waiting = office.draft_jobs.ask(JobKind.SOLVE, number, "王", settings)
    office.draft_jobs.discard(number, "王")
    assert office.jobs.get(waiting.job_id).state is JobState.STOPPED
    for late in (
        lambda: office.draft_jobs.adopt(job.job_id, "王"),
        lambda: office.draft_jobs.adopt(waiting.job_id, "王"),
        lambda: office.draft_jobs.ask(JobKind.SOLVE, number, "王"),
    ):
        with pytest.raises(DraftClosed):
            late()
    rain = office.jobs.ask(Work(JobKind.RAIN, (start,)), "王")
    assert office.jobs.stop(rain.job_id)
    with pytest.raises(NothingToAdopt):
        office.draft_jobs.adopt(rain.job_id, "王")


def test_discarded_draft_takes_no_more_steps(office, start):
    number = office.drafts.new("d", "王", start).draft_id
    office.drafts.discard(number, "王")
    with pytest.raises(DraftClosed):
        office.drafts.do(number, "王", move("R0#1", 1, 3))
    with pytest.raises(DraftClosed):
        office.drafts.discard(number, "王")


def test_step_that_cannot_be_written_is_not_in_memory_either(
    office, start, monkeypatch
):
    drafts = office.drafts
    number = drafts.new("d", "王", start).draft_id

    def full(*_):
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr("scheduler.services.school.drafts.drafts.add_operation", full)
        with pytest.raises(OSError, match="disk full"):
            drafts.do(number, "王", move("R0#1", 1, 3))
    assert drafts.look(number, lambda d: d.timetable) == start
    drafts.do(number, "王", move("R0#1", 1, 4))


def test_many_at_once_lose_nothing_and_overwrite_nothing(url, start, clock):
    """Every step is there once, collisions were refused, all see the same end."""
    stores = [Store.open(url, clock) for _ in range(4)]
    office = stores[0].add_office("s", "学校")
    number = office.drafts.new("d", "王", start).draft_id
    found = work_together(
        *(stores, number, 8, 10),
        lambda rng: move(f"R{rng.randrange(8)}#1", *rng.choice(SLOTS)),
    )
    assert found.done != []
    for store in stores:
        store.close()
