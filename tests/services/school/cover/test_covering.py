"""Leaves of an office: entered once, answered, released, undone, withdrawn."""

import datetime as dt
from threading import Thread

import pytest

from scheduler.model.resources import ResourceKind, Unavailability
from scheduler.services.school.changes import CannotChange
from scheduler.services.school.cover.asking import Asked as Best
from scheduler.services.school.cover.asking import asked_best
from scheduler.services.school.cover.covering import Release
from scheduler.services.school.cover.optimum import best_for_all, options_of
from scheduler.services.store.change_rows import Batch
from scheduler.term.changes import Batch as Asked
from scheduler.term.changes import DatedChange, Reason
from scheduler.term.cover.leaves import Leave, LeaveState, Wish
from scheduler.term.cover.settings import CoverSettings, Weights
from scheduler.term.cover.weighing import Kind
from tests.services.builders import only
from tests.services.jobs.working import finish_jobs
from tests.term.cover.school import NEXT, TUESDAY, school
from tests.term.ledgers.hours import term_hours

AWAY = Leave("T1", TUESDAY, TUESDAY)


@pytest.fixture
def running(office):
    given = school()
    office.publish(given.problem, given, "", "{}")
    office.set_cover_settings(CoverSettings(swap_reach=0))
    return office


def said(error):
    return [text.zh for text in error.value.texts]


def content(office):
    """What feeds say and what the ledgers count, without numbers of versions."""
    entries = office.entries()
    lessons = [(e.key, e.date, e.facts, e.cancelled, e.off) for e in entries]
    return lessons, term_hours(entries)


def test_leave_is_answered_picked_released_and_undone(running):
    kept = running.covering.enter(AWAY, "office")
    assert (kept.state, kept.leave) == (LeaveState.APPROVED, AWAY)
    before = content(running)
    board = running.covering.board(TUESDAY)
    best = best_for_all(board)
    running.covering.take_all(best)
    assert content(running) == before
    assert running.covering.board(TUESDAY).needs == ()
    (batch,) = running.covering.release([kept.leave_id], Release("office", form="7"))
    assert (batch.asked.reason, batch.asked.form) == (Reason.ABSENCE, "7")
    assert batch.asked.leave_id == kept.leave_id
    names = [x.change.teacher_ids for x in batch.lines]
    assert names == [(x.teacher_id,) for x in best]
    changed = {e.key for e in running.entries() if e.sequence}
    assert len(changed) == 2
    running.changes.undo(batch.batch_id, "office")
    assert content(running) == before
    assert {e.sequence for e in running.entries() if e.key in changed} == {2}


@only("sqlite")
@pytest.mark.parametrize(
    ("leave", "words"),
    [
        (Leave("T9", TUESDAY, TUESDAY), "【教师】表中没有“T9”。是否改过名？"),
        (Leave("T1", NEXT, TUESDAY), "最后一天早于第一天。"),
        (
            Leave("T1", TUESDAY, dt.date(2026, 12, 1)),
            "2026-12-01不在本学期之内（2026-09-01至2026-10-31）。",
        ),
        (
            Leave("T1", TUESDAY, NEXT, lesson_id="Z#1"),
            "没有课“Z#1”。课的编号如 R2#1（教学要求编号#第几节）。",
        ),
        (Leave("T1", TUESDAY, NEXT, start=600, end=540), "结束时间要晚于开始时间。"),
    ],
)
def test_leave_that_says_nothing_is_refused_in_one_sentence(running, leave, words):
    with pytest.raises(CannotChange) as error:
        running.covering.enter(leave, "office")
    assert said(error) == [words]
    assert running.covering.leaves() == ()


@only("sqlite")
def test_leave_entered_twice_is_refused_until_it_is_withdrawn(running):
    kept = running.covering.enter(Leave("T1", TUESDAY, NEXT), "office")
    with pytest.raises(CannotChange) as error:
        running.covering.enter(AWAY, "other")
    assert said(error) == ["王芳2026-09-08至2026-09-15已经登记请假，不必重复登记。"]
    running.covering.withdraw(kept.leave_id, "office")
    assert running.covering.enter(AWAY, "other").leave == AWAY


@only("sqlite")
def test_leave_of_a_past_date_needs_a_note_and_its_batch_is_a_late_one(running, clock):
    clock.set(9, 10)
    with pytest.raises(CannotChange) as error:
        running.covering.enter(AWAY, "office")
    assert said(error) == ["日期已经过去：补登请假要写明原因。"]
    late = Leave("T1", TUESDAY, TUESDAY, note="忘记登记")
    kept = running.covering.enter(late, "office")
    running.covering.take_all(best_for_all(running.covering.board(TUESDAY)))
    with pytest.raises(CannotChange) as error:
        running.covering.release([kept.leave_id], Release("office"))
    assert said(error) == ["2026-09-08已经过去：补记要写明原因。"]
    (batch,) = running.covering.release([kept.leave_id], Release("o", "补登"))
    assert isinstance(batch, Batch)


def test_what_a_teacher_asks_for_is_in_force_once_it_is_approved(running):
    asked = running.covering.enter(AWAY, "wang", LeaveState.ASKED)
    assert running.covering.board(TUESDAY).needs == ()
    running.covering.decide(asked.leave_id, True, "office", "好")
    assert len(running.covering.board(TUESDAY).needs) == 2
    with pytest.raises(CannotChange) as error:
        running.covering.decide(asked.leave_id, False, "office")
    assert said(error) == ["没有这张请假单，或已经处理过。"]


