"""cuofeng jobs and worker: asked for, done by a worker, taken into a draft."""

import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest

from scheduler.cli import main
from scheduler.services.jobs.worker import Worker
from scheduler.services.offices import Store
from tests.cli.running import published
from tests.services.jobs.working import finish_jobs
from tests.small_school import at, need, small_problem, timetable


@pytest.fixture
def url(tmp_path):
    problem = small_problem(
        need("R1", "A", "CN", "2"), need("R2", "A", "PE", teacher_ids=("T2",))
    )
    return published(tmp_path, timetable(problem, R1_1=at(1, 1)))


@pytest.fixture
def cuofeng(capsys, url):
    """Exit code, output and errors of a command on the database."""

    def run(*more):
        code = main([*map(str, more), "--database", url, "--who", "王"])
        return code, *capsys.readouterr()

    return run


def work_once(url):
    store = Store.connect(url)
    assert Worker(store.database).work_once()
    store.close()


def test_draft_is_solved_by_a_worker_and_takes_the_result(cuofeng, url):
    cuofeng("draft", "new", "d")
    cuofeng("draft", "lock", 1, "R1#1")
    asked = cuofeng("jobs", "solve", "--draft", 1, "--time", 5)
    assert asked[1] == "第1号任务：排课（王），排队中\n"
    work_once(url)
    code, out, err = cuofeng("jobs", "adopt", 1)
    assert (code, err) == (0, "")
    assert out.startswith("2 采用求解结果，改动")
    facts = json.loads(cuofeng("draft", "show", 1, "--json")[1])
    assert (facts["unplaced"], facts["locked"], facts["hard"]) == ([], ["R1#1"], 0)


def test_job_is_stopped_and_listed(cuofeng):
    cuofeng("jobs", "peaks")
    assert cuofeng("jobs", "stop", 1)[1] == "第1号任务：高峰证明（王），已停止\n"
    assert "已经结束" in cuofeng("jobs", "stop", 1)[1]
    assert json.loads(cuofeng("jobs", "list", "--json")[1])[0]["state"] == "stopped"


@pytest.mark.parametrize("more", [(), ("--draft", 1)], ids=["in force", "draft"])
def test_audit_is_asked_for_and_its_outcome_told(cuofeng, url, more):
    cuofeng("draft", "new", "d")
    assert cuofeng("jobs", "audit", *more)[1] == "第1号任务：规范审查（王），排队中\n"
    store = Store.connect(url)
    finish_jobs(store)
    store.close()
    first, told = cuofeng("jobs", "show", 1)[1].splitlines()
    assert first == "第1号任务：规范审查（王），已完成"
    assert re.fullmatch(r"  1所学校：符合\d+条，不符合\d+条，.*提示\d+。", told)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("show", 7), "没有这个任务"),
        (("show",), "没有写明任务号"),
        (("solve", "--draft", 3), "没有第3号草稿"),
        (("adopt", 1), "没有可并入草稿的课表"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(cuofeng, more, sentence):
    cuofeng("jobs", "peaks")
    code, out, err = cuofeng("jobs", *more)
    assert (code, out) == (2, "")
    assert sentence in err


def test_result_for_a_draft_deleted_meanwhile_is_refused_in_a_sentence(cuofeng, url):
    cuofeng("draft", "new", "d")
    cuofeng("jobs", "solve", "--draft", 1, "--time", 5)
    work_once(url)
    cuofeng("draft", "discard", 1)
    code, out, err = cuofeng("jobs", "adopt", 1)
    assert (code, out) == (2, "")
    assert "第1号草稿" in err
    assert "已放弃，不能再改" in err
    assert "Traceback" not in err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to send")
def test_worker_ends_when_told_and_leaves_no_process(cuofeng, url):
    cuofeng("jobs", "solve", "--time", 300)
    worker = subprocess.Popen(
        [sys.executable, "-m", "scheduler", "worker", "--database", url],
        stdout=subprocess.PIPE,
    )
    store = Store.connect(url)
    jobs = store.office("s").jobs
    end = time.monotonic() + 60
    while jobs.get(1).state != "running" and time.monotonic() < end:
        time.sleep(0.1)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(60) == 0
    # What runs goes back to the queue once nobody is heard of it, or it has ended.
    assert jobs.get(1).state in ("running", "done")
    worker.stdout.close()
    store.close()
