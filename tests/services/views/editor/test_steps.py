"""Commands of the editor: done, refused, undone, and what each changed."""

import random

import pytest

from scheduler.model.timetable import Timetable
from scheduler.services.jobs.contract import Work
from scheduler.services.jobs.queue import JobUnknown
from scheduler.services.jobs.rows import load_work
from scheduler.services.views.editor import tasks
from scheduler.services.views.editor.placing import Unreadable
from scheduler.services.views.editor.verdict import Verdict
from tests.services.jobs.working import end_with
from tests.small_school import at

FREE = ["every", 1, 3, "L1", ["T1"], 1]
OTHER = ["every", 1, 4, "L1", ["T1"], 1]


def rules(told):
    return {x[0]: (x[3], x[4]) for x in told["rules"]}


def test_step_says_which_rules_changed(desk):
    before = desk.open()
    assert rules(before)["AvoidTeacherClashes"] == (2, 70)  # 40 and 30 minutes
    assert before["conflict_count"] == 4
    done, told = desk.move("王", 0, R1_1=FREE)
    assert done
    assert rules(told)["AvoidTeacherClashes"] == (1, 30)
    assert rules(told)["KeepPEFromLunch"] == (2, 8)
    assert told["conflict_count"] == 3
    step = told["steps"][0]
    assert (step["number"], step["who"]) == (1, "王")
    assert step["text"] == "三(1)班体育与健康：周一第1节 → 周一第3节"
    assert step["effect"] == [-40, 7]
    assert step["changes"]["placed"] == {"R1#1": FREE}


def test_undo_and_redo_are_ones_own_and_steps_of_their_own(desk):
    desk.move("王", 0, R1_1=FREE)
    refused, told = desk.do("李", kind="undo", seen=1)
    assert (refused, told["why"]) == (False, "nothingtoundo")
    assert desk.do("王", kind="undo", seen=1)[0]
    assert rules(desk.open())["AvoidTeacherClashes"] == (2, 70)
    done, told = desk.do("王", kind="redo", seen=2)
    assert done
    assert [x["kind"] for x in desk.since(0)["steps"]] == ["move", "undo", "redo"]


def test_two_people_on_one_lesson_collide_and_nothing_is_lost(desk):
    desk.move("李", 0, R1_1=FREE)
    done, told = desk.move("王", 0, R1_1=OTHER)
    assert (done, told["why"]) == (False, "collision")
    assert told["refused"].startswith("李（第1步）刚改过三(1)班体育与健康")
    # What the other did comes with the refusal: the grid can be put right.
    assert told["steps"][0]["changes"]["placed"] == {"R1#1": FREE}
    assert desk.open()["placed"]["R1#1"] == FREE
    assert desk.move("王", told["seen"], R1_1=OTHER)[0]


def test_two_people_on_different_lessons_do_not_collide(desk):
    desk.move("李", 0, R1_1=FREE)
    done, told = desk.move("王", 0, R1_2=["every", 5, 3, "L12", ["T1"], 1])
    assert done
    assert [x["who"] for x in told["steps"]] == ["李", "王"]


def test_locked_lesson_is_refused_until_it_is_unlocked(desk):
    desk.do("王", kind="lock", seen=0, lessons=["R1#1"], on=True)
    assert desk.open()["locked"] == ("R1#1",)
    done, told = desk.move("王", 1, R1_1=FREE)
    assert (done, told["why"]) == (False, "locked")
    desk.do("王", kind="lock", seen=1, lessons=["R1#1"], on=False)
    assert desk.move("王", 2, R1_1=FREE)[0]


def test_forbidden_place_is_refused_unless_insisted_on(desk):
    nowhere = ["every", 1, 3, "LM", ["T1"], 1]  # no music room for PE
    done, told = desk.move("王", 0, R1_1=nowhere)
    assert (done, told["why"]) == (False, "forbidden")
    done, told = desk.do("王", kind="move", seen=0, moves={"R1#1": nowhere}, force=True)
    assert done
    assert rules(told)["UseAllowedLayouts"][0] == 1


def test_displacing_is_one_step_and_one_undo(desk):
    there = ["every", 1, 2, "L1", ["T1"], 1]
    done, told = desk.move("王", 0, R1_1=there, R3_1=None)
    assert done
    assert told["steps"][0]["changes"]["placed"] == {"R1#1": there, "R3#1": None}
    # R6 has had no place from the start.
    assert rules(told)["PlaceEveryLesson"][0] == 2
    desk.do("王", kind="undo", seen=1)
    assert desk.open()["placed"]["R3#1"] == ["every", 1, 2, "", ["T1"], 1]


