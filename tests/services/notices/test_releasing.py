"""Notices go out on release only, once, and whenever the robot answers."""

from dataclasses import replace

import pytest

from scheduler.services.notices.changed import changed_since
from scheduler.services.notices.releasing import (
    CannotRelease,
    day_of,
    release,
    set_robot,
    switch_robot,
)
from scheduler.services.notices.sending import MOST_TRIES, Sender, wait
from scheduler.services.outbound import posting
from scheduler.services.outbound.fetching import Limits
from scheduler.services.outbound.posting import Form, Robot
from scheduler.services.store.notice_rows import load_notices
from scheduler.term.changes import Batch, DatedChange, Reason
from tests.services.builders import only, publish
from tests.services.notices.robots import robot_server
from tests.term.builders import dates

(DAY,) = dates("9-7")
WHY = Batch(Reason.ABSENCE)
COVER = DatedChange(DAY, "R1#1", teacher_ids=("T2",))


@pytest.fixture(scope="module")
def server():
    with robot_server() as room:
        yield room


@pytest.fixture
def room(server):
    server.texts.clear()
    server.answer, server.status, server.pause = {"errcode": 0}, 200, 0.0
    return server


@pytest.fixture
def office(office, room):
    """An office with a robot that is on."""
    publish(office)
    set_robot(office, Robot(Form.WECOM, room.address, host="127.0.0.1"))
    switch_robot(office, True)
    return office


def kept(office):
    with office.database.read() as connection:
        return load_notices(connection)


def test_nothing_goes_out_before_it_is_released_and_only_once(office, room):
    sender = Sender(office.database.whole)
    office.changes.make(WHY, [COVER])
    assert not sender.send_once()
    release(office, DAY, "办公室")
    assert sender.send_once()
    assert not sender.send_once()
    (sent,) = room.texts
    assert sent["msgtype"] == "text"
    assert sent["text"]["content"].splitlines() == [
        "铁山路学校 9月7日（周一）课程变动",
        "【代课】三(2)班 08:00–08:40 体育与健康 王芳 田径场(北半场) → "
        "08:00–08:40 体育与健康 李明 田径场(北半场)",
    ]
    with pytest.raises(CannotRelease):
        release(office, DAY)


@only("sqlite")
def test_a_later_release_tells_what_is_new_and_what_is_taken_back(office):
    batch = office.changes.make(WHY, [COVER])
    release(office, DAY)
    office.changes.undo(batch.batch_id)
    office.changes.make(WHY, [DatedChange(DAY, "R1#1", cancelled=True)])
    lines = release(office, DAY).lines.splitlines()
    assert [line[:5] for line in lines] == ["【停课】三", "撤销：【代"]
    assert day_of(office, DAY).fresh == ()


@only("sqlite")
@pytest.mark.parametrize(
    ("form", "answer", "text"),
    [
        (Form.DINGTALK, {"errcode": 0}, lambda sent: sent["text"]["content"]),
        (Form.FEISHU, {"code": 0}, lambda sent: sent["content"]["text"]),
    ],
)
def test_each_provider_gets_its_form_of_text(office, room, form, answer, text):
    room.answer = answer
    set_robot(office, Robot(form, room.address, True, "127.0.0.1"))
    office.changes.make(WHY, [COVER])
    release(office, DAY)
    assert Sender(office.database.whole).send_once()
    assert "课程变动" in text(room.texts[0])
    assert kept(office)[0].sent_at is not None


@only("sqlite")
@pytest.mark.parametrize("fault", ["refuses", "status", "slow"])
def test_what_fails_is_tried_again_later_and_later(
    office, room, clock, fault, monkeypatch
):
    monkeypatch.setattr(posting, "LIMITS", Limits(1000, 0.2))
    match fault:
        case "refuses":
            room.answer = {"errcode": 93000, "errmsg": "invalid webhook"}
        case "status":
            room.status = 500
        case "slow":
            room.pause = 1.0
    sender = Sender(office.database.whole)
    office.changes.make(WHY, [COVER])
    release(office, DAY)
    assert sender.send_once()
    assert not sender.send_once()  # not before a minute has passed
    (notice,) = kept(office)
    assert (notice.tries, notice.sent_at) == (1, None)
    assert notice.error
    assert "SECRET" not in notice.error

    room.answer, room.status, room.pause = {"errcode": 0}, 200, 0.0
    clock.wait(61)
    assert sender.send_once()
    assert kept(office)[0].sent_at is not None


@only("sqlite")
def test_a_dead_receiver_is_given_up_in_the_end(office, clock):
    robot = Robot(Form.WECOM, "http://127.0.0.1:9/x", True, "127.0.0.1")
    set_robot(office, robot)
    office.changes.make(WHY, [COVER])
    release(office, DAY)
    sender = Sender(office.database.whole)
    for tries in range(1, MOST_TRIES + 1):
        assert sender.send_once()
        clock.wait(int(wait(tries).total_seconds()) + 1)
    assert not sender.send_once()
    assert kept(office)[0].tries == MOST_TRIES


@only("sqlite")
def test_what_is_off_sends_nothing(office, room):
    switch_robot(office, False)
    office.changes.make(WHY, [COVER])
    release(office, DAY)
    assert not Sender(office.database.whole).send_once()
    assert room.texts == []


@only("sqlite")
def test_only_addresses_of_the_providers_are_taken(office):
    good = Robot(Form.FEISHU, "https://open.feishu.cn/open-apis/bot/v2/hook/x")
    set_robot(office, good)
    for address in (
        "http://open.feishu.cn/x",
        "https://open.feishu.cn.example.org/x",
        "https://10.0.0.1/x",
    ):
        with pytest.raises(CannotRelease):
            set_robot(office, replace(good, address=address))


@only("sqlite")
def test_what_changed_since_a_day_is_told_to_both_teachers(office, clock):
    clock.set(8, 26)
    office.changes.make(WHY, [COVER])

    def told(who, since):
        found = changed_since(office, "teacher", who, since)
        return [difference.sentence.zh for difference in found]

    lesson = "2026-09-07（周一）08:00–08:40 三(2)班 体育与健康"
    day = dates("8-26")[0]
    assert told("T1", day) == [f"取消：{lesson} 王芳 田径场"]
    assert told("T2", day) == [f"新增：{lesson} 李明 田径场"]
    assert told("T1", dates("8-27")[0]) == []
    # A first timetable is no change.
    assert told("T1", dates("8-1")[0]) == []