def test_wish_for_a_swap_is_made_when_it_is_approved(running):
    """Chinese at 08:00 and PE at 08:50 of 3(2): T3 is free at 08:00, T1 at 08:50."""
    wish = Wish("T1", TUESDAY, "B1#1", TUESDAY, "B2#1")
    asked = running.covering.enter(wish, "wang", LeaveState.ASKED)
    batch = running.covering.decide(asked.leave_id, True, "office")
    assert batch.asked.reason is Reason.SWAP
    starts = {
        e.lesson_id: e.facts.start
        for e in running.entries()
        if e.date == TUESDAY and e.lesson_id in ("B1#1", "B2#1")
    }
    assert starts == {"B1#1": 530, "B2#1": 480}
    with pytest.raises(CannotChange) as error:
        running.covering.enter(
            Wish("T1", TUESDAY, "B3#1", TUESDAY, "A1#1"), "w", LeaveState.ASKED
        )
    assert any("同时有2节课" in text for text in said(error))


@only("sqlite")
def test_withdrawn_leave_takes_back_what_was_released_where_that_is_asked(running):
    kept = running.covering.enter(AWAY, "office")
    before = content(running)
    running.covering.take_all(best_for_all(running.covering.board(TUESDAY)))
    running.covering.release([kept.leave_id], Release("office"))
    batches = running.covering.withdraw(kept.leave_id, "office", undo=True)
    assert len(batches) == 1
    assert content(running) == before


@only("sqlite")
def test_pick_by_hand_and_by_name_go_by_the_same_rules(running):
    running.covering.enter(AWAY, "office")
    key = (TUESDAY, "B1#1")
    with pytest.raises(CannotChange) as error:
        running.covering.take_by_hand(key, Kind.SUBSTITUTE, "T2")
    assert "教师李明周二08:00–08:40同时有2节课" in said(error)[0]
    with pytest.raises(CannotChange) as error:
        running.covering.take(key, "substitute|T2||")
    assert said(error) == ["这个方案已经不成立，请重新选择。"]
    pick = running.covering.take(key, "substitute|T4||")
    assert pick.changes[0].teacher_ids == ("T4",)
    with pytest.raises(CannotChange) as error:
        running.covering.take(key, "substitute|T3||")
    assert said(error) == ["这节课已有安排，或当天不上。"]
    (kept,) = running.covering.leaves()
    running.covering.drop(kept.leave_id, [key])
    assert running.covering.take(key, "substitute|T3||").kind is Kind.SUBSTITUTE


@only("sqlite")
def test_pick_that_something_has_come_between_is_refused_when_released(running):
    kept = running.covering.enter(AWAY, "office")
    running.covering.take_by_hand((TUESDAY, "B3#1"), Kind.SUBSTITUTE, "T2")
    other = DatedChange(TUESDAY, "A1#1", start=580, end=620)
    running.changes.make(Asked(Reason.OTHER), [DatedChange(TUESDAY, "A3#1", True)])
    running.changes.make(Asked(Reason.OTHER), [other])
    with pytest.raises(CannotChange) as error:
        running.covering.release([kept.leave_id], Release("office"))
    assert any("教师李明周二09:40–10:20同时有2节课" in text for text in said(error))


def test_two_at_the_same_moment_never_take_one_substitute_twice(running):
    """T2 alone is free for both at 09:40; who comes second is told so."""
    lesson = (TUESDAY, "B3#1")
    running.covering.enter(AWAY, "office")
    told = []

    def take():
        try:
            running.covering.take_by_hand(lesson, Kind.SUBSTITUTE, "T2")
            told.append("")
        except CannotChange as error:
            told.append(error.texts[0].zh)

    threads = [Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["", "这节课已有安排，或当天不上。"]


@only("sqlite")
def test_best_for_all_is_never_worse_than_one_after_the_other(running):
    """B1 at 08:00 and B3 at 09:40: T4 is free for both and knows the class, but twice
    on a day weighs 4 + 1 + 6 + 2 more. T3 or T4 takes B1, T2 takes B3."""
    weights = Weights(self_study=300)
    running.set_cover_settings(CoverSettings(swap_reach=0, weights=weights))
    running.covering.enter(AWAY, "office")
    best = best_for_all(running.covering.board(TUESDAY))
    assert [(x.teacher_id, x.points) for x in best][1] == ("T2", 40)
    assert best[0].points == 130


@only("sqlite")
def test_job_finds_what_the_command_finds_at_once(running, store):
    running.covering.enter(AWAY, "office")
    board = running.covering.board(TUESDAY)
    asked = Best.of(board, options_of(board))
    answer = asked_best(running.jobs, asked, "office")
    assert answer.value is None
    finish_jobs(store)
    found = asked_best(running.jobs, asked, "office").value
    assert found == best_for_all(board)


@only("sqlite")
def test_nobody_is_left_where_all_are_unavailable_but_cancelling(office):
    rows = tuple(
        Unavailability(ResourceKind.TEACHER, name, 2) for name in ("T2", "T3", "T4")
    )
    given = school(unavailable=rows)
    office.publish(given.problem, given, "", "{}")
    office.set_cover_settings(CoverSettings(swap_reach=0))
    office.covering.enter(AWAY, "office")
    best = best_for_all(office.covering.board(TUESDAY))
    assert {x.kind for x in best} == {Kind.CANCEL}