def test_nobody_changes_a_lessons_length_by_a_move(desk):
    assert desk.move("王", 0, R1_1=[*FREE[:5], 7])[0]
    assert desk.open()["placed"]["R1#1"] == FREE


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"kind": "move"},
        {"kind": "move", "moves": {}},
        {"kind": "move", "moves": {"R1#1": ["every", 1, 1]}},
        {"kind": "move", "moves": {"R1#1": ["never", 1, 1, "", [], 1]}},
        {"kind": "move", "moves": {"R1#1": ["every", True, 1, "", [], 1]}},
        {"kind": "move", "moves": {"R1#1": ["every", 1, 1, "", [3], 1]}},
        {"kind": "lock", "lessons": [3], "on": True},
        {"kind": "lock", "lessons": [], "on": True},
        {"kind": "drop"},
        {"kind": "undo", "seen": "1"},
    ],
)
def test_what_is_no_command_is_unreadable(desk, sent):
    with pytest.raises(Unreadable):
        desk.do("王", **{"seen": 0, **sent})


def test_verdict_kept_up_step_by_step_is_that_of_all_rules_anew(desk):
    dice, seen = random.Random(4), 0
    slots = ((1, 1), (1, 2), (1, 3), (1, 4), (5, 1), (5, 2), (5, 3))
    kept = None
    for _ in range(30):
        lesson = dice.choice(("R1#1", "R1#2", "R3#1"))
        layout = "" if lesson == "R3#1" else dice.choice(("L1", "L2", "L12"))
        where = ["every", *dice.choice(slots), layout, ["T1"], 1]
        sent = {"moves": {lesson: dice.choice((where, None))}, "force": True}
        _, told = desk.do("王", kind="move", seen=seen, **sent)
        seen = told["seen"]
        look = desk.office.drafts.look

        def kept_up(desk_now):
            nonlocal kept
            kept = kept or Verdict(desk_now)
            kept.catch_up(desk_now)
            return kept.facts(desk_now, "zh"), Verdict(desk_now).facts(desk_now, "zh")

        now, anew = look(desk.number, kept_up)
        assert sorted(now["rules"]) == sorted(anew["rules"])
        assert sorted(now["conflicts"]) == sorted(anew["conflicts"])


def finished(desk, job, placements):
    problem = desk.office.drafts.look(desk.number, lambda x: x.problem)
    end_with(desk.store, desk.office, job.job_id, Timetable(problem, placements))


def asked(desk, work):
    office = desk.office
    sent = {"work": work, "seconds": tasks.SECONDS[0]}
    return tasks.ask(office.jobs, office.drafts, desk.number, "王", sent)


def test_result_of_a_job_is_adopted_as_one_step_and_undone_as_one(desk):
    job = asked(desk, "rest")
    start = desk.office.drafts.look(desk.number, lambda x: dict(x.timetable.placements))
    finished(desk, job, start | {"R6#1": at(5, 1), "R1#1": at(1, 3, "L1")})
    told = tasks.result_facts(
        desk.office.jobs, desk.office.drafts, desk.number, job.job_id, "zh"
    )
    assert told["changed"] == 2
    done, told = desk.do("王", kind="adopt", seen=0, job=job.job_id)
    assert done
    assert told["steps"][0]["text"] == "采用求解结果，改动2节课"
    assert desk.do("王", kind="undo", seen=1)[0]
    assert "R6#1" not in desk.open()["placed"]


def test_result_is_refused_where_its_lessons_were_changed_since(desk):
    job = asked(desk, "repair")
    start = desk.office.drafts.look(desk.number, lambda x: dict(x.timetable.placements))
    finished(desk, job, start | {"R1#1": at(1, 3, "L1")})
    desk.move("李", 0, R1_1=OTHER)
    # Even for somebody who has seen that step: the job has not.
    done, told = desk.do("王", kind="adopt", seen=1, job=job.job_id)
    assert (done, told["why"]) == (False, "collision")


def test_solving_the_rest_holds_what_is_in_no_conflict(desk):
    asked(desk, "rest")
    (job,) = desk.office.jobs.all()
    with desk.office.database.read() as connection:
        work = Work.of_bytes(load_work(connection, job.job_id)[0])
    # R1#1 and R2#1 fight over T1, R4#1 and R5#1 over T2 and the music room.
    assert sorted(work.settings["locked"]) == ["R1#2", "R3#1"]


def test_job_of_another_draft_is_unknown(desk):
    job = asked(desk, "improve")
    with pytest.raises(JobUnknown):
        tasks.of_draft(desk.office.jobs, desk.number + 1, job.job_id)
    with pytest.raises(JobUnknown):
        desk.do("王", kind="adopt", seen=0, job=job.job_id)  # it has found nothing yet
