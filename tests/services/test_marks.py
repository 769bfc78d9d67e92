"""Whatever is changed and undone, calendars say how it is and how the week has it."""

import datetime as dt
from contextlib import suppress
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from scheduler.services.school.changes import CannotChange
from scheduler.term.changes import DatedChange
from tests.services.acts import DATED, begin, do
from tests.services.builders import Clock, opened
from tests.thorough import times

# Two lessons of one Monday, and what is made on it: changes meet.
MONDAY = dt.date(2026, 9, 7)
HERE = st.sampled_from(["R1#1", "R2#1", "+1#1"])


@st.composite
def changes(draw):
    change = replace(draw(DATED), date=MONDAY)
    if isinstance(change, DatedChange):
        change = replace(change, lesson_id=draw(HERE))
    return "change", change, "因病"


UNDO = st.tuples(st.just("undo"), st.integers(0, 3), st.none())
LABELS = {"课程": "【改课程】", "教师": "【代课】"}


class Told:
    """An event as a reader sees it."""

    def __init__(self, event):
        self.uid, self.title = str(event["UID"]), str(event["SUMMARY"])
        self.time = event["DTSTART"].dt, event["DTEND"].dt
        self.place = str(event["LOCATION"])
        self.off = event["STATUS"] == "CANCELLED"
        self.sequence = int(event["SEQUENCE"])
        self.modified = event["LAST-MODIFIED"].dt
        self.text = str(event["DESCRIPTION"])
        lines = (x.partition("：") for x in self.text.splitlines())
        self.lines = {label: value for label, _, value in lines}
        self.said = self.title, self.time, self.place, self.off, self.text

    def agrees_with(self, base):
        """Marks and lines say what differs from the week, and nothing else."""
        pairs = {"【调课】": self.time != base.time}
        pairs |= {m: self.lines[x] != base.lines[x] for x, m in LABELS.items()}
        elsewhere = self.place != base.place
        pairs["【换场】"] = elsewhere or "地点待定" in self.place
        assert {mark: mark in self.title for mark in pairs} == pairs
        for label in LABELS:
            old = base.lines[label] if pairs[LABELS[label]] else None
            assert self.lines.get(f"原{label}") == old
        assert self.lines.get("原地点") == (base.place if elsewhere else None)
        assert ("原时间" in self.lines) == pairs["【调课】"]


def told(tokens, office, name):
    """Events of a calendar by name; no name stands for two."""
    walked = Calendar.from_ical(office.feed(tokens[name]).body).walk("VEVENT")
    found = {event.uid: event for event in map(Told, walked)}
    assert len(found) == len(walked)
    return found


@given(st.lists(st.one_of(changes(), changes(), UNDO), max_size=8))
@settings(max_examples=times(10), deadline=None)
def test_calendars_say_what_differs_from_the_week_and_only_go_on(acts):
    clock = Clock()
    clock.set(9, 5)
    with opened("sqlite://", clock) as office:
        begin(office)
        names = {"S": "school", "T1": "teacher", "T2": "teacher"}
        tokens = {x: office.create_link(kind, x) for x, kind in names.items()}
        before = told(tokens, office, "S")
        week = dict(before)
        for number, act in enumerate(acts):
            clock.wait(60)
            with suppress(CannotChange):
                do(office, clock, number, *act)
            now = told(tokens, office, "S")
            week = {**now, **week}  # an extra lesson is as it was first made
            assert before.keys() <= now.keys()
            for uid, event in now.items():
                old = before.get(uid, event)
                assert event.sequence >= old.sequence
                assert event.modified == old.modified or event.modified == clock()
                assert event.said == old.said or event.modified > old.modified
                if not event.off:
                    event.agrees_with(week[uid])
            for name in ("T1", "T2"):
                people_see(told(tokens, office, name), now, week, office, name)
            before = now


def people_see(mine, everybody, week, office, teacher_id):
    """A teacher has what is his now, and as off what the week gives him alone."""
    name = office.current().problem.teacher[teacher_id].name
    for uid, event in everybody.items():
        if event.off:
            continue
        has, had = name in event.lines["教师"], name in week[uid].lines["教师"]
        if has:
            assert (mine[uid].off, mine[uid].time) == (False, event.time)
        elif had:
            assert (mine[uid].off, mine[uid].time) == (True, week[uid].time)
        elif uid in mine:
            assert mine[uid].off
